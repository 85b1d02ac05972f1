"""`autograder solutions`: worked solutions that run, pass every check, name no examination, and reach no student early."""

import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from autograder.classroom.solutions import imports_of, solved_cells, write_solutions
from autograder.classroom.ways import told_apart, when_better
from autograder.course_dir import CourseDir
from autograder.exercises import chapter_exercises, chapter_predictions
from autograder.notebooks import read_notebook
from autograder.publish.leaks import collect_secrets
from autograder.publish.student_edition import edition, edition_problems
from course.checking import try_public_cases
from course.probes import CHAPTERS
from tests.support.grading import ROOT

COURSE = CourseDir(ROOT)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The folder `solutions/` of the whole course."""
    folder = tmp_path_factory.mktemp("solutions")
    (folder / "source").symlink_to(ROOT / "source")
    write_solutions(CourseDir(folder), list(CHAPTERS), None)
    return folder / "solutions"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_notebook_is_whole_and_says_nothing_of_the_examination(written, chapter):
    notebook = nbformat.read(written / f"{chapter}.ipynb", as_version=4)
    nbformat.validate(notebook)
    text = "\n".join(cell.source for cell in notebook.cells) + (written / f"{chapter}.html").read_text(encoding="utf-8")
    assert not re.search(r"BEGIN|END SOLUTION|HIDDEN TESTS|examine|autograder|https?://", text)
    for one in chapter_predictions(chapter):
        assert f"**{one.letter}.** {one.right}: right." in text
    for one in chapter_exercises(chapter):
        if one.graded:
            assert f"`{one.name}`" in text, one.name


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_way_that_is_shown_passes_the_check(chapter):
    solved, namespace, shown = solved_cells(COURSE, chapter, None), {}, 0
    exec(imports_of(read_notebook(COURSE.source_notebook(chapter))), namespace)
    for one in solved:
        exec(one.model, namespace)  # later answers may lean on earlier ones
    for one in solved:
        for name in one.names:
            for code in [one.model] + [way.code for way in one.ways if len(one.names) == 1]:
                here = dict(namespace)
                exec(code, here)
                answer = here[name.split(".")[0]]
                assert try_public_cases(name, answer).finding is None, (name, code)
                shown += 1
    assert shown >= len(solved)


def test_what_a_way_is_good_for_follows_from_what_it_is_made_of():
    assert "names every axis" in when_better("def f(a, b):\n    return np.einsum('ij->j', a)")
    assert "entry by entry" in when_better("def f(a):\n    return [x for x in a]")
    assert "broadcasting" in when_better("def f(a):\n    return a[:, None]")
    assert "one product" in when_better("def f(a, b):\n    return a @ b")
    assert when_better("def f(a):\n    return None") == ""


def test_counts_of_the_class_come_first():
    counts = {"batch_dbiases": {"axis-lost": 7}}
    solved = {one.names[0]: one for one in solved_cells(COURSE, "06-batch", counts)}
    first = solved["batch_dbiases"].mistakes[0]
    assert (first.title, first.count) == ("axis lost", 7)


def test_a_mistake_of_several_parts_is_told_once():
    counts = {part: {"masked-unasked": 3} for part in ("attention_forward.output", "attention_forward.axes")}
    told = [[one.title for one in solved.mistakes] for solved in solved_cells(COURSE, "15-attention", counts)]
    assert any("masked unasked" in names for names in told)
    assert all(len(names) == len(set(names)) for names in told)


def test_the_student_edition_holds_none_and_check_release_would_say_so(written, tmp_path):
    files = edition(COURSE)
    assert not [name for name in files if "solutions" in name.split("/")]
    planted = files | {"solutions/06-batch.html": (written / "06-batch.html").read_bytes()}
    found = edition_problems(planted, collect_secrets(COURSE, ["06-batch"]))
    assert any("worked solutions" in line for line in found)


def test_the_command(tmp_path):
    shutil.copytree(ROOT / "source/06-batch", tmp_path / "source/06-batch")
    command = [sys.executable, "-m", "autograder", "solutions", "06", "--course-dir", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0 and done.stdout.split() == [
        "wrote",
        "solutions/06-batch.ipynb",
        "wrote",
        "solutions/06-batch.html",
    ]
    done = subprocess.run([*command, "--with-class"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "no gradebook" in done.stderr


def test_other_ways_are_told_apart():
    codes = (
        "np.einsum('ij->j', x)",
        "[sum(x[:, j]) for j in range(3)]",
        "[f(x[:, j]) for j in range(3)]",
        "x.max(axis=0)",
    )
    titles = [one.title for one in told_apart("np.sum(x, axis=0)", codes)]
    assert titles[0].startswith(", with `np.einsum`, names every axis")
    assert titles[1].startswith(", entry by entry, beside") and titles[2:] == [", entry by entry", ", with `.max()`"]
    for solved in solved_cells(COURSE, "15-attention", None):
        assert len({one.title for one in solved.ways}) == len(solved.ways), solved.names
