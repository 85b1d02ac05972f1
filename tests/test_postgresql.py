"""PostgreSQL as the gradebook: a real server, nbgrader's own commands and ours, two graders, a grader that is killed."""

import os
import shutil
import signal
import socket
import time

import pytest
from nbgrader.api import BaseCell, Comment, Grade, Gradebook, SubmittedAssignment, SubmittedNotebook

from autograder.course_dir import CourseDir
from autograder.grading.gradebook import CourseGradebook
from autograder.grading.run import RUN_FILE
from autograder.settings import nbgrader_settings
from tests.support import warm
from tests.support.demo_class import CHAPTER, NOTEBOOK, handed_in, start_grading
from tests.support.grading import autograder_grade, exported_scores, nbgrader
from tests.support.postgres import new_database, server


@pytest.fixture(scope="module")
def address():
    with server() as one:
        yield one


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory):
    """The class, graded into a file."""
    course = handed_in(tmp_path_factory.mktemp("sqlite") / "course")
    autograder_grade(course, CHAPTER, AUTOGRADER_SEED="same")
    return course


@pytest.fixture(scope="module")
def released(sqlite, address, tmp_path_factory):
    """The same class, not graded yet, with a gradebook on the server that nbgrader made in an empty database."""
    course = with_database(sqlite, tmp_path_factory.mktemp("released") / "course", new_database(address, "released"))
    nbgrader("generate_assignment", CHAPTER, cwd=course)
    return course


@pytest.fixture
def course(released, address, tmp_path):
    """A copy of that, gradebook and all."""
    url = new_database(address, f"course-{time.monotonic_ns()}", of="released")
    return with_database(released, tmp_path / "course", url)


def with_database(course, folder, url):
    kept = shutil.ignore_patterns("autograded", ".autograder*", "gradebook.db", "release", ".scratch")
    shutil.copytree(course, folder, ignore=kept)
    with (folder / "nbgrader_config.py").open("a") as settings:
        settings.write(f'c.CourseDirectory.db_url = "{url}"\n')
    return folder


def url_of(course):
    return nbgrader_settings(CourseDir(course)).CourseDirectory.db_url


def recorded(course):
    """Every score, comment and penalty, in order."""
    book = CourseGradebook(url_of(course), "backprop")
    try:
        found = []
        for table, columns in (
            (Grade, ("auto_score", "manual_score", "needs_manual_grade")),
            (Comment, ("auto_comment",)),
        ):
            rows = (
                book.query(SubmittedAssignment.student_id, BaseCell.name, *(getattr(table, one) for one in columns))
                .select_from(table)
                .join(SubmittedNotebook, table.notebook_id == SubmittedNotebook.id)
                .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
                .join(BaseCell, table.cell_id == BaseCell.id)
            )
            found.append(sorted(map(tuple, rows), key=lambda row: row[:2]))
        return found
    finally:
        book.close()


def test_grading_leaves_what_it_leaves_in_a_file_and_nbgraders_commands_go_on_from_there(course, sqlite):
    first = autograder_grade(course, CHAPTER, AUTOGRADER_SEED="same")
    assert first["not_graded"] == 0 and first["graded"] == len(list((course / "submitted").iterdir()))
    expected = recorded(sqlite)
    assert recorded(course) == expected and len(expected[0]) > first["graded"]
    assert autograder_grade(course, CHAPTER)["unchanged"] == first["graded"]
    assert autograder_grade(course, CHAPTER, "--force", AUTOGRADER_SEED="same")["graded"] == first["graded"]
    assert recorded(course) == expected
    assert exported_scores(course) == exported_scores(sqlite)
    nbgrader("autograde", CHAPTER, "--student", "ada", "--force", cwd=course)
    nbgrader("generate_feedback", CHAPTER, "--student", "ada", cwd=course)
    assert (course / "feedback" / "ada" / CHAPTER / f"{NOTEBOOK}.html").exists()
    with Gradebook(url_of(course)) as formgraders, Gradebook(url_of(sqlite)) as files:
        for asked, words in (
            ("student_dicts", ()),
            ("submission_dicts", (CHAPTER,)),
            ("notebook_submission_dicts", (NOTEBOOK, CHAPTER)),
            ("average_assignment_score", (CHAPTER,)),
        ):
            ours, theirs = (plain(getattr(book, asked)(*words)) for book in (formgraders, files))
            assert ours == theirs, asked


