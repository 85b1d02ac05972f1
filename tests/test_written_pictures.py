"""Pictures of a written answer: pasted into the cell or handed in beside the notebook, they reach autograded/ and feedback."""

import base64
import json
import os
import sys

import nbformat
import pytest

from autograder.grading.harmless import harmless_markdown
from autograder.grading.pictures import PICTURE_LIMIT, Pictures
from tests.support.grading import autograder_grade, generate_release, hand_in_bytes, nbgrader, scratch_course

CHAPTER, NOTEBOOK, WRITTEN = "04-loss", "loss", "written-has-it-converged"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg=="
)
DATA = base64.b64encode(PNG).decode()
TEXT = "It is dead, $z < 0$:\n\n![pasted](attachment:w.png)\n\n![beside](photo.png)"


@pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")
def test_pictures_reach_autograded_and_feedback(tmp_path):
    course = generate_release(scratch_course(tmp_path / "course"), CHAPTER)
    notebook = json.loads((course / f"release/{CHAPTER}/{NOTEBOOK}.ipynb").read_text(encoding="utf-8"))
    answer = next(cell for cell in notebook["cells"] if cell["id"] == WRITTEN)
    answer |= {"source": TEXT, "attachments": {"w.png": {"image/png": DATA}}}
    for student, folder in (("ada", ""), ("bruno", f"{CHAPTER}/")):
        hand_in_bytes(course, student, CHAPTER, f"{folder}{NOTEBOOK}.ipynb", json.dumps(notebook).encode())
        hand_in_bytes(course, student, CHAPTER, f"{folder}photo.png", PNG)
    autograder_grade(course, CHAPTER)
    nbgrader("generate_feedback", CHAPTER, cwd=course)
    for student in ("ada", "bruno"):
        graded = nbformat.read(course / f"autograded/{student}/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4)
        assert next(cell for cell in graded.cells if cell.id == WRITTEN).attachments["w.png"]["image/png"] == DATA
        page = (course / f"feedback/{student}/{CHAPTER}/{NOTEBOOK}.html").read_text(encoding="utf-8")
        assert page.count(f"data:image/png;base64,{DATA}") == 2
        assert "<mi>z</mi><mo>&lt;</mo><mn>0</mn>" in page and "attachment:" not in page


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "hand-in"
    (inside / "below").mkdir(parents=True)
    for path in (inside / "photo.png", inside / "below" / "a b.png", tmp_path / "outside.png"):
        path.write_bytes(PNG)
    (inside / "table.csv").write_text("1,2")
    (inside / "page.png").write_text("<html>")
    (inside / "large.png").write_bytes(PNG + bytes(PICTURE_LIMIT))
    os.symlink(tmp_path / "outside.png", inside / "link.png")
    os.symlink(tmp_path, inside / "up")
    return inside


@pytest.mark.parametrize("source", ["photo.png", "below/a%20b.png", "./photo.png"])
def test_a_picture_beside_the_notebook_is_shown(folder, source):
    assert f"data:image/png;base64,{DATA}" in harmless_markdown(f"![x]({source})", Pictures({}, folder))
    assert f"data:image/png;base64,{DATA}" in harmless_markdown(f'<img src="{source}">', Pictures({}, folder))


@pytest.mark.parametrize(
    "source",
    [
        "../outside.png",
        "link.png",
        "up/outside.png",
        "table.csv",
        "page.png",
        "large.png",
        "none.png",
        "below",
        "%2e%2e/outside.png",
    ],
)
def test_nothing_else_is_shown(folder, source):
    for text in (
        f"![x]({source})",
        f'<img src="{source}">',
        f"![x]({folder}/{source})",
        f"![x](file://{folder}/{source})",
    ):
        assert "data:" not in harmless_markdown(text, Pictures({}, folder))


def test_pictures_of_one_cell_have_a_limit(folder):
    (folder / "big.png").write_bytes(PNG + bytes(PICTURE_LIMIT - len(PNG)))
    assert harmless_markdown("![x](big.png)\n\n" * 9, Pictures({}, folder)).count("data:") == 2
