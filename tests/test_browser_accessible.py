"""Pages that everybody can read: axe, with the rules of WCAG 2.2 AA, finds nothing in the book, all unfolded, light and dark."""

from __future__ import annotations

import re

import pytest

from tests.support.axe import COLOURS, SCRIPT, found
from tests.support.book import lesson_names

pytestmark = pytest.mark.browser
DARK = ("index", "01-slopes", "07-relu", "13-arrays", "exercises")  # every kind of output stands in these
UNFOLD = "document.querySelectorAll('article details').forEach(one => one.open = true)"


@pytest.fixture
def reader(page, book):
    """Opens a page from disk, with everything unfolded and drawn, and axe in it."""

    def open_page(name):
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto((book / f"{name}.html").as_uri())
        page.evaluate("window.MathJax?.startup?.promise")
        page.evaluate(UNFOLD)
        page.wait_for_timeout(300)  # what unfolds fades in, and says that it can be scrolled
        page.evaluate(SCRIPT)
        return page

    return open_page


@pytest.mark.parametrize("name", ["index", *lesson_names(), "exercises", "search"])
def test_axe_finds_nothing_in_the_book(reader, name):
    page = reader(name)
    assert found(page) == []
    if name in DARK:
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert found(page, COLOURS) == []


def test_axe_finds_what_is_planted(reader):
    page = reader("index")
    pale = '<img src="x.png"><p style="color: var(--pale)">pale</p>'
    page.evaluate("pale => document.querySelector('article').insertAdjacentHTML('beforeend', pale)", pale)
    assert {line.split(":")[0] for line in found(page)} == {"image-alt"}
    page.add_style_tag(content="@media (prefers-color-scheme: dark) { body { --pale: #444 } }")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert [line.split(":")[0] for line in found(page, COLOURS)] == ["color-contrast"]


def test_axe_finds_one_pale_word_among_hundreds_that_look_alike(reader):
    page = reader("06-batch")
    words = page.locator("pre span:not(:has(*))", has_text=re.compile(r"\w{3}"))
    assert words.count() > 100
    words.nth(100).evaluate("word => (word.style.color = '#bbb')")
    assert [line.split(":")[0] for line in found(page, COLOURS)] == ["color-contrast"]
    words.nth(101).evaluate("word => word.setAttribute('aria-hidden', 'perhaps')")
    assert {line.split(":")[0] for line in found(page)} == {"color-contrast", "aria-valid-attr-value"}
