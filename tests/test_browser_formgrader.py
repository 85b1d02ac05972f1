"""An instructor grades two hand-ins with formgrader's own buttons, in Chromium."""

import nbformat
import pytest
from playwright.sync_api import FrameLocator, expect

from autograder.course_dir import CourseDir
from tests.support.browser import follow, instructors_course, jupyter_lab, open_formgrader
from tests.support.grading import exported_scores, generate_release, hand_in

pytestmark = pytest.mark.browser

CHAPTER, NAME = "07-relu", "relu"
GRADING = 60_000  # milliseconds that one hand-in may take


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with one chapter generated, a model hand-in and an untouched one."""
    folder = instructors_course(tmp_path_factory.mktemp("instructor") / "course")
    generate_release(folder, CHAPTER)
    hand_in(folder, "model", CHAPTER, CourseDir(folder).source_notebook(CHAPTER))
    hand_in(folder, "untouched", CHAPTER, folder / "release" / CHAPTER / f"{NAME}.ipynb")
    return folder


@pytest.fixture(scope="module")
def points(course):
    """The points of every test cell."""
    cells = nbformat.read(CourseDir(course).source_notebook(CHAPTER), as_version=4).cells
    marked = [cell.metadata.nbgrader for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return {one.grade_id: one.points for one in marked}


@pytest.fixture(scope="module")
def lab(chromium, course, tmp_path_factory):
    """The address of a JupyterLab on that course. (Without Chromium it is not started.)"""
    with jupyter_lab(course, tmp_path_factory.mktemp("jupyter")) as address:
        yield address


def autograde(formgrader: FrameLocator, student: str) -> str:
    """Press the flash in the student's row, wait for the news and close it; the row."""
    row = formgrader.locator("#main-table tr", has_text=student)
    row.locator(".autograde a").click()
    news = formgrader.locator(".modal.in")
    expect(news).to_contain_text("autograd", timeout=GRADING)
    expect(news).to_contain_text(f"Successfully autograded '{CHAPTER}' for student '{student}'.")
    news.get_by_role("button", name="OK").click()
    expect(news).to_have_count(0)
    expect(row.locator(".status")).to_have_text("graded")
    return row.locator(".score").inner_text()


def test_two_hand_ins_are_graded_seen_and_corrected_in_formgrader(lab, course, points, page):
    total = sum(points.values())
    formgrader = open_formgrader(page, lab)
    formgrader.locator("#main-table tr", has_text=CHAPTER).locator(".num-submissions a").click()
    assert autograde(formgrader, "model") == f"{total} / {total}"
    assert autograde(formgrader, "untouched") == f"0 / {total}"

    chapter, notebook = (
        formgrader.get_by_role("link", name=CHAPTER),
        formgrader.get_by_role("link", name=NAME, exact=True),
    )
    nothing = formgrader.get_by_role("row", name=f"0 / {total}").get_by_role("link", name="Submission")
    test = formgrader.locator("[id='cell-id=test-relu-backward']")
    follow(
        formgrader.get_by_role("link", name="Manual Grading"), formgrader.get_by_role("heading", name="Manual Grading")
    )
    follow(chapter, notebook)
    follow(notebook, nothing)
    follow(nothing, test)
    score = test.locator("input.score")
    expect(test).to_contain_text("relu_backward: the stub is not filled in yet.")
    expect(score).to_have_attribute("placeholder", "0")
    with page.expect_response(lambda response: "/formgrader/api/grade/" in response.url and response.ok):
        test.get_by_role("button", name="Full credit").click()
    expect(score).to_have_value(str(points["test-relu-backward"]))
    assert exported_scores(course) == {
        ("model", CHAPTER): total,
        ("untouched", CHAPTER): points["test-relu-backward"],
    }
