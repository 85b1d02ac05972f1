"""A lesson and exercises that everybody can read, after Run All: axe finds nothing in what the course shows there, light and dark.

Looked at is what is ours, the words and all outputs with their controls; not the menus, editors and buttons round them.
"""

import pytest
from playwright.sync_api import expect

from tests.support.axe import COLOURS, SCRIPT, found
from tests.support.browser import FRONT_ENDS, PATIENCE, Notebook, choose_theme

pytestmark = pytest.mark.browser

OURS = (".jp-OutputArea-output", ".jp-MarkdownOutput")
LIVE = (".course-predict", ".course-step-graph", ".noUi-handle")
SHOWS = {  # a notebook, its heading, and what it shows once all of it has run
    "course/lessons/03-neuron.ipynb": ("03 One neuron", LIVE),
    "work/07-relu/relu.ipynb": ("07 ReLU on a batch: exercises", (".jp-OutputArea-output",)),
}


@pytest.fixture(params=FRONT_ENDS)
def opened(request, lab, page):
    """Opens a notebook in a front end, runs it, and unfolds its words; axe is in the page."""

    def run(name):
        page.goto(lab.replace("/?", f"/{FRONT_ENDS[request.param]}/{name}?"))
        title, shows = SHOWS[name]
        notebook = Notebook(page).opened(title)
        notebook.run_all()
        for one in shows:
            expect(notebook.panel.locator(one).first).to_be_attached(timeout=PATIENCE * 1000)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        page.evaluate(SCRIPT)
        return notebook

    return run


@pytest.mark.parametrize("name", SHOWS)
def test_axe_finds_nothing_of_ours(opened, page, name):
    notebook = opened(name)
    if ".noUi-handle" in SHOWS[name][1]:  # by its name, also while it is out of sight
        expect(notebook.panel.locator(".noUi-handle")).to_have_attribute("aria-label", "change")
    assert found(page, within=OURS) == []
    choose_theme(page, "JupyterLab Dark")
    assert found(page, COLOURS, within=OURS) == []
    choose_theme(page, "JupyterLab Light")
