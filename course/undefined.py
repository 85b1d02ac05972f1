"""A cell that stops for want of another cell, told in one line, in place of a traceback: which one to fill in or to run."""

from __future__ import annotations

import ast
import sys
from contextlib import suppress
from pathlib import Path

from course.hint import Hint

LIBRARIES = {"np", "plt", "math"}  # under the names by which the notebooks import them


def install() -> None:
    """Let a notebook's kernel show it; anywhere else nothing happens."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if type(shell).__name__ == "ZMQInteractiveShell":
        shell.set_custom_exc((NameError, AttributeError, TypeError, ValueError), _show)


def which_cell(name: str, chapter: str = "") -> str | None:
    """What to run if a chapter's notebook does not know this name; None for a name that is the student's own."""
    import course
    from course.cases import prediction_names
    from course.probes import CHAPTERS, all_probes

    if name in {*LIBRARIES, *course.__all__}:
        return f"`{name}` is not defined: run the first code cell of this notebook, which imports it."
    homes = {one.split(".")[0]: home for one, (home, _) in all_probes().items()}
    if chapter in CHAPTERS and homes.get(name, chapter) != chapter:
        return (
            f"`{name}` is not defined here: it is of chapter {homes[name][:2]}. Once it is written and saved there, "
            "run the cell with `bring` twice, then this one again."
        )
    if name in homes:
        made = "class" if name[0].isupper() else "def"
        return f"`{name}` is not defined: run the cell with `{made} {name}` first, then this one again."
    if name in {one.replace("-", "_") for one in prediction_names()}:
        return f"`{name}` is not defined: run the cell with your choice first, then this one again."
    return None


def made_above(name: str, cells: list[str]) -> str | None:
    """What to say of a name that a cell would have given its value, had it come so far; None if no cell that has run does."""
    for cell in cells:
        try:
            body = ast.parse(cell).body
        except SyntaxError:
            continue
        parts = [part for one in body if isinstance(one, ast.Assign) for part in ast.walk(one)]
        if any(isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store) and one.id == name for one in parts):
            return f"`{name}` is not defined: a cell above makes it, and has not come so far. Run that one first."
    return None


def _show(shell, kind, error, trace, tb_offset=None):
    """For `set_custom_exc`: only where the notebook asks, in a cell or in a function of its own, not a library."""
    from course.unwritten import to_write_first

    last = trace
    while last.tb_next:
        last = last.tb_next
    words = None
    with suppress(Exception):  # of an error that cannot even say what it is: its traceback can
        if not isinstance(error, NameError):
            words = to_write_first(error, shell.user_ns)
        elif error.name and last.tb_frame.f_globals is shell.user_ns:
            words = which_cell(error.name, Path.cwd().name) or made_above(error.name, shell.user_ns.get("In", [])[:-1])
    if words:
        error._render_traceback_ = Hint(words)._render_traceback_
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
