"""`autograder demo`: its class gets the marks that were worked out by hand, in nbgrader's gradebook, export and feedback."""

import csv
import html
import io
import json
import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbgrader.api import Gradebook
from rich.console import Console

from autograder.course_dir import CourseDir
from autograder.demo.copied import LOOKS_THE_ANSWERS_UP
from autograder.demo.run import Report, read_marks
from autograder.demo.show import marks_table, summary
from autograder.demo.students import CHAPTERS, CLASS
from autograder.exercises import chapter_predictions, find_exercise
from course.checking import try_public_cases
from tests.support import warm
from tests.support.grading import ROOT

pytestmark = pytest.mark.nbgrader
in_the_room = pytest.mark.skipif(
    sys.platform == "win32", reason="on Windows the visible check runs in the test cells too"
)

POINTS = (3, 11, 10, 13, 12)
# A hand-in without its notebook: no points; on Windows, where nbgrader itself grades, nothing is recorded.
NO_NOTEBOOK = None if sys.platform == "win32" else 0
# Worked out by hand from LOST below. None: nothing to grade.
MARKS = {
    #         00  03  05  06  07
    "ada": (3, 11, 10, 13, 12),
    "bruno": (3, 11, 10, 13, 12),
    "chen": (0, 0, 0, 0, 0),
    "dilek": (2, 8, 9, 11, 9),
    "emil": (3, 8, 5, 10, 9),
    "farah": (3, 9, 8, 11, 8),
    "goran": (2, 7, 7, 11, 8),
    "hana": (3, 10, 9, 8, 9),
    "ivan": (3, 11, None, 13, NO_NOTEBOOK),
    "julia": (3, 8, 10, 10, 9),
    "kofi": (2, 3, 3, 4, 4),
    "lena": (3, 11, 10, 13, 12),
    "marek": (1, 8, 7, 9, 8),
    "nadia": (2, 8, 7, 8, 6),
    "omar": (2, 8, 9, 10, 8),
    "petra": (None, None, 3, None, None),
}

# Student, test cell: why it loses its points. Every other test cell has full marks.
LOST = {
    "dilek": {
        "test-double": "x squared is twice x for 0 and 2 only",
        "test-neuron-backward-db": "db = b; dx and dw are right",
        "test-gradient-step": "the bias stands still: 5.986 in place of 5.985",
        "test-layer-dbiases": "ones, whatever comes back",
        "test-batch-dbiases": "a mean over the samples, not a sum",
        "test-relu-backward": "z >= 0 opens the gate at 0",
    },
    "emil": {
        "test-neuron-backward-dx": "the upstream is taken to be 1",
        "test-neuron-backward-dw": "the upstream is taken to be 1",
        "test-neuron-backward-db": "the upstream is taken to be 1",
        "test-layer-dinputs": "row sums of the weights",
        "test-layer-dweights": "x in every column",
        "test-batch-dweights": "column sums of the inputs",
        "test-relu-backward": "the mask alone",
    },
    "farah": {
        "test-neuron-backward-dx": "what is dw; db is right",
        "test-neuron-backward-dw": "what is dx; db is right",
        "test-layer-dweights": "transposed: the neurons down the side",
        "test-dense-backward": "dinputs and dweights exchanged",
        "test-relu-backward": "turns the caller's z into the mask",
        "test-exposing-case": "no upstream is negative",
    },
    "goran": {
        "test-double": "x + 2 is twice x for 2 only",
        "test-neuron-forward": "bias outside the ReLU",
        "test-neuron-backward-dx": "the gate asks w > 0",
        "test-neuron-backward-dw": "the gate asks w > 0; db asks z and is right",
        "test-layer-dinputs": "(D, M): one number a wire, not added up",
        "test-batch-dbiases": "not summed over the samples",
        "test-relu-forward": "Python's max wants one yes or no",
        "test-relu-backward": "if wants one yes or no",
    },
    "hana": {
        "test-relu-derivative": "1 at z = 0",
        "test-layer-forward": "no biases",
        "test-batch-dweights": "inputs summed first, then multiplied",
        "test-dense-backward": "the same in dweights",
        "test-relu-backward": "zeros_like an integer z, times floats",
    },
    "julia": {
        "test-neuron-backward-dx": "a colon is missing: no function",
        "test-neuron-backward-dw": "a colon is missing: no function",
        "test-neuron-backward-db": "a colon is missing: no function",
        "test-batch-dinputs": "a bracket is missing: no function",
        "test-dense-backward": "calls batch_dinputs",
        "test-relu-backward": "writes zeros into the caller's dvalues",
    },
    "nadia": {
        "test-double": "x *= 2 changes the caller's array",
        "test-relu-derivative": "the value for the slope",
        "test-gradient-step": "uphill",
        "test-layer-dinputs": "the first neuron's complaint for all",
        "test-batch-dweights": "both transposed: fits where N = M",
        "test-batch-dbiases": "summed along the neurons",
        "test-relu-backward": "the gate asks the upstream",
        "test-dense-relu-backward-dinputs": "the gate is computed without the biases",
        "test-dense-relu-backward-dweights": "the gate is computed without the biases",
        "test-dense-relu-backward-dbiases": "the gate is computed without the biases",
    },
    "omar": {
        "test-double": "prints in place of returning",
        "test-neuron-backward-dx": "ReLU's slope left out",
        "test-neuron-backward-dw": "ReLU's slope left out",
        "test-neuron-backward-db": "ReLU's slope left out",
        "test-layer-dbiases": "the sum of all for each",
        "test-batch-dinputs": "no transpose",
        "test-batch-dbiases": "(M,) in place of (1, M)",
        "test-relu-backward": "negative upstream clipped",
        "test-dense-relu-backward-dbiases": "not gated; dinputs and dweights are right",
    },
    "petra": {
        "test-layer-forward": "passes the visible check by looking it up; no rule behind it",
        "test-layer-dinputs": "the same",
        "test-layer-dweights": "the same",
        "test-layer-dbiases": "the same",
    },
}

