"""What can happen to a grader at work: kills, lost sandboxes, locks, a full disk, a second grader. Nobody's marks change."""

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from autograder.grading.course_lock import LOCK_FILE
from autograder.grading.run import RUN_FILE
from tests.support.demo_class import CHAPTER, copy_of, gradebook_rows, let_go, start_grading
from tests.support.grading import autograder_grade
from tests.support.needs import missing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")


def wait_until(true, grader, seconds=60):
    """Wait until it is true; false if the grader ends before."""
    deadline = time.monotonic() + seconds
    while not (answer := true()):
        if grader.poll() is not None:
            return False
        assert time.monotonic() < deadline, "nothing happens"
        time.sleep(0.005)
    return answer


def graded(course):
    """Who is in the gradebook with all scores, in order; a submission is there as a whole or not at all.

    Not opened read-only: whoever comes first after a kill has to undo what was half written.
    """
    with sqlite3.connect(f"file:{course / 'gradebook.db'}?mode=rw", uri=True, timeout=20) as database:
        counts = database.execute(
            "select s.student_id, count(g.id), sum(g.auto_score is not null) from submitted_assignment s "
            "join submitted_notebook n on n.assignment_id = s.id left join grade g on g.notebook_id = n.id "
            "group by n.id order by s.student_id"
        ).fetchall()
    assert all(scored in (0, None, cells) for _, cells, scored in counts)
    return [student for student, cells, scored in counts if cells and scored == cells]


def sandboxes_of(grader):
    """Process ids of what runs in a grader's sandboxes: what serves them, and submissions (each leads a session of its own)."""
    serving, submissions, parents = [], [], {grader.pid}
    for path in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            name, rest = (path / "stat").read_text().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            continue
        _, parent, _, session = rest.split()[:4]
        if int(parent) in parents:
            pid = int(path.name)
            parents.add(pid)
            (submissions if int(session) == pid and name != "bwrap" else serving).append(pid)
    return serving, submissions


def ends_well(grader, course, by_engine):
    _, errors = grader.communicate(timeout=300)
    assert grader.returncode == 0, errors
    assert gradebook_rows(course) == gradebook_rows(by_engine)


