"""An IPython shell that records what Jupyter would show below each cell."""

from __future__ import annotations

import ast
import builtins
import contextlib
import fnmatch
import gc
import io
import re
import sys

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from autograder.sandbox.inside.tracebacks import make_tracebacks_fast
from course.probes import all_probes

TEXT_LIMIT = 200_000  # characters of streams a cell may leave
OUTPUT_LIMIT = 6 * 2**20  # characters of everything else
COUNT_LIMIT = 500  # outputs of a cell
LINES_LIMIT, LINE_LIMIT = 200, 5_000  # of a traceback
# Several lines, or one that gives a value to a name: a single line may name a magic, or be one of IPython's shorthands.
IS_PYTHON = re.compile(r"(?=\S)(\w+ *= *\w|[^\n]*\n\s*\S)")
# What IPython looks for: its escapes, anywhere or at the start of a line, and prompts that were copied with the code.
MAY_BE_MAGIC = re.compile(r"[%!?]|^\s*([,;/]|>>>|\.\.\.|In ?\[)", re.MULTILINE)


class Recorder:
    """The outputs of the cell that runs now, in the order they came, within limits."""

    def __init__(self):
        self.start()

    def start(self) -> None:
        self.outputs: list[dict] = []
        self._text_left, self._data_left = TEXT_LIMIT, OUTPUT_LIMIT

    def stream(self, name: str, text: str) -> None:
        if self._text_left <= 0 or not text:
            return
        if len(text) > self._text_left:
            text = text[: self._text_left] + "\n... output cut off: too long ...\n"
        self._text_left -= len(text)
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.add({"output_type": "stream", "name": name, "text": text})

    def add(self, output: dict) -> None:
        self._data_left -= sum(len(str(value)) for value in output.get("data", output).values())
        if self._data_left > 0 and len(self.outputs) < COUNT_LIMIT:
            self.outputs.append(output)


class Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a submission."""

    encoding = "utf-8"

    def __init__(self, name: str, recorder: Recorder):
        self.name, self._recorder = name, recorder

    def write(self, text) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._recorder.stream(self.name, text)
        return len(text)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        """The process's own stream, as in a kernel: `faulthandler.enable()` and `subprocess` ask for it."""
        return {"stdout": 1, "stderr": 2}[self.name]


class _Hook(DisplayHook):
    def write_output_prompt(self):
        self._result = {"output_type": "execute_result", "execution_count": self.prompt_count}

    def write_format_data(self, format_dict, md_dict=None):
        self._result |= {"data": format_dict, "metadata": md_dict or {}}

    def finish_displayhook(self):
        sys.stdout.flush()
        self.shell.recorder.add(self._result)


class _Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, *, transient=None, update=False, **_):
        if not update:
            self.shell.recorder.add({"output_type": "display_data", "data": data, "metadata": metadata or {}})

    def clear_output(self, wait=False):
        self.shell.recorder.outputs.clear()


class SandboxShell(InteractiveShell):
    """One notebook's shell: the user's namespace, and a recorder in place of a front end."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self, **settings):
        self.recorder = Recorder()
        super().__init__(**settings)

    def _showtraceback(self, etype, evalue, stb):
        lines = [str(line)[:LINE_LIMIT] for line in (stb if isinstance(stb, list) else [stb])]
        if len(lines) > LINES_LIMIT:
            lines[LINES_LIMIT // 2 : -LINES_LIMIT // 2] = ["..."]
        self.recorder.outputs.append(  # whatever came before it: in a test cell, an error that is not told would be a pass
            {
                "output_type": "error",
                "ename": etype.__name__,
                "evalue": _text(evalue)[:LINE_LIMIT],
                "traceback": lines,
            }
        )

    def transform_cell(self, raw_cell):
        """The cell as Python. What is Python already stays as it is: the search for magics takes longer than most cells run."""
        if not self.input_transformers_post and IS_PYTHON.match(raw_cell) and _is_python(raw_cell):
            return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"
        return super().transform_cell(raw_cell)

    def should_run_async(self, raw_cell, **more):
        """True for a top-level `await`; without one of the words there is nothing to look for."""
        return ("await" in raw_cell or "async" in raw_cell) and super().should_run_async(raw_cell, **more)

    def _format_exception_for_storage(self, exception, *_, **__):
        """For IPython's history, which is not kept here; a traceback takes longer to write than most cells to run."""
        return {}

    def init_virtualenv(self):
        """The sandbox's interpreter is the right one."""

    def enable_gui(self, gui=None):
        """No windows: figures become outputs."""

    def enable_matplotlib(self, gui=None):
        """Figures become outputs, also those that were to have a window, or a widget that is not installed here."""
        return super().enable_matplotlib("inline")

    def ask_exit(self):
        """`exit` ends nothing here."""

    def run(self, source: str) -> list[dict]:
        """Run a cell; the outputs it leaves, as JSON values."""
        self.recorder.start()
        streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = Stream("stdout", self.recorder), Stream("stderr", self.recorder)
        try:
            result = self.run_cell(source, store_history=True)
            error = result.error_before_exec or result.error_in_exec
        except Exception as broken:  # IPython itself, by what a submission replaced in it
            error = broken
        finally:
            sys.stdout, sys.stderr = streams
        if error and not any(output["output_type"] == "error" for output in self.recorder.outputs):
            SandboxShell._showtraceback(self, type(error), error, [_text(error)])  # whatever kept it from being shown
        return self.recorder.outputs


