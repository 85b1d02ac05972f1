"""What a hand-in's folder may hold beside a notebook: nothing in one may stop the run or cost anybody else a point."""

import json
import os
import subprocess
import tempfile
import zipfile
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from autograder.grading.candidates import CANDIDATES_LIMIT
from autograder.grading.gradebook import CourseGradebook
from autograder.grading.hand_in import DEPTH_LIMIT, merged, read, students, support_files
from autograder.grading.notebook_file import read_hand_in
from autograder.grading.repair import NEEDS_A_PERSON
from autograder.grading.run import UNDER_WAY_BYTES, _outcomes, _start
from autograder.grading.tasks import Lost, Run, Task, Workers
from autograder.grading.template import Template
from autograder.sandbox.limits import Limits
from autograder.wording import ENGLISH
from tests.support import warm
from tests.support.grading import autograder_grade, generate_release, nbgrader, scratch_course

CHAPTER, NOTEBOOK, POINTS = "07-relu", "relu", 12


def deep(inner, levels=490):
    for _ in range(levels):
        inner = [inner]
    return inner


def changed(model, change):
    notebook = json.loads(model)
    change(notebook["cells"])
    return json.dumps(notebook).encode()


def odd_tags(cells):
    cells[0]["metadata"] = {"tags": ["\ud800", "a,b", "", "twice", "twice", 5]}


def tags_in_a_table(cells):
    cells[0]["metadata"] = {"tags": {"a": {"b": []}}}


def deep_metadata(cells):
    cells[0]["metadata"] = {"nbgrader": {"grade_id": "x", "more": deep({})}, "tags": deep("a")}


def deep_output(cells):
    source = (
        "from IPython.display import display\nimport sys\nsys.setrecursionlimit(10**5)\nx = float('nan')\n"
        "for _ in range(490): x = [x]\ndisplay({'application/json': x, 'text/plain': 'x'}, raw=True)\n"
        "display({'application/json': {'a': float('nan')}, 'text/plain': 'x'}, raw=True)"
    )
    cells.append({"cell_type": "code", "metadata": {}, "outputs": [], "source": source})


CONTENT = [odd_tags, tags_in_a_table, deep_metadata, deep_output]


def a_name_that_is_no_text(folder):
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("x")


def a_folder_where_the_notebook_goes(folder):
    (folder / f"{NOTEBOOK}.ipynb").rename(folder / "mine.ipynb")
    (folder / f"{NOTEBOOK}.ipynb").mkdir()
    (folder / f"{NOTEBOOK}.ipynb" / "notes.txt").write_text("x")


def a_file_where_our_folder_goes(folder):
    (folder / "data").write_text("x")


def our_file_as_a_folder(folder):
    (folder / "table.csv").mkdir()
    (folder / "table.csv" / "x.txt").write_text("x")


def another_notebook_in_capitals(folder):
    (folder / "OTHER.IPYNB").write_text("no notebook")


def folders_in_folders(folder):
    here = os.getcwd()
    try:
        os.chdir(folder)
        for _ in range(1200):
            os.mkdir("a")
            os.chdir("a")
    finally:
        os.chdir(here)


def a_thousand_files(folder):
    for number in range(1500):
        (folder / f"file{number}.txt").write_text("x")


def forty_megabytes(folder):
    for number in range(5):
        (folder / f"file{number}.bin").write_bytes(bytes(8 * 2**20))


def as_powershell_writes(folder):
    """UTF-16, with its mark, as `program > relu.ipynb` gives in PowerShell 5."""
    path = folder / f"{NOTEBOOK}.ipynb"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")


def as_powershell_writes_under_another_name(folder):
    as_powershell_writes(folder)
    (folder / f"{NOTEBOOK}.ipynb").rename(folder / f"{NOTEBOOK}.ipynb.txt")


def a_pipe(folder):
    os.mkfifo(folder / "pipe")


def a_long_time_zone(folder):
    (folder / "timestamp.txt").write_text("2020-01-01 00:00:00 " + "A" * 300)


def a_time_zone_that_is_a_path(folder):
    (folder / "timestamp.txt").write_text("2020-01-01 00:00:00 /etc/passwd")


FOLDERS = [
    as_powershell_writes,
    as_powershell_writes_under_another_name,
    a_name_that_is_no_text,
    a_folder_where_the_notebook_goes,
    a_file_where_our_folder_goes,
    our_file_as_a_folder,
    another_notebook_in_capitals,
    folders_in_folders,
    a_thousand_files,
    forty_megabytes,
    a_pipe,
    a_long_time_zone,
    a_time_zone_that_is_a_path,
]


def more_than_fits_in_memory(folder):
    os.truncate(folder / f"{NOTEBOOK}.ipynb", 2**40)  # a file with a hole: it takes no room on the disk


