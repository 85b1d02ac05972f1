"""Notebooks worked with the keyboard alone: nothing here clicks; what has the focus has to show it, and to have a name."""

from __future__ import annotations

import re
from contextlib import suppress

from playwright.sync_api import Locator, Page, expect

from tests.support.browser import PATIENCE, Notebook

RAN = re.compile(r"^(\[\d+\]:)?$")  # beside a cell of code, and beside words
FAR = 60  # presses of Tab after which what one looks for counts as out of reach
CELLS = "[...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell')]"
IN_FRONT = CELLS + ".findIndex(cell => cell.classList.contains('jp-mod-active'))"
HOLDS_FOCUS = CELLS + ".some(cell => cell === document.activeElement)"
IS_FOCUSED = "words => document.activeElement.matches(words)"
# A line round what has the focus, or round the label that holds it.
OUTLINED = """() => [document.activeElement, document.activeElement.closest("label")].some(one => {
    const { outlineStyle, outlineWidth } = one ? getComputedStyle(one) : {};
    return one && outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
})"""


class Hands:
    """A page worked by keyboard: `tab_to` what one needs, `run` cells, `escape` from a control to its cell."""

    def __init__(self, page: Page):
        self.page, self.press, self.type = page, page.keyboard.press, page.keyboard.type

    def tab_to(self, words: str, back: bool = False) -> Locator:
        """Press Tab until what matches the selector has the focus; it shows that, and has a name.

        back: Shift+Tab.
        """
        for _ in range(FAR):
            self.press("Shift+Tab" if back else "Tab")
            if self.page.evaluate(IS_FOCUSED, words):
                assert self.page.evaluate(OUTLINED), f"nothing shows that {words} has the focus"
                focused = self.page.locator("*:focus")
                said = focused.aria_snapshot()
                assert '"' in said or ":" in said, f"{words} has no name: {said}"
                return focused
        raise AssertionError(f"{words} is out of reach: {FAR} times {'Shift+' * back}Tab did not lead there")

    def open_from_list(self, name: str) -> None:
        """A folder or a file of the list: Tab leads into the list, its first letters to the line, Enter opens it."""
        lines = self.page.locator(".jp-DirListing-itemText")
        expect(lines.filter(has_text=name)).to_be_visible()
        for _ in range(FAR):
            if self.page.evaluate(IS_FOCUSED, ".jp-DirListing-itemText"):
                break
            self.press("Tab")
        for _ in range(10):  # letters typed within a second of those before count as one word with them
            self.type(name)
            with suppress(AssertionError):
                expect(lines.filter(has_text=name)).to_be_focused(timeout=1500)
                break
        expect(lines.filter(has_text=name)).to_be_focused()
        self.press("Enter")

    def into_notebook(self, title: str) -> Notebook:
        """Wait until the notebook is there, and go to its first cell."""
        notebook = Notebook(self.page).opened(title)
        for _ in range(FAR):
            if self.page.evaluate(HOLDS_FOCUS):
                return notebook
            self.press("Tab")
        raise AssertionError("no cell can be reached with Tab")

    def active(self) -> int:
        """Which cell is the active one, counted from 0."""
        return self.page.evaluate(IN_FRONT)

    def run(self) -> None:
        """Shift+Enter, and the next cell is the active one; a cell of code has been run."""
        before = self.active()
        prompt = self.page.locator(".jp-Cell").nth(before).locator(".jp-InputPrompt")
        for _ in range(3):  # what is asked of a kernel that is still connecting may be dropped, without a word
            self._until("Shift+Enter", before + 1)
            with suppress(AssertionError):
                expect(prompt).to_have_text(RAN, timeout=PATIENCE * 1000 / 2)
                return
            self.go(-1)
        expect(prompt).to_have_text(RAN)

    def go(self, by: int) -> None:
        """So many cells down, or up, with arrow keys."""
        before = self.active()
        for one in range(1, abs(by) + 1):
            step = 1 if by > 0 else -1
            self._until("ArrowDown" if by > 0 else "ArrowUp", before + one * step)

    def _until(self, key: str, there: int) -> None:
        for _ in range(3):  # a page that is still busy with itself may lose a key
            before = self.active()
            self.press(key)
            with suppress(Exception):
                self.page.wait_for_function(f"at => {IN_FRONT} !== at", arg=before, timeout=PATIENCE * 1000 / 3)
                break
        assert self.active() == there, f"{key} led from cell {before} to cell {self.active()}"

    def escape(self) -> None:
        """From a control, or from writing, back to the cell."""
        self.press("Escape")
        self.page.wait_for_function(HOLDS_FOCUS)

    def write_over(self, source: str) -> None:
        """Other text in the active cell, as pasted."""
        self.press("Enter")
        expect(self.page.locator(".jp-mod-active .cm-content")).to_be_focused()
        self.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)
        self.escape()
