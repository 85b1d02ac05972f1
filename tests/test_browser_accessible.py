"""Pages that everybody can read: axe, with the rules of WCAG 2.2 AA, finds nothing in the book, all unfolded, light and dark."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

from tests.support.book import lesson_names

pytestmark = pytest.mark.browser
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast"]}  # all that another colour scheme can change
DARK = ("index", "01-slopes", "07-relu", "13-arrays", "exercises")  # every kind of output stands in these
UNFOLD = "document.querySelectorAll('article details').forEach(one => one.open = true)"
FOUND = """async rules => (await axe.run(document, {runOnly: rules})).violations.flatMap(
    one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 150)}`))"""


@pytest.fixture
def reader(page, book):
    """Opens a page from disk, with everything unfolded and drawn, and axe in it."""

    def open_page(name):
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto((book / f"{name}.html").as_uri())
        page.evaluate("window.MathJax?.startup?.promise")
        page.evaluate(UNFOLD)
        page.wait_for_timeout(300)  # what unfolds fades in, and says that it can be scrolled
        page.evaluate(AXE)
        return page

    return open_page


@pytest.mark.parametrize("name", ["index", *lesson_names(), "exercises", "search"])
def test_axe_finds_nothing_in_the_book(reader, name):
    page = reader(name)
    assert page.evaluate(FOUND, RULES) == []
    if name in DARK:
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert page.evaluate(FOUND, COLOURS) == []


def test_axe_finds_what_is_planted(reader):
    page = reader("index")
    pale = '<img src="x.png"><p style="color: var(--pale)">pale</p>'
    page.evaluate("pale => document.querySelector('article').insertAdjacentHTML('beforeend', pale)", pale)
    found = {line.split(":")[0] for line in page.evaluate(FOUND, RULES)}
    assert found == {"image-alt"}
    page.add_style_tag(content="@media (prefers-color-scheme: dark) { body { --pale: #444 } }")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert [line.split(":")[0] for line in page.evaluate(FOUND, COLOURS)] == ["color-contrast"]
