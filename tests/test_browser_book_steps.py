"""The graphs that step, in the book opened from disk: the same frames and words as in JupyterLab, and no kernel anywhere."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from course.book.stepping import ANSWERS
from course.stepping import STEPS
from tests.support.book import lesson, soup

pytestmark = pytest.mark.browser
PAGE = "02-gates"
UNFOLD = "document.querySelectorAll('article .cell details.hide').forEach(one => one.open = true)"


@pytest.fixture(scope="module")
def states(book):
    """What the stored lesson holds of each of its graphs."""
    cells = lesson(book, PAGE).cells
    return [
        json.loads(one.data[STEPS]) for cell in cells for one in cell.get("outputs", []) if STEPS in one.get("data", {})
    ]


@pytest.fixture
def reader(page, book):
    """The page, opened from disk. Afterwards: nothing was fetched but files, nothing went wrong."""
    fetched, complaints = [], []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("console", lambda message: message.type in ("error", "warning") and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((book / f"{PAGE}.html").as_uri())
    page.evaluate(UNFOLD)  # the second graph answers a prediction
    yield page
    assert complaints == []
    assert [url for url in fetched if not url.startswith((book.as_uri(), "data:"))] == []


def test_every_graph_that_steps_does_so_in_its_place_and_hides_its_still_picture(reader, states):
    graphs = reader.locator(".course-step-graph")
    expect(graphs).to_have_count(len(states))
    assert len(states) == 2
    for k, state in enumerate(states):
        expect(graphs.nth(k).locator("img")).to_have_attribute("alt", state["alts"][state["shown"]])
    expect(reader.locator(".course-still:has(details.steps):visible")).to_have_count(0)


def test_the_whole_walk_by_keyboard_the_second_wrong_number_is_told_more(reader, states):
    graph, state = reader.locator(".course-step-graph").first, states[0]
    said, typed = graph.get_by_role("status"), graph.get_by_role("textbox")
    expect(said).to_have_attribute("aria-live", "polite")
    graph.focus()
    reader.keyboard.press("Tab")
    expect(typed).to_be_focused()
    asked = state["questions"][state["shown"] :]
    for wrong, words in (("1234", asked[0]["nudge"]), ("-1234", asked[0]["more"])):
        reader.keyboard.type(wrong)
        reader.keyboard.press("Enter")
        expect(said).to_contain_text(words)
        expect(typed).to_be_focused()
    for k, one in enumerate(asked, state["shown"] + 1):
        reader.keyboard.type(str(one["answer"]))
        reader.keyboard.press("Enter")
        expect(said).to_contain_text(f"Right: {one['printed']}")
        expect(graph.locator("img")).to_have_attribute("alt", state["alts"][k])
    expect(graph.get_by_role("button", name="Start over")).to_be_focused()
    reader.keyboard.press("ArrowLeft")
    expect(graph).to_contain_text(f"{len(state['questions']) - 1} of {len(state['questions'])} gradients")


def test_each_graph_steps_for_itself(reader, states):
    first, second = reader.locator(".course-step-graph").all()
    second.get_by_role("button", name="Next").click()
    expect(second.locator("img")).to_have_attribute("alt", states[1]["alts"][states[1]["shown"] + 1])
    expect(first.locator("img")).to_have_attribute("alt", states[0]["alts"][states[0]["shown"]])


def test_on_paper_the_still_picture_stands(reader, states):
    reader.emulate_media(media="print")
    expect(reader.locator(".course-step-graph:visible")).to_have_count(0)
    expect(reader.locator(".course-still:has(details.steps):visible")).to_have_count(len(states))


def test_without_a_script_the_still_picture_stands_with_its_gradients_folded(chromium, book, states):
    context = chromium.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto((book / f"{PAGE}.html").as_uri())
        expect(page.locator(".course-step-graph")).to_have_count(0)
        folds = page.locator("details.steps")
        expect(folds).to_have_count(len(states))
        expect(page.locator(".course-still:has(details.steps)").first).to_be_visible()
        expect(folds.first.locator("li").first).to_be_hidden()
        folds.first.get_by_text(ANSWERS).click()
        expect(folds.first.locator("li")).to_have_count(len(states[0]["questions"]) - states[0]["shown"])
        expect(folds.first.locator("li").first).to_be_visible()
    finally:
        context.close()


def test_at_320_pixels_nothing_but_the_picture_scrolls(reader):
    reader.set_viewport_size({"width": 320, "height": 700})
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_page_with_such_a_graph_brings_the_script_once(book):
    for path in sorted(book.glob("*.html")):
        page = soup(path)
        steps = page.select("script.course-steps")
        assert len(page.select("article script[type=module]")) == bool(steps), path.name
