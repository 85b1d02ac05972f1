"""A student's first hour in JupyterLab, in Chromium, as `make lab` starts it."""

import filecmp
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from autograder.exercises import find_exercise, find_prediction
from tests.support.browser import IN_THE_WAY, PATIENCE, Notebook, drawn
from tests.support.grading import ROOT
from tests.support.needs import MAKE, need

pytestmark = pytest.mark.browser


def make_work(course: Path) -> None:
    """Only the copying, without an environment."""
    need(MAKE)
    subprocess.run(["make", "work"], cwd=course, check=True)


def relative_files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def test_make_work_copies_what_is_missing_and_overwrites_nothing(folder):
    shutil.copy(ROOT / "Makefile", folder)
    make_work(folder)
    assert relative_files(folder / "work") == relative_files(folder / "release")
    mine, lost = folder / "work/00-start-here/start-here.ipynb", folder / "work/07-relu/relu.ipynb"
    released = mine.read_bytes()
    mine.write_bytes(released + b"\n")
    lost.unlink()
    make_work(folder)
    assert mine.read_bytes() == released + b"\n"
    assert lost.read_bytes() == (folder / "release/07-relu/relu.ipynb").read_bytes()


def test_the_course_opens_on_the_first_lesson_with_nothing_in_the_way(lab, folder, page):
    page.goto(lab)
    lesson = Notebook(page).opened("00 Start here")
    page.wait_for_timeout(2000)  # news, errors and questions about kernels come after the page
    expect(page.locator(IN_THE_WAY)).to_have_count(0)
    pictures = lesson.panel.locator(".jp-OutputArea-output img")
    stored = (folder / "course/lessons/00-start-here.ipynb").read_text(encoding="utf-8")
    expect(pictures).to_have_count(stored.count("<img "))
    expect(pictures.first).to_be_visible()
    for picture in pictures.all():
        drawn(picture)
        assert picture.get_attribute("alt")


def test_the_first_lesson_leads_to_its_exercises_and_they_can_be_finished(lab, folder, page):
    page.goto(lab)
    Notebook(page).opened("00 Start here").panel.get_by_role("link", name="00-start-here exercises").click()
    notebook = Notebook(page).opened("00 Start here: exercises")
    stub = notebook.cell("def double(x)")
    notebook.rewrite(stub, "# your answer here", "return x + x")
    for name in ("sum-axis-shape", "two-names-one-array"):
        empty = f'{name.replace("-", "_")} = ""'
        notebook.rewrite(notebook.cell(empty), empty, empty.replace('""', f'"{find_prediction(name).letter}"'))
    notebook.run_all()
    assert "Success! Your notebook passes all the tests." in notebook.validate()
    # What the student hands in is the copy in work/; the release stays as it was.
    saved = (folder / "work/00-start-here/start-here.ipynb").read_text(encoding="utf-8")
    assert "return x + x" in saved and "passed: double" in saved
    released = "release/00-start-here/start-here.ipynb"
    assert filecmp.cmp(folder / released, ROOT / released, shallow=False)


def test_a_stub_a_wrong_answer_its_hint_and_a_right_answer(lab, folder, page):
    page.goto(lab.replace("/?", "/lab/tree/work/07-relu/relu.ipynb?"))
    notebook = Notebook(page).opened("07 ReLU on a batch: exercises")
    stub, test = notebook.cell("def relu_backward("), notebook.cell("check(relu_backward)")

    notebook.run_all()
    assert all(re.fullmatch(r"\[\d+\]:", prompt) for prompt in notebook.prompts().all_text_contents())
    shown = test.locator(".jp-OutputArea-output")
    expect(shown).to_contain_text("relu_backward: the stub is not filled in yet.", timeout=PATIENCE * 1000)

    notebook.rewrite(stub, "# your answer here", "return np.maximum(0, dvalues) * (z > 0)")
    notebook.run(stub)
    hint = " ".join(notebook.run(test).split())
    known = {mistake.name: mistake for mistake in find_exercise("relu_backward").mistakes}["upstream-clipped"]
    assert 'relu_backward: this looks like a known mistake, "upstream clipped".' in hint
    assert known.hints[0] in hint
    assert known.hints[1] not in hint
    assert "Traceback" not in hint and ".py" not in hint, hint

    notebook.rewrite(stub, "return np.maximum", "return dvalues * (z > 0)")
    notebook.run(stub)
    assert notebook.run(test).startswith("passed: relu_backward")

    notebook.save()
    path = folder / "work/07-relu/relu.ipynb"
    assert "return dvalues * (z > 0)" in path.read_text(encoding="utf-8")

    said = notebook.validate()
    graded = [cell for cell in nbformat.read(path, as_version=4).cells if "points" in cell.metadata.get("nbgrader", {})]
    assert said.count("The following cell failed") == len(graded) - 1
    assert "check(relu_backward)" not in said and "Traceback" not in said
    expect(page.locator(IN_THE_WAY)).to_have_count(0)