FORGED_LINE = "eve\x1b[2J\nlook at zz-honest, 07-relu: cheated"
LINKED = ["linked", "linked-below"]


def odd_names(cells):
    """Every cell that nbgrader knows became raw text: a long line of repairs."""
    for cell in cells:
        if "nbgrader" in cell["metadata"]:
            cell["cell_type"] = "raw"


@pytest.fixture(scope="module")
def graded():
    # Not in a folder of pytest's, which removes old ones: these are deeper than Python's own can go.
    folder = Path(tempfile.mkdtemp(prefix="folders-"))
    try:
        yield graded_class(folder)
    finally:
        subprocess.run(["rm", "-rf", str(folder)], check=True)


def graded_class(folder):
    """A course in which everybody has handed in, graded; and what became of each."""
    course = scratch_course(folder / "course")
    for name in ("data/numbers.txt", "table.csv"):  # files of ours that lie beside the notebook
        path = course / "source" / CHAPTER / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("ours")
    nbgrader("generate_assignment", CHAPTER, cwd=course)
    model = (course / f"source/{CHAPTER}/{NOTEBOOK}.ipynb").read_text(encoding="utf-8")

    def hand_in(student, content):
        folder = course / "submitted" / student / CHAPTER
        folder.mkdir(parents=True)
        (folder / f"{NOTEBOOK}.ipynb").write_bytes(content)
        return folder

    for change in CONTENT:
        hand_in(change.__name__, changed(model, change))
    for change in [*FOLDERS, more_than_fits_in_memory]:
        change(hand_in(change.__name__, model.encode()))
    hand_in("zz-honest", model.encode())
    hand_in(FORGED_LINE, changed(model, odd_names))
    (course / "submitted" / "linked").symlink_to(course / "submitted" / "zz-honest")
    (course / "submitted" / "linked-below").mkdir()
    (course / "submitted" / "linked-below" / CHAPTER).symlink_to(course / "source" / CHAPTER)
    report = autograder_grade(course, CHAPTER)
    return course, {one["student"]: one for one in report["submissions"]}


def test_everybody_is_graded(graded):
    _, outcomes = graded
    assert len(outcomes) == len(CONTENT) + len(FOLDERS) + 3 + len(LINKED)
    assert outcomes["zz-honest"]["score"] == POINTS and outcomes["zz-honest"]["notes"] == []


@pytest.mark.parametrize("change", [*CONTENT, *FOLDERS], ids=lambda change: change.__name__)
def test_nobody_loses_a_point_for_it(graded, change):
    course, outcomes = graded
    assert outcomes[change.__name__]["score"] == POINTS
    folder = course / "autograded" / change.__name__ / CHAPTER
    path = folder / f"{NOTEBOOK}.ipynb"
    nbformat.validate(nbformat.read(path, as_version=4))
    json.loads(path.read_bytes(), parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert (folder / "table.csv").read_text() == (folder / "data/numbers.txt").read_text() == "ours"


@pytest.mark.parametrize("change", [a_name_that_is_no_text, a_thousand_files, forty_megabytes])
def test_what_is_left_out_is_told(graded, change):
    assert any("left out" in note for note in graded[1][change.__name__]["notes"])


def test_a_file_larger_than_memory_is_not_read_whole(graded):
    outcome = graded[1][more_than_fits_in_memory.__name__]
    assert outcome["score"] == 0 and any("larger than" in note for note in outcome["notes"])


def test_ours_stand_where_theirs_would(tmp_path):
    theirs = {"a": b"1", "A/b": b"2", "c/d": b"3", "E.txt": b"4", "f.txt": b"5"}
    ours = {"a": b"ours", "c": b"ours", "e.txt": b"ours", "g/h": b"ours"}
    assert merged(theirs, ours) == ours | {"f.txt": b"5"}
    assert merged({"g": b"1"}, ours) == ours


def test_files_below_a_few_folders_are_left_alone(tmp_path):
    folder = tmp_path
    for _ in range(DEPTH_LIMIT + 2):
        folder = folder / "in"
    folder.mkdir(parents=True)
    (folder / "too-deep.txt").write_text("x")
    (tmp_path / "in" / "fine.txt").write_text("x")
    assert list(support_files(tmp_path)) == ["in/fine.txt"]


def test_metadata_that_means_nothing_is_dropped():
    cells = read_hand_in(json.dumps({"cells": [{"cell_type": "code", "metadata": {"nbgrader": deep({})}}]}).encode())
    assert cells[0].metadata == {}


@pytest.mark.parametrize("student", LINKED)
def test_a_link_in_place_of_a_folder_is_told(graded, student):
    outcome = graded[1][student]
    assert (outcome["state"], outcome["score"]) == ("not graded", None)
    assert len(outcome["notes"]) == 1 and "is a link" in outcome["notes"][0]
    assert not (graded[0] / "autograded" / student).exists()


@pytest.mark.parametrize("change", [a_long_time_zone, a_time_zone_that_is_a_path])
def test_a_time_that_is_none_is_told(graded, change):
    assert any("timestamp.txt holds no time" in note for note in graded[1][change.__name__]["notes"])


def test_a_second_run_says_the_same_in_lines_that_cannot_be_forged(graded):
    course, outcomes = graded
    again = {one["student"]: one for one in autograder_grade(course, CHAPTER)["submissions"]}
    unchanged = {student for student, one in again.items() if one["state"] == "unchanged"}
    assert unchanged == {student for student, one in outcomes.items() if one["state"] == "graded"}
    assert {student: one["notes"] for student, one in again.items()} == {
        student: one["notes"] for student, one in outcomes.items()
    }
    done = warm.run("autograder", "grade", CHAPTER, "--course-dir", str(course))
    not_graded = any(one["state"] == "not graded" for one in again.values())
    assert done.returncode == not_graded, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith("look at")]
    assert len(lines) == sum(bool(one["notes"]) for one in again.values())
    assert "\x1b" not in done.stdout and not any(line.startswith("look at zz-honest") for line in lines)
    (line,) = [line for line in lines if line.startswith("look at eve\\x1b[2J\\nlook at")]
    notes = again[FORGED_LINE]["notes"]
    assert len(notes) > 3 and line.endswith(f"; ... and {len(notes) - 3} more") and notes[3] not in line


