"""nbgrader's own commands on the course as it is: full marks for the model, none for the untouched stub, and feedback."""

import subprocess
import sys

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.course_dir import CourseDir
from course.probes import CHAPTERS
from tests.grading import POINTS, ROOT, WRITTEN, exported_scores, hand_in, nbgrader, scratch_course


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Every chapter generated, handed in by two students, graded, with feedback."""
    course = scratch_course(tmp_path_factory.mktemp("course"))
    nbgrader("generate_assignment", "--assignment=*", cwd=course)  # one command for all: starting nbgrader takes seconds
    for chapter in CHAPTERS:
        source = CourseDir(course).source_notebook(chapter)
        hand_in(course, "model", chapter, source)
        hand_in(course, "untouched", chapter, course / "release" / source.relative_to(course / "source"))
    nbgrader("autograde", "--assignment=*", cwd=course)
    nbgrader("generate_feedback", "06-batch", cwd=course)
    return course


@pytest.fixture(scope="module")
def scores(graded):
    return exported_scores(graded)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_model_solution_earns_full_marks(scores, chapter):
    assert scores["model", chapter] == POINTS[chapter] - WRITTEN.get(chapter, 0)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_untouched_notebook_earns_nothing(scores, chapter):
    assert scores["untouched", chapter] == 0


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_cell_of_an_untouched_notebook_says_why(graded, chapter):
    path = graded / "autograded/untouched" / chapter / f"{chapter.split('-', 1)[1]}.ipynb"
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
            text = "".join(line for output in cell.outputs for line in output.get("traceback", []))
            said = ("not filled in", "not answered", "returned", "returns None")
            assert any(words in text for words in said), f"{cell.id}: {text}"


def test_the_gradebook_knows_the_points(graded):
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as gradebook:
        assert {one.name: one.max_score for one in gradebook.assignments} == POINTS


def test_nbgraders_own_command_gives_the_committed_release(graded):
    built = {path.relative_to(graded): path.read_bytes() for path in (graded / "release").rglob("*.ipynb")}
    assert built == {path.relative_to(ROOT): path.read_bytes() for path in (ROOT / "release").rglob("*.ipynb")}


def test_feedback_shows_hints_and_nothing_hidden(graded):
    for student in ("model", "untouched"):
        page = (graded / "feedback" / student / "06-batch" / "batch.html").read_text(encoding="utf-8")
        assert "HIDDEN TESTS" not in page and "examine" not in page and "autograder" not in page
    assert "not filled in yet" in page


def test_validate_accepts_the_source_and_names_what_is_missing_in_the_release(graded):
    source = CourseDir(graded).source_notebook("07-relu")
    assert "Success! Your notebook passes all the tests." in nbgrader("validate", str(source), cwd=graded).stdout
    release = graded / "release/07-relu/relu.ipynb"
    said = nbgrader("validate", str(release), cwd=graded).stdout
    assert "FAILED" in said and "relu_backward: the stub is not filled in yet." in said and "Traceback" not in said


def test_a_broken_step_costs_its_own_points_only(tmp_path):
    """Every solution cell in turn is put back to its stub; every other test cell still passes."""
    script = tmp_path / "run.py"
    script.write_text(ONE_STEP_AT_A_TIME, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[-1]) >= 30  # solution cells tried


ONE_STEP_AT_A_TIME = '''
"""In a process of its own, since cells are run in an IPython shell."""
import io, re, sys
from contextlib import redirect_stdout, redirect_stderr
from pathlib import Path
sys.path.insert(0, ".")
import nbformat
from IPython.core.interactiveshell import InteractiveShell
from autograder.course_dir import CourseDir
from course.probes import CHAPTERS

tried = 0
course = CourseDir(Path("."))
for chapter in CHAPTERS:
    source = nbformat.read(course.source_notebook(chapter), as_version=4)
    release = nbformat.read(Path("release") / course.source_notebook(chapter).relative_to("source"), as_version=4)
    stubs = {cell.id: cell.source for cell in release.cells}
    for broken in [cell.id for cell in source.cells if cell.cell_type == "code" and "BEGIN SOLUTION" in cell.source]:
        if broken == "paste-your-own":  # nothing is graded there
            continue
        shell = InteractiveShell()
        failed = set()
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            for cell in source.cells:
                if cell.cell_type == "code":
                    text = stubs[cell.id] if cell.id == broken else cell.source
                    if not shell.run_cell(text).success and cell.id.startswith("test-"):
                        failed.add(cell.id)
        own = {cell.id for cell in source.cells if cell.id.startswith(f"test-{broken}")}
        if broken in ("value", "value-backward"):  # one class that grows: every later part calls these
            own = {cell.id for cell in source.cells if cell.id.startswith("test-")}
        defined = re.findall(r"^(?:def|class) (\\w+)", next(c.source for c in source.cells if c.id == broken), re.M)
        for cell in source.cells:  # a model solution that builds on the broken one, as circuit does on the gates
            if cell.id in stubs and "BEGIN SOLUTION" in cell.source and any(name in cell.source for name in defined):
                own |= {test.id for test in source.cells if test.id.startswith(f"test-{cell.id}")}
        assert failed and failed <= own, (chapter, broken, failed)
        tried += 1
print(tried)
'''
