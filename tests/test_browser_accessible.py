"""Pages that everybody can read: axe, with the rules of WCAG 2.2 AA, finds nothing in the book, all unfolded, light and dark."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

from tests.support.book import lesson_names

pytestmark = pytest.mark.browser
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
UNFOLD = "document.querySelectorAll('article details').forEach(one => one.open = true)"
FOUND = """async rules => (await axe.run(document, {runOnly: rules})).violations.flatMap(
    one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 150)}`))"""


def found_by_axe(page) -> list[str]:
    """Each rule that is broken, and where."""
    page.evaluate(AXE)
    return page.evaluate(FOUND, RULES)


@pytest.fixture
def reader(page, book):
    """Opens a page from disk, in a colour scheme, with everything unfolded and drawn."""

    def open_page(name, scheme):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto((book / f"{name}.html").as_uri())
        page.evaluate("window.MathJax?.startup?.promise")
        page.evaluate(UNFOLD)
        page.wait_for_timeout(300)  # what unfolds fades in, and says that it can be scrolled
        return page

    return open_page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", *lesson_names(), "exercises", "search"])
def test_axe_finds_nothing_in_the_book(reader, name, scheme):
    assert found_by_axe(reader(name, scheme)) == []


def test_axe_finds_what_is_planted(reader):
    page = reader("index", "light")
    page.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=\"x.png\"><p style=\"color: #ccc\">pale</p>')"
    )
    kinds = {line.split(":")[0] for line in found_by_axe(page)}
    assert {"image-alt", "color-contrast"} <= kinds
