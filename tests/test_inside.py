"""Where the sandbox takes short cuts, the outputs are those of IPython without them."""

import json
import re
import subprocess
import sys

import nbformat
import pytest

from autograder.sandbox.isolation import choose_isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from tests.support.grading import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

# Where a guess about magics could go wrong. The pages' own cells come on top.
ODD_CELLS = [
    "ls",
    "cd ..\nx = 1",
    "x = %time 1",
    "x = !ls",
    "a = b = %time 3",
    "x = \\\n%time 1",
    "x = 1\n%time y",
    "%%time\nx = 1",
    "x = '''\n%time\n'''",
    "x?\ny",
    "a\n?b",
    "x = f?",
    "x = 1  # why?",
    "x = 'a?'",
    "x = 1\n# what?\ny = 2",
    "f = (1\n,2)",
    "y = 3\n/f x",
    "y = 3\n,f x",
    "  x = 1\n  y = 2",
    "\tx = 1\n\ty = 1",
    "\n\nx = 1\ny = 2",
    ">>> x = 1\n>>> y = 2",
    "x = 1\n... y",
    "In [1]: x = 1\nIn [2]: y",
    "x == 1",
    "x =1",
    "x =\n1",
    "x = 3;",
    "x = 1\n\n\n",
    "ls = 1",
    "print('a')",
    "def f(:\n  pass",
    "x = [1,\n  2]",
    "",
]
FAILING = [
    "unknown",
    "def f(x):\n    return 1 / x\n\ndef g(x):\n    # a comment\n    return f(x) + 1\n\ng(0)",
    "import numpy as np\nnp.ones((2, 3)) @ np.ones((2, 3))",
    "import json\njson.loads('{')",
    "def again(n):\n    return again(n + 1)\n\nagain(0)",
    "def f(:",
    "try:\n    unknown\nexcept NameError as error:\n    raise ValueError('two') from error",
    "exec('1 / 0')",
    "assert [1] == [2], 'not the same'",
]
IN_A_PROCESS = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
from autograder.sandbox.inside.shell import SandboxShell
from autograder.sandbox.inside.tracebacks import make_tracebacks_fast

asked, shell = json.load(sys.stdin), SandboxShell.instance()
shell.history_manager.enabled = False
told = {"differ": [one for one in asked["cells"] if shell.transform_cell(one) != InteractiveShell.transform_cell(shell, one)]}
for name in ("plain", "fast"):
    told[name] = [shell.run(one)[-1] for one in asked["failing"]]
    shell.reset(new_session=True)
    make_tracebacks_fast(shell)
json.dump(told, sys.stdout)
"""


@pytest.fixture(scope="module")
def told():
    """The shell of the sandbox, in a process of its own: it changes what it is made of."""
    pages = [*ROOT.glob("source/*/*.ipynb"), *ROOT.glob("release/*/*.ipynb"), *ROOT.glob("course/lessons/*.ipynb")]
    cells = {
        cell.source for path in pages for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"
    }
    asked = {"cells": [*ODD_CELLS, *sorted(cells)], "failing": FAILING}
    assert len(asked["cells"]) > 500
    path = f"{ROOT / 'autograder/sandbox'}:{ROOT}"
    done = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        env={"PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_cells_that_need_no_magic_are_what_ipython_makes_of_them(told):
    assert told["differ"] == []


def test_tracebacks_are_word_for_word_those_of_ipython(told):
    def lines(outputs):
        assert all(one["output_type"] == "error" for one in outputs)
        return [re.sub(r"In\[\d+\]|-input-\d+-", "In[]", "\n".join(one["traceback"])) for one in outputs]

    assert lines(told["plain"]) == lines(told["fast"])
    assert "unknown" in lines(told["fast"])[0]


def test_a_submission_starts_without_threads():
    """As IPython would start one to write its history."""
    sandbox = Sandbox(choose_isolation(), Limits())
    try:
        session = sandbox.open()
        counted, _, _ = session.run("import threading\nprint(len(threading.enumerate()))", 30)
        session.close()
    finally:
        sandbox.close()
    assert counted[0]["text"] == "1\n"


DRAWING = (
    "from matplotlib import pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 4, 2])\nplt.show()\n3",
    "plt.plot([2, 1]);",
    "fig",
    "display(fig)",
    "from course.picture import show\nprint(plt.get_backend())",
)


def test_figures_are_the_same_whether_or_not_matplotlib_was_loaded_before():
    sandbox, outputs, there = Sandbox(choose_isolation(), Limits()), [], []
    try:
        for figures in (False, True, False):  # the last with matplotlib there, and not asked for
            session = sandbox.open(figures)
            loaded, _, _ = session.run("import sys\nprint('matplotlib.pyplot' in sys.modules)", 30)
            there.append(loaded[0]["text"].strip())
            outputs.append([session.run(cell, 30) for cell in DRAWING])
            session.close()
    finally:
        sandbox.close()
    assert there == ["False", "True", "True"]
    assert outputs[0] == outputs[1] == outputs[2]
    kinds = [one["output_type"] for cell in outputs[0] for one in cell[0]]
    assert kinds == ["display_data", "execute_result", "display_data", "execute_result", "display_data", "stream"]