def test_twenty_kills_of_the_grader_change_nothing(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    everybody, moments = graded(by_engine), random.Random(20)
    midway = 0
    for number in range(20):
        before = graded(course)
        grader = start_grading(course)
        if number % 4 == 0:  # while it starts
            time.sleep(moments.uniform(0.1, 1))
        elif wait_until(lambda before=before: graded(course) > before, grader):
            time.sleep(moments.uniform(0, 0.2))
        grader.kill()
        grader.communicate()
        done = graded(course)
        midway += 0 < len(done) < len(everybody)
        if done == everybody:  # once more from the start
            shutil.rmtree(course / "autograded")
            shutil.copy(class_ / "gradebook.db", course)
    assert midway >= 5, f"{midway} of 20 kills came between two batches"
    report = autograder_grade(course, CHAPTER, AUTOGRADER_SEED="same")
    assert report["seed"] == "same" and gradebook_rows(course) == gradebook_rows(by_engine)
    assert not list(course.glob("autograded/*/.*"))


def with_a_first_cell(folder, source):
    """Put a cell before all others into every hand-in that can be read below a folder."""
    for path in folder.rglob("*.ipynb"):
        with contextlib.suppress(ValueError):  # some are no notebooks
            notebook = nbformat.read(path, as_version=4)
            notebook.cells.insert(0, nbformat.v4.new_code_cell(source))
            nbformat.write(notebook, path)


CATCHES_EVERYTHING = """
import time
while True:
    try:
        while True: time.sleep(0.01)
    except BaseException: pass
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes under /proc")
@pytest.mark.parametrize(("sign", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_grader_that_is_told_to_stop_does_so_whatever_hand_ins_catch_and_clears_up(sign, status, class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    with_a_first_cell(course / "submitted", CATCHES_EVERYTHING)
    before = gradebook_rows(course)
    grader = start_grading(course)
    assert wait_until(lambda: len(sandboxes_of(grader)[1]) == 2, grader)
    time.sleep(0.5)
    os.kill(grader.pid, sign)
    _, errors = grader.communicate(timeout=100)  # the hand-ins by themselves end after 180 s
    assert grader.returncode == status and "Traceback" not in errors, errors
    assert os.listdir(course / ".scratch") == [] and gradebook_rows(course) == before


AGAIN = ("-again", "-once-more", "-and-more")  # endings of further copies of each student


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes under /proc")
def test_lost_sandboxes_and_submissions_cost_nobody_a_point(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    for student in os.listdir(course / "submitted"):  # more to do, so that there is time to kill
        for more in AGAIN:
            again = shutil.copytree(course / "submitted" / student, course / "submitted" / f"{student}{more}")
            with_a_first_cell(again, "import time\ntime.sleep(0.2)")  # else a slow machine finds nobody at work
    everybody = [f"{student}{more}" for student in graded(by_engine) for more in ("", *AGAIN)]
    everybody.sort(
        key=lambda name: (not name.endswith(AGAIN), name)
    )  # as they are begun: first those that import `time`
    grader, killed = start_grading(course), {"serving": 0, "submission": 0}
    while wait_until(lambda: sandboxes_of(grader)[1], grader):
        waiting = [student for student in everybody if student not in graded(course)]
        serving, submissions = sandboxes_of(grader)
        wanted = "submission" if killed["serving"] > killed["submission"] else "serving"
        try:
            os.kill((submissions if wanted == "submission" else serving)[-1], signal.SIGKILL)
        except (IndexError, ProcessLookupError):
            continue
        killed[wanted] += 1
        # Whoever was running is done before the next kill: a cell that loses its process twice is blamed for it. Of those who are
        # not recorded yet the first are done and wait for their batch, and the next are at work.
        if not wait_until(lambda due=set(waiting[:8]): due <= set(graded(course)), grader):
            break
    said, errors = grader.communicate(timeout=300)
    assert grader.returncode == 0, errors
    assert min(killed.values()) >= 1, killed
    assert json.loads(said)["graded"]
    scores, expected = gradebook_rows(course)[0], gradebook_rows(by_engine)[0]
    assert [row for row in scores if not row[0].endswith(AGAIN)] == expected
    for more in AGAIN:
        assert [(row[0].removesuffix(more), *row[1:]) for row in scores if row[0].endswith(more)] == expected


def test_a_gradebook_that_is_locked_from_the_start_is_waited_for(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as lock:
        lock.execute("begin exclusive")
        grader = start_grading(course)
        assert wait_until((course / LOCK_FILE).exists, grader)  # it has begun
        time.sleep(5)
        assert grader.poll() is None
        lock.rollback()
    ends_well(grader, course, by_engine)


def test_a_gradebook_that_is_locked_during_the_run_is_waited_for(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    grader = start_grading(course, held=True)
    assert wait_until(lambda: graded(course), grader)
    with contextlib.closing(sqlite3.connect(course / "gradebook.db", timeout=30)) as lock:
        lock.execute("begin exclusive")
        let_go(course)
        time.sleep(5)
        assert grader.poll() is None
        lock.rollback()
    assert graded(course) != graded(by_engine)  # there was something left to wait for
    ends_well(grader, course, by_engine)


def test_a_gradebook_that_is_gone_for_a_while_is_waited_for(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    grader = start_grading(course, held=True)
    assert wait_until(lambda: graded(course), grader)
    (course / "gradebook.db").rename(tmp_path / "elsewhere.db")
    let_go(course)
    time.sleep(3)
    assert grader.poll() is None
    assert not (course / "gradebook.db").exists()  # and nobody made an empty one
    (tmp_path / "elsewhere.db").rename(course / "gradebook.db")
    assert graded(course) != graded(by_engine)
    ends_well(grader, course, by_engine)


def test_a_second_grader_is_refused(class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    first = start_grading(course, held=True)
    assert wait_until((course / RUN_FILE).exists, first)
    second = autograder_grade(course, CHAPTER, good=False)
    let_go(course)
    said, errors = first.communicate(timeout=300)
    assert first.returncode == 0, errors
    assert json.loads(said)["graded"]
    assert second.returncode == 2 and "another grader is at work" in second.stderr and second.stderr.count("\n") == 1


def test_a_full_disk_stops_the_run_and_loses_nothing(class_, by_engine, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True).returncode:
        missing("only root may mount a small disk")
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
        assert gradebook_rows(course) == gradebook_rows(by_engine)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