# Where a mistake of the published write-ups stands: its name among the known mistakes, and who makes it where.
WRITE_UPS = [
    ("bias-for-its-slope", "dilek", "test-neuron-backward-db"),
    ("mask-only", "emil", "test-neuron-backward-dx"),
    ("upstream-ignored", "emil", "test-layer-dinputs"),
    ("x-and-w-exchanged", "farah", "test-neuron-backward-dw"),
    ("integer-mask", "hana", "test-relu-backward"),
    ("one-test-for-a-whole-array", "goran", "test-relu-forward"),
    ("one-test-for-a-whole-array", "goran", "test-relu-backward"),
    ("gate-on-the-weight", "goran", "test-neuron-backward-dx"),
    ("bias-outside-relu", "goran", "test-neuron-forward"),
    ("bias-stands-still", "dilek", "test-gradient-step"),  # 5.986
    ("product-of-sums", "hana", "test-batch-dweights"),
]

HAND_INS = [(student, chapter) for student in MARKS for chapter in CHAPTERS]


@dataclass
class Class:
    """The demo's folder after the run, what it printed, and what the gradebook knows of every test cell."""

    folder: Path
    printed: dict
    cells: dict[tuple[str, str], dict[str, tuple[float, float]]] = field(default_factory=dict)

    def notebook(self, student, chapter):
        path = self.folder / "autograded" / student / chapter / f"{chapter.split('-', 1)[1]}.ipynb"
        return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}

    def feedback(self, student, chapter):
        """The page as a reader sees it: no markup, single spaces."""
        path = self.folder / "feedback" / student / chapter / f"{chapter.split('-', 1)[1]}.html"
        page = re.sub(r"<(style|script).*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def demo(*words, **options):
    return warm.run("autograder", "demo", *words, **options)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "class"
    done = demo("--into", str(folder), "--json", cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    result = Class(folder, json.loads(done.stdout))
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        for chapter in CHAPTERS:
            for submission in gradebook.find_assignment(chapter).submissions:
                if not (folder / "autograded" / submission.student.id / chapter).exists():
                    continue  # handed in without its notebook
                result.cells[submission.student.id, chapter] = {
                    grade.name: (grade.score, grade.max_score)
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
    return result


def lost_cells(student):
    """The test cells that lose their points, as LOST has them, or by rule."""
    predictions = {f"test-{one.name}" for chapter in CHAPTERS for one in chapter_predictions(chapter)}
    code = all_test_cells() - predictions
    by_rule = {"chen": code | predictions, "kofi": code, "marek": predictions}
    return by_rule.get(student) or set(LOST.get(student, {}))


def all_test_cells():
    return {
        cell.id
        for chapter in CHAPTERS
        for cell in nbformat.read(CourseDir(ROOT).source_notebook(chapter), as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }


@pytest.mark.parametrize(("student", "chapter"), HAND_INS)
def test_every_mark(graded, student, chapter):
    column = list(CHAPTERS).index(chapter)
    expected, mark = MARKS[student][column], graded.printed["students"][student]["chapters"][chapter]
    assert mark["max_score"] == POINTS[column]
    assert mark["handed_in"] == (expected is not None)
    assert mark["score"] == (expected or 0)


@pytest.mark.parametrize("student", MARKS)
def test_points_are_lost_where_the_answer_is_wrong_and_nowhere_else(graded, student):
    (forgotten,) = (one.forgets_notebook for one in CLASS if one.id == student)
    handed_in = [some for (one, chapter), some in graded.cells.items() if one == student and chapter not in forgotten]
    cells = {name: pair for some in handed_in for name, pair in some.items()}
    assert all(score in (0, maximum) for score, maximum in cells.values())
    assert {name for name, (score, _) in cells.items() if score == 0} == lost_cells(student) & set(cells)
    assert lost_cells(student) <= set(cells)


def test_the_whole_class_is_there_and_totals_are_sums(graded):
    assert list(graded.printed["students"]) == list(MARKS)
    totals = {student: sum(mark or 0 for mark in marks) for student, marks in MARKS.items()}
    assert {student: row["total"] for student, row in graded.printed["students"].items()} == totals
    assert totals["ada"] == sum(POINTS) == 49


def test_only_the_late_hand_in_is_late(graded):
    late = {
        (student, chapter): mark["seconds_late"]
        for student, row in graded.printed["students"].items()
        for chapter, mark in row["chapters"].items()
        if mark["seconds_late"]
    }
    assert late == {("hana", "06-batch"): (2 * 24 + 3) * 3600}


def test_the_exported_marks_are_the_same(graded):
    with open(graded.folder / "grades.csv", newline="", encoding="utf-8") as file:
        rows = {(row["student_id"], row["assignment"]): row for row in csv.DictReader(file)}
    assert set(rows) == set(HAND_INS)
    for student, chapter in HAND_INS:
        row, expected = rows[student, chapter], MARKS[student][list(CHAPTERS).index(chapter)]
        assert float(row["score"]) == (expected or 0), (student, chapter)
        assert bool(row["timestamp"]) == (expected is not None), (student, chapter)
        assert bool(row["duedate"]) == (chapter == "06-batch")
    assert rows["dilek", "03-neuron"]["last_name"] == "Aydın"


def test_there_is_feedback_for_every_graded_notebook_and_no_other(graded):
    pages = {path.relative_to(graded.folder / "feedback").parts for path in graded.folder.glob("feedback/*/*/*.html")}
    assert pages == {(student, chapter, f"{chapter.split('-', 1)[1]}.html") for student, chapter in graded.cells}
    assert len(pages) == sum(mark is not None for marks in MARKS.values() for mark in marks)


def test_feedback_never_shows_what_is_hidden(graded):
    for student, chapter in graded.cells:
        page = graded.feedback(student, chapter)
        for words in ("HIDDEN TESTS", "examine", "autograder", "BEGIN SOLUTION"):
            assert words not in page, (student, chapter, words)


@in_the_room
def test_verdicts_show_no_case_and_no_table(graded):
    """What was asked and what should have come out is for the visible check to say, on the public cases."""
    verdicts = [
        "\n".join(output.traceback)
        for student, chapter in graded.cells
        for name in graded.cells[student, chapter]
        for output in graded.notebook(student, chapter)[name].outputs
        if output.output_type == "error"
    ]
    assert len(verdicts) == sum(score == 0 for cells in graded.cells.values() for score, _ in cells.values())
    for words in verdicts:
        assert not re.search(r"off by|Case:|Try it yourself|should have shape", words), words


@in_the_room
def test_who_only_looks_answers_up_passes_the_check_and_not_the_examination(graded):
    """Without a rule behind it nothing can be named but that it is wrong: no number is said."""
    cells = graded.notebook("petra", "05-layer")
    for name in LOST["petra"]:
        (verdict,) = cells[name].outputs
        assert not re.search(r"known mistake|\[", "\n".join(verdict.traceback)), verdict.traceback
    namespace = {"np": np}
    for cell_id, source in LOOKS_THE_ANSWERS_UP["05-layer"].items():
        exec(source, namespace)
        name = cell_id.replace("-", "_")
        finding = try_public_cases(name, namespace[name]).finding
        assert finding is None


@pytest.mark.parametrize("student", [student for student in MARKS if student not in ("ada", "bruno", "lena", "ivan")])
def test_feedback_gives_a_reason_for_every_lost_point(graded, student):
    for chapter in (chapter for one, chapter in graded.cells if one == student):
        page, notebook = graded.feedback(student, chapter), graded.notebook(student, chapter)
        for name in lost_cells(student) & set(notebook):
            (error,) = [output for output in notebook[name].outputs if output.output_type == "error"]
            if error.ename == "Hint":
                assert " ".join("\n".join(error.traceback).split()) in page, name
            else:
                assert student == "julia" and f"NameError: {error.evalue}. Did the cell that defines it run?" in page


@pytest.mark.parametrize(("mistake", "student", "cell"), WRITE_UPS)
def test_the_mistakes_of_the_write_ups_are_called_by_their_names(graded, mistake, student, cell):
    chapter = next(chapter for one, chapter in graded.cells if one == student and cell in graded.cells[one, chapter])
    words = " ".join("\n".join(graded.notebook(student, chapter)[cell].outputs[-1].traceback).split())
    name = words.split(":")[0].split(",")[0]
    known = next(one for one in find_exercise(name).mistakes if one.name == mistake)
    assert mistake.replace("-", " ") in words and " ".join(known.hints[0].split()) in words


def test_noise_costs_nothing_and_is_not_shown_with_the_verdict(graded):
    cells = graded.notebook("lena", "03-neuron")
    assert [output.output_type for output in cells["test-neuron-backward-dx"].outputs] == ["stream"]
    assert cells["test-neuron-backward-dx"].outputs[0].name == "stdout"
    assert "dvalue is" not in cells["test-neuron-backward-dx"].outputs[0].text


def test_a_syntax_error_costs_what_depends_on_it(graded):
    assert {name for name, (score, _) in graded.cells["julia", "06-batch"].items() if not score} == {
        "test-batch-dinputs",
        "test-dense-backward",
    }
    assert "SyntaxError" in graded.feedback("julia", "03-neuron")


def test_the_table_shows_every_mark(graded):
    report = Report(graded.folder, read_marks(graded.folder), 1.0)
    console = Console(width=130, file=io.StringIO(), record=True)
    console.print(marks_table(report))
    rows = {cells[0].split()[0]: cells[1:7] for line in console.export_text().splitlines() if (cells := _cells(line))}
    for student, marks in MARKS.items():
        shown = ["-" if mark is None else f"{mark}" for mark in marks]
        shown[3] += " late" if student == "hana" else ""
        assert rows[student.capitalize()] == [*shown, str(sum(mark or 0 for mark in marks))]
    assert rows["out"] == [*map(str, POINTS), "49"]
    assert "late: Hana Sato, 06-batch, 2 d 3 h after the due date" in summary(report)


def _cells(line):
    cells = [cell.strip() for cell in re.split("[│┃]", line)[1:-1]]
    return cells if cells and cells[0] else None


@pytest.mark.parametrize("taken", ["a file", "a folder that is not empty"])
def test_a_folder_that_cannot_be_used(tmp_path, taken):
    into = tmp_path / "class"
    if taken == "a file":
        into.write_text("mine")
    else:
        into.mkdir()
        (into / "notes.txt").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    done = demo("--into", str(into), cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and "--into" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_a_course_without_its_notebooks_leaves_nothing_behind(tmp_path):
    (tmp_path / "source").mkdir()
    done = demo("--course-dir", str(tmp_path), "--into", str(tmp_path / "class"), cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and "does not exist" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["source"]


def test_a_command_that_fails_says_where_to_read_why(tmp_path):
    shutil.copytree(ROOT / "source", tmp_path / "source")
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    (tmp_path / "source/06-batch/batch.ipynb").write_text("{ not json", encoding="utf-8")
    done = demo("--course-dir", str(tmp_path), "--into", str(tmp_path / "class"), cwd=ROOT)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1 and "nbgrader.log" in done.stderr
    assert "JSON" in (tmp_path / "class/nbgrader.log").read_text(encoding="utf-8")