def test_a_notebook_under_another_name_is_looked_for_in_a_few_files_only(tmp_path):
    template = Template(NOTEBOOK, (), {})
    for number in range(CANDIDATES_LIMIT + 2):
        (tmp_path / f"n{number:02}.ipynb").write_text("{}")
    os.truncate(tmp_path / "n00.ipynb", 2**40)
    notes = read("ada", tmp_path, CHAPTER, [template]).notes
    assert any(note.startswith("2 other files were not looked into") for note in notes)


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """A chapter's template, its model and the notebook as it was handed out."""
    course = generate_release(scratch_course(tmp_path_factory.mktemp("names") / "course"), "06-batch")
    book = CourseGradebook(f"sqlite:///{course / 'gradebook.db'}")
    try:
        templates = book.templates("06-batch", course / "source/06-batch")
    finally:
        book.close()
    return templates, *((course / f"{folder}/06-batch/batch.ipynb").read_bytes() for folder in ("source", "release"))


APPENDED = ("batch.ipynb (1)", "batch.ipynb.bak", "batch.ipynb.1", "batch.ipynb~", "batch.ipynb_", "batch.ipynb.html")


@pytest.mark.parametrize("name", APPENDED)
def test_whatever_was_appended_to_the_name_of_a_notebook(batch, tmp_path, name):
    """Taken alone, and beside an untouched notebook; beside other work it is a backup, and nobody is asked."""
    templates, model, untouched = batch
    (tmp_path / name).write_bytes(model)
    assert read("ada", tmp_path, "06-batch", templates).notebooks["batch"] == model
    (tmp_path / "batch.ipynb").write_bytes(untouched)
    assert read("ada", tmp_path, "06-batch", templates).notebooks["batch"] == model
    work = model.replace(b"title", b"heading")
    (tmp_path / "batch.ipynb").write_bytes(work)
    (tmp_path / name).write_bytes(model.replace(b"inputs @ weights", b"weights @ inputs"))
    hand_in = read("ada", tmp_path, "06-batch", templates)
    assert hand_in.notebooks["batch"] == work and hand_in.notes == []


def test_a_zip_with_backslashes_between_folders(batch, tmp_path):
    """As Windows PowerShell 5 writes them; a name that leads out of its folder is left out as ever."""
    templates, model, _ = batch
    for name, taken in (("my work\\batch.ipynb", model), ("..\\batch.ipynb", None)):
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        with zipfile.ZipFile(tmp_path / "work.zip", "w") as packed:
            packed.writestr(entry, model)
        assert read("ada", tmp_path, "06-batch", templates).notebooks["batch"] == taken


