"""What lives in a lesson, after restart, save and reload in every order; and a prediction, by mouse and by keyboard."""

import re

import nbformat
import pytest
from nbformat import v4
from playwright.sync_api import expect

from tests.support.browser import FRONT_ENDS, Notebook, end_kernels, students_course

pytestmark = pytest.mark.browser

LESSON = {
    "imports": """from course import graph_of, play, predict, slider, step
from course.picture import Canvas


def dots(number):
    canvas = Canvas(600, 60, f"{number:g} dots, side by side in one row")
    canvas.text(300, 20, "dots", size=11)
    for i in range(round(number)):
        canvas.circle(20 + 20 * i, 30, 6, fill="blue")
    return canvas.picture()""",
    "a graph": 'step(graph_of("(x + y) * z", x=-2, y=5, z=-4))',
    "a playable picture": 'play(dots, number=slider("dots", 1, 8, step=1, start=3))',
    "a prediction": 'predict("dbiases-shape")',
    "its answer": 'print("all of it:")\nprint("six, six, six")',
}
LIVE = (".course-step-graph", ".course-play img", ".course-predict")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = students_course(tmp_path_factory.mktemp("student") / "course")
    code = [v4.new_code_cell(source) for source in LESSON.values()]
    code[-1].metadata["jupyter"] = {"outputs_hidden": True}
    between = v4.new_markdown_cell("Words between.")
    for name, cells in {"widgets": code, "words": [code[0], *code[-2:-1], between, code[-1]]}.items():
        happened = "what happened, once you have chosen" if between in cells else "what happened"
        folded = v4.new_markdown_cell(f"<details><summary>{happened}</summary>\n\nThree rows.\n\n</details>")
        notebook = v4.new_notebook(
            metadata={"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}},
            cells=[v4.new_markdown_cell("# Widgets"), *cells, folded],
        )
        nbformat.write(notebook, folder / f"course/lessons/{name}.ipynb")
    return folder


@pytest.fixture
def name():
    """Which of the two lessons."""
    return "widgets"


@pytest.fixture(params=FRONT_ENDS)
def notebook(request, lab, folder, page, name):
    """A lesson as it was stored, in a front end; its kernel is ended afterwards."""
    path = folder / f"course/lessons/{name}.ipynb"
    stored = path.read_bytes()
    page.goto(lab.replace("/?", f"/{FRONT_ENDS[request.param]}/course/lessons/{name}.ipynb?"))
    yield Notebook(page).opened("Widgets")
    end_kernels(page, lab)
    path.write_bytes(stored)


def save(notebook):
    notebook.panel.locator("h1").first.click()
    with notebook.page.expect_response(lambda one: one.request.method == "PUT" and "/api/contents/" in one.url):
        notebook.page.keyboard.press("ControlOrMeta+s")


def restart(notebook):
    notebook.menu("Kernel", "Restart Kernel…")
    notebook.page.locator(".jp-Dialog button.jp-mod-accept").click()
    expect(notebook.page.locator(".jp-Dialog")).to_have_count(0)
    notebook.settled()


def reload(notebook):
    notebook.page.reload()
    notebook.opened("Widgets")


def expect_pictures(notebook):
    """Each widget lives, or its still form stands in its place; and nobody reads an error."""
    stills = notebook.panel.locator(".course-still")
    expect(stills).to_have_count(len(LIVE))
    for at, live in enumerate(LIVE):
        either = notebook.panel.locator(live).or_(stills.nth(at))
        expect(either.locator("visible=true")).to_have_count(1)
    expect(notebook.panel.get_by_text("Error displaying widget").locator("visible=true")).to_have_count(0)


ORDERS = [(save,), (save, restart), (restart, save), (save, restart, save)]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "-".join(step.__name__ for step in order))
def test_a_picture_stands_whatever_happened_to_its_kernel(notebook, order):
    notebook.run_all()
    for live in LIVE:
        expect(notebook.panel.locator(live)).to_be_visible()
    for one in order:
        one(notebook)
    expect_pictures(notebook)
    reload(notebook)
    expect_pictures(notebook)
    notebook.run_all()
    for live in LIVE:
        expect(notebook.panel.locator(live)).to_be_visible()


def test_a_control_that_has_lost_its_kernel_says_which_cell_to_run(notebook):
    notebook.run_all()
    handle = notebook.panel.locator(".noUi-handle")
    handle.press("ArrowRight")
    expect(notebook.panel.locator(".course-play img")).to_have_attribute("alt", re.compile("^4 dots"))
    restart(notebook)
    handle.press("ArrowRight")
    said = notebook.panel.locator(".course-play-said")
    expect(said).to_contain_text("run the cell above this picture again")
    notebook.run_all()
    notebook.panel.locator(".noUi-handle").press("ArrowRight")
    expect(notebook.panel.locator(".course-play img")).to_have_attribute("alt", re.compile("^4 dots"))
    expect(notebook.panel.locator(".course-play-said")).to_have_text("")


# Of pictures that live: whether each is as wide as its words need, and stays in a place that scrolls.
READABLE = """images => images.map(image => {
    const place = image.parentElement, width = image.getBoundingClientRect().width;
    return [width >= parseFloat(image.style.minWidth), place.clientWidth < width, place.clientWidth <= innerWidth,
            getComputedStyle(place).overflowX];
})"""


def test_in_a_narrow_window_a_picture_scrolls_and_stays_readable(notebook):
    notebook.run_all()
    notebook.page.set_viewport_size({"width": 320, "height": 900})
    for live in (".course-step-picture", ".course-play img"):
        image = notebook.panel.locator(live)
        image.scroll_into_view_if_needed()
        expect(image).to_be_visible()
        assert image.evaluate_all(READABLE) == [[True, True, True, "auto"]]
    notebook.panel.get_by_role("button", name="Start over").press("ArrowRight")
    expect(notebook.panel.locator(".course-step-count")).to_have_text("1 of 5 gradients")
    scrolls = "image => image.parentElement.scrollLeft > 0"
    assert notebook.page.wait_for_function(scrolls, arg=notebook.panel.locator(".course-step-picture").element_handle())


@pytest.mark.parametrize("name", ["widgets", "words"])
def test_a_prediction_answers_and_only_then_shows_what_follows(notebook):
    notebook.run_all()
    answer, words = notebook.panel.get_by_text("six, six, six").last, notebook.panel.locator("details").last
    expect(answer).to_be_hidden()
    choices = notebook.panel.locator(".course-predict").get_by_role("radio")
    said = notebook.panel.locator(".course-predict-said")
    choices.nth(0).check()
    expect(said).to_contain_text("Not a.")
    expect(words).not_to_have_attribute("open", "")
    choices.nth(0).press("ArrowDown")  # by keyboard: the selected cell stays
    expect(said).to_contain_text("Yes.")
    expect(words).to_have_attribute("open", "")
    expect(answer).to_be_visible()


@pytest.mark.parametrize("name", ["words"])
def test_what_answers_is_hidden_too_when_it_is_drawn_after_the_question(notebook):
    notebook.run_all()
    answer = notebook.panel.get_by_text("six, six, six").last
    words = notebook.panel.locator("details").last.element_handle()
    place = words.evaluate_handle("words => { const place = words.parentElement; words.remove(); return place; }")
    notebook.run(notebook.cell('predict("dbiases-shape")'))
    expect(answer).to_be_visible()  # nothing tells yet that it belongs to the question
    place.evaluate("(place, words) => place.append(words)", words)
    expect(answer).to_be_hidden()
