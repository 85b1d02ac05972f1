"""Hostile hand-ins, graded together with honest ones: no attack gains a point, no honest grade moves, nothing else changes."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.demo.handin import fill_in
from autograder.room import bubblewrap_works
from tests.attacks import BREAKING, FORGING, KILLS_ALL, OWN_FILES, OWN_MOUNTS
from tests.grading import ROOT, exported_scores, nbgrader, scratch_course
from tests.needs import missing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

CHAPTER, NOTEBOOK = "07-relu", "relu"
RIGHT = "import numpy as np\ndef relu_forward(z):\n    return np.where(z > 0, z, 0.0)\n"
ELSEWHERE = dict.fromkeys(("relu-backward", "exposing-case", "dense-relu-backward"), "# in an earlier cell")
HONEST = {"model": 12, "untouched": 0, "only-forward": 1}


@pytest.fixture(scope="module")
def needs_bubblewrap():
    works, why = bubblewrap_works()
    if not works:
        missing(f"bubblewrap ({why})")


def attack_class(folder, attacks):
    """A course with honest students and attackers, the attackers spread among them."""
    course = scratch_course(folder)
    nbgrader("generate_assignment", CHAPTER, cwd=course)
    release = nbformat.read(course / f"release/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4)
    source = nbformat.read(course / f"source/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4)
    class_ = {"model": source, "untouched": release, "only-forward": fill_in(release, {"relu-forward": RIGHT})}
    class_ |= {f"zz-{name}": notebook for name, notebook in list(class_.items())}
    for name, code in attacks.items():
        code = code.replace("{course}", str(course))
        # the definition first: a cell that never ends must not cost what stands before it
        class_[name] = fill_in(release, {**ELSEWHERE, "relu-forward": RIGHT + "\n" + code})
    for student, notebook in class_.items():
        path = course / "submitted" / student / CHAPTER / f"{NOTEBOOK}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    return course


def digests(course):
    """Everything that grading must leave as it was."""
    paths = [
        path for folder in ("source", "submitted", "release") for path in (course / folder).rglob("*") if path.is_file()
    ]
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def grade(course, *options):
    words = [sys.executable, "-m", "autograder", "grade", CHAPTER, "--json", "--cell-seconds", "2", *options]
    done = subprocess.run(
        [*words, "--submission-seconds", "12", "--course-dir", str(course)],
        capture_output=True,
        text=True,
        env=dict(os.environ, PYTHONPATH=str(ROOT)),
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def orphans():
    """Rooms on this machine that nobody runs any more: above them there is nothing but the first process."""
    parents, rooms = {}, set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            words, pid = (path / "cmdline").read_bytes(), int(path.name)
            parents[pid] = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if b"inside.server" in words:
            rooms.add(pid)

    def above(pid):
        while pid in rooms:
            pid = parents.get(pid, 1)
        return pid

    return [pid for pid in rooms if above(pid) <= 1]


def assert_no_gain(course, report, before):
    assert digests(course) == before
    scores = {student: score for (student, _), score in exported_scores(course).items()}
    for name, points in HONEST.items():
        assert scores[name] == scores[f"zz-{name}"] == points, name
    gained = {name: score for name, score in scores.items() if score > 1 and name.removeprefix("zz-") != "model"}
    assert gained == {}
    assert report["graded"] == len(scores)
    return scores


@pytest.fixture(scope="module")
def under_bubblewrap(tmp_path_factory, needs_bubblewrap):
    course = attack_class(tmp_path_factory.mktemp("attacks"), FORGING | OWN_FILES | OWN_MOUNTS | BREAKING | KILLS_ALL)
    before = digests(course)
    report = grade(course, "--isolation", "bubblewrap")
    return course, report, before, assert_no_gain(course, report, before)


def test_no_attack_gains_a_point_and_every_honest_grade_is_exact(under_bubblewrap):
    _, report, _, scores = under_bubblewrap
    assert report["isolation"] == "bubblewrap" and len(scores) >= 50


@pytest.mark.parametrize("name", [*FORGING, *OWN_FILES, *OWN_MOUNTS])
def test_a_forger_keeps_what_is_honestly_earned_or_less(under_bubblewrap, name):
    assert under_bubblewrap[3][name] in (0, 1)


@pytest.mark.parametrize("name", [*BREAKING, *KILLS_ALL])
def test_every_lost_point_has_a_reason(under_bubblewrap, name):
    course = under_bubblewrap[0]
    notebook = nbformat.read(course / f"autograded/{name}/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.id != "test-relu-forward":
            errors = [output for output in cell.outputs if output.output_type == "error"]
            assert errors and "".join(errors[-1].traceback).strip(), cell.id


def test_nothing_of_an_attack_outlives_the_run(under_bubblewrap):
    assert orphans() == []


def test_the_hidden_inputs_do_not_stand_in_feedback(under_bubblewrap):
    course, report, *_ = under_bubblewrap
    nbgrader("generate_feedback", CHAPTER, "--student", "hard-coded-public-cases", cwd=course)
    page = (course / f"feedback/hard-coded-public-cases/{CHAPTER}/{NOTEBOOK}.html").read_text(encoding="utf-8")
    assert "examine" not in page and "HIDDEN" not in page and report["seed"] not in page


def test_as_a_plain_process_forged_verdicts_gain_nothing_either(tmp_path):
    breaking = ("endless-loop", "exits", "a-process-of-its-own-group", "deeply-nested-output", "half-a-message")
    course = attack_class(tmp_path / "course", FORGING | {name: BREAKING[name] for name in breaking})
    stealing = {"import-the-reference", "load-the-reference-by-path"}  # these read the instructor's own files
    before = digests(course)
    report = grade(course, "--isolation", "process")
    scores = {one["student"]: one["score"] for one in report["submissions"]}
    assert digests(course) == before
    assert {name: scores[name] for name in HONEST} == HONEST
    assert {name for name in FORGING if scores[name] > 1} <= stealing
    assert orphans() == []
