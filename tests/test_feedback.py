"""What feedback shows: nothing that runs; hints, but no tracebacks nor a student's own words about the inputs."""

import html
import json
import re
import runpy
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell
from traitlets.config import Config

from autograder.grading import formulas
from autograder.grading.feedback import SHOWN, BeforeGrading, PlainErrors, Safe
from autograder.grading.harmless import harmless_html, harmless_markdown, is_base64
from autograder.grading.outputs import read_output
from tests.support.feedback_attacks import MARKUP, OUTPUTS, display
from tests.support.grading import ROOT

TRACEBACK = ["----> 2 check(double)\n      3 ### BEGIN HIDDEN TESTS\n      4 from autograder import examine"]


def shown(name, message, grade=True):
    """The error of a cell as feedback shows it."""
    error = new_output("error", ename=name, evalue=message, traceback=TRACEBACK)
    nbgrader = {"grade": grade, "solution": not grade, "locked": grade, "grade_id": "a", "schema_version": 3}
    cell = new_code_cell("check(double)", outputs=[error], metadata={"nbgrader": nbgrader})
    cell, _ = PlainErrors().preprocess_cell(cell, {}, 0)
    return cell.outputs[0]


def test_a_name_that_is_not_defined():
    error = shown("NameError", "name 'double' is not defined")
    assert error.traceback == [error.evalue]
    assert error.evalue.startswith("NameError: name 'double' is not defined. Did the cell that defines it run?")


def test_a_cell_that_took_too_long():
    assert "too long" in shown("CellTimeoutError", "").traceback[0]


@pytest.mark.parametrize(
    ("name", "said"), [("KeyboardInterrupt", "raised KeyboardInterrupt"), ("Stop_x_is_7", "raised an exception")]
)
def test_an_error_that_a_student_words_is_not_quoted(name, said):
    error = shown(name, "x is 7")
    assert said in error.traceback[0] and "7" not in error.evalue + error.traceback[0]


def test_hints_and_the_students_own_cells_stay_as_they_are():
    for name in ("Hint", "NotRun", "TimeLimit"):
        assert shown(name, "in the grader's own words").traceback == TRACEBACK
    assert shown("NameError", "name 'double' is not defined", grade=False).traceback == TRACEBACK


def configured():
    """The settings of the project's nbgrader_config.py, as far as they say how a page is made."""
    config = Config()
    runpy.run_path(str(ROOT / "nbgrader_config.py"), {"get_config": lambda: config})
    return Config({"HTMLExporter": config.HTMLExporter})


