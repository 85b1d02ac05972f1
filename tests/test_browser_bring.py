"""`bring` in a browser: one's own code comes into the cell, in JupyterLab and in Notebook 7."""

import re
import shutil

import nbformat
import pytest
from playwright.sync_api import expect

from autograder.course_dir import CourseDir
from tests.support.browser import FRONT_ENDS, Notebook, jupyter_lab, students_course
from tests.support.grading import ROOT

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lab(chromium, tmp_path_factory):
    folder = students_course(tmp_path_factory.mktemp("student") / "course")
    for front_end in FRONT_ENDS.values():  # a folder for each, so that neither meets what the other has saved
        work = folder / front_end.replace("/", "-")
        shutil.copytree(folder / "release/11-clinic", work / "11-clinic")
        (work / "01-slopes").mkdir()
        shutil.copy(CourseDir(ROOT).source_notebook("01-slopes"), work / "01-slopes")
    with jupyter_lab(folder, tmp_path_factory.mktemp("jupyter")) as address:
        yield address, folder


@pytest.mark.parametrize("front_end", FRONT_ENDS)
def test_bring_writes_ones_own_code_into_its_cell(lab, page, front_end):
    address, folder = lab
    work = FRONT_ENDS[front_end].replace("/", "-")
    page.goto(address.replace("/?", f"/{FRONT_ENDS[front_end]}/{work}/11-clinic/clinic.ipynb?"))
    notebook = Notebook(page).opened("11 The clinic")
    notebook.run(notebook.cell("from course import bring, check"))
    said = notebook.run(notebook.cell("Your numerical_gradient from chapter 01"))
    assert "From ../01-slopes/slopes.ipynb: numerical_gradient. Tried again: passed." in said
    brought = notebook.cell("# From ../01-slopes/slopes.ipynb")
    expect(brought).to_contain_text("def numerical_gradient(f, x, h=1e-5):")
    assert notebook.run(brought) == ""  # defined now, and nothing to say
    with page.expect_response(lambda one: one.request.method == "PUT" and "/api/contents/" in one.url):
        page.keyboard.press("ControlOrMeta+s")
    saved = nbformat.read(folder / work / "11-clinic/clinic.ipynb", as_version=4)
    (cell,) = [one for one in saved.cells if one.id == "paste-your-own"]
    assert "bring(" not in cell.source and re.search(r"^def numerical_gradient", cell.source, re.MULTILINE)
    assert cell.metadata.nbgrader.solution
