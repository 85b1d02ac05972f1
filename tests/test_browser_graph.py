"""The graph that steps, in JupyterLab: by mouse, by keyboard, with typed numbers, in both themes, and without a network."""

import re
import shutil
from urllib.parse import urlsplit

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import expect

from autograder.notebooks import KERNELSPEC
from course.expression import graph_of
from course.stepping import STATIC, question
from tests.conftest import evidence
from tests.support.browser import PATIENCE, Notebook, choose_theme, drawn, end_kernels, forget, jupyter_lab
from tests.support.grading import ROOT

pytestmark = pytest.mark.browser

CIRCUIT = """from course import graph_of, play, slider, step

step(graph_of("q = x + y; f = q * z", x=-2, y=5, z=-4), named=("q", "f"))"""
CARD = """from course.picture import Canvas
play(lambda dots: Canvas(300, 100, f"a card with {dots:.0f} dots").picture(), dots=slider("dots", 1, 8, step=1, start=3))"""
NOTEBOOKS = ("mouse", "keys", "typed", "kept")  # one a test, all alike
BACKWARD = ["1", "−4", "3", "−4", "−4"]  # f, q, z, x, y
RIGHT, WRONG = "✓", "✗"

# Of every text in the widget: its contrast with what is behind it, both as they are mixed on the screen.
CONTRASTS = """root => {
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const over = (front, back, a) => front.map((c, i) => a * c + (1 - a) * back[i]);
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    if (!element) return [255, 255, 255];
    const { rgb, a } = parse(getComputedStyle(element).backgroundColor);
    return a === 1 ? rgb : over(rgb, behind(element.parentElement), a);
  };
  return [...root.querySelectorAll("button, label, input, [role=status], span")].map((element) => {
    const style = getComputedStyle(element);
    const back = behind(element);
    const front = over(parse(style.color).rgb, back, parse(style.color).a * Number(style.opacity));
    const [light, dark] = [luminance(front), luminance(back)].sort((a, b) => b - a);
    return [element.className, (light + 0.05) / (dark + 0.05)];
  });
}"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return tmp_path_factory.mktemp("jupyter")


@pytest.fixture(scope="module")
def lab(chromium, own, tmp_path_factory):
    """The address of a JupyterLab on copies of a small notebook, and on lesson 02."""
    folder = tmp_path_factory.mktemp("course") / "course"
    shutil.copytree(ROOT / "release" / "00-start-here", folder / "release" / "00-start-here")
    shutil.copy(ROOT / "course/lessons/02-gates.ipynb", folder)
    cells = [new_markdown_cell("# A graph"), *map(new_code_cell, (CIRCUIT, CARD, "1 + 1"))]
    notebook = new_notebook(cells=cells, metadata={"kernelspec": KERNELSPEC})
    for name in NOTEBOOKS:
        nbformat.write(notebook, folder / f"{name}.ipynb")
    with jupyter_lab(folder, own) as address:
        yield address


@pytest.fixture(scope="module")
def asked_elsewhere():
    """The addresses outside this machine that the page asked for. It gets none of them."""
    return []


@pytest.fixture(scope="module")
def window(chromium, asked_elsewhere):
    """One page for all tests, since loading JupyterLab takes longer than most of them."""

    def here(address: str) -> bool:
        return urlsplit(address).scheme in ("data", "blob") or urlsplit(address).hostname == "127.0.0.1"

    def answer(route):
        if here(route.request.url):
            return route.continue_()
        asked_elsewhere.append(route.request.url)
        return route.abort()

    context = chromium.contexts[0]
    context.route("**/*", answer)
    page = context.new_page()
    page.on("websocket", lambda socket: here(socket.url) or asked_elsewhere.append(socket.url))
    yield page
    forget(context)


@pytest.fixture
def page(request, window):
    """The page, and what it showed if the test fails."""
    with evidence(request, window):
        yield window


class Stepping:
    """The widget in front, as a reader sees it."""

    def __init__(self, root):
        self.root = root
        self.picture = root.locator("img")
        self.input = root.get_by_role("textbox")
        self.said = root.get_by_role("status")

    def drawn(self):
        """Wait until it is there: its script is loaded after the cell has run."""
        expect(self.picture).to_be_visible(timeout=PATIENCE * 1000)
        return self

    def button(self, name):
        return self.root.get_by_role("button", name=re.compile(name))

    def shows(self, red: list[str]) -> None:
        """Wait until the picture has exactly these gradients, from right to left; it has to be a picture."""
        words = ", ".join(f"[^,]+ {one}" for one in red)
        told = re.compile(f"Gradients, right to left: {words}\\.$" if red else r"No gradient is shown yet\.$")
        expect(self.picture).to_have_attribute("alt", told)
        drawn(self.picture, 300)
        expect(self.root).to_contain_text(f"{len(red)} of ")


def opened(page, lab, name):
    """One of the small notebooks, run; its widget."""
    notebook = unrun(page, lab, name).opened("A graph")
    notebook.run_all()
    return notebook, Stepping(notebook.panel.locator(".course-step-graph")).drawn()


def unrun(page, lab, name):
    """A notebook in front: the first with JupyterLab, the others beside it."""
    if "/lab/" in page.url:
        Notebook(page).open_beside(f"{name}.ipynb")
    else:
        page.goto(lab.replace("/?", f"/lab/workspaces/one/tree/{name}.ipynb?"))
    return Notebook(page)


def cells_of(notebook):
    """Kind, prompt and source of every cell, and which one is active."""
    return notebook.panel.locator(".jp-Cell").evaluate_all(
        """all => all.map((one) => [
          ...["jp-MarkdownCell", "jp-CodeCell", "jp-mod-active"].map((name) => one.classList.contains(name)),
          ...[".jp-InputPrompt", ".jp-InputArea-editor"].map((part) => one.querySelector(part)?.textContent),
        ])"""
    )


def too_faint(graph):
    """The texts whose contrast is below 4.5."""
    contrasts = dict(graph.root.evaluate(CONTRASTS))
    assert len(contrasts) >= 9
    return {name: round(one, 1) for name, one in contrasts.items() if one < 4.5}


def test_by_mouse_and_legible_in_both_themes(page, lab, asked_elsewhere):
    _, graph = opened(page, lab, "mouse")

    def legible():
        for theme in ("JupyterLab Dark", "JupyterLab Light"):
            choose_theme(page, theme)
            assert too_faint(graph) == {}, theme

    graph.shows([])
    legible()
    graph.button("Next").click()
    graph.button("Next").click()
    graph.shows(BACKWARD[:2])
    expect(graph.said).to_contain_text("−4 on the wire from the + gate into the × gate")
    graph.button("Back").click()
    graph.shows(BACKWARD[:1])
    graph.button("Show all").click()
    graph.shows(BACKWARD)
    expect(graph.input).to_be_hidden()
    graph.button("Next").click(force=True)  # there is nothing left, and nothing happens
    graph.shows(BACKWARD)
    legible()
    graph.button("Start over").click()
    graph.shows([])
    graph.input.fill("5")
    graph.button("Check").click()
    expect(graph.said).to_contain_text(WRONG)
    legible()
    assert asked_elsewhere == []


def test_by_keyboard_and_no_cell_is_touched(page, lab, asked_elsewhere):
    notebook, graph = opened(page, lab, "keys")
    graph.input.click()  # which selects its cell, as clicking an output does
    expect(notebook.panel.locator(".jp-Cell.jp-mod-active .course-step-graph")).to_have_count(1)
    before = cells_of(notebook)
    for typed, red in (("1", 1), ("-4", 2), ("3", 3)):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        graph.shows(BACKWARD[:red])
        expect(graph.said).to_contain_text(f"{RIGHT} Right")
        expect(graph.input).to_be_focused()
        expect(graph.input).to_have_value("")
    for name in ("Check", "Back", "Next", "Show all", "Start over"):
        page.keyboard.press("Tab")
        expect(graph.button(name)).to_be_focused()
    outline = graph.button("Start over").evaluate("one => getComputedStyle(one).outlineStyle")
    assert outline == "solid", "one sees where the focus is"
    page.keyboard.press("ArrowLeft")
    graph.shows(BACKWARD[:2])
    graph.root.focus()
    page.keyboard.press("ArrowRight")
    graph.shows(BACKWARD[:3])
    for focused in (graph.root, graph.button("Check")):  # keys that insert, delete, change, merge or leave cells
        focused.focus()
        for key in ("a", "b", "x", "d", "d", "m", "y", "1", "z", "Shift+m", "ArrowUp", "ArrowDown"):
            page.keyboard.press(key)
        expect(focused).to_be_focused()
    graph.root.focus()
    for key in ("Enter", "Shift+Enter"):
        page.keyboard.press(key)
    expect(graph.root).to_be_focused()
    graph.input.focus()
    page.keyboard.type("abxddmy1")
    expect(graph.input).to_have_value("abxddmy1")
    page.keyboard.press("ArrowLeft")  # moves in the text
    graph.shows(BACKWARD[:3])
    assert cells_of(notebook) == before
    graph.button("Next").focus()
    notebook.save()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    graph.shows(BACKWARD)
    assert asked_elsewhere == []


def test_a_wrong_number_reveals_nothing_and_a_right_one_goes_on(page, lab, asked_elsewhere):
    notebook, graph = opened(page, lab, "typed")
    graph.button("Next").click()
    for typed, hint in (
        ("3", "other one"),
        ("4", "sign"),
        ("1", "local slope"),
        ("7", "Not yet"),
        ("minus four", "read"),
    ):
        graph.input.fill(typed)
        graph.button("Check").click()
        expect(graph.said).to_contain_text(WRONG)
        expect(graph.said).to_contain_text(hint)
        assert "4" not in graph.said.inner_text().replace("−4, 0.37 or 1/3", "")
        graph.shows(BACKWARD[:1])
    graph.input.fill("−4")
    graph.button("Check").click()
    expect(graph.said).to_contain_text(f"{RIGHT} Right: −4")
    graph.shows(BACKWARD[:2])

    notebook.menu("Kernel", "Shut Down Kernel")
    expect(notebook.panel.locator(".jp-Notebook-ExecutionIndicator")).not_to_have_attribute("data-status", "idle")
    graph.button("Next").click()
    graph.shows(BACKWARD[:3])
    assert asked_elsewhere == []


def test_lesson_02_steps(page, lab, asked_elsewhere):
    notebook = unrun(page, lab, "02-gates").opened("02 Gates")
    notebook.run_all()
    cell = notebook.cell("shown=3, stepping=True")
    cell.scroll_into_view_if_needed()
    graph = Stepping(cell.locator(".course-step-graph")).drawn()
    graph.shows(BACKWARD[:3])
    graph.input.fill("-4 * 1")
    graph.input.press("Enter")
    expect(graph.said).to_contain_text(RIGHT)
    graph.shows(BACKWARD[:4])
    assert asked_elsewhere == []


def test_what_was_saved_is_there_when_the_notebook_is_opened_again(page, lab, asked_elsewhere):
    notebook, graph = opened(page, lab, "kept")
    card = notebook.panel.locator(".course-play img")
    graph.button("Next").click()
    graph.shows(BACKWARD[:1])
    notebook.panel.locator(".noUi-handle").press("ArrowRight")
    expect(card).to_have_attribute("alt", "a card with 4 dots")
    notebook.panel.locator("h1").click()
    notebook.save()
    end_kernels(page, lab)
    page.goto(lab.replace("/?", "/lab/workspaces/two/tree/kept.ipynb?"))  # a new kernel, which has run nothing
    notebook.opened("A graph")
    expect(card).to_have_attribute("alt", "a card with 4 dots")
    expect(card).to_be_visible()
    graph.drawn().shows(BACKWARD[:1])
    graph.button("Next").click()
    graph.shows(BACKWARD[:2])
    expect(notebook.panel.get_by_text("Error displaying widget")).to_have_count(0)
    assert asked_elsewhere == []


SIGMOID = graph_of("s = 1 / (1 + exp(-z))", z=1)
TYPED = [  # index of the wire, typed, and what is said: "" is right
    (1, "-0.5344", ""),
    (1, "-0.53", ""),
    (1, "−0,53", ""),
    (1, " - 0.534 ", ""),
    (1, "1 * (-0.5344)", ""),
    (1, "-1/1.87", ""),
    (1, "0.53", "Look at the sign"),
    (1, "-0.5", "Not yet"),
    (1, "-0.52", "Very close"),
    (1, "1.37", "forward value"),
    (1, "1", "arrives"),
    (1, "", "Type a number first"),
    (1, "   ", "Type a number first"),
    (1, "-0.53 or so", "cannot read"),
    (1, "1/0", "cannot read"),
    (1, "--1", "cannot read"),
    (1, "alert(1)", "cannot read"),
    (3, "-0.20", ""),
    (3, "-0.1966", ""),
    (3, "-.2", ""),
    (3, "0.37", "local slope of the exp gate alone"),
    (3, "-0.53", "arrives at the exp gate"),
    (3, "5", "times its local slope"),
]


def test_what_is_typed_is_judged_kindly_and_exactly(page):
    gradients = SIGMOID.gradients()
    questions = [question(SIGMOID, gradients, wire, digits=2) for wire in SIGMOID.wires()]
    wrong = []
    for index, typed, say in TYPED:
        verdict = page.evaluate(
            "async ([source, typed, question]) =>"
            " (await import(`data:text/javascript,${encodeURIComponent(source)}`)).judge(typed, question)",
            [(STATIC / "step_graph.js").read_text(encoding="utf-8"), typed, questions[index]],
        )
        if verdict["right"] != (say == "") or say not in verdict.get("say", ""):
            wrong.append((index, typed, verdict))
    assert wrong == []


def test_a_second_wrong_number_gets_another_sentence(page):
    asked = question(SIGMOID, SIGMOID.gradients(), SIGMOID.wires()[3], digits=2)
    said = page.evaluate(
        "async ([source, question]) => {"
        " const { judgeAgain } = await import(`data:text/javascript,${encodeURIComponent(source)}`);"
        " const first = judgeAgain('5', question, ''); const second = judgeAgain('6', question, first.say);"
        " return [first.say, second.say, judgeAgain('-0.20', question, second.say).right]; }",
        [(STATIC / "step_graph.js").read_text(encoding="utf-8"), asked],
    )
    assert said == [f"Not yet. {asked['nudge']}", f"Still not. {asked['more']}", True]


def test_a_thousand_with_a_comma_may_mean_two_things(page):
    read = (
        "async ([source, typed]) =>"
        " String((await import(`data:text/javascript,${encodeURIComponent(source)}`)).read(typed))"
    )
    source = (STATIC / "step_graph.js").read_text(encoding="utf-8")
    told = {typed: page.evaluate(read, [source, typed]) for typed in ("1,000", "0,125", ",5", "10,5", "1000", "1 000")}
    assert told == {"1,000": "NaN", "0,125": "0.125", ",5": "0.5", "10,5": "10.5", "1000": "1000", "1 000": "1000"}
