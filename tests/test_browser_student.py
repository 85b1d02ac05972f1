"""The student edition as a student gets it: unpacked, with an environment of its own, in Chromium. No trace of the rest."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from autograder.course_dir import CourseDir
from autograder.exercises import find_exercise, find_prediction
from autograder.publish.student_edition import write_edition
from tests.support.browser import IN_THE_WAY, Notebook, drawn, jupyter_lab, lab_environment
from tests.support.grading import POINTS, ROOT
from tests.support.needs import MAKE, missing, need

pytestmark = pytest.mark.browser

START = "exercises/00-start-here/start-here.ipynb"
NO_NETWORK = re.compile(
    r"No matching distribution found for hatchling|NewConnectionError|Max retries exceeded|ReadTimeout"
)
TEXT = {"capture_output": True, "encoding": "utf-8", "errors": "replace"}
# What nbgrader has for instructors, as it says in menus, in the list of commands and in the sidebars.
INSTRUCTORS = ("Formgrader", "Create Assignment", "Course List", "Assignment List")


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """Settings and logs of somebody who has never started Jupyter."""
    return tmp_path_factory.mktemp("jupyter")


@pytest.fixture(scope="module")
def student(tmp_path_factory, own):
    """The zip unpacked outside the project, and its environment made by its own Makefile."""
    need(MAKE)
    folder = tmp_path_factory.mktemp("student")
    zipfile.ZipFile(write_edition(CourseDir(ROOT), tmp_path_factory.mktemp("dist"))).extractall(folder)
    (folder,) = folder.iterdir()
    environment = lab_environment(own, lent=False) | {
        "PIP_NO_COMPILE": "1"
    }  # a third of pip's time; Python does it as it imports
    made = subprocess.run(["make", f"PYTHON={sys.executable}", ".venv/.lab"], cwd=folder, env=environment, **TEXT)
    if made.returncode and NO_NETWORK.search(made.stdout + made.stderr):
        missing("pip cannot fetch what the student edition needs: there is no network")
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


@pytest.fixture(scope="module")
def lab(chromium, student, own):
    """The address of the JupyterLab that `make lab` starts there. (Without Chromium it is not started.)"""
    with jupyter_lab(student, own, lent=False) as address:
        yield address


@pytest.fixture
def python(student, own):
    """Run the environment's own Python in some folder of the edition."""
    program = student / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def run(*words: str, cwd: Path = student) -> subprocess.CompletedProcess:
        return subprocess.run([str(program), *words], cwd=cwd, env=lab_environment(own, lent=False), **TEXT)

    return run


def test_the_environment_has_the_course_and_no_autograder(python, student):
    lessons = student / "course/lessons"
    found = python("-c", "import course; print(course.__file__)", cwd=lessons)
    assert found.returncode == 0, found.stderr
    assert Path(found.stdout.strip()).samefile(student / "course/__init__.py")
    assert "No module named 'autograder'" in python("-c", "import autograder").stderr
    listed = python("-m", "pip", "list", "--format=freeze").stdout.lower()
    assert "nbgrader==" in listed and not re.search(r"^(click|filelock|nbval|pytest)==", listed, re.MULTILINE)
    assert python("-m", "pip", "check").returncode == 0


def test_a_plain_jupyter_lab_knows_the_settings(python):
    said = python("-m", "jupyter_server", "--show-config").stdout
    assert re.search(r"contents_manager_class = .*course\.untouched\.Notebooks", said), said
    assert re.search(r"transport_encryption = .*auto", said), said
    assert re.search(r"autodetect = .*False", said), said
    assert re.search(r"autodetect = .*False", said), said


def test_the_first_lesson_opens_with_nothing_in_the_way(lab, student, page):
    page.goto(lab)
    lesson = Notebook(page).opened("00 Start here")
    page.wait_for_timeout(2000)  # news, errors and questions about kernels come after the page
    expect(page.locator(IN_THE_WAY)).to_have_count(0)
    stored = (student / "course/lessons/00-start-here.ipynb").read_text(encoding="utf-8")
    pictures = lesson.panel.locator(".jp-OutputArea-output img")
    expect(pictures).to_have_count(stored.count("<img "))
    expect(pictures.first).to_be_visible()
    for picture in pictures.all():
        drawn(picture)


def test_an_untouched_notebook_closes_without_a_question_and_the_terminal_has_no_warning(lab, own, page):
    for name, title in (("course/lessons/06-batch.ipynb", "06 "), (START, "00 Start here: exercises")):
        page.goto(lab.replace("/?", f"/lab/workspaces/untouched/tree/{name}?reset&"))
        Notebook(page).opened(title)
        page.wait_for_timeout(1000)  # what the kernel says of itself has been written into the notebook by now
        tab = page.locator(".lm-DockPanel-tabBar .lm-mod-current")
        expect(tab).to_contain_text(Path(name).name)
        tab.locator(".lm-TabBar-tabCloseIcon").click()
        expect(page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text=Path(name).name)).to_have_count(0)
        expect(page.locator(IN_THE_WAY)).to_have_count(0)
    said = (own / "lab.log").read_text(encoding="utf-8")
    assert "WARNING" not in said
    assert "not trusted" not in said  # of every new notebook, at each opening
    assert "non-installed" not in said  # two dozen language servers, of which a student needs none


