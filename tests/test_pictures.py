"""Are all pictures of the lessons there where nothing runs: stored, in exported HTML, in an untrusted notebook?"""

import ast
import base64
import html
import importlib
import inspect
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree

import nbformat
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import expect

import course
from course.figures.start_here import TITLES
from course.picture import Picture
from tests.support.browser import Notebook, end_kernels, jupyter_lab, students_course
from tests.support.grading import ROOT

LESSONS = ROOT / "course" / "lessons"
NAMES = sorted(path.name for path in LESSONS.glob("*.ipynb"))
IMAGE = re.compile(r"<img\b[^>]*>")
WAIT = 30_000  # milliseconds; a long lesson is put on the page bit by bit
WITH_CONTROLS = ("play", "step")  # what they give lives with a kernel only, and leaves a still picture behind


def stored_images(cell) -> list[str]:
    """The `<img>` elements of a cell's stored outputs."""
    return [
        image
        for output in cell.get("outputs", [])
        for image in IMAGE.findall(output.get("data", {}).get("text/html", ""))
    ]


def words(image: str) -> str:
    """The alternative text of an `<img>` element, empty if it has none."""
    found = re.search(r'alt="([^"]*)"', image)
    return html.unescape(found[1]) if found else ""


def stored_words(name: str) -> Counter:
    """The alternative texts of all pictures that a lesson stores."""
    cells = nbformat.read(LESSONS / name, as_version=4).cells
    return Counter(words(image) for cell in cells for image in stored_images(cell))


def drawing_names(notebook) -> set[str]:
    """What the lesson imports, or defines, to make pictures with."""
    names = set(WITH_CONTROLS)
    for cell in notebook.cells:
        for node in ast.walk(ast.parse(cell.source)) if cell.cell_type == "code" else ():
            if isinstance(node, ast.ImportFrom) and node.module.startswith("course"):
                module = course if node.module == "course" else importlib.import_module(node.module)
                for one in node.names:
                    made = getattr(module, one.name)
                    if inspect.isfunction(made) and inspect.signature(made).return_annotation in (Picture, "Picture"):
                        names.add(one.asname or one.name)
    return names


def ends_in_a_picture(source: str, drawing: set[str]) -> bool:
    """Is the value at the end of a cell that of a drawing function?"""
    last = (ast.parse(source).body or [None])[-1]
    call = last.value if isinstance(last, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in drawing


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_that_draws_has_stored_its_picture(name):
    notebook = nbformat.read(LESSONS / name, as_version=4)
    drawing = drawing_names(notebook)
    for cell in notebook.cells:
        if cell.cell_type != "code" or "raises-exception" in cell.metadata.get("tags", []):
            continue
        images = stored_images(cell)
        shown = [output.data["text/plain"] for output in cell.outputs if "text/plain" in output.get("data", {})]
        said = [text for text in shown if text.startswith("<Picture: ")]
        assert all(len(words(image)) > 20 for image in images), cell.id
        assert [f"<Picture: {words(image)}>" for image in images[: len(said)]] == said, cell.id
        if ends_in_a_picture(cell.source, drawing):
            assert len(images) == 1, f"{cell.id}: a picture for where nothing runs"


def test_lessons_draw_by_named_functions_that_this_file_finds():
    """The test above would pass if it found no drawing at all."""
    found = Counter()
    for name in NAMES:
        notebook = nbformat.read(LESSONS / name, as_version=4)
        drawing = drawing_names(notebook)
        for cell in notebook.cells:
            if cell.cell_type == "code" and ends_in_a_picture(cell.source, drawing):
                call = ast.parse(cell.source).body[-1].value
                found["with controls" if call.func.id in WITH_CONTROLS else "still"] += 1
    assert found["with controls"] >= 10 and found["still"] >= 30


def word_sizes(svg: ElementTree.Element) -> Iterator[float]:
    """The size of all words, in the drawing's units: of words as such, and of matplotlib's, which are drawn letter by letter."""
    for one in svg.iter():
        if "font-size" in one.attrib:
            yield float(one.attrib["font-size"])
        letters = re.search(r"scale\(([\d.]+) -([\d.]+)\)", one.attrib.get("transform", ""))
        if letters:
            yield 100 * float(letters[2])


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_picture_is_ever_smaller_than_ten_pixels(name):
    for cell in nbformat.read(LESSONS / name, as_version=4).cells:
        for image in stored_images(cell):
            svg = ElementTree.fromstring(base64.b64decode(re.search(r'base64,([^"]+)"', image)[1]))
            units = float(svg.attrib["viewBox"].split()[2])
            least, smallest = int(re.search(r"min-width:(\d+)px", image)[1]), min(word_sizes(svg))
            assert smallest * least / units >= 10, f"{cell.id}: in a narrow window"
            width = svg.attrib["width"]
            drawn = float(width.removesuffix("pt")) * (96 / 72 if width.endswith("pt") else 1)
            assert least <= drawn, f"{cell.id}: in a wide one"


@pytest.mark.parametrize("name", NAMES)
def test_exported_html_shows_every_picture(name):
    page, _ = HTMLExporter().from_filename(LESSONS / name)
    assert Counter(words(image) for image in IMAGE.findall(page)) == stored_words(name)


@pytest.fixture(scope="module")
def lab(chromium, tmp_path_factory):
    """The address of a JupyterLab that has never seen these notebooks, and so does not trust them."""
    folder = students_course(tmp_path_factory.mktemp("student") / "course")
    with jupyter_lab(folder, tmp_path_factory.mktemp("jupyter")) as address:
        yield address


# Scrolls to each picture, waits until it is drawn, and measures it.
SEEN = """async images => {
    const seen = [];
    for (const image of images) {
        image.scrollIntoView();
        await image.decode();
        const box = image.getBoundingClientRect();
        if (image.naturalWidth > 100 && box.width > 100 && box.height > 50 && image.checkVisibility())
            seen.push(image.alt);
    }
    return seen;
}"""


@pytest.mark.browser
def test_untrusted_lessons_show_every_picture_before_anything_runs(lab, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(lab)
    notebook = Notebook(page).opened("00 Start here")
    shown = {}
    for name in NAMES:
        if name != NAMES[0]:
            notebook.open_beside(name)
        expect(notebook.panel.locator("h1").first).to_be_visible(timeout=WAIT)
        trust = page.locator(".jp-StatusItem-trust")
        expect(trust).to_have_attribute(
            "title", re.compile("not trusted|0 of 0 code cells")
        )  # the glossary has no code
        notebook.menu("View", "Expand All Outputs")  # where a prediction is asked, its answer is folded away
        pictures = notebook.panel.locator(".jp-OutputArea-output img")
        expect(pictures).to_have_count(stored_words(name).total(), timeout=WAIT)
        shown[name] = Counter(pictures.evaluate_all(SEEN))
        end_kernels(page, lab)
    assert shown == {name: stored_words(name) for name in NAMES}
    here = urlsplit(lab).hostname
    assert [url for url in asked if url.startswith(("http", "ws")) and urlsplit(url).hostname != here] == []


def test_the_words_of_a_chapter_fit_into_its_card_on_the_map():
    """11 pixels high, a letter is 6 wide on average; a card is 138 wide, and its words begin 10 from its edge."""
    assert not [about for _, about in TITLES.values() if len(about) * 6 > 138 - 10]
