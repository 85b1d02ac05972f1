"""The committed release is what the sources give, whole and free of answers; and the check that says so can fail."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from autograder.course_dir import CourseDir
from autograder.publish.check_release import problems
from autograder.publish.dependents import dependents
from autograder.publish.leaks import collect_secrets, find_leaks, piece_leaks
from course.probes import CHAPTERS
from tests.support import warm

ROOT = Path(__file__).parent.parent
BESIDE = ("nbgrader_config.py", "pyproject.toml", "constraints.txt", "environment.yml", "LICENSE", "LICENSE-prose.md")


@pytest.fixture(scope="module")
def secrets():
    return collect_secrets(CourseDir(ROOT), list(CHAPTERS))


@pytest.fixture
def copy(tmp_path):
    """A course directory of one's own to damage."""
    for folder in ("source", "release", "course"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        )
    for name in BESIDE:
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def autograder(*words):
    return warm.run("autograder", *words)


def test_the_committed_release_is_up_to_date_and_holds_no_answers():
    done = autograder("check-release", "--course-dir", str(ROOT))
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "release: up to date, no answers in it"), done.stdout


def test_changed_missing_and_left_over_files_are_found(copy):
    notebook = copy / "release/06-batch/batch.ipynb"
    notebook.write_text(notebook.read_text(encoding="utf-8").replace("rows", "Rows"), encoding="utf-8")
    (copy / "release/07-relu/relu.ipynb").unlink()
    (copy / "release/07-relu/notes.txt").write_text("left over")
    (copy / "course/fixtures/old.json").write_text("{}")
    found = "\n".join(problems(CourseDir(copy)))
    assert "release/06-batch/batch.ipynb: not what the sources give" in found
    assert "release/07-relu/relu.ipynb: missing" in found
    assert "release/07-relu/notes.txt: nothing in source/ gives this file" in found
    assert "course/fixtures/old.json: nothing in source/ gives this file" in found
    assert len(found.splitlines()) == 4


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("course/extra.py", "from autograder import examine\n", "imports autograder"),
        ("course/extra.py", "x = 1\n### BEGIN SOLUTION\n", "BEGIN SOLUTION"),
        (
            "course/extra.py",
            "import numpy as np\n\n\ndef gate(g, a):\n    return np.where(a > 0, g, 0.0)\n",
            "holds a line of the solution",
        ),
        (
            "course/extra.py",
            "import numpy as np\n\n\ndef f(g, a):\n    r = np.dot(a.T, g)\n    return r\n",
            "holds a line of the solution",
        ),
        ("course/extra.py", "def relu_backward(dvalues, z):\n    return dvalues\n", "defines relu_backward"),
        ("course/extra.md", "Use `np.sum(dvalues, axis=0, keepdims=True)` here.", "holds a line of the solution"),
        (
            "course/fixtures/extra.json",
            json.dumps({"hint": "it is `np.dot(inputs.T, dvalues)`"}),
            "holds a line of the solution",
        ),
        (
            "course/fixtures/extra.json",  # where lines end and quotes stand, JSON writes something else
            json.dumps({"hint": 'so:\n```python\nname = "r"\nr = np.dot(inputs.T, dvalues)\n```'}),
            "holds a line of the solution",
        ),
    ],
)
def test_planted_answers_are_found(copy, secrets, file, text, words):
    (copy / file).write_text(text, encoding="utf-8")
    found = find_leaks(CourseDir(copy), secrets)
    assert any(words in line and line.startswith(file) for line in found), found


def test_an_answer_pasted_into_a_lesson_or_a_release_is_found(copy, secrets):
    for path in (copy / "course/lessons/06-batch.ipynb", copy / "release/06-batch/batch.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(nbformat.v4.new_code_cell("print(np.sum(g, axis=0, keepdims=True))", id="planted"))
        nbformat.write(notebook, path)
    found = [line for line in find_leaks(CourseDir(copy), secrets) if "cell planted" in line]
    assert len(found) == 2


def test_every_model_solution_is_known_to_the_leak_search(secrets):
    """Each solution cell, handed to students as it is, would be found."""
    for chapter in CHAPTERS:
        for cell in nbformat.read(CourseDir(ROOT).source_notebook(chapter), as_version=4).cells:
            if "BEGIN SOLUTION" in cell.source and "def " in cell.source:
                assert piece_leaks(cell.source, secrets, True), cell.id


def test_a_release_is_written_again_where_it_is_missing(copy):
    shutil.rmtree(copy / "release/06-batch")
    (copy / "course/fixtures/06-batch.json").unlink()
    done = autograder("release", "06", "--course-dir", str(copy))
    assert done.returncode == 0, done.stderr
    for name in ("release/06-batch/batch.ipynb", "course/fixtures/06-batch.json"):
        assert (copy / name).read_bytes() == (
            ROOT / name
        ).read_bytes()  # which the first test compares with the sources
    assert autograder("release", "06", "--course-dir", str(copy)).stdout == "nothing to do: everything is up to date\n"


def test_the_fixtures_of_chapters_that_are_made_of_a_released_one_follow_it(copy):
    """The clinic takes up mistakes of earlier chapters, with their hints."""
    assert dependents(["06-batch"]) == ["07-relu", "11-clinic"] and dependents(["11-clinic"]) == []
    fixture = copy / "course/fixtures/11-clinic.json"
    fixture.write_text(fixture.read_text(encoding="utf-8").replace("dweights", "weights"), encoding="utf-8")
    assert "course/fixtures/11-clinic.json" in autograder("release", "06", "--course-dir", str(copy)).stdout
    assert fixture.read_bytes() == (ROOT / "course/fixtures/11-clinic.json").read_bytes()
