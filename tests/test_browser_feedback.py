"""A hand-in full of scripts is graded; its feedback and formgrader's page of it run nothing of them, in Chromium."""

import sqlite3

import nbformat
import pytest
from playwright.sync_api import expect

from course.picture import Canvas
from tests.support.browser import instructors_course, jupyter_lab
from tests.support.feedback_attacks import CODE, MARKUP
from tests.support.grading import autograder_grade, generate_release, hand_in, nbgrader

pytestmark = pytest.mark.browser

CHAPTER, NAME = "07-relu", "relu"
ALT = "A box of the course"
PICTURE = f"""from course.picture import Canvas
canvas = Canvas(100, 40, {ALT!r})
canvas.box(10, 10, 80, 20)
canvas.picture()"""
MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/"  # nbconvert's own pages ask for it


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which that hand-in is graded and has its feedback."""
    folder = instructors_course(tmp_path_factory.mktemp("attacked") / "course")
    generate_release(folder, CHAPTER)
    path = hand_in(folder, "mallory", CHAPTER, folder / "release" / CHAPTER / f"{NAME}.ipynb")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in (PICTURE, CODE)]
    notebook.cells += [nbformat.v4.new_markdown_cell(text) for text in MARKUP.values()]
    notebook.cells = [cell for cell in notebook.cells if cell.id != "test-relu-forward"]  # for a note on a repair
    nbformat.write(notebook, path)
    assert autograder_grade(folder, CHAPTER)["graded"] == 1
    nbgrader("generate_feedback", CHAPTER, cwd=folder)
    return folder


@pytest.fixture
def asked(page):
    """The addresses beyond this machine that the page asks for: none is answered."""
    found = []

    def answer(route):
        if route.request.url.startswith(("file://", "data:", "http://127.0.0.1:")):
            return route.continue_()
        found.append(route.request.url)
        return route.abort()

    page.context.route("**/*", answer)
    return found


def assert_nothing_ran(page, asked):
    """Nothing of the hand-in has run or was fetched, what can be pressed was pressed, and the course's picture shows."""
    picture = page.get_by_alt_text(ALT)
    expect(picture).to_be_visible()
    assert picture.get_attribute("src").endswith(_drawn())
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    for link in page.get_by_text("look", exact=True).all():
        link.click()
    page.wait_for_timeout(500)  # what waits for a missing picture, or for a moment, had it
    assert page.evaluate("[..." + repr("ABCDEFG") + "].filter(name => name in window)") == []
    assert [address for address in asked if not address.startswith(MATHJAX)] == []


def assert_formulas_are_drawn(page):
    """By the browser itself: what would come from the network is not answered."""
    formulas = page.locator("math")
    assert formulas.count() > 10 and all(one.bounding_box()["height"] > 5 for one in formulas.all())
    sum_over = page.locator(
        "math munder, math msub"
    ).first  # what stands under a line stands lower than what it belongs to
    base, under = (sum_over.locator("xpath=./*").nth(number).bounding_box() for number in (0, 1))
    assert under["y"] + under["height"] > base["y"] + base["height"]


def _drawn() -> str:
    canvas = Canvas(100, 40, ALT)
    canvas.box(10, 10, 80, 20)
    return canvas.picture().html.split("base64,")[1].split('"')[0]


def test_the_feedback_page_runs_nothing_of_a_submission(course, page, asked):
    page.goto((course / "feedback" / "mallory" / CHAPTER / f"{NAME}.html").as_uri())
    assert_nothing_ran(page, asked)
    expect(page.get_by_text("Before grading:")).to_be_visible()
    assert_formulas_are_drawn(page)
    expect(page.get_by_text("test-relu-forward: this cell was missing, and is put back")).to_be_visible()


def test_formgraders_page_runs_nothing_of_a_submission_and_still_grades(chromium, course, page, asked, tmp_path):
    with sqlite3.connect(course / "gradebook.db") as database:
        (submission,) = database.execute("select id from submitted_notebook").fetchone()
    with jupyter_lab(course, tmp_path / "jupyter") as address:
        shown = f"/formgrader/submissions/{submission}/"
        page.goto(address.replace("/?token=", f"/login?next={shown}&token="))
        assert page.url.endswith(shown)
        assert_nothing_ran(page, asked)
        assert_formulas_are_drawn(page)
        test = page.locator("[id='cell-id=test-relu-backward']")
        expect(test).to_contain_text("relu_backward: the stub is not filled in yet.")
        with page.expect_response(lambda response: "/formgrader/api/grade/" in response.url and response.ok):
            test.get_by_role("button", name="Full credit").click()
        assert float(test.locator("input.score").input_value()) > 0
