"""Graded steps stand on their own: one that is left empty costs its own points, and no other's."""

import subprocess
import sys

import pytest

from tests.support.grading import ROOT

IN_A_PROCESS = r"""
# In a process of its own, since cells are run in an IPython shell. What stands before a step is run once: then a copy of the
# process goes on with the stub in the step's place, and this one with the solution.
import io, json, os, re, sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
import nbformat
from IPython.core.interactiveshell import InteractiveShell
from autograder.course_dir import CourseDir
from course.probes import CHAPTERS

course = CourseDir(Path("."))


def run(shell, cells):
    "The test cells among these that fail."
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return [one.id for one in cells if not shell.run_cell(one.source).success and one.id.startswith("test-")]


def failed_with(shell, stub, rest):
    "The tests that fail if a step is left empty, in a copy of this process."
    ours, theirs = os.pipe()
    if os.fork() == 0:
        with open(theirs, "w") as file:
            json.dump(run(shell, [stub, *rest]), file)
        os._exit(0)
    os.close(theirs)
    with open(ours) as file:
        told = json.load(file)
    os.wait()
    return set(told)


tried = 0
for chapter in CHAPTERS:
    source = nbformat.read(course.source_notebook(chapter), as_version=4)
    release = nbformat.read(Path("release") / course.source_notebook(chapter).relative_to("source"), as_version=4)
    stubs = {cell.id: cell for cell in release.cells}
    # Cells to try things in take most of the time, and nothing rests on them: imports, solutions and tests are run.
    cells = [cell for cell in source.cells if cell.cell_type == "code" and ("nbgrader" in cell.metadata or cell.id == "imports")]
    shell, tests = InteractiveShell(), [cell.id for cell in cells if cell.id.startswith("test-")]
    for number, cell in enumerate(cells):
        broken = cell.id
        if "BEGIN SOLUTION" in cell.source and broken != "paste-your-own":  # there nothing is graded
            failed = failed_with(shell, stubs[broken], cells[number + 1 :])
            own = {name for name in tests if name.startswith(f"test-{broken}")}
            if broken in ("value", "value-backward", "unbroadcast", "tensor-add"):  # a class that grows: later parts call these
                own = set(tests)
            if broken in ("tensor-sum", "tensor-curves", "tensor-axes", "tensor-rows"):  # of which the loss is made
                own |= {name for name in tests if name.startswith(("test-log-sum-exp", "test-tensor-cross-entropy"))}
            defined = re.findall(r"^(?:def|class) (\w+)", cell.source, re.M)
            for other in cells:  # a model solution that builds on the broken one, as circuit does on the gates
                if other.id in stubs and "BEGIN SOLUTION" in other.source and any(n in other.source for n in defined):
                    own |= {name for name in tests if name.startswith(f"test-{other.id}")}
            assert failed and failed <= own, (chapter, broken, failed)
            tried += 1
        assert run(shell, [cell]) == [], (chapter, broken)
print(tried)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="copies a process, which Windows cannot")
def test_a_broken_step_costs_its_own_points_only():
    """Every solution cell in turn is put back to its stub; every other test cell still passes."""
    done = subprocess.run([sys.executable, "-c", IN_A_PROCESS], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[-1]) >= 30  # solution cells tried
