"""A name that is not defined, told in one line: which cell to run, in place of a traceback."""

from __future__ import annotations

import sys

from course.hint import Hint

LIBRARIES = {"np", "plt", "math"}  # under the names by which the notebooks import them


def install() -> None:
    """Let a notebook's kernel show it; anywhere else nothing happens."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if type(shell).__name__ == "ZMQInteractiveShell":
        shell.set_custom_exc((NameError,), _show)


def which_cell(name: str) -> str | None:
    """What to run if a notebook does not know this name; None for a name that is the student's own."""
    import course
    from course.cases import prediction_names
    from course.probes import all_probes

    if name in {*LIBRARIES, *course.__all__}:
        return f"`{name}` is not defined: run the first code cell of this notebook, which imports it."
    if name in {one.split(".")[0] for one in all_probes()}:
        made = "class" if name[0].isupper() else "def"
        return f"`{name}` is not defined: run the cell with `{made} {name}` first, then this one again."
    if name in {one.replace("-", "_") for one in prediction_names()}:
        return f"`{name}` is not defined: run the cell with your choice first, then this one again."
    return None


def _show(shell, kind, error, trace, tb_offset=None):
    """For `set_custom_exc`: only where the cell itself asks for the name, not a function that it calls."""
    last = trace
    while last.tb_next:
        last = last.tb_next
    words = which_cell(error.name) if error.name and last.tb_frame.f_code.co_name == "<module>" else None
    if words:
        error._render_traceback_ = Hint(words)._render_traceback_
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
