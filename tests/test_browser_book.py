"""The book opened from disk, in Chromium: formulas, pictures, search, dark, folds; and not one request leaves the disk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.book import lesson_names
from tests.support.browser import forget

pytestmark = pytest.mark.browser
PAGES = ["index", *lesson_names(), "exercises"]
PHONE = {"width": 400, "height": 800}


@pytest.fixture
def reader(page, book):
    """Opens a page from disk and waits for its formulas. Afterwards: nothing was fetched but files, nothing went wrong."""
    fetched, complaints = [], []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("requestfailed", lambda request: complaints.append(f"{request.url}: {request.failure}"))
    page.on("console", lambda message: message.type in ("error", "warning") and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def open_page(name):
        page.goto((book / f"{name}.html").as_uri())
        page.evaluate("window.MathJax?.startup?.promise")
        return page

    yield open_page
    folder = (book.parent).as_uri()
    assert fetched and [url for url in fetched if not url.startswith((folder, "data:"))] == []
    assert complaints == []


TOO_NARROW = """images => images.filter(one => one.checkVisibility()
    && one.getBoundingClientRect().width < parseFloat(one.style.minWidth)).map(one => one.alt)"""


@pytest.mark.parametrize("name", PAGES)
def test_formulas_and_pictures_are_drawn_and_a_narrow_window_does_not_scroll_sideways(reader, name):
    page = reader(name)
    formulas = page.locator("span.math, div.math")
    drawn = page.locator("mjx-container > svg")
    expect(drawn).to_have_count(formulas.count())
    expect(page.locator("mjx-merror, [data-mjx-error]")).to_have_count(0)
    words = page.evaluate(
        "(a => (a.querySelectorAll('pre, code, script, svg').forEach(e => e.remove()), a.textContent))"
        "(document.querySelector('article').cloneNode(true))"
    )
    assert re.findall(r"\$|\\\(|\\\[|\\[a-z]+\{", words) == []
    flat = page.evaluate("[...document.images].filter(i => !(i.complete && i.naturalWidth > 50)).map(i => i.alt)")
    assert flat == []
    page.set_viewport_size(PHONE)
    page.evaluate("document.querySelectorAll('article details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.locator("article img[style*=min-width]").evaluate_all(TOO_NARROW) == []


def test_the_lessons_are_full_of_formulas(reader):
    assert reader("09-softmax").locator("mjx-container > svg").count() > 50


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_formulas_have_the_colour_of_the_text(reader, scheme):
    page = reader("05-layer")
    page.emulate_media(color_scheme=scheme)
    colour = "e => getComputedStyle(e).color"
    text = page.locator("article p").first.evaluate(colour)
    assert page.locator("mjx-container").first.evaluate(colour) == text
    bright = sum(map(int, re.findall(r"\d+", text)[:3])) > 3 * 128
    assert bright == (scheme == "dark")


def test_the_switch_makes_it_dark_and_is_remembered(reader):
    page = reader("index")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    seen = set()
    for _ in range(3):  # as the system has it, light, dark
        page.locator(".theme-toggle:visible").click()
        seen.add(page.evaluate(ground))
        if page.evaluate("document.body.dataset.theme") == "dark":
            break
    assert len(seen | {light}) == 2
    dark = page.evaluate(ground)
    assert dark != light
    reader("05-layer")
    assert page.evaluate(ground) == dark


def test_search_finds_a_word_and_leads_to_its_page(reader):
    page = reader("index")
    page.locator("input.sidebar-search").fill("topological")
    page.keyboard.press("Enter")
    found = page.locator("#search-results li a")
    expect(found.first).to_have_text("12 Autograd")
    found.first.click()
    expect(page.locator("article h1")).to_contain_text("12 Autograd")


def test_search_says_when_there_is_nothing(reader):
    page = reader("index")
    page.locator("input.sidebar-search").fill("zymurgy")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results li a")).to_have_count(0)
    expect(page.locator("#search-results")).to_contain_text("did not match")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_folded_output_opens_and_closes_by_keyboard(reader, key):
    page = reader("05-layer")
    answer = page.get_by_text("so far -20.8")
    expect(answer).to_be_hidden()
    page.locator("#who-spoke").click(position={"x": 5, "y": 5})  # from here with the keyboard alone
    for _ in range(12):  # past the prediction, which has a fold of its own
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip() == "Show what it prints":
            break
    assert page.evaluate("document.activeElement.innerText").strip() == "Show what it prints"
    page.keyboard.press(key)
    expect(answer).to_be_visible()
    assert page.evaluate("document.activeElement.innerText").strip() == "Hide what it prints"
    page.keyboard.press(key)
    expect(answer).to_be_hidden()


def test_an_answer_in_the_text_opens_by_click_with_its_formulas(reader):
    page = reader("07b-review")
    answer = page.locator("article section > details").first
    expect(answer.locator("mjx-container").first).to_be_hidden()
    answer.locator("summary").click()
    expect(answer.locator("mjx-container").first).to_be_visible()


def test_next_leads_through_the_chapters(reader):
    page = reader("00-start-here")
    page.locator("a.next-page").click()
    expect(page.locator("article h1")).to_contain_text("01 Slopes")


STORES = """async () => {
  const before = [localStorage.length, (await indexedDB.databases()).length];
  localStorage.setItem("read", "yes");
  await new Promise((done) => { indexedDB.open("pages").onsuccess = done; });
  return before;
}"""


def test_a_page_finds_nothing_of_what_another_test_has_stored(chromium, book):
    """All tests of a file share Chromium's own context, which keeps what it has compiled."""
    context = chromium.contexts[0]
    for _ in range(2):
        page = context.new_page()
        page.goto((book / "index.html").as_uri())
        assert page.evaluate(STORES) == [0, 0]
        forget(context)
        assert context.pages == []
