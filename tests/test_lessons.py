"""The numbers every reader can check, from the lessons' stored outputs; the map, the links from lesson to lesson, the glossary."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from course.book.chosen import PAGES
from course.probes import CHAPTERS

LESSONS = Path(__file__).parent.parent / "course" / "lessons"
WRONG = ("wrong", "machines", "patients", "wrong_ones")  # what lessons call their wrong versions

NUMBERS = [
    ("02-gates", "circuit forward", "q = 3.0 f = -12.0"),
    ("02-gates", "circuit backward", "dx = -4.0 dy = -4.0 dz = 3.0"),
    ("02-gates", "perceptron forward", "1.00, -1.00, 0.37, 1.37, 0.73"),
    ("02-gates", "perceptron backward", "1/x gate -0.53, +1 gate -0.53, exp gate -0.20, times -1 gate 0.20"),
    ("02-gates", "dw2", "dw2 0.20"),
    ("02-gates", "dw0 and dx0", "dw0 -0.20, dx0 0.39"),
    ("02-gates", "dw1 and dx1", "dw1 -0.39, dx1 -0.59"),
    ("02-gates", "dx0 on paper", "on paper 0.4"),
    ("02-gates", "dw1 on paper", "on paper -0.4"),
    ("02-gates", "dx1 on paper", "on paper -0.6"),
    ("09-softmax", "one row", "0.0333 -0.1667 0.1333"),
    ("03-neuron", "products", "-3.0 2.0 6.0"),
    ("03-neuron", "pre-activation and output", "6.0 6.0"),
    ("03-neuron", "the four sums", "1.0 1.0 1.0 1.0"),
    ("03-neuron", "dx", "[-3.0, -1.0, 2.0]"),
    ("03-neuron", "dw", "[1.0, -2.0, 3.0]"),
    ("03-neuron", "step 0.001, w", "[-3.001, -0.998, 1.997]"),
    ("03-neuron", "step 0.001, b", "0.999"),
    ("03-neuron", "step 0.001, y", "5.985"),
    ("03-neuron", "step 0.01, w", "[-3.01, -0.98, 1.97]"),
    ("03-neuron", "step 0.01, b", "0.99"),
    ("03-neuron", "step 0.01, y", "5.8500000000000005"),
    ("03-neuron", "the bias left out of the update", "5.986000000000001"),
    ("05-layer", "dinputs", "[0.44, -0.38, -0.07, 1.37]"),
    ("06-batch", "dinputs, row 0", "0.44 -0.38 -0.07 1.37"),
    ("06-batch", "dinputs, row 1", "0.88 -0.76 -0.14 2.74"),
    ("06-batch", "dinputs, row 2", "1.32 -1.14 -0.21 4.11"),
    ("06-batch", "dweights, row 0", "0.5 0.5 0.5"),
    ("06-batch", "dweights, row 1", "20.1 20.1 20.1"),
    ("06-batch", "dweights, row 2", "10.9 10.9 10.9"),
    ("06-batch", "dweights, row 3", "4.1 4.1 4.1"),
    ("06-batch", "dbiases", "[[6. 6. 6.]]"),
    ("07-relu", "mask", "[[1 1 0 0] [1 0 0 1] [0 1 1 0]]"),
    ("07-relu", "result", "[[ 1 2 0 0] [ 5 0 0 8] [ 0 10 11 0]]"),
    ("13-arrays", "the report", "[-2.0, -1.0, 0.0, 3.0] 0.0"),
    ("13-arrays", "all four count", "upstream [1, 1, 1, 1]: [0. 0. 0. 0.]"),
    ("13-arrays", "one of four counts", "upstream [1, 0, 0, 0]: [ 0.75 -0.25 -0.25 -0.25]"),
    ("13-arrays", "a column copied", "[[-0.5] [ 3. ]]"),
    ("13-arrays", "a place asked twice", "measured: [1. 1.] [2. 1.]"),
    ("13-arrays", "a table for ReLU", "19,200 x 19,200 slopes 2.9 GB"),
    ("13-arrays", "06 again, dweights", "[[3.5, 3.625], [1.8, 11.675], [-0.8, -8.175], [4.3, 0.8]]"),
    ("13-arrays", "06 again, dbiases", "[[0.5, 1.25]]"),
    ("13-arrays", "log-sum-exp", "2.3026 ln 10 2.3026"),
    ("13-arrays", "its slopes", "[0.7 0.2 0.1]"),
    ("13-arrays", "naive", "inf gradient [nan 0.]"),
    ("13-arrays", "shifted", "1000.0 gradient [1. 0.]"),
    ("13-arrays", "09 again, loss", "loss 1.1513"),
    ("13-arrays", "09 again, gradient", "[[0.35, -0.4, 0.05], [0.0625, 0.1875, -0.25]]"),
    ("13-arrays", "boxes of numbers", "25,830 boxes"),
    ("13-arrays", "more boxes of numbers", "254,790 boxes"),
    ("13-arrays", "brackets by hand", "walking back, 18; from the right, going forward, 32"),
    ("13-arrays", "brackets of a network", "28,864, from the right 1,609,920: 56 times"),
    ("13-arrays", "passes", "387 passes for 387 slopes"),
    ("13-arrays", "what is held", "461 kB"),
    ("14-deep", "a power", "0.0115"),
    ("14-deep", "turned round", "86.7"),
    ("14-deep", "half the size", "1.8e-06, gradient at the first layer 1.2e-06"),
    ("14-deep", "He's size", "1.9, gradient at the first layer 1.3"),
    ("14-deep", "twice the size", "2e+06, gradient at the first layer 1.3e+06"),
    (
        "14-deep",
        "layer by layer",
        "before layer 0: 1.2e-06 before layer 5: 3.8e-05 before layer 10: 0.0012 before layer 15: 0.035",
    ),
    ("14-deep", "five seeds", "[1.28, 0.78, 0.75, 0.73, 0.88]"),
    ("14-deep", "skips", "1e-20 and 6.73"),
    ("14-deep", "full branches", "5,386.44 to 11,695.65"),
    ("14-deep", "scaled branches", "1.96 to 2.13"),
    ("14-deep", "norm before", "6.45 to 7.48"),
    ("14-deep", "norm before, half the size", "2.83 to 3.06"),
    ("14-deep", "norm before, twice the size", "14.73 to 16.83"),
    ("14-deep", "x-hat", "x-hat [-1. -1. 1. 1.]"),
    ("14-deep", "constants", "held still [2. 0. 0. 0.]"),
    ("14-deep", "and the mean", "too [ 1.5 -0.5 -0.5 -0.5]"),
    ("14-deep", "and the deviation", "and the deviation [ 1. -1. 0. 0.]"),
    ("14-deep", "an eps", "times x-hat -5e-06"),
    ("14-deep", "no eps", "eps 0: sum 0, dX times x-hat 0, dX [ 1. -1. 0. 0.]"),
    ("14-deep", "a large eps", "times x-hat -0.048, dX [ 0.9998 -0.9757 -0.012 -0.012 ]"),
    ("14-deep", "ten times larger", "[ 0.1 -0.1 0. 0. ]"),
    ("14-deep", "two samples", "[1.0, 3.0] [-1. 1.] [0. 0.]"),
    (
        "14-deep",
        "batch norm, dX",
        "[[ 1. 0.2138 1.5495] [-1. -0.4934 -0.8538] [ 0. 0.0329 -1.2333] [ 0. 0.2467 0.5376]]",
    ),
    ("14-deep", "batch norm, dgamma", "[[-4. 3.0151 2.5298]]"),
    ("14-deep", "batch norm, dbeta", "[[4. 2. 2.5]]"),
    ("14-deep", "gamma first", "[ 0.5 -0.5 0. 0. ]"),
    ("14-deep", "gamma afterwards", "[ 0.75 -1.5 0. 0. ]"),
    ("14-deep", "layer norm, dX", "[0.2321, -0.0232, -0.2089]"),
    ("14-deep", "layer norm, dgamma", "[[-2.372, 2.8243, -2.5479]]"),
    ("14-deep", "batch norms in a row", "['29', '29', '29'] five seeds: 23 to 36"),
    ("14-deep", "layer norms in a row", "['0.34', '0.34', '0.34'] five seeds: 0.3 to 1.7"),
    ("14-deep", "running", "mean 0.3 variance 1.3 mean after 1, 5, 20: 0.3 1.2285 2.6353"),
    ("14-deep", "with N - 1", "1.4333"),
    ("14-deep", "a flat feature", "[949.0, -316.0, -316.0, -316.0]"),
    ("14-deep", "eps outside", "316; eps outside the root: 300,000"),
    ("15-attention", "banana", "added all at once: [6.0, 1.0, 5.0] one by one: [12.0, 1.0, 8.0]"),
    ("15-attention", "one query", "weights [0.7, 0.2, 0.1] output 1.5"),
    ("15-attention", "score 0", "key 0: nudged -0.3500 weight x (value - mean) -0.3500"),
    ("15-attention", "score 1", "key 1: nudged 0.1000 weight x (value - mean) 0.1000"),
    ("15-attention", "score 2", "key 2: nudged 0.2500 weight x (value - mean) 0.2500"),
    ("15-attention", "no root of d", "as they are largest weight 0.86"),
    ("15-attention", "the root of d", "by the root of d largest weight 0.32, mean slope p(1 - p) 0.081"),
    ("15-attention", "d for its root", "by d largest weight 0.12, mean slope p(1 - p) 0.090"),
    ("15-attention", "mask of -inf", "[0.7778, 0.2222, 0.0] together 1.0"),
    ("15-attention", "mask of 0", "score times 0 [0.7, 0.2, 0.1] together 1.0"),
    ("15-attention", "mask after softmax", "[0.7, 0.2, 0.0] together 0.9"),
    (
        "15-attention",
        "rows of equal scores",
        "[0.5 0.5 0. 0. ] [0.3333 0.3333 0.3333 0. ] [0.25 0.25 0.25 0.25 ]",
    ),
    ("15-attention", "equal scores", "dV: [2.0833, 1.0833, 0.5833, 0.25]"),
    ("15-attention", "worked P", "P [[1.0, 0.0, 0.0], [0.3302, 0.6698, 0.0], [0.4717, 0.4717, 0.0565]]"),
    ("15-attention", "worked Y", "Y [[1.0, 2.0], [2.3395, 3.3395], [2.1696, 3.1696]]"),
    ("15-attention", "worked dQ", "dQ [[0.0, 0.0], [-0.6256, 0.6256], [-0.5033, 0.1638]]"),
    ("15-attention", "worked dK", "dK [[-0.3901, -1.0157], [0.277, 0.9026], [0.1132, 0.1132]]"),
    ("15-attention", "worked dV", "dV [[0.5283, 1.6039], [-0.4717, 2.283], [-0.0565, 0.1131]]"),
    ("15-attention", "the net", "10714 parameters; a loss at chance is 3.258"),
    ("15-attention", "the antidiagonal", "places looked at: [7, 6, 5, 4, 3, 2, 1, 0]"),
]


def outputs(chapter):
    """All text of a lesson's stored outputs, white space folded."""
    words = []
    for cell in nbformat.read(LESSONS / f"{chapter}.ipynb", as_version=4).cells:
        for output in cell.get("outputs", []):
            words.append(output.get("text", "") or output.get("data", {}).get("text/plain", ""))
    return re.sub(r"\s+", " ", "\n".join(words))


