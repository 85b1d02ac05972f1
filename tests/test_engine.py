"""The engine against stock nbgrader, and against what can happen to a grader: kills, locks, a full disk, a second grader."""

import contextlib
import json
import logging
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import pytest
from nbgrader.utils import determine_grade, is_solution

from autograder.course_dir import CourseDir
from autograder.demo.run import hand_in
from autograder.demo.students import CLASS
from autograder.grade import LOCK_FILE, RUN_FILE
from autograder.gradebook import Book, Scored, readable_score
from autograder.isolation import choose_isolation
from autograder.marking import Examiner, is_test, mark
from autograder.room import Limits, Room
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
    scratch = course / ".scratch"  # a grader that is killed leaves its scratch folders behind
    scratch.mkdir(exist_ok=True)
    environment = dict(os.environ, PYTHONPATH=str(ROOT), AUTOGRADER_SEED="same", TMPDIR=str(scratch))
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


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


def rooms_of(grader):
    """Process ids of what runs in the rooms of a grader: what serves them, and submissions (each leads a session of its own)."""
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


def test_twenty_kills_of_the_grader_change_nothing(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    everybody, moments = graded(by_engine), random.Random(20)
    midway = 0
    for number in range(20):
        before = graded(course)
        grader = start(course)
        if number % 4 == 0:  # while it starts
            time.sleep(moments.uniform(0.1, 1))
        elif wait_until(lambda before=before: graded(course) > before, grader):
            time.sleep(moments.uniform(0, 0.3))
        grader.kill()
        grader.communicate()
        done = graded(course)
        midway += 0 < len(done) < len(everybody)
        if done == everybody:  # once more from the start
            shutil.rmtree(course / "autograded")
            shutil.copy(class_ / "gradebook.db", course)
    assert midway >= 5
    report = autograder_grade(course, CHAPTER, AUTOGRADER_SEED="same")
    assert report["seed"] == "same" and book(course) == book(by_engine)
    assert not list(course.glob("autograded/*/.*"))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes under /proc")
def test_lost_rooms_and_submissions_cost_nobody_a_point(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    for student in os.listdir(course / "submitted"):  # more to do, so that there is time to kill
        shutil.copytree(course / "submitted" / student, course / "submitted" / f"{student}-again")
    everybody = sorted(name for student in graded(by_engine) for name in (student, f"{student}-again"))
    grader, killed = start(course), {"serving": 0, "submission": 0}
    while wait_until(lambda: rooms_of(grader)[1], grader):
        waiting = [student for student in everybody if student not in graded(course)]
        serving, submissions = rooms_of(grader)
        wanted = "submission" if killed["serving"] > killed["submission"] else "serving"
        try:
            os.kill((submissions if wanted == "submission" else serving)[-1], signal.SIGKILL)
        except (IndexError, ProcessLookupError):
            continue
        killed[wanted] += 1
        # Whoever was running is done before the next kill: a cell that loses its process twice is blamed for it.
        if not wait_until(lambda due=set(waiting[:4]): due <= set(graded(course)), grader):
            break
    said, errors = grader.communicate(timeout=300)
    assert grader.returncode == 0, errors
    assert min(killed.values()) >= 1, killed
    assert json.loads(said)["graded"]
    scores, expected = book(course)[0], book(by_engine)[0]
    assert [row for row in scores if not row[0].endswith("-again")] == expected
    assert [(row[0].removesuffix("-again"), *row[1:]) for row in scores if row[0].endswith("-again")] == expected


def ends_well(grader, course, by_engine):
    _, errors = grader.communicate(timeout=300)
    assert grader.returncode == 0, errors
    assert book(course) == book(by_engine)


def test_a_gradebook_that_is_locked_from_the_start_is_waited_for(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as lock:
        lock.execute("begin exclusive")
        grader = start(course)
        assert wait_until((course / LOCK_FILE).exists, grader)  # it has begun
        time.sleep(5)
        assert grader.poll() is None
        lock.rollback()
    ends_well(grader, course, by_engine)


def test_a_gradebook_that_is_locked_during_the_run_is_waited_for(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    grader = start(course)
    assert wait_until(lambda: graded(course), grader)
    with contextlib.closing(sqlite3.connect(course / "gradebook.db", timeout=30)) as lock:
        lock.execute("begin exclusive")
        time.sleep(5)
        assert grader.poll() is None
        lock.rollback()
    assert graded(course) != graded(by_engine)  # there was something left to wait for
    ends_well(grader, course, by_engine)


def test_a_gradebook_that_is_gone_for_a_while_is_waited_for(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    grader = start(course)
    assert wait_until(lambda: graded(course), grader)
    (course / "gradebook.db").rename(tmp_path / "elsewhere.db")
    time.sleep(3)
    assert grader.poll() is None
    assert not (course / "gradebook.db").exists()  # and nobody made an empty one
    (tmp_path / "elsewhere.db").rename(course / "gradebook.db")
    assert graded(course) != graded(by_engine)
    ends_well(grader, course, by_engine)


def test_times_of_files_decide_nothing(class_, by_engine, tmp_path):
    """As after a clock that was set back, or a copy: what was handed in says whether there is something to do."""
    course = copy_of(class_, tmp_path / "course")

    def shift(student, seconds):
        for path in course.glob(f"*/{student}/{CHAPTER}/*"):
            os.utime(path, (time.time() + seconds,) * 2)

    shift("ada", 10**8)
    shift("bruno", -(10**9))
    autograder_grade(course, CHAPTER, AUTOGRADER_SEED="same")
    assert book(course) == book(by_engine)
    shift("ada", -(10**9))  # also what was graded
    shift("bruno", 10**8)
    path = course / f"submitted/bruno/{CHAPTER}/{NOTEBOOK}.ipynb"
    path.write_bytes((course / f"release/{CHAPTER}/{NOTEBOOK}.ipynb").read_bytes())
    os.utime(path, (0, 0))
    found = {one["student"]: one for one in autograder_grade(course, CHAPTER)["submissions"]}
    assert found["ada"]["state"] == "unchanged"
    assert found["bruno"]["state"] == "graded" and found["bruno"]["score"] == 0


def at_a_terminal(*words, width=200):
    """What a command shows at a terminal, and its exit status."""
    import pty  # not on every system

    ours, theirs = pty.openpty()
    environment = dict(os.environ, PYTHONPATH=str(ROOT), TERM="xterm", COLUMNS=str(width), LINES="50")
    command = [sys.executable, "-m", "autograder", *words]
    shown = b""
    with subprocess.Popen(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        with contextlib.suppress(OSError):  # the other side is closed
            while part := os.read(ours, 2**16):
                shown += part
        os.close(ours)
    return shown.decode(), process.returncode


def test_at_a_terminal_a_run_shows_how_far_it_is_and_who_needs_a_look(class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    hurt = course / f"submitted/ada/{CHAPTER}/{NOTEBOOK}.ipynb"
    hurt.write_text("{ cut off")
    many = len(list(course.glob(f"submitted/*/{CHAPTER}")))
    shown, status = at_a_terminal("grade", CHAPTER, "--course-dir", str(course))
    assert status == 0
    bars = re.findall(rf"grading\S* .*?(\d+)/{many}\D.*?(\d:\d\d:\d\d)", shown)
    assert len(bars) >= 2 and {int(done) for done, _ in bars} & set(range(1, many))  # it moves, and has an estimate
    assert re.search(r"graded, isolation: (bubblewrap|process)", shown)
    assert all(title in shown for title in ("assignment", "unchanged", "mean score", "lowest", "highest"))
    row = next(line for line in shown.splitlines() if CHAPTER in line and "look at" not in line)
    assert "13.0" in row  # the highest score
    assert re.search(rf"look at ada, {CHAPTER}: .*{NOTEBOOK}.ipynb cannot be read", shown)
    assert "look at bruno" not in shown


def test_into_a_file_a_run_writes_a_table_and_no_bar(class_, by_engine):
    command = [sys.executable, "-m", "autograder", "grade", CHAPTER, "--course-dir", str(by_engine)]
    done = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ, PYTHONPATH=str(ROOT)))
    assert done.returncode == 0 and "mean score" in done.stdout and "\x1b" not in done.stdout + done.stderr


SOMEBODY = 12345  # a user that is not root


@pytest.fixture(scope="module")
def course_of_somebody(class_):
    """A small class that belongs to somebody who is not root and has 70 other processes at work."""
    if os.getuid() != 0:
        pytest.skip("to become another user takes root")
    folder = Path(tempfile.mkdtemp(prefix="somebody-"))
    try:
        os.chown(folder, SOMEBODY, SOMEBODY)
        trial = [sys.executable, "-c", "import autograder.grade, matplotlib"]
        environment = {"PYTHONPATH": str(ROOT), "HOME": str(folder)}
        try:
            environment["PATH"] = os.environ["PATH"]
            subprocess.run([*as_somebody(folder), *trial], env=environment, cwd="/", check=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip(f"{sys.executable} and what it imports are not in reach of other users")
        course = folder / "course"
        ignored = shutil.ignore_patterns("autograded", ".*", *(one.id for one in CLASS if one.id != "ada"))
        shutil.copytree(class_, course, ignore=ignored)
        hand_in = course / f"submitted/ada/{CHAPTER}/{NOTEBOOK}.ipynb"
        notebook = nbformat.read(hand_in, as_version=4)
        first = next(cell for cell in notebook.cells if "def " in cell.source and is_solution(cell))
        first.source = "import subprocess\nsubprocess.run(['true'], check=True)\n" + first.source  # one more process
        nbformat.write(notebook, hand_in)
        for path in [course, *course.rglob("*")]:
            os.chown(path, SOMEBODY, SOMEBODY)
        sleepers = [subprocess.Popen(["sleep", "600"], user=SOMEBODY, group=SOMEBODY, cwd="/") for _ in range(70)]
        yield course
        for sleeper in sleepers:
            sleeper.kill()
            sleeper.wait()
    finally:
        shutil.rmtree(folder)


AS_SOMEBODY = f"exec setpriv --reuid={SOMEBODY} --regid={SOMEBODY} --clear-groups"
# Shows this Python, which stands below a folder that only root may enter, to everybody: in mounts of the command's own.
SHOW = """set -e
mount --bind "$1" "$3"; mount -t tmpfs -o mode=755 tmpfs "$2"; mkdir -p "$1"; mount --bind "$3" "$1"
shift 3
"""


def as_somebody(folder):
    """The words before a command that let somebody run it who is not root."""
    python = Path(sys.base_prefix)
    closed = [str(one) for one in python.parents if not one.stat().st_mode & 0o001]
    if not closed:
        return ["sh", "-c", f'{AS_SOMEBODY} "$@"', "sh"]
    spare = folder / "python"
    spare.mkdir(exist_ok=True)
    return ["unshare", "--mount", "sh", "-c", f'{SHOW}{AS_SOMEBODY} "$@"', "sh", str(python), closed[-1], str(spare)]


@pytest.mark.parametrize("isolation", ["process", "bubblewrap"])
def test_somebody_with_many_processes_who_is_not_root_can_grade(course_of_somebody, isolation):
    course = course_of_somebody
    environment = dict(os.environ, PYTHONPATH=str(ROOT), HOME=str(course.parent), TMPDIR=str(course.parent))
    words = ["grade", CHAPTER, "--json", "--force", "--isolation", isolation, "--course-dir", str(course)]
    python = [*as_somebody(course.parent), sys.executable]
    plain = {"capture_output": True, "text": True, "cwd": "/", "env": environment}
    if isolation == "bubblewrap":
        probe = "from autograder.isolation import bubblewrap_works; print(*bubblewrap_works())"
        said = subprocess.run([*python, "-c", probe], **plain).stdout
        if not said.startswith("True"):
            pytest.skip(f"bubblewrap does not work for other users here: {said}")
    done = subprocess.run([*python, "-m", "autograder", *words], **plain)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [(one["student"], one["score"], one["notes"]) for one in report["submissions"]] == [("ada", 13, [])]
    assert report["isolation"] == isolation


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


def relu_with(**sources):
    """The instructor's own notebook of a chapter whose cells are small, with some cells replaced."""
    notebook = nbformat.read(ROOT / "source/07-relu/relu.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = sources.get(cell.id.replace("-", "_"), cell.source)
    return notebook


def marks(notebook, **limits):
    """What each test cell of a notebook earns, by nbgrader's own rule, and the notebook that says so."""
    room = Room(choose_isolation(), Limits(**limits))
    try:
        marked = mark(notebook, room, Examiner("same"))
    finally:
        room.leave()
    tests = [cell for cell in marked.notebook.cells if is_test(cell)]
    scores = {cell.id: determine_grade(cell, logging.getLogger("silent"))[0] for cell in tests}
    assert scores == {cell.id: readable_score(cell) for cell in tests}
    return scores, marked


def test_what_was_right_before_the_time_was_over_keeps_its_points():
    slow = "import time\ntime.sleep(100)"
    scores, marked = marks(
        relu_with(dense_relu_backward=slow, try_dense_relu_backward=slow), cell_seconds=3, submission_seconds=5
    )
    lost = {name for name, score in scores.items() if not score}
    assert lost == {name for name in scores if name.startswith("test-dense-relu-backward")}
    assert any("given up here" in note for note in marked.notes)
    assert not any("run again" in note for note in marked.notes)
    last = next(cell for cell in marked.notebook.cells if cell.id == "test-dense-relu-backward-dbiases")
    assert "took longer than 5 s" in last.outputs[0].evalue


def test_an_attempt_that_came_less_far_takes_no_points():
    sources = {"imports": "import time\nimport numpy as np\nfrom course import check\ntime.sleep(2)"}
    scores, _ = marks(
        relu_with(**sources, dense_relu_backward="import os\nos._exit(1)"), cell_seconds=5, submission_seconds=3.5
    )
    lost = {name for name, score in scores.items() if not score}
    assert lost == {name for name in scores if name.startswith("test-dense-relu-backward")}


@pytest.mark.parametrize(
    ("value", "score"),
    [
        ("0.5", 0.5),  # honest values earn what nbgrader gives for them
        ("1", 1),
        ("0", 0),
        ("'a word'", 1),
        ("print('x')", 1),
        ("float('nan')", 0),  # here nbgrader would give full marks
        ("-5", 0),
        ("float('-inf')", 0),
        ("float('inf')", 0),  # here nbgrader would give up
        ("10**6", 0),
        ("get_ipython().display_formatter.format = lambda *_, **__: ({'text/html': 'x'}, {})\n1", 0),
    ],
)
def test_a_value_that_is_no_score_is_no_score(value, score):
    scores, _ = marks(relu_with(test_relu_forward=f"assert relu_forward(1.0) == 1\n{value}"))
    assert scores["test-relu-forward"] == score


@pytest.mark.parametrize("own", ["float(1)", "str('full')"])
def test_a_value_of_the_instructors_own_cannot_outweigh_the_judge(own):
    wrong = "import numpy as np\ndef relu_forward(z):\n    return z"
    asked = f"from autograder import examine\nexamine(relu_forward)\n{own}"
    assert marks(relu_with(test_relu_forward=asked))[0]["test-relu-forward"] == 1
    assert marks(relu_with(relu_forward=wrong, test_relu_forward=asked))[0]["test-relu-forward"] == 0


LATE_FOR_ONE = """
from nbgrader.plugins import BasePlugin

class Fails(BasePlugin):
    def late_submission_penalty(self, student_id, score, seconds):
        if student_id == "ada":
            raise LookupError(student_id)

c.AssignLatePenalties.plugin_class = Fails
"""


def test_a_fault_in_recording_one_submission_costs_only_that_one(class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    with open(course / "nbgrader_config.py", "a", encoding="utf-8") as file:
        file.write(LATE_FOR_ONE)
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("update assignment set duedate = '2020-01-01 00:00:00.000000'")
    (course / f"submitted/ada/{CHAPTER}/timestamp.txt").write_text("2020-01-02 00:00:00 UTC")
    report = autograder_grade(course, CHAPTER)
    outcomes = {one["student"]: one for one in report["submissions"]}
    assert outcomes["ada"]["state"] == "not graded" and "could not be recorded" in outcomes["ada"]["notes"][0]
    others = {student for student, one in outcomes.items() if one["state"] == "graded"}
    assert report["not_graded"] == 1 and others == set(outcomes) - {"ada"}
    recorded = {student for student, *_ in book(course)[0]}
    assert "bruno" in recorded and "ada" not in recorded and not (course / "autograded/ada").exists()


def test_rows_that_somebody_else_wrote_meanwhile_are_found(class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    url = f"sqlite:///{course / 'gradebook.db'}"
    ours, theirs = Book(url, "backprop"), Book(url, "backprop")
    try:
        for book_, student in ((ours, "ada"), (theirs, "bruno"), (ours, "bruno"), (theirs, "ada")):
            assert book_.record(Scored(student, CHAPTER, None, {NOTEBOOK: None})) == {NOTEBOOK: 0.0}
            assert book_.is_recorded(CHAPTER, student)
    finally:
        ours.close()
        theirs.close()
    assert {student for student, *_ in book(course)[0]} == {"ada", "bruno"}
