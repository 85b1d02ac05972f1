"""A new exercise and a new chapter in a copy of the project: written, refused, filled in, released."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def project(tmp_path):
    """A copy of the project, whose own commands are run."""
    for name in ("autograder", "course", "source", "release"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("nbgrader_config.py", "pyproject.toml", "Makefile", "environment.py", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def autograder(project, *words):
    env = os.environ | {"PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", "autograder", *words], cwd=project, env=env, capture_output=True, text=True
    )


def replace(path, *pairs):
    text = path.read_text()
    for old, new in pairs:
        assert text.count(old) == 1, (path, old)
        text = text.replace(old, new)
    path.write_text(text)


FILLED = {  # the exercise that CONTRIBUTING adds
    "autograder/reference/relu.py": [
        (
            "FILL IN: the formula, shapes and dtypes, what it raises, and the source.",
            "For how many samples each neuron is on.",
        ),
        ("    raise NotImplementedError", "    return np.sum(z > 0, axis=0)"),
    ],
    "autograder/exercises/relu/cases.py": [
        (
            "        # FILL IN: kinds of cases on which wrong code cannot be right by luck; the lesson's own numbers first.\n",
            "",
        ),
    ],
    "autograder/exercises/relu/solutions.py": [
        ("    # FILL IN: a right answer in another way than the reference's, and a second one below.\n", ""),
        ("    raise NotImplementedError", "    return np.count_nonzero(z > 0, axis=0)"),
    ],
    "autograder/exercises/relu/mistakes/open_gates.py": [
        ('"FILL-IN",  # FILL IN: the mistake\'s name, in words joined by -', '"all-counted",'),
        ("FILL IN: a question that lets one reconsider?", "Is a closed gate counted?"),
        ("FILL IN: a number to try, and what it shows.", "Try a column of 1, -1 and -2: one gate is open."),
        ("FILL IN: the line of mathematics, and never the line of code.", "The gate of a ReLU is open where z > 0."),
        ("    raise NotImplementedError", "    return [len(z)] * z.shape[1]"),
    ],
}


def fill_in_the_cells(path):
    notebook = nbformat.read(path, as_version=4)
    words = {
        "open-gates-prompt": "## Open gates\n\nWrite `open_gates(z)` (1 point).",
        "open-gates": (
            'def open_gates(z):\n    """counts, shape (M,)."""\n    ### BEGIN SOLUTION\n'
            "    return (z > 0).sum(axis=0)\n    ### END SOLUTION"
        ),
        "try-open-gates": "print(open_gates(np.array([[1.0, -1.0]])))",
    }
    for cell in notebook.cells:
        cell.source = words.get(
            cell.id, cell.source.replace("FILL IN: open_gates in a sentence.", "Open gates are counted.")
        )
    nbformat.write(notebook, path)


def test_an_exercise_from_the_first_command_to_the_release(project):
    done = autograder(project, "new", "exercise", "07", "open_gates", "--arguments", "z", "--results", "counts")
    assert done.returncode == 0, done.stderr
    wrote = {line.removeprefix("wrote ") for line in done.stdout.splitlines() if line.startswith("wrote")}
    assert wrote == {*FILLED, "course/probes/relu.py", "source/07-relu/relu.ipynb"}
    before = (project / "release/07-relu/relu.ipynb").read_bytes()

    refused = autograder(project, "release", "07")
    assert refused.returncode == 2 and "Traceback" not in refused.stderr
    for place in [*FILLED, "source/07-relu/relu.ipynb, cell open-gates"]:
        assert place in refused.stderr
    assert (project / "release/07-relu/relu.ipynb").read_bytes() == before

    for name, pairs in FILLED.items():
        replace(project / name, *pairs)
    fill_in_the_cells(project / "source/07-relu/relu.ipynb")
    done = autograder(project, "release", "07")
    assert done.returncode == 0, done.stderr
    assert '"grade_id": "test-open-gates"' in (project / "release/07-relu/relu.ipynb").read_text()
    done = autograder(project, "selftest", "07")
    assert "open_gates" in done.stdout and done.returncode == 0, done.stdout + done.stderr


def test_a_chapter_says_what_is_left(project):
    done = autograder(project, "new", "chapter", "77-wide-rows")
    assert done.returncode == 0, done.stderr
    assert "glossary" in done.stdout and "new exercise 77-wide-rows" in done.stdout
    done = autograder(project, "new", "exercise", "77", "widen", "--arguments", "x,w")
    assert done.returncode == 0, done.stderr
    refused = autograder(project, "release", "77")
    assert refused.returncode == 2 and "source/77-wide-rows/wide-rows.ipynb, cell title: FILL IN" in refused.stderr
    assert autograder(project, "release", "07").returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("exercise", "07", "relu_backward"), "is an exercise already"),
        (("exercise", "07", "two words"), "cannot be the name"),
        (("exercise", "07", "lambda"), "cannot be the name"),
        (("exercise", "99", "open_gates"), "99"),
        (("chapter", "07-other"), "07-relu has that number"),
        (("chapter", "other"), "two digits"),
        (("chapter", "13-Rows"), "small letters"),
    ],
)
def test_what_cannot_be_is_one_line_and_writes_nothing(words, said):
    files = {path: path.read_bytes() for path in (ROOT / "course/probes").glob("*.py")}
    done = subprocess.run([sys.executable, "-m", "autograder", "new", *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1, done.stderr
    assert files == {path: path.read_bytes() for path in (ROOT / "course/probes").glob("*.py")}