def loose(text):
    """White space and brackets aside: `[[ 1 2` is `[[1 2`."""
    return re.sub(r"\s+", " ", re.sub(r"(?<=\[) +| +(?=\])", "", text))


@pytest.mark.parametrize(("chapter", "what", "printed"), NUMBERS, ids=[f"{c}-{w}" for c, w, _ in NUMBERS])
def test_number_is_printed(chapter, what, printed):
    assert loose(printed) in loose(outputs(chapter))


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_printed_line_scrolls(path):
    """Some 90 characters fit beside JupyterLab's file browser."""
    drawn = ("text/html", "image/svg+xml", "image/png")
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            shown = output.get("text", "") or ("" if any(one in data for one in drawn) else data.get("text/plain", ""))
            assert max(map(len, shown.splitlines()), default=0) < 90, cell.id


def ticks(chapter):
    """The table of wrong versions: each one's name, and for each case whether it passed there."""
    cells = nbformat.read(LESSONS / f"{chapter}.ipynb", as_version=4).cells
    (cell,) = [one for one in cells if one.cell_type == "code" and "tick_table(" in one.source]
    (table,) = [one.data["text/plain"] for one in cell.outputs if one.output_type != "stream"]
    rows = [re.split(r" {2,}", line.strip()) for line in table.splitlines()[1:]]
    return {name: [{"passes": True, "✓ caught": False}[one] for one in verdicts] for name, *verdicts in rows}