def test_of_nbgrader_a_student_sees_validate_alone(lab, page):
    page.goto(lab.replace("/?", f"/lab/tree/{START}?"))
    notebook = Notebook(page).opened("00 Start here: exercises")
    expect(notebook.panel.locator(".validate-button")).to_be_visible()
    menus = page.locator(".lm-MenuBar-itemLabel")
    expect(menus.filter(has_text=re.compile("^Kernel$"))).to_have_count(1)
    expect(menus.filter(has_text="Nbgrader")).to_have_count(0)
    sidebars = page.locator(".lm-TabBar-tab")
    expect(page.locator(".lm-TabBar-tab[title='Property Inspector']")).to_have_count(1)
    tabs = sidebars.evaluate_all("tabs => tabs.map(tab => tab.title + tab.textContent)")
    notebook.menu("View", "Activate Command Palette")
    labels = page.locator(".lm-CommandPalette-itemLabel")
    expect(labels.nth(50)).to_be_attached()
    commands = labels.all_text_contents()
    for word in INSTRUCTORS:
        assert not [label for label in [*tabs, *commands] if word.lower() in label.lower()]
    for path in ("formgrader", "assignments", "formgraders"):
        assert page.request.get(lab.replace("/?", f"/{path}?")).status == 404


def test_where_there_is_an_exchange_a_student_has_assignment_list_as_well(chromium, student, tmp_path, page):
    """What the edition came with counts as fetched: it is handed in from where the lessons' links lead."""
    released = tmp_path / "exchange/backprop/outbound/00-start-here"
    shutil.copytree((student / START).parent, released)
    (tmp_path / "jupyter_config_dir").mkdir()
    (tmp_path / "jupyter_config_dir/nbgrader_config.py").write_text(
        f"c = get_config()\nc.Exchange.root = {str(tmp_path / 'exchange')!r}\n"
    )
    with jupyter_lab(student, tmp_path, lent=False) as address:
        page.goto(address)
        notebook = Notebook(page).opened("00 Start here")
        notebook.menu("Nbgrader", "Assignment List")
        assignments = page.locator("#nbgrader-assignment-list, .nbgrader-assignment-list").first
        expect(assignments).to_contain_text("00-start-here")
        expect(assignments.get_by_role("button", name="Submit")).to_be_visible()
        assert page.request.get(address.replace("/?", "/formgrader?")).status == 404


def test_from_the_lesson_to_a_finished_exercise(lab, student, page):
    page.goto(lab)
    Notebook(page).opened("00 Start here").panel.get_by_role("link", name="00-start-here exercises").click()
    notebook = Notebook(page).opened("00 Start here: exercises")
    stub, test = notebook.cell("def double(x)"), notebook.cell("check(double)")
    notebook.run(notebook.cell("from course import check"))
    notebook.rewrite(stub, "# your answer here", "return x + 2")
    notebook.run(stub)
    hint = " ".join(notebook.run(test).split())
    known = next(mistake for mistake in find_exercise("double").mistakes if mistake.name == "adds-two")
    assert 'this looks like a known mistake, "adds two".' in hint and known.hints[0] in hint
    assert "Traceback" not in hint and ".py" not in hint, hint
    notebook.rewrite(stub, "return x + 2", "return x + x")
    notebook.run(stub)
    assert notebook.run(test).startswith("passed: double")
    said = notebook.validate()
    assert said.count("The following cell failed") == 2 and "check(double)" not in said  # two predictions are open

    for name in ("sum-axis-shape", "two-names-one-array"):
        empty = f'{name.replace("-", "_")} = ""'
        notebook.rewrite(notebook.cell(empty), empty, empty.replace('""', f'"{find_prediction(name).letter}"'))
    notebook.run_all()
    assert "Success! Your notebook passes all the tests." in notebook.validate()
    saved = (student / START).read_text(encoding="utf-8")
    assert "return x + x" in saved and "passed: double" in saved


def test_progress_in_a_new_notebook_counts_what_was_saved(lab, page):
    """After the finished exercise above."""
    page.goto(lab)
    lesson = Notebook(page).opened("00 Start here")
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^File$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^New$")).hover()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Notebook$")).click()
    expect(page.locator(".lm-DockPanel-tabBar .lm-mod-current")).to_contain_text("Untitled")
    lesson.settled()
    expect(page.locator(IN_THE_WAY)).to_have_count(0)
    cell = lesson.cell("from course import progress")
    lesson.panel.locator(".jp-CodeCell .jp-InputArea-editor").click()
    page.keyboard.type("from course import progress; progress()")
    shown = lesson.run(cell)
    points = POINTS["00-start-here"]
    assert "3 of 3 pass" in shown and f"{points} of {points}" in shown, shown
    assert "Go on with 01-slopes" in shown and "exercises/01-slopes/slopes.ipynb" in shown


def test_lessons_give_their_stored_outputs_there(python, student):
    """nbval is no part of the edition, so it comes last."""
    tools = python("-m", "pip", "install", "--quiet", "--constraint", "constraints.txt", "pytest", "nbval")
    assert tools.returncode == 0, tools.stderr
    strict = "--nbval" if sys.platform == "linux" else "--nbval-lax"
    lessons = [f"course/lessons/{name}.ipynb" for name in ("00-start-here", "07-relu")]
    done = python("-m", "pytest", strict, "-q", "-p", "no:cacheprovider", *lessons)
    assert done.returncode == 0, done.stdout + done.stderr
