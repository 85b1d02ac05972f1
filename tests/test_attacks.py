"""Hostile hand-ins, graded together with honest ones: no attack gains a point, no honest grade moves, nothing else changes."""

import ctypes
import hashlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.demo.handin import fill_in
from autograder.sandbox.sandbox import Sandbox
from tests.support.attacks import AGAIN, ATTACKS, BREAKING, FORGING, HELPERS, IN_REACH_OF_A_PLAIN_PROCESS, NEIGHBOURS
from tests.support.demo_class import gradebook_rows
from tests.support.grading import ROOT, generate_release, nbgrader, scratch_course
from tests.support.needs import BUBBLEWRAP, need

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

CHAPTER, NOTEBOOK = "07-relu", "relu"
RIGHT = "import numpy as np\ndef relu_forward(z):\n    return np.where(z > 0, z, 0.0)\n" + HELPERS
ELSEWHERE = dict.fromkeys(("relu-backward", "exposing-case", "dense-relu-backward"), "# in an earlier cell")
HONEST = {"model": 12, "untouched": 0, "only-forward": 1}
STUMBLED = {
    "AssertionError",
    "AttributeError",
    "FileNotFoundError",
    "ImportError",
    "NameError",
    "SyntaxError",
    "TypeError",
}
WOULD_BE_SEEN = 4  # what an attack has that did work: relu_forward and relu_backward

# Every attacker keeps the point of relu_forward, but for these, who spoil it themselves: they may have it or not.
SPOILED = {
    # the cell that defines it is left out, because it ended the process or did not yield
    "closes-its-channel",
    "deaf",
    "endless-loop-that-catches",
    "endless-recursion",
    "exits",
    "fork-bomb",
    "half-a-message",
    "ignores-signals",
    "segmentation-fault",
    "close-every-descriptor",
    "write-to-every-descriptor",
    # what is sent of it is a lie, or rubbish
    "lie-in-the-answers",
    "lie-in-the-probe",
    "text-where-numbers-belong",
    "trouble-in-odd-words",
    "early-replies",
    "a-head-full-of-nothing",
}


@pytest.fixture(scope="module")
def needs_bubblewrap():
    need(BUBBLEWRAP)


@dataclass(frozen=True)
class Class:
    """A course that is handed in, and a copy of the engine beside it, which grades: an attack on it costs no work of ours."""

    course: Path
    engine: Path

    def digests(self):
        """Everything that grading must leave as it was."""
        folders = [self.course / name for name in ("source", "submitted", "release")] + [self.engine]
        paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}

    def grade(self, *options, limits=("4", "16")):
        """Grade it. The limits leave an honest hand-in time on a slow machine with a fork bomb beside it."""
        scratch = self.engine / "../scratch"
        scratch.mkdir(exist_ok=True)
        words = ["grade", CHAPTER, "--json", "--cell-seconds", limits[0], "--submission-seconds", limits[1], *options]
        environment = {"PYTHONPATH": str(self.engine), "TMPDIR": str(scratch), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "autograder", *words, "--course-dir", str(self.course)],
            capture_output=True,
            text=True,
            cwd=self.engine,
            env=os.environ | environment | {"AUTOGRADER_SEED": "a-seed-of-this-test"},
            preexec_fn=own_keyring,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def scores(self):
        """(student, test cell) to automatic score, from the gradebook."""
        return {(student, cell): score for student, cell, score, *_ in gradebook_rows(self.course)[0]}

    def totals(self):
        totals = {}
        for (student, _), score in self.scores().items():
            totals[student] = totals.get(student, 0) + score
        return totals


def own_keyring():
    """A grader that somebody started at a desk has a session keyring, which its sandboxes inherit; so that ours has one as well."""
    if sys.platform == "linux" and os.uname().machine == "x86_64":
        ctypes.CDLL(None).syscall(250, 1, None)