def test_what_13_to_15_say_of_their_wrong_versions_is_in_their_tables():
    arrays, deep, attention = ticks("13-arrays"), ticks("14-deep"), ticks("15-attention")
    assert len(arrays) == 8 and len(deep) == 9 and len(attention) == 15
    assert arrays["axis 0, kept"] == [True, *[False] * 5], "right for (1, 3) alone"
    assert arrays["axis 0, gone"] == [False, False, True, *[False] * 3], "right for (3,) alone"
    assert sum(arrays["axes of length 1 only"]) == 4
    assert [sum(column) for column in zip(*deep.values(), strict=True)] == [5, 2, 2, 0]
    assert attention.pop("nothing") == [True, True] and not any(checked for _, checked in attention.values())
    assert sum(learned for learned, _ in attention.values()) == len(attention) // 2


def test_parameters_of_the_three_networks_of_13():
    said = re.findall(r"^\| ([\d,]+) \(([\d-]+)\) \| ([\d,]+) \| ([\d,]+) \| 1 \|$", prose("13-arrays"), re.MULTILINE)
    assert len(said) == 3
    for count, widths, nudged, forward in said:
        into, hidden, out = map(int, widths.split("-"))
        size = into * hidden + hidden + hidden * out + out
        assert (count, nudged, forward) == (f"{size:,}", f"{2 * size:,}", f"{size:,}")


