"""A teacher and an assistant grade in one folder: `python tests/two_users.py`, as root.

Both are real users of this machine (made for it, removed at the end) with umask 022 and one group. The folder is laid out as
deploy/README.md has it, with `groupshared`. Exit status 0 if all went well, 1 if not; where it cannot run it says why, and fails
with REQUIRE_ALL=1.
"""

from __future__ import annotations

import grp
import json
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import pytest  # noqa: E402

from autograder.course_dir import CourseDir  # noqa: E402
from autograder.demo.run import hand_in  # noqa: E402
from autograder.demo.students import CLASS  # noqa: E402
from autograder.grading.gradebook import all_scores  # noqa: E402
from tests.support.browser import free_port  # noqa: E402
from tests.support.grading import scratch_course  # noqa: E402
from tests.support.hub import end_all_of  # noqa: E402
from tests.support.needs import BUBBLEWRAP, missing, need  # noqa: E402
from tests.support.people import as_user, in_reach  # noqa: E402

CHAPTER, NOTEBOOK = "06-batch", "batch"
STUDENTS = [one for one in CLASS if one.hands_in(CHAPTER)]
FIRST, THEN = STUDENTS[:4], STUDENTS[4:8]  # whose work the teacher places and grades, and whose the assistant
TOKEN, PATIENCE = secrets.token_hex(8), 60  # seconds


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and what they run in the course's folder."""

    name: str
    course: Path

    @property
    def become(self) -> str:
        account = pwd.getpwnam(self.name)
        return f"--reuid={account.pw_uid} --regid={account.pw_gid} --init-groups"

    def start(self, *words: str, **how) -> subprocess.Popen:
        home = pwd.getpwnam(self.name).pw_dir
        environment = {"HOME": home, "TMPDIR": home, "PYTHONPATH": str(ROOT), "AUTOGRADER_SEED": "same"}
        environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        command = ["sh", "-c", 'umask 022; exec "$@"', "sh", *words]
        plain = {"cwd": self.course, "env": environment, "stdin": subprocess.DEVNULL, "text": True}
        return subprocess.Popen([*as_user(Path(home), self.become), *command], **plain | how)

    def run(self, *words: str, status: int = 0) -> tuple[str, str]:
        """What a command wrote to standard output and to standard error; AssertionError unless it ends with that status."""
        process = self.start(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        said, errors = process.communicate(timeout=10 * PATIENCE)
        assert process.returncode == status, f"{self.name}: {' '.join(words)}: {process.returncode}\n{said}{errors}"
        return said, errors

    def nbgrader(self, *words: str) -> None:
        self.run(sys.executable, "-m", "nbgrader", *words)

    def autograder(self, *words: str, status: int = 0) -> str:
        """Its report; of a command that refuses, its complaint."""
        said, errors = self.run(sys.executable, "-m", "autograder", *words, status=status)
        return errors if status == 2 else said

    def grades(self, *words: str, status: int = 0) -> dict:
        return json.loads(self.autograder("grade", CHAPTER, "--json", *words, status=status))

    def places(self, students: list, handed_in: Path) -> None:
        """Hand-ins, into `submitted/`."""
        self.run("cp", "-r", *(str(handed_in / one.id) for one in students), "submitted/")

    @contextmanager
    def formgrader(self) -> Iterator[Formgrader]:
        """Jupyter's server with nbgrader's Formgrader, theirs."""
        port = free_port()
        words = [
            "-m",
            "jupyter_server",
            f"--ServerApp.port={port}",
            f"--IdentityProvider.token={TOKEN}",
            "--no-browser",
        ]
        words += [
            "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}",
            "--ServerApp.port_retries=0",
        ]
        with tempfile.TemporaryFile("w+") as log:
            server = self.start(sys.executable, *words, stdout=log, stderr=log, start_new_session=True)
            try:
                yield Formgrader(f"http://127.0.0.1:{port}/formgrader/api").awaited(server)
            except BaseException:
                log.seek(0)
                print(log.read()[-4000:], file=sys.stderr)
                raise
            finally:
                server.terminate()
                server.wait(PATIENCE)


@dataclass(frozen=True)
class Formgrader:
    """What its pages ask of the server."""

    api: str

    def awaited(self, server: subprocess.Popen) -> Formgrader:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.ask("GET", "assignments")
                return self
            except (urllib.error.URLError, OSError):
                assert server.poll() is None and time.monotonic() < deadline, "formgrader does not answer"
                time.sleep(0.2)

    def ask(self, method: str, what: str, told: dict | None = None):
        request = urllib.request.Request(f"{self.api}/{what}", json.dumps(told or {}).encode(), method=method)
        request.add_header("Authorization", f"token {TOKEN}")
        with urllib.request.urlopen(request if method != "GET" else self._plain(what), timeout=5 * PATIENCE) as answer:
            return json.loads(answer.read() or "null")

    def _plain(self, what: str) -> urllib.request.Request:
        return urllib.request.Request(f"{self.api}/{what}", headers={"Authorization": f"token {TOKEN}"})

    def regrade(self, student: str) -> None:
        """The button with the flash."""
        answer = self.ask("POST", f"submission/{CHAPTER}/{student}/autograde")
        assert answer["success"], answer

    def mark(self, student: str, cell: str, points: float) -> None:
        """A mark by hand."""
        rows = self.ask("GET", f"submitted_notebooks/{CHAPTER}/{NOTEBOOK}")
        (notebook,) = (one["id"] for one in rows if one["student"] == student)
        (grade,) = (one for one in self.ask("GET", f"grades?submission_id={notebook}") if one["name"] == cell)
        assert self.ask("PUT", f"grade/{grade['id']}", {"manual_score": points})["manual_score"] == points


@contextmanager
def two_people() -> Iterator[tuple[Person, Person]]:
    """A teacher and an assistant, their group, and a folder for the course that both may write to; nothing of it stays."""
    tag = secrets.token_hex(2)
    group, names = f"staff-{tag}", (f"teacher-{tag}", f"tutor-{tag}")
    folder = Path(tempfile.mkdtemp(prefix="two-users-"))
    try:
        folder.chmod(0o755)
        subprocess.run(["groupadd", group], check=True)
        for name in names:
            home = folder / name
            words = ["useradd", "--create-home", "--home-dir", str(home), "--groups", group, name]
            subprocess.run(words, check=True)
        course = folder / "course"
        yield Person(names[0], course), Person(names[1], course)
    finally:
        for name in names:
            with suppress(KeyError):
                end_all_of(pwd.getpwnam(name).pw_uid)
                subprocess.run(["userdel", name], capture_output=True)
        subprocess.run(["groupdel", group], capture_output=True)
        shutil.rmtree(folder)


def lay_out(teacher: Person, shared: bool) -> Path:
    """The course's folder, the teacher's and the group's; the hand-ins stand elsewhere, and are returned."""
    course = scratch_course(teacher.course)
    config = course / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    line = "# c.CourseDirectory.groupshared = True"
    assert line in text
    config.write_text(text.replace(line, line.removeprefix("# ")) if shared else text, encoding="utf-8")
    (course / "submitted").mkdir()
    account, group = pwd.getpwnam(teacher.name), grp.getgrnam(teacher.name.replace("teacher", "staff"))
    for path in [course, *course.rglob("*")]:
        os.chown(path, account.pw_uid, group.gr_gid)
        path.chmod(0o2775 if path.is_dir() else 0o664)
    staged = CourseDir(course.with_name("handed-in"))
    teacher.nbgrader("generate_assignment", CHAPTER)
    if not staged.root.exists():
        shutil.copytree(course, staged.root)
        for one in STUDENTS:
            hand_in(one, CHAPTER, staged)
    return staged.root / "submitted"


def closed_to_the_group(course: Path) -> list[str]:
    """What the course's folder holds that the group may not change; the students' own hand-ins aside."""
    group, closed = course.stat().st_gid, []
    for path in course.rglob("*"):
        found, inside = path.lstat(), path.relative_to(course).as_posix()
        by_hand = inside.startswith("submitted/") and not inside.startswith(f"submitted/{PARTNER}/")
        if not by_hand and (found.st_gid != group or not found.st_mode & stat.S_IWGRP):
            closed.append(f"{inside} {stat.filemode(found.st_mode)} {path.owner()}:{path.group()}")
    return closed


PARTNER = "partner"


def a_shared_term(teacher: Person, tutor: Person) -> None:
    """Both do everything, in turns, each upon what the other made."""
    course = teacher.course
    handed_in = lay_out(teacher, shared=True)
    teacher.places(FIRST, handed_in)
    teacher.nbgrader("db", "student", "add", PARTNER)
    row = f"{CHAPTER},{FIRST[0].id},{PARTNER}"
    teacher.run("sh", "-c", f"umask 002; printf 'chapter,student,partner\n{row}\n' > partners.csv")
    assert teacher.grades()["graded"] == len(FIRST) + 1
    teacher.nbgrader("generate_feedback", CHAPTER)
    teacher.autograder("report")
    teacher.nbgrader("export")
    tick("the teacher has set up and graded")

    tutor.places(THEN, handed_in)
    report = tutor.grades()
    assert (report["graded"], report["unchanged"]) == (len(THEN), len(FIRST) + 1), report
    tutor.nbgrader("generate_feedback", CHAPTER, "--force")
    tutor.nbgrader("generate_assignment", CHAPTER, "--force")
    tutor.autograder("report")
    tutor.nbgrader("export")
    tick("the assistant has graded what was new, and written all feedback anew")

    tutor.nbgrader("autograde", CHAPTER, "--force", "--student", FIRST[1].id)
    with tutor.formgrader() as formgrader:
        formgrader.regrade(FIRST[0].id)
        formgrader.mark(FIRST[0].id, "test-batch-forward", 0.5)
    with teacher.formgrader() as formgrader:
        formgrader.regrade(THEN[0].id)
        formgrader.mark(THEN[0].id, "test-batch-forward", 0.25)
    tick("each has graded in formgrader what the other had graded")

    assert teacher.grades("--force")["graded"] == len(FIRST) + len(THEN) + 1
    teacher.nbgrader("generate_feedback", CHAPTER, "--force")
    by_hand = {
        row[0]: row[3] for row in all_scores(course / "gradebook.db") if row[1] == "test-batch-forward" and row[3]
    }
    assert by_hand == {FIRST[0].id: 0.5, PARTNER: 0.5, THEN[0].id: 0.25}, by_hand
    closed = closed_to_the_group(course)
    assert not closed, closed
    tick("the teacher has graded everything anew; marks by hand stand, and nothing is closed to the group")


def a_closed_folder(teacher: Person, tutor: Person) -> None:
    """It costs only itself, and is named with its owner."""
    one = FIRST[2].id
    before = all_scores(teacher.course / "gradebook.db")
    teacher.run("chmod", "-R", "g-w", f"autograded/{one}")
    report = tutor.grades("--force", status=1)
    (lost,) = (found for found in report["submissions"] if found["state"] == "not graded")
    assert lost["student"] == one and f"autograded/{one}" in lost["notes"][0] and teacher.name in lost["notes"][0], lost
    assert report["graded"] == len(FIRST) + len(THEN) and all_scores(teacher.course / "gradebook.db") == before
    teacher.run("chmod", "-R", "g+w", f"autograded/{one}")
    tick("a closed folder costs only itself")


def a_closed_gradebook(teacher: Person, tutor: Person) -> None:
    """It is told at once, and nothing is done."""
    teacher.run("chmod", "g-w", "gradebook.db")
    said = tutor.autograder("grade", CHAPTER, "--force", status=2)
    assert said.count("\n") == 1 and "gradebook.db" in said and f"belongs to {teacher.name}" in said, said
    for path in (".autograder-lock", "."):
        teacher.run("chmod", "g+w", "gradebook.db")
        teacher.run("chmod", "g-w", path)
        said = tutor.autograder("grade", CHAPTER, "--force", status=2)
        assert said.count("\n") == 1 and f"belongs to {teacher.name}" in said, said
        teacher.run("chmod", "g+w", path)
    tick("a closed gradebook, lock or folder is told in one line")


def without_the_setting(teacher: Person, tutor: Person) -> None:
    """The gradebook stays the teacher's own, and the assistant is told so."""
    shutil.rmtree(teacher.course)
    handed_in = lay_out(teacher, shared=False)
    teacher.places(FIRST, handed_in)
    assert teacher.grades()["graded"] == len(FIRST)
    said = tutor.autograder("grade", CHAPTER, status=2)
    assert said.count("\n") == 1 and "groupshared" in said and f"belongs to {teacher.name}" in said, said
    assert not (teacher.course / "gradebook.db").stat().st_mode & stat.S_IWGRP
    tick("without `groupshared` the gradebook stays the teacher's")


began = time.monotonic()


def tick(what: str) -> None:
    print(f"{time.monotonic() - began:6.1f} s  {what}", flush=True)


def main() -> int:
    try:
        if sys.platform == "win32" or os.geteuid() != 0:
            missing("two users need root, who makes them")
        if not (shutil.which("useradd") and shutil.which("setpriv")):
            missing("useradd or setpriv is not installed", "apt install passwd util-linux")
        need(BUBBLEWRAP)
        with two_people() as (teacher, tutor):
            if not in_reach(Path(pwd.getpwnam(teacher.name).pw_dir), teacher.become, ROOT):
                missing(f"{sys.executable} and what it imports are not in reach of other users")
            a_shared_term(teacher, tutor)
            a_closed_folder(teacher, tutor)
            a_closed_gradebook(teacher, tutor)
            without_the_setting(teacher, tutor)
    except pytest.skip.Exception as why:
        print(f"tests/two_users.py was NOT run: {why.msg}")
        return 0
    except pytest.fail.Exception as why:
        print(why.msg, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
