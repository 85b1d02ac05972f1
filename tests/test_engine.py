"""The engine against stock nbgrader, and against what can happen to a grader: kills, locks, a full disk, a second grader."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import pytest

from autograder.course_dir import CourseDir
from autograder.demo.run import hand_in
from autograder.demo.students import CLASS
from autograder.grade import RUN_FILE
from tests.grading import ROOT, autograder_grade, nbgrader, scratch_course
from tests.needs import missing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

CHAPTER, NOTEBOOK = "06-batch", "batch"
STOCK = 'c = get_config()\nc.CourseDirectory.course_id = "backprop"\n'
SCORES = """
    select s.student_id, b.name, g.auto_score, g.manual_score, g.needs_manual_grade
    from grade g join submitted_notebook n on g.notebook_id = n.id
    join submitted_assignment s on n.assignment_id = s.id join base_cell b on b.id = g.cell_id
    order by s.student_id, b.name"""
COMMENTS = """
    select s.student_id, b.name, c.auto_comment
    from comment c join submitted_notebook n on c.notebook_id = n.id
    join submitted_assignment s on n.assignment_id = s.id join base_cell b on b.id = c.cell_id
    order by s.student_id, b.name"""
LATENESS = """
    select s.student_id, s.timestamp, n.late_submission_penalty
    from submitted_notebook n join submitted_assignment s on n.assignment_id = s.id order by s.student_id"""


def book(course):
    """All that grading writes, in order."""
    with sqlite3.connect(course / "gradebook.db") as database:
        return [database.execute(query).fetchall() for query in (SCORES, COMMENTS, LATENESS)]


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    """The made-up class of the demo, handed in and not graded."""
    course = scratch_course(tmp_path_factory.mktemp("class") / "course")
    nbgrader("generate_assignment", CHAPTER, cwd=course)
    for student in CLASS:
        hand_in(student, CHAPTER, CourseDir(course))
    return course


def copy_of(class_, folder):
    """The same class with the same gradebook, not graded yet."""
    shutil.copytree(class_, folder, ignore=shutil.ignore_patterns("autograded", ".autograder*"))
    return folder


@pytest.fixture(scope="module")
def by_engine(class_, tmp_path_factory):
    course = copy_of(class_, tmp_path_factory.mktemp("engine") / "course")
    report = autograder_grade(course, CHAPTER, AUTOGRADER_SEED="same")
    assert report["graded"] == len(list(course.glob(f"submitted/*/{CHAPTER}")))
    return course


def test_stock_nbgrader_gives_the_same_gradebook(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    (course / "nbgrader_config.py").write_text(STOCK)
    nbgrader("autograde", CHAPTER, cwd=course)
    stock, engine = book(course), book(by_engine)
    assert len(stock[0]) >= 100
    assert stock == engine


def test_nbgraders_autograde_through_the_room_gives_the_same_gradebook(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    nbgrader("autograde", CHAPTER, cwd=course)
    assert book(course) == book(by_engine)
    path = next((course / "autograded").glob(f"*/{CHAPTER}/*.ipynb"))
    assert nbformat.read(path, as_version=4).metadata.autograder.isolation in ("bubblewrap", "process")


def test_nothing_is_graded_twice_until_something_changes(class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    first = autograder_grade(course, CHAPTER)
    again = autograder_grade(course, CHAPTER)
    readable = sum(
        one["score"] is not None and not any("not handed in" in note for note in one["notes"])
        for one in first["submissions"]
    )
    assert again["unchanged"] == readable
    path = course / f"submitted/ada/{CHAPTER}/{NOTEBOOK}.ipynb"
    path.write_bytes((course / f"release/{CHAPTER}/{NOTEBOOK}.ipynb").read_bytes())
    third = {one["student"]: one for one in autograder_grade(course, CHAPTER)["submissions"]}
    assert third["ada"]["state"] == "graded" and third["ada"]["score"] == 0
    assert third["bruno"]["state"] == "unchanged"


def test_a_corrected_test_regrades_and_manual_scores_stay(class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    autograder_grade(course, CHAPTER)
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("update grade set manual_score = 2.5 where rowid = 1")
    source = course / f"source/{CHAPTER}/{NOTEBOOK}.ipynb"
    notebook = nbformat.read(source, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.id == "test-batch-dbiases")
    cell.source = cell.source.replace("### END HIDDEN TESTS", "assert False, 'a stricter test'\n### END HIDDEN TESTS")
    nbformat.write(notebook, source)
    graded = autograder_grade(course, CHAPTER)
    assert graded["less_protected"] == {CHAPTER: ["test-batch-dbiases"]}  # an assert of the instructor's own
    scores = {(student, name): score for student, name, score, *_ in book(course)[0]}
    assert (
        graded["unchanged"] == 0
        and scores["ada", "test-batch-dbiases"] == 0
        and scores["ada", "test-batch-dweights"] == 3
    )
    with sqlite3.connect(course / "gradebook.db") as database:
        assert database.execute("select manual_score from grade where rowid = 1").fetchone() == (2.5,)
    autograder_grade(course, CHAPTER, "--force")
    with sqlite3.connect(course / "gradebook.db") as database:
        assert database.execute("select manual_score from grade where rowid = 1").fetchone() == (2.5,)


def start(course, *words):
    command = [sys.executable, "-m", "autograder", "grade", CHAPTER, "--json", "--course-dir", str(course), *words]
    environment = dict(os.environ, PYTHONPATH=str(ROOT), AUTOGRADER_SEED="same")
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def rooms_of(grader):
    """Process ids of everything that runs in the rooms of a grader, parents first."""
    found, parents = [], {grader.pid}
    for path in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            parent = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
        if parent in parents:
            parents.add(int(path.name))
            found.append(int(path.name))
    return found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes under /proc")
def test_twenty_kills_of_the_grader_change_nothing(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    moments = random.Random(20)
    killed = 0
    for _ in range(20):
        grader = start(course)
        try:
            grader.communicate(timeout=moments.uniform(0.3, 2.5))
        except subprocess.TimeoutExpired:
            grader.send_signal(signal.SIGKILL)
            grader.communicate()
            killed += 1
            with sqlite3.connect(course / "gradebook.db") as database:  # whole submissions, graded or not
                counts = database.execute(
                    "select count(g.id), sum(g.auto_score is not null) from submitted_notebook n "
                    "left join grade g on g.notebook_id = n.id group by n.id"
                ).fetchall()
            assert all(done in (0, None, whole) for whole, done in counts)
        else:
            shutil.rmtree(course / "autograded")  # it was faster than we: once more from the start
    assert killed >= 5
    report = autograder_grade(course, CHAPTER, AUTOGRADER_SEED="same")
    assert report["seed"] == "same" and book(course) == book(by_engine)
    assert not list(course.glob("autograded/*/.*"))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes under /proc")
def test_lost_rooms_and_children_cost_nobody_a_point(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    grader, choose, killed = start(course), random.Random(3), 0
    while grader.poll() is None and killed < 8:
        time.sleep(0.4)
        running = rooms_of(grader)
        if len(running) > 2:
            os.kill(choose.choice(running), signal.SIGKILL)
            killed += 1
    said, errors = grader.communicate(timeout=300)
    assert grader.returncode == 0, errors
    assert killed >= 2 and json.loads(said)["graded"] and book(course) == book(by_engine)


def test_a_locked_gradebook_is_waited_for(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    lock = sqlite3.connect(course / "gradebook.db", check_same_thread=False)
    lock.execute("begin exclusive")
    threading.Timer(7, lambda: (lock.rollback(), lock.close())).start()
    autograder_grade(course, CHAPTER, AUTOGRADER_SEED="same")
    assert book(course) == book(by_engine)


def test_a_second_grader_is_refused(class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    first = start(course)
    while not (course / RUN_FILE).exists():  # it has the lock, and has not begun
        assert first.poll() is None
        time.sleep(0.005)
    first.send_signal(signal.SIGSTOP)
    second = autograder_grade(course, CHAPTER, good=False)
    first.send_signal(signal.SIGCONT)
    said, errors = first.communicate(timeout=300)
    assert first.returncode == 0, errors
    assert json.loads(said)["graded"]
    assert second.returncode == 2 and "another grader is at work" in second.stderr and second.stderr.count("\n") == 1


def test_a_full_disk_stops_the_run_and_loses_nothing(class_, by_engine, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True).returncode:
        missing("the right to mount a small disk (root)")
    try:
        course = copy_of(class_, disk / "course")
        filler = disk / "filler"
        free = shutil.disk_usage(disk).free
        filler.write_bytes(bytes(max(0, free - 200_000)))
        full = autograder_grade(course, CHAPTER, good=False, AUTOGRADER_SEED="same")
        assert full.returncode == 2 and full.stderr.count("\n") == 1 and "run the command again" in full.stderr, (
            full.stderr
        )
        filler.unlink()
        subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)
        autograder_grade(course, CHAPTER, AUTOGRADER_SEED="same")
        assert book(course) == book(by_engine)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["99-none"], "no chapter"),
        (["03-neuron"], "knows no assignment"),
        (["--isolation", "magic"], "is not one of"),
        (["--workers", "0"], "--workers"),
    ],
)
def test_bad_input_is_one_line_and_status_2(class_, words, said):
    def files():
        return [path for path in sorted(class_.rglob("*")) if not path.name.startswith(".autograder")]

    before = files()
    done = autograder_grade(class_, *words, good=False)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert files() == before


def test_a_course_without_a_gradebook(tmp_path):
    course = scratch_course(tmp_path / "course")
    done = autograder_grade(course, good=False)
    assert done.returncode == 2 and "no gradebook" in done.stderr and not (course / "gradebook.db").exists()