@pytest.mark.parametrize("chapter", [one for one in CHAPTERS if one >= "03"])
def test_lesson_opens_with_questions_and_shows_what_hides_mistakes(chapter):
    notebook = nbformat.read(LESSONS / f"{chapter}.ipynb", as_version=4)
    text = "\n".join(cell.source for cell in notebook.cells)
    assert "two questions" in text.lower() and "<details>" in text, "two retrieval questions, with answers to open"
    assert "tick_table(" in text, "a computed table of the wrong versions that pass"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_cells_are_short(chapter):
    for cell in nbformat.read(LESSONS / f"{chapter}.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 16, cell.id


def many_wrong_rules(source):
    """Does a cell write out wrong versions, three or more, and leave the table to another?"""
    if "tick_table(" in source:
        return False
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Dict)
            and getattr(node.targets[0], "id", "") in WRONG
        ):
            return sum(isinstance(one, ast.Lambda) for one in ast.walk(node.value)) >= 3
        if isinstance(node, ast.FunctionDef) and node.name in WRONG:
            return True
    return False


def test_wrong_rules_are_folded_and_their_table_is_open():
    folded = []
    for path in sorted(LESSONS.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                hidden = cell.metadata.get("jupyter", {}).get("source_hidden", False)
                assert hidden == many_wrong_rules(cell.source), f"{path.stem}: {cell.id}"
                folded += [path.stem] * hidden
    assert len(folded) >= 12


def prose(name):
    """The text of a lesson, without its code."""
    cells = nbformat.read(LESSONS / f"{name}.ipynb", as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def table_rows(text):
    """The rows of all Markdown tables, as lists of cells."""
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| :-")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def links(text):
    return re.findall(r"\]\(([^)#]+)", text)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_lesson_leads_to_its_exercises_and_to_the_next_lesson(chapter):
    cells = [cell.source for cell in nbformat.read(LESSONS / f"{chapter}.ipynb", as_version=4).cells]
    ends_with = links("\n".join(cells[-3:]))
    assert f"../../work/{chapter}/{chapter.split('-', 1)[1]}.ipynb" in ends_with
    later = [one for one in CHAPTERS if one > chapter]
    assert not later or any(link.startswith(later[0][:3]) for link in ends_with)
    for page in PAGES.get(chapter, ()):
        assert f"{page}.ipynb" in links(prose(chapter))


def test_the_map_has_every_lesson_with_its_minutes_and_what_it_needs():
    rows = {links(row[0])[0]: row for row in table_rows(prose("00-start-here")) if links(row[0])}
    reviews = [page for pages in PAGES.values() for page in pages if "review" in page]
    assert sorted(rows) == sorted(f"{name}.ipynb" for name in [*CHAPTERS, *reviews])
    for chapter in CHAPTERS:
        opening = prose(chapter).split("**Time**")[0]
        minutes = re.search(r"\*\*Time\*\*: (\d+) minutes", prose(chapter)).group(1)
        title, _, stated, needs, exercises = rows[f"{chapter}.ipynb"]
        assert title == f"[{opening.splitlines()[0].removeprefix('# ')}]({chapter}.ipynb)"
        assert stated == minutes and links(exercises) == [f"../../work/{chapter}/{chapter.split('-', 1)[1]}.ipynb"]
        needed = opening.split("**You need**")[1]
        assert set(links(needs)) <= set(links(needed)), chapter
        assert all(link < f"{chapter}.ipynb" for link in links(needs))


def test_the_slope_at_relus_corner_is_told_of_the_function_and_of_its_spelling():
    """PyTorch 2.13, TensorFlow 2.21 and JAX 0.10 give 0 for their relu; for a maximum of z and 0 they give 0.5, 1 and 0.5."""
    said = " ".join(prose("07-relu").split())
    assert "`torch.relu` (PyTorch 2.13), `tf.nn.relu` (TensorFlow 2.21) and `jax.nn.relu` (JAX 0.10)" in said
    assert "spelled as a maximum of z and 0, the same three say 0.5, 1 and 0.5" in said


def test_the_glossary_sends_to_lessons_that_use_the_term():
    terms = [row for row in table_rows(prose("glossary")) if row[0] != "term"]
    names = [row[0].strip("*`").lower() for row in terms]
    assert names == sorted(set(names)) and len(names) > 50
    sent_to = set()
    for name, (_, meaning, lesson) in zip(names, terms, strict=True):
        chapter = links(lesson)[0].removesuffix(".ipynb")
        assert name in " ".join(prose(chapter).lower().split()), f"{name} is not in {chapter}"
        assert len(meaning) < 160, name
        sent_to.add(chapter)
    assert sent_to == set(CHAPTERS) - {"11-clinic"}, "chapter 11 mends what the others have named"