def copy_of_the_engine(folder):
    for name in ("autograder", "course"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return folder


def places(class_, port):
    """What stands in braces in the attacks."""
    folders = {"course": class_.course, "engine": class_.engine, "root": ROOT}
    return folders | {"port": port, "mark": secrets.token_hex(8)}


def fill(code, where):
    """An attack's code with the places of this run."""
    for name, value in where.items():
        code = code.replace(f"{{{name}}}", str(value))
    return code


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A course whose chapter is released, and nothing handed in."""
    course = scratch_course(tmp_path_factory.mktemp("released") / "course")
    generate_release(course, CHAPTER)
    return course


def attack_class(released, folder, attacks, port=9):
    """A class with honest students and attackers, the attackers spread among them."""
    made = Class(shutil.copytree(released, folder / "course"), copy_of_the_engine(folder / "engine"))
    course, where = made.course, places(made, port)
    release = nbformat.read(course / f"release/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4)
    source = nbformat.read(course / f"source/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4)
    class_ = {"model": source, "untouched": release, "only-forward": fill_in(release, {"relu-forward": RIGHT})}
    class_ |= {f"zz-{name}": notebook for name, notebook in list(class_.items())}
    for name, code in attacks.items():
        # the definition first: a cell that never ends must not cost what stands before it
        class_[name] = fill_in(release, {**ELSEWHERE, "relu-forward": RIGHT + fill(code, where)})
    for student, notebook in class_.items():
        path = course / "submitted" / student / CHAPTER / f"{NOTEBOOK}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    return made


def graded_notebook(class_, student):
    return nbformat.read(class_.course / f"autograded/{student}/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4)


def said(pid, name):
    return Path(f"/proc/{pid}/{name}").read_bytes()


def is_of_a_sandbox(pid):
    """A process in a process namespace below ours, or of a sandbox's own program, or started by one, whatever its program is."""
    nested = next((line for line in said(pid, "status").splitlines() if line.startswith(b"NSpid:")), b"").split()
    try:
        marked = b"NBGRADER_EXECUTION=autograde" in said(pid, "environ")
    except PermissionError:  # of another user, or one that changed its user
        marked = False
    return len(nested) > 2 or marked or b"autograder.sandbox.inside.server" in said(pid, "cmdline")


def processes():
    """Everything on this machine: process id to its parent's, and the ids of those that belong to a sandbox."""
    parents, sandboxes = {}, set()
    for path in Path("/proc").glob("[0-9]*"):
        pid = int(path.name)
        try:
            state, parent = said(pid, "stat").rsplit(b")", 1)[1].split()[:2]
            if state == b"Z":
                continue
            parents[pid] = int(parent)
            if is_of_a_sandbox(pid):
                sandboxes.add(pid)
        except OSError:  # it has just ended
            parents.pop(pid, None)
    return parents, sandboxes


def orphans():
    """Processes of sandboxes that nobody runs any more: nothing above them is a Python outside of a sandbox."""
    parents, sandboxes = processes()

    def has_a_grader(pid):
        while pid := parents.get(pid):
            try:
                if pid not in sandboxes and b"python" in said(pid, "cmdline"):
                    return True
            except OSError:
                return False
        return False

    return [pid for pid in sandboxes if not has_a_grader(pid)]


def assert_no_orphans():
    """None within a minute: other tests, run at the same time, end graders whose sandboxes go a moment later."""
    deadline = time.monotonic() + 60
    while orphans() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert orphans() == []


def descendants(above):
    parents, _ = processes()
    found = {above}
    for _ in parents:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        if not more:
            break
        found |= more
    return found - {above}


@pytest.fixture(scope="module")
def honest_only(released, tmp_path_factory, needs_bubblewrap):
    """The honest students without any attacker: what everything of theirs has to be."""
    class_ = attack_class(released, tmp_path_factory.mktemp("honest"), {})
    class_.grade("--isolation", "bubblewrap")
    return class_


@dataclass(frozen=True)
class Graded:
    """A class that was graded, and what is to be asked about it."""

    class_: Class
    report: dict
    unchanged: bool
    visitors: int
    scores: dict
    totals: dict


def graded_class(released, folder, attacks, isolation):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        class_ = attack_class(released, folder, attacks, listener.getsockname()[1])
        before, orphans_before = class_.digests(), orphans()
        assert orphans_before == []
        report = class_.grade("--isolation", isolation, "--workers", "6")
        listener.setblocking(False)
        visitors = 0
        while True:
            try:
                listener.accept()[0].close()
            except BlockingIOError:
                break
            visitors += 1
    return Graded(class_, report, class_.digests() == before, visitors, class_.scores(), class_.totals())


@pytest.fixture(scope="module")
def under_bubblewrap(released, tmp_path_factory, needs_bubblewrap):
    works = {"an-attack-that-works": "it_worked()"}
    return graded_class(released, tmp_path_factory.mktemp("attacks"), ATTACKS | works, "bubblewrap")


def test_the_run_grades_everybody_and_changes_nothing_else(under_bubblewrap):
    run = under_bubblewrap
    assert run.report["isolation"] == "bubblewrap" and run.report["graded"] == len(run.totals) >= len(ATTACKS) + 7
    assert run.unchanged and run.visitors == 0


def test_an_attack_that_works_would_be_seen(under_bubblewrap):
    assert under_bubblewrap.totals["an-attack-that-works"] == WOULD_BE_SEEN


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attacker_has_what_is_honestly_earned(under_bubblewrap, name):
    if name in SPOILED:
        assert under_bubblewrap.totals[name] <= 1
    else:
        assert under_bubblewrap.totals[name] == 1


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_does_what_it_means_to(under_bubblewrap, name):
    """An attack that stumbles over itself proves nothing."""
    cells = {cell.id: cell for cell in graded_notebook(under_bubblewrap.class_, name).cells}
    assert not STUMBLED & {output.get("ename") for output in cells["relu-forward"].outputs}


@pytest.mark.parametrize("name", ATTACKS)
def test_every_lost_point_has_a_reason(under_bubblewrap, name):
    for cell in graded_notebook(under_bubblewrap.class_, name).cells:
        told = cell.metadata.get("nbgrader", {})
        if told.get("grade") and under_bubblewrap.scores[name, told["grade_id"]] < told["points"]:
            errors = [output for output in cell.outputs if output.output_type == "error"]
            assert errors and "".join(errors[-1].traceback).strip(), cell.id


@pytest.mark.parametrize("name", [*HONEST, *(f"zz-{name}" for name in HONEST)])
def test_an_honest_grade_is_what_it_is_without_attackers(under_bubblewrap, honest_only, name):
    assert under_bubblewrap.totals[name] == HONEST[name.removeprefix("zz-")]
    with_attackers, alone = (
        [[row for row in table if row[0] == name] for table in gradebook_rows(class_.course)]
        for class_ in (under_bubblewrap.class_, honest_only)
    )
    assert with_attackers == alone and with_attackers[0]
    cells = [graded_notebook(class_, name).cells for class_ in (under_bubblewrap.class_, honest_only)]
    assert cells[0] == cells[1]


def test_nothing_of_an_attack_outlives_the_run(under_bubblewrap):
    assert_no_orphans()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes under /proc")
@pytest.mark.parametrize("isolation", ["bubblewrap", "process"])
def test_what_outlives_a_run_would_be_seen(isolation, request):
    if isolation == "bubblewrap":
        request.getfixturevalue("needs_bubblewrap")
    sandbox = Sandbox(isolation)
    session = sandbox.open()
    try:
        session.run("import subprocess\nsubprocess.Popen(['sleep', '1000'], start_new_session=True)", 10)
        (sleeper,) = (pid for pid in descendants(os.getpid()) if said(pid, "cmdline").startswith(b"sleep\0"))
        assert sleeper in processes()[1] and sleeper not in orphans()
    finally:
        session.close(kill=True)
        sandbox.close()
    if isolation == "process":  # in a session of its own it stays, as the README of the autograder says
        assert orphans() == [sleeper]
        os.kill(sleeper, 9)
    deadline = time.monotonic() + 60
    while Path(f"/proc/{sleeper}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert sleeper not in processes()[0]


def test_the_hidden_inputs_do_not_stand_in_feedback(under_bubblewrap):
    course = under_bubblewrap.class_.course
    nbgrader("generate_feedback", CHAPTER, "--student", "hard-coded-public-cases", cwd=course)
    page = (course / f"feedback/hard-coded-public-cases/{CHAPTER}/{NOTEBOOK}.html").read_text(encoding="utf-8")
    assert "examine" not in page and "HIDDEN" not in page and under_bubblewrap.report["seed"] not in page


def test_as_a_plain_process_forged_verdicts_gain_nothing_and_what_is_in_reach_is_reached(released, tmp_path):
    breaking = ("endless-loop", "exits", "a-process-of-its-own-group", "deeply-nested-output", "half-a-message")
    breaking = {name: BREAKING[name] for name in (*breaking, "leaves-another-program-running")}
    in_reach = NEIGHBOURS | AGAIN | IN_REACH_OF_A_PLAIN_PROCESS
    del (
        in_reach["leave-code-for-others"],
        in_reach["leave-code-for-others-again"],
    )  # writes only in a sandbox of its own
    run = graded_class(released, tmp_path, FORGING | in_reach | breaking, "process")
    assert run.unchanged and run.visitors >= 1
    assert {name: run.totals[name] for name in HONEST} == HONEST
    gained = {name for name, score in run.totals.items() if score > 1 and name.removeprefix("zz-") != "model"}
    reached = {"import-the-reference", "load-the-reference-by-path", *IN_REACH_OF_A_PLAIN_PROCESS}
    pairs = [{name, f"{name}-again"} for name in in_reach if name in NEIGHBOURS]
    assert [
        pair for pair in pairs if not gained & pair
    ] == []  # the second of them finds the first: these attacks are no blanks
    assert gained - set().union(*pairs) == reached
    assert {name for name in FORGING if run.totals[name] == 0} == FORGING.keys() & SPOILED
    assert_no_orphans()  # the socket's keeper left its group, and ends by itself
