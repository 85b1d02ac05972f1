"""A whole chapter, lesson and exercises, with the keyboard alone, in Notebook 7; and what JupyterLab needs for it."""

import re

import nbformat
import pytest
from playwright.sync_api import expect

from autograder.course_dir import CourseDir
from autograder.notebooks import model_answers
from tests.support.browser import PATIENCE, students_course
from tests.support.grading import ROOT
from tests.support.hands import Hands

pytestmark = pytest.mark.browser

CHAPTER, TITLE = "03-neuron", "03 One neuron"
LESSON = nbformat.read(CourseDir(ROOT).lessons / f"{CHAPTER}.ipynb", as_version=4).cells
EXERCISE = nbformat.read(ROOT / "release" / CHAPTER / "neuron.ipynb", as_version=4).cells
ANSWERS = model_answers(nbformat.read(CourseDir(ROOT).source_notebook(CHAPTER), as_version=4))
LINK = "a[href*='03-neuron/neuron.ipynb']:not([href*='cell-id'])"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Nothing has a number beside it before it has been run: by that `Hands.run` knows a run that the page has dropped."""
    folder = students_course(tmp_path_factory.mktemp("student") / "course")
    path = folder / "course/lessons" / f"{CHAPTER}.ipynb"
    lesson = nbformat.read(path, as_version=4)
    for cell in lesson.cells:
        if cell.cell_type == "code":
            cell.execution_count = None
    nbformat.write(lesson, path)
    return folder


def from_list(page, *names):
    """Folder by folder; the file opens in a page of its own."""
    hands = Hands(page)
    for name in names[:-1]:
        hands.open_from_list(name)
    with page.context.expect_page() as opened:
        hands.open_from_list(names[-1])
    return Hands(opened.value)


def predict(hands):
    """Back into the cell that was run: every choice in turn, until one is right; and on to what that has opened."""
    choices = hands.tab_to(".course-predict input", back=True)
    card = hands.page.locator(".course-predict", has=choices)
    said = card.get_by_role("status")
    hands.press("Space")
    for _ in range(4):
        expect(said).to_contain_text(re.compile("Not [a-d]\\.|Yes\\."))
        if "Yes." in said.inner_text():
            break
        before = said.inner_text()
        hands.press("ArrowDown")
        expect(said).not_to_have_text(before)
    expect(said).to_contain_text("Yes.")
    hands.escape()
    hands.go(1)


def step(hands):
    """The graph asks for a gradient: a number, Enter; then the arrow key."""
    graph = hands.page.locator(".course-step-graph")
    hands.tab_to(".course-step-input", back=True)
    hands.type("1")
    hands.press("Enter")
    expect(graph.get_by_role("status")).to_contain_text("Right: 1.")
    hands.press("ArrowRight")
    expect(graph).to_contain_text("4 of 12")
    hands.escape()
    hands.go(1)


def play(hands):
    """A list and a slider, with arrow keys."""
    picture = hands.page.locator(".course-play img")
    for control, key in ((".noUi-handle", "ArrowLeft"), (".course-play select", "ArrowDown")):
        before = picture.get_attribute("alt")
        hands.tab_to(control, back=True)
        hands.press(key)
        expect(picture).not_to_have_attribute("alt", before)
    hands.escape()
    hands.go(1)


LIVE = {  # what a cell holds, what it shows then, and what one does with that
    "predict(": (".course-predict", predict),
    "stepping=True": (".course-step-graph", step),
    "play(\n": (".course-play", play),
}


def work_through_lesson(hands, cells):
    """Every cell in its order, and what lives in it; which of LIVE there was."""
    seen = set()
    for at, cell in enumerate(cells):
        assert hands.active() == at
        here = hands.page.locator(".jp-Cell").nth(at)
        hands.run()
        for call, (widget, use) in LIVE.items():
            if cell.cell_type == "code" and call in cell.source:
                expect(here.locator(widget)).to_be_visible(timeout=PATIENCE * 1000)
                use(hands)
                seen.add(call)
    return seen


def try_and_mend(hands, at):
    """A wrong answer typed into the stub, its hint, and then the right one."""
    check = hands.page.locator(".jp-Cell").nth(at + 2).locator(".jp-OutputArea-output")
    for typed, says in (("return 1.0", "relu_derivative"), ("return 1.0 if z > 0 else 0.0", "passed: relu_derivative")):
        hands.press("Enter")
        hands.press("ControlOrMeta+End")
        hands.press("Shift+Home")
        hands.type(typed)
        hands.escape()
        for _ in range(3):
            hands.run()
        expect(check).to_contain_text(says, timeout=PATIENCE * 1000)
        hands.go(-3)
    hands.run()


def work_through_exercises(hands):
    """Every answer where it belongs, every check run."""
    for at, cell in enumerate(EXERCISE[:-1]):
        assert hands.active() == at
        if cell.id == "relu-derivative":
            try_and_mend(hands, at)
            continue
        if cell.id in ANSWERS:
            hands.write_over(ANSWERS[cell.id])
        hands.run()


def all_pass(notebook):
    """Every check says passed."""
    checks = sum(cell.id.startswith("test-") for cell in EXERCISE)
    expect(notebook.panel.get_by_text(re.compile("^passed: "))).to_have_count(checks, timeout=PATIENCE * 1000)


def test_a_whole_chapter_in_notebook_7(lab, folder, page):
    page.goto(lab.replace("/?", "/tree?"))
    lesson = from_list(page, "course", "lessons", CHAPTER)
    lesson.into_notebook(TITLE)
    assert work_through_lesson(lesson, LESSON[:-1]) == set(LIVE)
    with page.context.expect_page() as opened:
        lesson.tab_to(LINK)
        lesson.press("Enter")
    exercise = Hands(opened.value)
    notebook = exercise.into_notebook(TITLE + ": exercises")
    work_through_exercises(exercise)
    all_pass(notebook)
    with exercise.page.expect_response(lambda one: one.request.method == "PUT" and "/api/contents/" in one.url):
        exercise.press("ControlOrMeta+s")
    saved = (folder / "work" / CHAPTER / "neuron.ipynb").read_text(encoding="utf-8")
    assert "passed: neuron_forward" in saved and "passed: gradient_step" in saved


def test_a_prediction_and_a_graph_in_jupyterlab(lab, page):
    page.goto(lab.replace("/?", f"/lab/tree/course/lessons/{CHAPTER}.ipynb?"))
    hands = Hands(page)
    hands.into_notebook(TITLE)
    assert work_through_lesson(hands, LESSON[:20]) == {"predict(", "stepping=True"}
