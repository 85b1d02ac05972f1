"""Every playable picture of the lessons, in JupyterLab: each control moved with the keyboard and with the mouse."""

import re
from contextlib import suppress
from urllib.parse import urlsplit

import nbformat
import pytest
from playwright.sync_api import Error, Locator, Page, expect

from tests.conftest import FAILED, evidence
from tests.support.browser import Notebook, drawn, end_kernels, forget
from tests.support.grading import ROOT

pytestmark = pytest.mark.browser

LESSONS = ROOT / "course" / "lessons"
RUN = 120_000  # milliseconds; lesson 10 trains a network on the way
CONTROLS = ".noUi-handle, select, .widget-toggle-buttons, .widget-toggle-button, input[type=checkbox]"


def playable(name: str) -> list[int]:
    """Which code cells of a lesson, counted from 0, show a picture that one can play with."""
    code = [cell.source for cell in nbformat.read(LESSONS / name, as_version=4).cells if cell.cell_type == "code"]
    return [at for at, source in enumerate(code) if re.search(r"(?<!def )\bplay\(", source)]


PLAYABLE = sorted(path.name for path in LESSONS.glob("*.ipynb") if playable(path.name))


def test_there_are_playable_pictures():
    assert {"01-slopes.ipynb", "03-neuron.ipynb", "04-loss.ipynb"} <= set(PLAYABLE)


@pytest.fixture(scope="module")
def asked():
    """What the page asked of other machines."""
    return []


@pytest.fixture(scope="module")
def window(chromium, lab, asked):
    """One page for all lessons, since loading JupyterLab takes longer than playing. From other machines it gets nothing."""

    def answer(route):
        if urlsplit(route.request.url).hostname == urlsplit(lab).hostname:
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    context = chromium.contexts[0]
    context.route(re.compile("^(http|ws)"), answer)
    yield context.new_page()
    forget(context)


@pytest.fixture
def page(request, window):
    """The page, and what it showed if the test fails. After that, the next test loads it anew."""
    with evidence(request, window):
        yield window
    if request.node.stash.get(FAILED, False):
        window.goto("about:blank")


def run_everything(page: Page, notebook: Notebook, pictures: int) -> None:
    """Run all cells and wait until the playable pictures are there.

    What is asked of a kernel that is still connecting may be dropped, without a word; then it is asked once more.
    """
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=30_000)
    waiting = notebook.prompts().filter(has_text="*")
    for _ in range(3):
        notebook.menu("Run", "Run All Cells")
        with suppress(AssertionError):  # a short lesson may be over before one looks
            expect(waiting).not_to_have_count(0, timeout=500)
        expect(waiting).to_have_count(0, timeout=RUN)
        notebook.settled()
        live = notebook.panel.locator(".course-play img")
        with suppress(AssertionError):
            expect(live).to_have_count(pictures, timeout=30_000)
            return
    wrong = notebook.panel.locator("[data-mime-type='application/vnd.jupyter.error']").all_text_contents()
    pytest.fail(f"{live.count()} of {pictures} playable pictures are live. {wrong}")


@pytest.fixture
def lesson(lab, page):
    """Opens a lesson and runs all of it; its kernels are ended afterwards."""

    def opened(name: str) -> Notebook:
        notebook = Notebook(page)
        if page.url == "about:blank":  # a workspace of its own: JupyterLab would open the lessons before it again
            page.goto(lab.replace("/?", f"/lab/workspaces/{name[:2]}/tree/course/lessons/{name}?"))
        else:
            notebook.open_beside(name)
        run_everything(page, notebook, len(playable(name)))
        return notebook

    yield opened
    end_kernels(page, lab)


class Played:
    """One playable picture, its controls, and whether it follows them."""

    def __init__(self, page: Page, cell: Locator):
        self.page, self.image = page, cell.locator(".course-play img")
        self.controls = cell.locator(".course-play").locator(CONTROLS)
        self.cell = cell

    def state(self) -> tuple[str, str]:
        """What the picture shows, and what it says."""
        return self.image.get_attribute("src"), self.image.get_attribute("alt")

    def drawn(self) -> None:
        """The picture is there, and has words."""
        expect(self.image).to_be_visible()
        drawn(self.image)
        assert len(self.image.get_attribute("alt")) > 20

    def follows(self, action, what: str) -> None:
        """Picture and words change when `action` is done, and the selected cell stays selected."""
        src, alt = self.state()
        selected = self.selected()
        action()
        expect(self.image, f"{what}: the picture stays").not_to_have_attribute("src", src, timeout=60_000)
        expect(self.image, f"{what}: its description stays").not_to_have_attribute("alt", alt, timeout=60_000)
        assert self.selected() == selected, f"{what}: the selection moved"
        self.drawn()

    def selected(self) -> int:
        """Which cell of the notebook has the blue bar."""
        return self.page.evaluate(
            "[...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell')]"
            ".findIndex(cell => cell.classList.contains('jp-mod-active'))"
        )


