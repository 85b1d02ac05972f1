"""A job is a function between plain values: it travels, and gives the same marks in a process that has nothing but the code."""

import ast
import json
import os
import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import replace

import pytest

from autograder.grading import digests
from autograder.grading.examiner import Examiner
from autograder.grading.gradebook import CourseGradebook
from autograder.grading.hand_in import read
from autograder.grading.job import Job, grade_job
from autograder.grading.mark import mark
from autograder.grading.notebook_file import read_hand_in
from autograder.grading.repair import repair
from autograder.grading.sandboxes import close_sandboxes, prepare_sandboxes, sandbox
from autograder.sandbox.isolation import choose_isolation
from tests.support.demo_class import CHAPTER, NOTEBOOK, gradebook_rows
from tests.support.grading import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

ELSEWHERE = """
import pickle, sys
from autograder.grading.job import grade_job
from autograder.grading.sandboxes import close_sandboxes
job = pickle.load(sys.stdin.buffer)
print(sorted(name for name in sys.modules if name.endswith(("grading.run", "gradebook", "sqlite3"))), file=sys.stderr)
sys.stdout.buffer.write(pickle.dumps(grade_job(job)))
close_sandboxes()
"""


@pytest.fixture(scope="module")
def job(by_engine):
    """Of a hand-in that was graded in the ordinary way, too."""
    opened = CourseGradebook(f"sqlite:///{by_engine / 'gradebook.db'}", "backprop")
    templates = opened.templates(CHAPTER, by_engine / "source" / CHAPTER)
    opened.close()
    hand_in = read("ada", by_engine / "submitted/ada" / CHAPTER, CHAPTER, templates)
    yield Job(tuple(templates), hand_in.notebooks, hand_in.files, "same", choose_isolation())
    close_sandboxes()


def test_a_job_travels_both_ways_and_is_computed_with_nothing_but_the_package(job, by_engine, tmp_path):
    for package in ("autograder", "course"):
        ignored = shutil.ignore_patterns("lessons", "__pycache__")
        shutil.copytree(ROOT / package, tmp_path / "code" / package, ignore=ignored)
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        input=pickle.dumps(job),
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "code")},
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr.decode().strip() == "[]"  # neither a run nor a database is needed
    graded = pickle.loads(done.stdout)
    assert graded == grade_job(job)
    recorded = {cell: score for student, cell, score, *_ in gradebook_rows(by_engine)[0] if student == "ada"}
    assert graded.notebooks[NOTEBOOK].scores == recorded and sum(recorded.values()) > 0


def test_marking_changes_nothing_that_it_is_given(job):
    notebook, _ = repair(read_hand_in(job.notebooks[NOTEBOOK]), job.templates[0])
    before = deepcopy(notebook)
    with sandbox(job.isolation, job.limits) as one:
        marked = mark(notebook, one, Examiner("same"))
    assert notebook == before
    assert [cell.outputs for cell in marked.notebook.cells if cell.cell_type == "code"] != [
        cell.outputs for cell in before.cells if cell.cell_type == "code"
    ]


def digests_of(root, *assignments):
    code = f"from autograder.grading.digests import marks_digest\nfor one in {assignments}: print(marks_digest(one))"
    environment = dict(os.environ, PYTHONPATH=str(root))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=root)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = (
        tmp_path_factory.mktemp("project") / "figures" / "demo"
    )  # names that mean something within it, and nothing above
    for package in ("autograder", "course"):
        ignored = shutil.ignore_patterns("lessons", "__pycache__")
        shutil.copytree(ROOT / package, folder / package, ignore=ignored)
    return folder


