"""An instructor marks a written answer in formgrader, in Chromium: what the grader sees, what counts, what goes back."""

import html
import re

import nbformat
import pytest
from playwright.sync_api import expect

from autograder.course_dir import CourseDir
from autograder.demo.handin import fill_in, model_answers
from tests.support.browser import follow, instructors_course, jupyter_lab, open_formgrader
from tests.support.grading import POINTS, ROOT, WRITTEN, exported_scores, generate_release, hand_in_bytes, nbgrader

pytestmark = [pytest.mark.browser, pytest.mark.nbgrader]

CHAPTER, NAME, STUDENT = "04-loss", "loss", "writer"
ANSWER, QUESTION = "written-has-it-converged", "written-has-it-converged-question"
SAID = "Its gate is shut for every row we have, so no push arrives. A fresh beginning at rate 0.05 would repair it."
COMMENT = "Well seen, the cause and the cure."
TOTAL, WORTH = POINTS[CHAPTER], WRITTEN[CHAPTER]


def phrases(text):
    """Every five words in a row, whatever marks and line ends stand between them."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[first : first + 5]) for first in range(len(words) - 4)}


def without_tags(page):
    """What is left of a page of HTML."""
    return html.unescape(re.sub(r"<[^>]*>", " ", page))


@pytest.fixture(scope="module")
def source():
    """The chapter's notebook with scheme and solutions."""
    return nbformat.read(CourseDir(ROOT).source_notebook(CHAPTER), as_version=4)


@pytest.fixture(scope="module")
def scheme(source):
    """The mark scheme, as it stands below the question."""
    question = next(cell.source for cell in source.cells if cell.id == QUESTION)
    return re.search("=== BEGIN MARK SCHEME ===(.*)=== END MARK SCHEME ===", question, re.DOTALL)[1]


@pytest.fixture(scope="module")
def course(source, tmp_path_factory):
    """A course with one hand-in, autograded: all code right, the written answer in a student's words."""
    folder = instructors_course(tmp_path_factory.mktemp("instructor") / "course")
    generate_release(folder, CHAPTER)
    release = nbformat.read(folder / "release" / CHAPTER / f"{NAME}.ipynb", as_version=4)
    filled = nbformat.writes(fill_in(release, {**model_answers(source), ANSWER: SAID}))
    hand_in_bytes(folder, STUDENT, CHAPTER, f"{NAME}.ipynb", filled.encode())
    nbgrader("autograde", CHAPTER, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def lab(chromium, course, tmp_path_factory):
    """The address of a JupyterLab on that course."""
    with jupyter_lab(course, tmp_path_factory.mktemp("jupyter")) as address:
        yield address


def saved(page, what):
    """Wait for formgrader's server to confirm what is done inside."""
    return page.expect_response(lambda answer: f"/formgrader/api/{what}/" in answer.url and answer.ok)


def test_a_written_answer_is_marked_by_a_scheme_that_only_the_grader_sees(lab, course, source, scheme, page):
    assert exported_scores(course) == {(STUDENT, CHAPTER): TOTAL - WORTH}
    formgrader = open_formgrader(page, lab)
    waiting = formgrader.get_by_role("row", name=f"{TOTAL - WORTH} / {TOTAL}")
    chapter, notebook = (
        formgrader.get_by_role("link", name=CHAPTER),
        formgrader.get_by_role("link", name=NAME, exact=True),
    )
    follow(
        formgrader.get_by_role("link", name="Manual Grading"), formgrader.get_by_role("heading", name="Manual Grading")
    )
    follow(chapter, notebook)
    follow(notebook, waiting.locator(".written-score"))
    expect(waiting.locator(".written-score")).to_have_text(f"0 / {WORTH}")
    expect(waiting.locator(".needs-manual-grade .glyphicon-ok")).to_be_visible()

    # The grader reads the scheme right above the answer ...
    answer = formgrader.locator(".nbgrader_cell", has=formgrader.locator(f"[id='{ANSWER}']"))
    follow(waiting.get_by_role("link", name="Submission"), answer)
    expect(answer).to_contain_text(SAID)
    above = formgrader.locator(".text_cell", has_text="Mark scheme")
    expect(above).to_be_visible()
    assert phrases(scheme) <= phrases(above.inner_text())
    assert 0 < answer.bounding_box()["y"] - above.bounding_box()["y"] < page.viewport_size["height"]

    # ... and marks.
    score = answer.locator("input.score")
    expect(score).to_have_class(re.compile("needs_manual_grade"))
    score.fill(str(WORTH))
    with saved(page, "grade"):
        score.press("Tab")
    expect(score).not_to_have_class(re.compile("needs_manual_grade"))
    comment = answer.locator("textarea.comment")
    comment.fill(COMMENT)
    with saved(page, "comment"):
        comment.press("Tab")

    marked = formgrader.get_by_role("row", name=f"{TOTAL} / {TOTAL}")
    follow(notebook, marked.locator(".written-score"))
    expect(marked.locator(".written-score")).to_have_text(f"{WORTH} / {WORTH}")
    expect(marked.locator(".needs-manual-grade .glyphicon-ok")).to_have_count(0)
    assert exported_scores(course) == {(STUDENT, CHAPTER): TOTAL}

    nbgrader("generate_feedback", CHAPTER, cwd=course)
    feedback = (course / "feedback" / STUDENT / CHAPTER / f"{NAME}.html").read_text(encoding="utf-8")
    back = phrases(without_tags(feedback))
    assert phrases(SAID) | phrases(COMMENT) <= back
    assert f"(Score: {float(TOTAL)} / {float(TOTAL)})" in feedback
    handed_in = nbformat.read(course / "submitted" / STUDENT / CHAPTER / f"{NAME}.ipynb", as_version=4)
    known = phrases("\n".join(cell.source for cell in handed_in.cells))
    assert not back & (phrases(scheme) - known)
    assert not back & (phrases(model_answers(source)[ANSWER]) - known)
    assert "MARK SCHEME" not in feedback.upper()