def slide(played: Played, handle: Locator) -> None:
    """A slider: with arrow keys, and dragged. Tab leads to it, and it has a name."""
    said = handle.aria_snapshot()
    name = re.match(r'- slider "([^"]+)"', said)
    assert name, f"a slider without a name: {said}"
    name = name[1]

    def towards_room() -> int:
        now, low, high = (float(handle.get_attribute(f"aria-value{one}")) for one in ("now", "min", "max"))
        return 1 if now - low < high - now else -1

    assert handle.evaluate("handle => handle.tabIndex") == 0
    handle.focus()
    for keys in (("ArrowRight", "ArrowLeft"), ("ArrowUp", "ArrowDown")):
        key = keys[0] if towards_room() > 0 else keys[1]
        played.follows(lambda key=key: handle.press(key), f"{name}, {key}")
        expect(handle).to_have_attribute(
            "aria-valuetext", re.compile(r"^-?\d+(\.\d{1,8})?$")
        )  # is read aloud: no 9.000000000000002

    handle.scroll_into_view_if_needed()
    box, way = handle.bounding_box(), towards_room()
    far = 0.6 * handle.evaluate("handle => handle.closest('.noUi-base').clientWidth")  # to the other of only two places
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag() -> None:
        mouse = played.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + way * far, y, steps=6)
        mouse.up()

    played.follows(drag, f"{name}, dragged")


def choose(played: Played, menu: Locator) -> None:
    """A list: with an arrow key; and by choice, as the mouse does in a list that no test can see."""
    options = menu.locator("option").all_text_contents()
    name = re.match(r'- combobox "([^"]+)"', menu.aria_snapshot())
    assert name, f"a list without a name: {options}"
    menu.focus()
    last = menu.evaluate("menu => menu.selectedIndex === menu.options.length - 1")
    played.follows(lambda: menu.press("ArrowUp" if last else "ArrowDown"), f"{name[1]}, arrow key")
    now = menu.evaluate("menu => menu.selectedIndex")
    other = len(options) - (2 if now == len(options) - 1 else 1)  # not the first: "nothing", in some
    played.follows(lambda: menu.select_option(options[other]), f"{name[1]}, chosen")


def toggle(played: Played, buttons: Locator) -> None:
    """Buttons of which one is down: with the space bar, and with the mouse."""
    others = buttons.locator("button:not(.mod-active)")
    others.first.focus()
    played.follows(lambda: others.first.press("Space"), "button, space bar")
    played.follows(others.first.click, "button, mouse")


def tick(played: Played, box: Locator) -> None:
    """A box, or a button that stays down: there and back."""
    assert re.search(r'(checkbox|button) "[^"]+"', box.aria_snapshot()), "a box without a name"
    box.focus()
    played.follows(lambda: box.press("Space"), "box, space bar")
    played.follows(box.click, "box, mouse")


def choose_first(question: Locator) -> None:
    """Answer a question. What unfolds below the one before it may move it away from the mouse."""
    first = question.get_by_role("radio").first
    for _ in range(3):
        with suppress(Error):
            first.check()
            break
    expect(first).to_be_checked()


def move(played: Played, control: Locator) -> None:
    """Move one control in every way there is."""
    kind = control.evaluate("control => `${control.tagName} ${control.className}`.toLowerCase()")
    do = slide if "handle" in kind else choose if "select" in kind else toggle if "toggle-buttons" in kind else tick
    do(played, control)


@pytest.mark.parametrize("name", PLAYABLE)
def test_every_control_moves_its_picture(name, lesson, page, asked):
    notebook = lesson(name)
    for question in notebook.panel.locator(".course-predict").all():  # until one has chosen, what answers it is hidden
        choose_first(question)
    for at in playable(name):
        played = Played(page, notebook.panel.locator(".jp-CodeCell").nth(at))
        played.image.scroll_into_view_if_needed()
        played.drawn()
        assert played.controls.count() > 0
        for control in played.controls.all():
            move(played, control)
    played.controls.first.focus()
    notebook.save()  # a control keeps other keys to itself, and not this one
    assert asked == []