# What is edited, as (file, from, to), and whether 06-batch and 12-autograd are graded anew. "" appends a line of code.
MORE = "\nMORE_CODE = 1\n"
EDITS = {
    "its cases": ("autograder/exercises/batch/cases.py", "", MORE, True, False),
    "its predictions": ("autograder/exercises/batch/predictions.py", "", MORE, True, False),
    "a known mistake": ("autograder/exercises/batch/mistakes/batch_dinputs.py", "return ", "return 2 * ", True, False),
    "its reference": ("autograder/reference/batch.py", "", MORE, True, False),
    "its probes": ("course/probes/batch.py", "", MORE, True, False),
    "the comparison": ("course/compare.py", "", MORE, True, True),
    "the judge": ("autograder/examination/judge.py", "", MORE, True, True),
    "marking": ("autograder/grading/mark.py", "", MORE, True, True),
    "repair": ("autograder/grading/repair.py", "", MORE, True, True),
    "the sandbox": ("autograder/sandbox/inside/shell.py", "", MORE, True, True),
    "another chapter": ("autograder/exercises/autograd/cases.py", "", MORE, False, True),
    "another chapter's reference": ("autograder/reference/autograd.py", "", MORE, False, True),
    "a solution": ("autograder/exercises/batch/solutions.py", "", MORE, False, False),
    "a comment": ("autograder/grading/mark.py", "", "\n# a comment\n", False, False),
    "a figure": ("course/figures/batch.py", "", MORE, False, False),
    "what a command says": ("autograder/cli.py", "help=", 'help="More. " + ', False, False),
    "a benchmark": ("autograder/bench/grading.py", "", MORE, False, False),
    "the demo": ("autograder/demo/run.py", "", MORE, False, False),
    "the class report": ("autograder/classroom/report.py", "", MORE, False, False),
    "feedback": ("autograder/grading/feedback.py", "", MORE, False, False),
    "the doctor": ("autograder/sandbox/doctor.py", "", MORE, False, False),
}


def test_the_digest_is_the_same_wherever_the_project_stands(project, digest):
    """Each in a process that has nothing but that project, and as the tests below have it."""
    here = digests_of(ROOT, "06-batch", "12-autograd")
    assert digests_of(project, "06-batch", "12-autograd") == here == [digest("06-batch"), digest("12-autograd")]


@pytest.fixture
def digest(project, monkeypatch):
    """The digest of a chapter as the files of the project are now, read by this process: starting one for it takes seconds."""
    monkeypatch.setattr(digests, "ROOT", project)
    return digests.marks_digest.__wrapped__  # which remembers nothing


@pytest.mark.parametrize("what", EDITS)
def test_what_is_graded_anew_when_a_file_is_edited(project, digest, what):
    name, old, new, batch, autograd = EDITS[what]
    before = [digest("06-batch"), digest("12-autograd")]
    path = project / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    try:
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
        after = [digest("06-batch"), digest("12-autograd")]
    finally:
        path.write_text(text, encoding="utf-8")
    assert [one != other for one, other in zip(before, after, strict=True)] == [batch, autograd]


def test_the_words_of_a_hint_change_no_digest(project, digest):
    path = project / "autograder/exercises/batch/mistakes/batch_dinputs.py"
    text = path.read_text(encoding="utf-8")
    hint = next(
        node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant) and " " in str(node.value)
    )
    before = digest("06-batch")
    try:
        path.write_text(text.replace(hint[-12:], "other words"), encoding="utf-8")
        assert digest("06-batch") == before
    finally:
        path.write_text(text, encoding="utf-8")


def test_comments_are_taken_out_and_nothing_else():
    for path in [*ROOT.glob("autograder/**/*.py"), *ROOT.glob("course/**/*.py")]:
        source = path.read_text(encoding="utf-8")
        assert ast.dump(ast.parse(digests.what_counts("any", source))) == ast.dump(ast.parse(source)), path


CROWD = "import os\nfor _ in range(20):\n    if os.fork() == 0:\n        while True: pass"
HOSTILE = (
    CROWD,
    "import os\nos._exit(0)",
    "x = []\nwhile True: x.append(bytearray(10**8))",
    "1 / 0",
    "print('x' * 10**6)",
)


def test_hostile_and_honest_hand_ins_side_by_side_for_ten_rounds(job):
    """Two workers, so that each honest hand-in has a hostile neighbour: every round gives what it earns alone."""
    alone = grade_job(job)
    stored = json.loads(job.notebooks[NOTEBOOK])
    cells = [{"cell_type": "code", "source": code, "metadata": {}, "outputs": []} for code in HOSTILE]
    attacks = [json.dumps(stored | {"cells": [cell, *stored["cells"]]}).encode() for cell in cells]
    hostile = [replace(job, notebooks={NOTEBOOK: raw}) for raw in attacks]
    close_sandboxes()
    prepare_sandboxes(job.isolation, job.limits, 2)
    with ThreadPoolExecutor(2) as pool:
        rounds = [pool.map(grade_job, (hostile[number % len(hostile)], job)) for number in range(10)]
        assert [honest == alone for _, honest in rounds] == [True] * 10