def _is_python(cell: str) -> bool:
    """Nothing in it looks like more than Python; or it does, as a question mark in a comment, and is Python all the same."""
    if not MAY_BE_MAGIC.search(cell):
        return True
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        ast.parse(cell)
        return "In [" not in cell
    return False


def _text(error) -> str:
    try:
        return str(error)
    except Exception:  # a student's exception may not print
        return ""


class Stored(dict):
    """What `%store` keeps: nothing from before, as in a new kernel. IPython asks for keys by a pattern, as of files."""

    def keys(self, pattern="*"):
        """The keys that match."""
        return fnmatch.filter(self, pattern)


class Withheld:
    """An importer that knows no packages of these names, whatever is installed. Under bubblewrap their files are gone, too."""

    def __init__(self, names):
        self._names = frozenset(names)

    def find_spec(self, name, path=None, target=None):
        """Refuse a withheld name; leave any other to the importers that follow."""
        if name.split(".", 1)[0] in self._names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def no_input(*_, **__):
    """`input()` has nobody to ask."""
    raise RuntimeError("input() was called, but nobody is there to answer while a notebook is graded")


WARM_UP = (
    "1 + 1",
    "from course import check, show",
    "from IPython.display import display, HTML, SVG",
    "import numpy as np\n\ndef warm(inputs, weights):\n    total = np.zeros(3)\n    return inputs @ weights + total",
    "warm(np.ones((2, 3)), np.ones((2, 3)))",
    "def warm(:",
)
# The first traceback through a library after an import looks at every module that came with it.
FAILS = "import numpy as np\nnp.broadcast_to([1, 2], 3)"
FIGURE = "from matplotlib import pyplot\npyplot.plot([1, 2], label='warm $x^2$')\npyplot.legend()\npyplot.show()"


def warm_shell() -> SandboxShell:
    """A shell ready to run a first cell: what every notebook would load or compile on first use is there."""
    gc.disable()  # what is made while all is imported stays
    all_probes()
    # A history in a file would start a thread in every child, to write it.
    shell = SandboxShell.instance(config=Config({"HistoryManager": {"enabled": False, "hist_file": ":memory:"}}))
    shell.system = shell.system_piped
    builtins.input = no_input
    shell.db = Stored()
    shell.extension_manager.load_extension("storemagic")  # as kernels do
    make_tracebacks_fast(shell)
    _warm_up(shell, *WARM_UP, FAILS)
    return shell


def warm_figures(shell: SandboxShell) -> None:
    """Have matplotlib ready, too, which takes twice as long as all the rest: for notebooks that draw."""
    _warm_up(shell, FIGURE, FAILS)


def _warm_up(shell: SandboxShell, *sources: str) -> None:
    """Run cells, and leave no trace of them in the shell."""
    for source in sources:
        shell.run(source)
    shell.reset(new_session=True)
    shell.execution_count = 1
    gc.collect()
    gc.enable()
    gc.freeze()  # so that a child's garbage collector does not touch, and thereby copy, what it shares with us