def plain(answer):
    """What Formgrader's pages are made of, in order; without the ids of rows, which are drawn anew."""
    if not isinstance(answer, list):
        return answer
    return sorted(sorted((key, str(value)) for key, value in one.items() if len(str(value)) != 32) for one in answer)


def test_the_report_reads_it_and_extensions_write_it(course):
    autograder_grade(course, CHAPTER)
    run(course, "report")
    assert (course / "reports" / f"{CHAPTER}.html").exists()
    nbgrader("db", "assignment", "add", CHAPTER, "--duedate", "2025-03-13 00:00:00", cwd=course)
    (course / "extensions.csv").write_text(f"student,chapter,due,days,reason\nhana,{CHAPTER},,5,ill\n")
    run(course, "extensions")
    with Gradebook(url_of(course)) as book:
        assert book.find_submission(CHAPTER, "hana").extension.days == 5


def run(course, *words):
    done = warm.run("autograder", *words, "--course-dir", str(course), env=dict(os.environ))
    assert done.returncode == 0, done.stdout + done.stderr


def test_of_two_graders_on_two_machines_one_is_refused_by_name_and_a_killed_ones_lock_goes(course, tmp_path):
    other = tmp_path / "another-machine"
    shutil.copytree(course, other)
    submission = next((course / "submitted" / "ada" / CHAPTER).glob("*.ipynb"))
    submission.write_bytes(submission.read_bytes().replace(b'"cells": [', SLOW_CELL, 1))
    grader = start_grading(course)
    try:
        deadline = time.monotonic() + 120
        while not (course / RUN_FILE).exists():  # written once it has the gradebook
            assert time.monotonic() < deadline and grader.poll() is None, "it does not start"
            time.sleep(0.01)
        said = autograder_grade(other, CHAPTER, good=False)
        assert said.returncode == 2, said.stderr
        assert f"another grader is at work on this gradebook: {socket.gethostname()}, process" in said.stderr
        assert said.stderr.count("\n") == 1
    finally:
        os.kill(grader.pid, signal.SIGKILL)
        grader.wait()
    assert autograder_grade(other, CHAPTER)["not_graded"] == 0


SLOW_CELL = (
    b'"cells": [{"cell_type": "code", "execution_count": null, "id": "slow", "metadata": {}, "outputs": [], '
    b'"source": ["import time; time.sleep(99)"]}, '
)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql+psycopg://me:secret@127.0.0.1:1/course", "refused"),
        ("postgresql+psycopg2://me:secret@127.0.0.1/course", "psycopg2"),
        ("mine.db", "no address of a database"),
    ],
)
def test_a_gradebook_that_is_not_to_be_had_is_told_and_its_password_is_not(sqlite, tmp_path, url, words):
    course = tmp_path / "course"
    shutil.copytree(sqlite, course)
    with (course / "nbgrader_config.py").open("a") as settings:
        settings.write(f'c.CourseDirectory.db_url = "{url}"\n')
    said = autograder_grade(course, good=False)
    assert said.returncode == 2 and words in said.stderr and "secret" not in said.stderr, said.stderr
    assert said.stderr.count("\n") == 1


def test_a_server_that_restarts_costs_nothing(address):
    """The lock's connection is gone, and taken anew; while another has the lock it is refused."""
    from sqlalchemy import create_engine, text

    from autograder.course_dir import BadInput
    from autograder.grading.database_lock import lock_database

    url = new_database(address, f"lock-{time.monotonic_ns()}")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    cut = text("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'")
    with lock_database(url, "here") as lock, engine.connect() as server_side:
        server_side.execute(cut)
        lock.hold()
        with pytest.raises(BadInput, match="another grader"), lock_database(url, "there"):
            pass
        server_side.execute(cut)
        with lock_database(url, "there"), pytest.raises(BadInput, match="there"):
            lock.hold()
    engine.dispose()