def notebook_of(*cells, **metadata):
    """A notebook with anything in it: nobody checks it, as when nbgrader reads a file."""
    return from_dict({"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture(scope="module")
def pages():
    """Two ways to make a page of cells: as nbconvert does, and as this course does. Only what follows `<body>`."""

    def maker(config):
        exporter = HTMLExporter(config=config, template_name="classic")

        def make(*cells):
            return exporter.from_notebook_node(notebook_of(*cells))[0].split("<body", 1)[1]

        return make

    return maker(Config()), maker(configured())


class Dangers(HTMLParser):
    """Whatever in a page may run, fetch or imitate something."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag in {"script", "iframe", "svg", "style", "link", "meta", "base", "form", "button", "object", "math"}:
            self.found.append(tag)
        for name, value in attributes:
            value = (value or "").strip().lower()
            fetched = name in ("src", "srcset", "action") and not value.startswith("data:image/")
            led = name == "href" and not value.startswith(("https://", "http://", "mailto:", "#"))
            if name.startswith("on") or name == "srcdoc" or fetched or led or (name == "style" and "url(" in value):
                self.found.append(f"{tag} {name}")


def test_cells_without_markup_hold_no_danger(pages):
    for make in pages:
        assert Dangers(make(new_code_cell("1 + 1"), new_markdown_cell("text"))).found == []


@pytest.mark.parametrize("name", MARKUP)
def test_markup_of_a_submission_is_harmless_in_a_page(pages, name):
    as_it_is, safe = pages
    plain = {"cell_type": "code", "source": "", "id": "a", "execution_count": 1, "metadata": {}}
    for cell in (
        new_markdown_cell(MARKUP[name]),
        new_markdown_cell(f"text {MARKUP[name]} text"),
        from_dict(plain | {"outputs": [display({"text/html": MARKUP[name]})]}),
        from_dict(plain | {"outputs": [display({"text/markdown": MARKUP[name]})]}),
    ):
        assert Dangers(as_it_is(cell)).found, "no danger to begin with"
        assert Dangers(safe(cell)).found == []
    assert Dangers(safe(new_raw_cell(MARKUP[name]))).found == []


@pytest.mark.parametrize("name", OUTPUTS)
def test_other_outputs_are_harmless_and_leave_nobody_without_a_page(pages, name):
    cell = new_code_cell("the source", outputs=[])
    cell.outputs = [display(OUTPUTS[name])]
    page = pages[1](cell)
    assert Dangers(page).found == [] and "source" in page


def test_what_stands_around_an_output_is_harmless(pages):
    png = {"image/png": "iVBORw0KGgo="}
    wide = display(png, metadata={"image/png": {"width": "1 onerror=window.A=1"}})
    framed = display({"text/html": "x"}, metadata={"text/html": {"isolated": True}})
    cell = new_code_cell("1", metadata={"tags": ["a"], "nbgrader": {"grade_id": '"><script>', "grade": True}})
    cell.outputs = [wide, framed]
    assert Dangers(pages[0](cell)).found and Dangers(pages[1](cell)).found == []
    cell.execution_count = "<script>"
    safe = Safe().preprocess(notebook_of(cell), {})[0].cells[0]
    assert safe.execution_count is None and safe.metadata == {}


def test_nothing_imitates_the_buttons_of_the_page():
    imitation = '<p id="test-relu" class="btn full-credit" data-link="x" title="ok">x</p># test-relu\n'
    for made in (harmless_html(imitation), harmless_markdown(imitation), harmless_markdown("# test-relu")):
        assert not re.search(r"<[^>]*(id=|full-credit|data-)", made)


def notebooks(pattern):
    return [json.loads(path.read_text(encoding="utf-8"))["cells"] for path in sorted(ROOT.glob(pattern))]


def test_the_courses_own_pictures_survive_byte_for_byte():
    count = 0
    for cells in notebooks("course/lessons/*.ipynb"):
        for output in (output for cell in cells for output in cell.get("outputs", [])):
            text = "".join(output.get("data", {}).get("text/html", ""))
            for picture in re.findall(r"<img [^>]*>", text):
                assert picture in harmless_html(text)
                count += 1
    assert count > 50


class _WithoutFormulas(IPythonRenderer):
    """nbconvert's own page of a text, and what stood between dollars in it."""

    def __init__(self):
        super().__init__(escape=False, exclude_anchor_links=True)
        self.formulas = []

    def inline_math(self, body):
        self.formulas.append(body)
        return ""

    block_math = inline_math


def test_the_courses_own_texts_survive_and_every_formula_is_drawn_without_a_network():
    def compared(page):  # links within the course lead nowhere from a page of feedback
        page = re.sub(r"<math.*?</math>", "", page)
        page = re.sub(r"<a [^>]*>", "<a>", page).replace("<br />", "<br>")
        return page.replace("&quot;", '"').replace("&#x27;", "'")

    formulas = 0
    for cells in notebooks("source/*/*.ipynb") + notebooks("course/lessons/*.ipynb"):
        for cell in cells:
            if cell["cell_type"] == "markdown":
                source = "".join(cell["source"])
                renderer = _WithoutFormulas()
                plain, ours = MarkdownWithMath(renderer=renderer).render(source), harmless_markdown(source)
                assert compared(ours) == compared(plain)
                assert ours.count("<math ") == len(renderer.formulas), source
                formulas += len(renderer.formulas)
    assert formulas > 400


def test_formulas_code_and_folded_parts_of_an_answer_survive():
    answer = "$a<b$ and $$x & y \\\\ z$$\n\n`<script>` <details><summary>more</summary>\n\n*text*\n\n</details>"
    made = harmless_markdown(answer)
    for part in (
        '<math display="inline"><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>',
        '<math display="block">',
        "<code>&lt;script&gt;</code>",
        "<details><summary>",
        "<em>text</em>",
    ):
        assert part in made


@pytest.mark.parametrize(
    ("formula", "drawn"),
    [
        ("x_i", "<msub><mi>x</mi><mi>i</mi></msub>"),
        ("z = -3", '<mo>=</mo><mo form="prefix">−</mo><mn>3</mn>'),
        ("(a) - 3", "<mo>−</mo><mn>3</mn>"),
        (r"\mathtt{dX_1}", "<mi>\U0001d68d</mi><msub><mi>\U0001d687</mi><mn>\U0001d7f7</mn></msub>"),
        (r"\href{javascript:alert(1)}{x}", "<mrow><mi>x</mi></mrow>"),
        (r"\style{color:red}{x}", "<mrow><mi>x</mi></mrow>"),
        (r'\text{<script>"b"}', "<mtext>&lt;script&gt;&quot;b&quot;</mtext>"),
        (r"\frac" * 9, None),
        ("{" * 400 + "}" * 400, None),
        ("x" * 2_000, None),
    ],
)
def test_a_formula_is_drawn_or_is_the_text_it_was_and_brings_nothing_else(formula, drawn):
    page = harmless_markdown(f"So ${formula}$ it is.")
    assert drawn in page if drawn else html.escape(f"So ${formula}$ it is.") in page
    assert all(one == "p" or formulas.ELEMENTS.fullmatch(one) for one in re.findall(r"<(\w+)", page))
    assert not set(re.findall(r' (\w+)="', page)) - {*formulas.ATTRIBUTES, *formulas.SIZES} and "href" not in page


def test_no_text_can_put_a_formula_where_it_does_not_stand():
    page = harmless_markdown('![a $x$ b](http://a/b.png) <b title="$y$">c</b> <var title="formula-9">d</var> $z$')
    assert page.count("<math") == 1 and "formula-" not in page and page.index("<math") > page.index("d")
    assert harmless_markdown("$x$ " * 301).count("<math") == 300


@pytest.mark.parametrize(
    "source",
    ["![" * 40_000, "![" * 10_000 + "]" * 10_000, "\\\\[" * 6_600, "x" * 30_000, "<b>" * 6_000, "a\n\n" * 6_000],
)
def test_no_text_holds_up_a_page(source):
    """Each takes hours for whoever reads what stands behind every opening once more; here a moment."""
    code = "import sys; from autograder.grading.harmless import harmless_markdown as f; assert f(sys.stdin.read())"
    subprocess.run([sys.executable, "-c", code], input=source, text=True, check=True, cwd=ROOT, timeout=600)


def test_no_page_is_held_up_by_what_comes_after_it_is_cleaned():
    """In the filters that nbconvert runs on the page of a text, where each `[` was looked behind to its end."""
    code = """
import runpy, sys
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config
config = Config()
runpy.run_path("nbgrader_config.py", {"get_config": lambda: config})
strip = HTMLExporter(config=config).environment.filters["strip_files_prefix"]
assert strip('<img src="files/a.png">') == '<img src="a.png">'
assert strip(page := sys.stdin.read()) == page
"""
    subprocess.run([sys.executable, "-c", code], input="[" * 2**20, text=True, check=True, cwd=ROOT, timeout=600)


def test_half_a_surrogate_pair_leaves_nobody_without_a_page(pages):
    half = "a\ud800b"
    outputs = [new_output("stream", text=half), new_output("error", ename=half, evalue=half, traceback=[half])]
    outputs += [display({kind: half}) for kind in SHOWN]
    cell = new_code_cell(half)
    cell.outputs = outputs
    made = [
        pages[1](one) for one in (cell, new_markdown_cell(half), new_markdown_cell(f"# {half}"), new_raw_cell(half))
    ]
    assert all("a?b" in page for page in made) and "".join(made).encode()


def test_a_picture_that_is_not_attached_leaves_nobody_without_a_page(pages):
    assert "gone.png" in pages[1](new_markdown_cell("![a](attachment:gone.png)"))


def test_the_text_of_a_notebook_is_limited_as_a_whole():
    cells = [new_markdown_cell("word " * 3_000) for _ in range(20)]
    notebook, _ = Safe().preprocess(notebook_of(*cells), {})
    shown = ["too much text" in cell.source for cell in notebook.cells]
    assert shown == sorted(shown) and shown[-1] and not shown[5]


def test_what_was_repaired_stands_first(pages):
    notes = ["test-a: was *moved*", "<script>window.A = 1</script>", 5]
    notebook = notebook_of(new_markdown_cell("text"), autograder={"notes": notes})
    notebook, _ = BeforeGrading().preprocess(notebook, {})
    page = pages[1](*notebook.cells)
    assert "Before grading:" in page and "test-a: was *moved*" in page and "&lt;script&gt;" in page
    assert page.index("Before grading:") < page.index("text</p>") and Dangers(page).found == []
    for told in ({}, {"autograder": 5}, {"autograder": {"notes": "none"}}, {"autograder": {"notes": []}}):
        assert len(BeforeGrading().preprocess(notebook_of(**told), {})[0].cells) == 0


def test_outputs_of_the_wrong_type_are_none():
    view = "application/vnd.jupyter.widget-view+json"
    for data in ({"image/png": 5}, {"text/html": ["a"]}, {view: 5}, {view: {}}, {view: {"model_id": 5}}, {5: "a"}, 5):
        assert read_output({"output_type": "display_data", "data": data, "metadata": {}}) is None
    for data in ({"image/png": "aGk="}, {"application/json": 5}, {view: {"model_id": "a"}}):
        assert read_output({"output_type": "display_data", "data": data, "metadata": {}}).data == data


@pytest.mark.parametrize("hostile", ["A{}!", "A ={}!"])
def test_a_picture_that_is_none_takes_time_in_proportion_to_its_length(hostile):
    """Half a megabyte: at a cost that grows with its square this would take hours."""
    assert not is_base64(hostile.format(" " * 500_000)) and is_base64("iVBORw0KGgo=\n")


def test_a_style_that_is_none_takes_time_in_proportion_to_its_length():
    text = harmless_html(f'<p style="color: {" " * 400_000}(">x</p>')
    assert "(" not in text and "x</p>" in text
    assert harmless_html('<p style="color: red">x</p>') == '<p style="color: red">x</p>'


LONG = {
    "code": new_code_cell("x = [1, 'a']\n" * 200_000),
    "blank lines": new_code_cell("\t\n" * 200_000),
    "colours": new_code_cell("1", outputs=[new_output("stream", text="\x1b[31mx\x1b[0m" * 200_000)]),
    "a value": new_code_cell("1", outputs=[display({"text/plain": "\x1b[31mx\x1b[0m" * 200_000})]),
    "a traceback": new_code_cell("1", outputs=[new_output("error", ename="e", evalue="v" * 10**6, traceback=["t" * 10**6])]),
    "many outputs": new_code_cell("1", outputs=[new_output("stream", text="x\n" * 20_000) for _ in range(100)]),
    "pictures": new_code_cell("1", outputs=[display({"image/png": "A" * 4 * 2**20}) for _ in range(20)]),
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_what_reaches_the_libraries_is_limited_whatever_a_cell_holds(name):
    """Twice: what is shown is bounded, and no longer for the tenth such cell. The notebook itself keeps all of it."""
    sizes = []
    for count in (1, 10):
        notebook, _ = Safe().preprocess(notebook_of(*[LONG[name].copy() for _ in range(count)]), {})
        sizes.append(len(json.dumps(notebook)) - count * 1_000)
    assert sizes[1] <= (30 if name == "pictures" else 2.5) * 2**20
    assert name == "pictures" or sizes[0] < 1.1 * 2**20


def test_what_is_left_out_is_said_and_the_rest_is_as_it_was():
    output = new_output("stream", text="first\n" + "x" * 10**6 + "\nlast")
    notebook, _ = Safe().preprocess(notebook_of(new_code_cell("print()", outputs=[output])), {})
    text = notebook.cells[0].outputs[0].text
    assert text.startswith("first\n") and text.endswith("\nlast") and "900011 characters left out" in text
    short = new_code_cell("x = 1\n\n\n" * 900, outputs=[new_output("stream", text="x" * 90_000)])
    notebook, _ = Safe().preprocess(notebook_of(short.copy()), {})
    assert notebook.cells[0].source == short.source and notebook.cells[0].outputs[0].text == short.outputs[0].text
