"""Nothing is called that nobody taught: numpy's names, chapter by chapter, against a list of what each chapter explains.

A name stands under the chapter whose text, code comments or exercise says what it does. Lessons and exercises call what has been
taught by then; the rest is machinery, which stands in a folded cell or in `course`.
"""

import ast
import re
from itertools import accumulate

import nbformat
import pytest

from autograder.course_dir import CourseDir
from course.probes import CHAPTERS
from tests.support.grading import ROOT

COURSE = CourseDir(ROOT)
TAUGHT = {
    "00-start-here": "array arange sum @ .shape .sum .reshape .copy .round .tolist .T",
    "01-slopes": "abs float32 float64 .astype",
    "02-gates": "maximum exp",
    "03-neuron": "dot spacing",
    "04-loss": "",
    "05-layer": "zeros stack multiply allclose outer",
    "06-batch": "mean .mean zeros_like ndindex array_equal round",
    "07-relu": "argwhere asarray .all concatenate random random.default_rng .normal",
    "08-network": "clip .clip linspace full .ravel sqrt .max ones ones_like",
    "09-softmax": "log eye errstate",
    "10-training": "bincount tanh .std transpose argsort array_split .random .item",
    "11-clinic": "vstack column_stack .integers append where",
    "12-autograd": ".uniform pi cos sin",
    "13-arrays": "broadcast_to tensordot matmul add subtract add.reduce count_nonzero prod split",
    "14-deep": "isfinite nan",
    "15-attention": "tri swapaxes add.at",
}
BY_THEN = dict(
    zip(CHAPTERS, accumulate((set(TAUGHT.get(one, "").split()) for one in CHAPTERS), set.union), strict=True)
)
METHODS = {name for words in TAUGHT.values() for name in words.split() if name.startswith(".")}
RARE = {"einsum", "logaddexp", "logaddexp.reduce", "tensordot", "vectorize", "apply_along_axis"}


def called(source):
    """numpy's names in a piece of code: `sum` for np.sum, `.sum` for x.sum() (of the methods that are listed), `@`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            words = ast.unparse(node)
            if re.fullmatch(r"np(\.[a-z_0-9]+)+", words):
                yield words.removeprefix("np.")
            elif f".{node.attr}" in METHODS and not words.startswith("np."):
                yield f".{node.attr}"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            yield "@"


def names(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            for name in called(cell.source):
                yield cell.id, name


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_calls_what_was_taught_by_then(chapter):
    pages = [
        *COURSE.lesson_notebooks(chapter),
        COURSE.release / COURSE.source_notebook(chapter).relative_to(COURSE.source),
    ]
    unknown = {(cell, name) for path in pages for cell, name in names(path) if name not in BY_THEN[chapter]}
    assert unknown == set()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_is_listed_is_used_or_explained_there(chapter):
    """The list itself is no wish: each name stands in the chapter's lesson, its review or its exercises."""
    pages = [*COURSE.lesson_notebooks(chapter), COURSE.source_notebook(chapter)]
    text = "\n".join(cell.source for path in pages for cell in nbformat.read(path, as_version=4).cells)
    for name in TAUGHT.get(chapter, "").split():
        assert re.search(rf"(?<![a-z]){re.escape(name.removeprefix('.'))}(?![a-z])", text), name


@pytest.mark.parametrize("chapter", list(CHAPTERS)[list(CHAPTERS).index("06-batch") + 1 :])
def test_after_chapter_06_rows_meet_columns_openly(chapter):
    """`@` was taught in 00 and its sum written in 06: nobody has to read it in disguise, while tables have two axes."""
    pages = [*COURSE.lesson_notebooks(chapter), COURSE.source_notebook(chapter)]
    assert [(cell, name) for path in pages for cell, name in names(path) if name in RARE - BY_THEN[chapter]] == []