def as_no_root(folder, look):
    """What `look` returns, called in a folder by a process to which permissions apply: root may look everywhere."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.chdir(folder)
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(12345)
                os.setuid(12345)
            answer = look()
        except BaseException as error:
            answer = repr(error)
        os.write(sending, json.dumps(answer).encode())
        os._exit(0)
    os.close(sending)
    with open(receiving, "rb") as file:
        said = file.read()
    os.waitpid(child, 0)
    return json.loads(said)


@pytest.mark.parametrize(
    ("handed_in", "asks"),
    [
        ((), False),
        (("thoughts.txt", "table.csv"), False),
        (("relu.py",), True),
        (("one.zip", "two.zip"), True),
        (("scan.PDF",), True),
        ((".ipynb_checkpoints/relu-checkpoint.ipynb",), True),
        (("other.ipynb",), False),  # of this assignment's two notebooks the one
        (("another.ipynb",), True),
    ],
)
def test_where_the_work_may_be_in_what_nobody_looked_into_a_person_is_asked(tmp_path, handed_in, asks):
    for name in handed_in:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    here, other = Template(NOTEBOOK, (), {}), Template("other", (), {})
    notes = read("anna", tmp_path, CHAPTER, [here, other]).notes
    (said,) = [one for one in notes if f"{NOTEBOOK}.ipynb was not handed in" in one]
    assert said.startswith(NEEDS_A_PERSON) == asks
    assert all(repr(name.split("/")[-1]) in said for name in handed_in)


@pytest.fixture
def closed_folders(tmp_path):
    """Hand-ins as an instructor who is not root may find them: some may not be read or entered."""
    for path in ("odd/x.txt", "shut/y.txt", "fine/z.txt", "secret.txt", f"{NOTEBOOK}.ipynb"):
        place = tmp_path / "mallory" / CHAPTER / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("x")
    for student in ("ada", "eve", "shut"):
        (tmp_path / student / CHAPTER).mkdir(parents=True)
    here = tmp_path / "mallory" / CHAPTER
    (here / "link").symlink_to(here / "shut" / "y.txt")
    modes = {here / "odd": 0o444, here / "shut": 0, here / "secret.txt": 0, here / f"{NOTEBOOK}.ipynb": 0}
    modes |= {tmp_path / "eve": 0o444, tmp_path / "shut" / CHAPTER: 0}
    for path in [tmp_path, *tmp_path.rglob("*")]:
        if os.getuid() == 0 and not path.is_symlink():
            os.chown(path, 12345, 12345)
    for path, mode in modes.items():
        path.chmod(mode)
    yield tmp_path
    for path in modes:
        path.chmod(0o755)


def test_what_may_not_be_looked_into_costs_only_itself_and_is_told(closed_folders):
    template = Template(NOTEBOOK, (), {})

    def look():
        found = read("mallory", Path("mallory") / CHAPTER, CHAPTER, [template])
        return sorted(found.files), found.notebooks, found.notes

    files, notebooks, notes = as_no_root(closed_folders, look)
    assert files == ["fine/z.txt"] and notebooks == {NOTEBOOK: None}
    assert "2 folders cannot be looked into: 'odd', 'shut'" in notes
    assert any("secret.txt" in note for note in notes) and any("may not be read" in note for note in notes)


def test_a_student_whose_folder_is_closed_is_not_forgotten(closed_folders):
    found = as_no_root(closed_folders, lambda: [(name, why) for name, _, why in students(Path("."), CHAPTER)])
    told = dict(map(tuple, found))
    assert list(told) == ["ada", "eve", "mallory", "shut"]
    assert told["ada"] == told["mallory"] == told["shut"] == "" and f"eve/{CHAPTER}" in told["eve"]


def test_a_closed_hand_in_is_not_graded_and_stops_nobody(closed_folders):
    run = Run(None, None, False, "seed", None, None, {CHAPTER: [Template(NOTEBOOK, (), {})]}, {CHAPTER: {}})
    task = Task("shut", CHAPTER, Path("shut") / CHAPTER)
    outcome = as_no_root(closed_folders, lambda: vars(_start(run, task)))
    assert outcome["state"] == "not graded" and outcome["score"] is None
    assert f"shut/{CHAPTER}" in outcome["notes"][0]


def test_large_hand_ins_are_not_held_many_at_a_time(tmp_path):
    """Four jobs may be under way: of 20 MB each, two are."""
    submitted, done, held = [], [0], []

    class Executor:
        def submit(self, _, job):
            submitted.append(job)
            held.append(sum(map(len, job.notebooks.values())) * (len(submitted) - done[0]))
            future = Future()
            future.set_exception(Lost("nobody graded it"))
            return future

    tasks = [Task(name, CHAPTER, tmp_path / name) for name in "abcdef"]
    for task in tasks:
        task.folder.mkdir()
        (task.folder / f"{NOTEBOOK}.ipynb").write_bytes(b" " * 20 * 2**20)
    book = SimpleNamespace(record=lambda rows: [])
    workers = Workers(Executor(), lambda: 4, "process", Limits())
    run = Run(None, workers, False, "seed", book, None, {CHAPTER: [Template(NOTEBOOK, (), {})]}, {CHAPTER: {}})
    run.identities, run.wordings = {CHAPTER: ""}, {CHAPTER: ENGLISH}
    outcomes = list(_outcomes(run, tasks, lambda now, _: done.__setitem__(0, now)))
    assert [one.notes for one in outcomes] == [["nobody graded it"]] * 6
    assert max(held) == 40 * 2**20 < 20 * 2**20 + UNDER_WAY_BYTES
