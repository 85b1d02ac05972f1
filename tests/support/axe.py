"""axe in a page: what it finds, by the rules of WCAG 2.2 AA."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast"]}  # all that another colour scheme can change
# Of the words in a block of code that look alike, one is looked at: there are thousands, and their contrast is what takes longest.
FOUND = """async ([where, rules]) => {
  const seen = new Set();
  const alike = (word) => {
    const style = getComputedStyle(word), block = word.closest("pre");
    return [word, word.parentElement, block, block.parentElement].map((one) => one.className).concat(
      ["color", "backgroundColor", "fontSize", "fontWeight", "opacity"].map((name) => style[name])).join("|");
  };
  const bare = (word) => word.children.length === 0
    && word.getAttributeNames().every((name) => name === "class" || name === "style");
  const again = [...document.querySelectorAll("pre span")].filter((word) =>
    bare(word) && seen.size === seen.add(alike(word)).size);
  const context = { include: where ?? [document], exclude: again };
  const found = await axe.run(context, { runOnly: rules, resultTypes: ["violations"] });
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 150)}`));
}"""


def found(page: Page, rules: dict = RULES, within: tuple[str, ...] | None = None) -> list[str]:
    """What axe finds, as "rule: element". `page` has SCRIPT in it.

    within : selectors of the parts to look at; else all of the page.
    """
    return page.evaluate(FOUND, [[[one] for one in within] if within else None, rules])
