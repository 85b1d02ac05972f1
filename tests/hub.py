"""A class on a real JupyterHub, from handing out to feedback: `python tests/hub.py [--pictures FOLDER]`, as root.

Two students, an assistant and a teacher, each with an account of this machine, work through nbgrader's exchange; Chromium is their
browser. The hub is laid out by the commands of deploy/README.md, which the term's work is taken from as well. Exit status 0 if all
went well, 1 if not; what the machine lacks is said, and fails with REQUIRE_ALL=1.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import nbformat
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Browser, Page, expect

from autograder.demo.handin import fill_in, model_answers
from tests.support.browser import Notebook, chromium, follow
from tests.support.grading import POINTS, ROOT
from tests.support.hub import PASSWORD, Hub, commands, hub, python_for_everybody, run
from tests.support.needs import BUBBLEWRAP, CHROMIUM, need

CHAPTER, NOTEBOOK, TITLE, EXERCISES = "05-layer", "layer", "05 A layer", "05 A layer: exercises"
MISTAKE = {"layer-dbiases": "def layer_dbiases(dvalues):\n    return np.ones(len(dvalues))"}
HINT = "The slope of z in b is 1. What is that 1 still to be multiplied by?"
COMMENT = "Come to my office hour."
HAND_OUT, GRADE, GIVE_BACK = commands("sh", heading="The term")
BACK_UP, RENEW = commands("bash", heading="Keep")
HOW_FAR = nbformat.v4.new_notebook(
    cells=[
        nbformat.v4.new_markdown_cell("# How far", id="title"),
        nbformat.v4.new_code_cell("from course import progress; progress()", id="progress"),
    ],
    metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
)


class Person:
    """Somebody of the class at their browser."""

    def __init__(self, hub: Hub, address: str, name: str, page: Page):
        self.hub, self.address, self.name, self.page = hub, address, name, page
        self.own = f"{address}/user/{hub.people[name]}"

    def logs_in(self) -> Person:
        """With the password of the account; the hub starts their server."""
        self.page.goto(f"{self.address}/hub/login")
        self.page.locator("input[name=username]").fill(self.hub.people[self.name])
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("input[type=submit], button[type=submit]").first.click()
        self.page.wait_for_url(f"{self.own}/lab**", timeout=120_000)
        return self

    def opens(self, path: str, title: str) -> Notebook:
        """A notebook of their folder."""
        self.page.goto(f"{self.own}/lab/workspaces/{self.name}/tree/{path}?reset")
        return Notebook(self.page).opened(title)

    def sees(self) -> str:
        """What progress() says in a notebook of their own."""
        tab = self.page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text="how-far.ipynb")
        if tab.count():
            tab.click()
            notebook = Notebook(self.page).opened("How far")
        else:
            notebook = self.opens("how-far.ipynb", "How far")
        return notebook.run(notebook.cell("progress()"))

    def assignments(self):
        """nbgrader's Assignment List, in front."""
        Notebook(self.page).menu("Nbgrader", "Assignment List")
        shown = self.page.locator("#nbgrader-assignment-list")
        expect(shown.get_by_text(CHAPTER).first).to_be_visible()
        return shown

    def presses(self, button: str, shows: str) -> None:
        """Fetch, Submit or Fetch Feedback: wait until it is done, and for the button or the link that it leads to."""
        listed = self.assignments()
        with self.page.expect_response(
            lambda done: done.request.method == "POST" and "/assignments/" in done.url, timeout=60_000
        ):
            listed.get_by_role("button", name=button, exact=True).first.click()
        led_to = listed.get_by_role("button", name=shows, exact=True).or_(listed.get_by_text(f"({shows})", exact=True))
        expect(led_to.first).to_be_visible(timeout=30_000)

    def picture(self, folder: Path | None, what: str) -> None:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{self.name}-{what}.png")


@contextmanager
def at_the_browser(hub: Hub, address: str, browser: Browser, name: str) -> Iterator[Person]:
    """A browser of their own, as on a machine of their own."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    try:
        yield Person(hub, address, name, context.new_page()).logs_in()
    finally:
        context.close()


def no_answers_for_students(hub: Hub) -> None:
    """Neither in their environment nor by any path."""
    python = f"{hub.place}/students/.venv/bin/python"
    hub.as_("ada", f'{python} -c "import course"')
    said = hub.as_("ada", f'{python} -c "import autograder"', good=False)
    assert "No module named 'autograder'" in said, said
    for attempt in (f"ls {hub.course}", f"cat {hub.course}/source/{CHAPTER}/{NOTEBOOK}.ipynb", f"ls {hub.place}/hub"):
        said = hub.as_("ada", attempt, good=False)
        assert "Permission denied" in said, said
    said = hub.as_("ada", f'PYTHONPATH={hub.course} {python} -c "import autograder"', good=False)
    assert "No module named 'autograder'" in said or "PermissionError" in said, said
    hub.as_("ada", f"{hub.course}/.venv/bin/python -c 1", good=False)
    hub.as_("ben", f"rm -r {hub.place}/exchange/backprop || mv {hub.place}/exchange/backprop /tmp", good=False)


def answers(hub: Hub, name: str, changed: dict[str, str] | None) -> None:
    """Somebody's copy filled in and saved, as they: right, or with a mistake."""
    release = nbformat.read(ROOT / f"release/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4)
    model = model_answers(nbformat.read(ROOT / f"source/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4))
    write(
        hub, name, f"exercises/{CHAPTER}/{NOTEBOOK}.ipynb", nbformat.writes(fill_in(release, model | (changed or {})))
    )


def write(hub: Hub, name: str, path: str, text: str) -> None:
    target = hub.home(name) / "backprop" / path
    target.write_text(text, encoding="utf-8")
    hub.as_(name, f"test -O {target.parent}")
    os.chown(target, *(getattr(target.parent.stat(), part) for part in ("st_uid", "st_gid")))


def a_right_student(ada: Person, pictures: Path | None) -> None:
    """Fetches, finds the exercises from the lesson, answers all, looks, validates, hands in."""
    Notebook(ada.page).opened("00 Start here")  # where the hub leads a student first
    write(ada.hub, "ada", "how-far.ipynb", nbformat.writes(HOW_FAR))
    assert "no exercise is fetched yet" in ada.sees()
    ada.presses("Fetch", "Submit")
    ada.picture(pictures, "fetched")
    said = ada.sees()
    assert re.search(rf"{CHAPTER}.*untouched", said), said
    answers(ada.hub, "ada", None)
    ada.opens(f"course/lessons/{CHAPTER}.ipynb", TITLE).panel.get_by_role("link", name=f"{CHAPTER} exercises").click()
    notebook = Notebook(ada.page).opened(EXERCISES)
    notebook.run_all()
    notebook.save()
    assert "Success! Your notebook passes all the tests." in notebook.validate()
    said = ada.sees()
    assert re.search(rf"{CHAPTER}.*7 of 7 pass", said), said
    ada.picture(pictures, "progress")
    ada.presses("Submit", "Fetch Feedback")
    ada.picture(pictures, "submitted")
    assert ada.page.request.get(f"{ada.own}/formgrader").status == 404


def a_hasty_student(ben: Person, pictures: Path | None) -> None:
    """Hands in what he fetched, as it is."""
    Notebook(ben.page).opened("00 Start here")
    ben.presses("Fetch", "Submit")
    ben.presses("Submit", "Fetch Feedback")
    ben.picture(pictures, "submitted")


def the_assistant_looks(tutor: Person, pictures: Path | None) -> None:
    """Formgrader in a tab of its own: the mistake is named, and full credit given for it."""
    page = tutor.page
    page.goto(f"{tutor.address}/hub/user-redirect/formgrader")
    expect(page.locator("#main-table tr", has_text=CHAPTER)).to_be_visible(timeout=30_000)
    tutor.picture(pictures, "formgrader")
    page.goto(f"{tutor.own}/formgrader/gradebook/{CHAPTER}/{NOTEBOOK}")
    # The other hand-in has all points.
    row = page.locator("#main-table tr", has_not_text=f"{POINTS[CHAPTER]} / {POINTS[CHAPTER]}")
    test = page.locator("[id='cell-id=test-layer-dbiases']")
    follow(row.get_by_role("link", name="Submission"), test)
    expect(page.locator("body")).to_contain_text(HINT)
    expect(test.locator("input.score")).to_have_attribute(
        "placeholder", "0"
    )  # by now the page has its marks and comments
    with page.expect_response(lambda response: "/formgrader/api/grade/" in response.url and response.ok):
        test.get_by_role("button", name="Full credit").click()
    with page.expect_response(lambda response: "/formgrader/api/comment/" in response.url and response.ok):
        page.locator("textarea.comment").first.press_sequentially(COMMENT)
        page.keyboard.press("Tab")
    tutor.picture(pictures, "marking")


def the_teacher_reads(teacher: Person, pictures: Path | None) -> None:
    """Where a teacher's server opens, and the report in it."""
    page = teacher.page
    expect(page.locator(".jp-DirListing-item", has_text="nbgrader_config.py")).to_be_visible(timeout=30_000)
    teacher.picture(pictures, "lab")
    page.goto(f"{teacher.own}/lab/workspaces/teacher/tree/reports/index.html?reset")
    shown = page.frame_locator(".jp-HTMLViewer iframe")
    expect(shown.locator("body")).to_contain_text(CHAPTER, timeout=30_000)
    teacher.picture(pictures, "report")
    page.goto(f"{teacher.own}/files/reports/{CHAPTER}.html")
    expect(page.locator("body")).to_contain_text("layer_dbiases", timeout=30_000)
    teacher.picture(pictures, "chapter")


def marks(hub: Hub) -> dict[str, float]:
    """Student to score, as nbgrader exports them."""
    text = (hub.course / "grades.csv").read_text(encoding="utf-8").splitlines()
    head = text[0].split(",")
    rows = [dict(zip(head, line.split(","), strict=False)) for line in text[1:]]
    return {row["student_id"]: float(row["score"]) for row in rows if row["assignment"] == CHAPTER}


def feedback_comes(ada: Person, pictures: Path | None) -> None:
    """Fetched and opened in JupyterLab, after a reload, as on another day."""
    ada.opens(f"course/lessons/{CHAPTER}.ipynb", TITLE)
    ada.presses("Fetch Feedback", "view feedback")
    ada.page.get_by_text("(view feedback)").first.click()
    ada.page.locator(".jp-DirListing-item", has_text=f"{NOTEBOOK}.html").dblclick()
    shown = ada.page.frame_locator(".jp-HTMLViewer iframe")
    expect(shown.locator("body")).to_contain_text(f"{POINTS[CHAPTER]}", timeout=30_000)
    expect(shown.get_by_text("layer_dbiases").first).to_be_visible()
    ada.picture(pictures, "feedback")


def the_term(hub: Hub, address: str, browser: Browser, pictures: Path | None, tick: Callable[[str], None]) -> None:
    """From handing out to feedback."""
    people = hub.people
    hub.as_staff("teacher", HAND_OUT)
    tick("handed out")
    with at_the_browser(hub, address, browser, "ada") as ada, at_the_browser(hub, address, browser, "ben") as ben:
        a_right_student(ada, pictures)
        tick("ada has handed in")
        a_hasty_student(ben, pictures)
        hub.as_staff("tutor", GRADE)
        tick("graded")
        answers(hub, "ben", MISTAKE)
        ben.presses("Submit", "Fetch Feedback")
        said = hub.as_staff("tutor", GRADE)
        assert f"Updating submission: {people['ben']}" in said, said
        tick("handed in again, collected and graded")
        with at_the_browser(hub, address, browser, "tutor") as tutor:
            the_assistant_looks(tutor, pictures)
        tick("looked at in formgrader")
        by_hand = f"submitted/by-mail/{CHAPTER}"
        hub.as_staff("tutor", f"mkdir -p {by_hand} && cp release/{CHAPTER}/{NOTEBOOK}.ipynb {by_hand}")
        hub.as_staff("tutor", f"nbgrader db student add by-mail\n{GRADE}")
        said = hub.as_staff("teacher", GIVE_BACK)
        assert "by-mail did not hand in through the exchange" in said, said
        assert marks(hub) == {people["ada"]: 10, people["ben"]: 10, "by-mail": 0}, marks(hub)
        tick("given back")
        with at_the_browser(hub, address, browser, "teacher") as teacher:
            the_teacher_reads(teacher, pictures)
        tick("the report is read")
        feedback_comes(ada, pictures)
        ben.presses("Fetch Feedback", "view feedback")
        ben.picture(pictures, "feedback")
        (page,) = (hub.home("ben") / f"backprop/exercises/{CHAPTER}/feedback").glob("*/*.html")
        text = page.read_text(encoding="utf-8")
        assert HINT in text and COMMENT in text
        tick("feedback is read")


def kept_and_renewed(hub: Hub) -> None:
    """The page's backup holds the marks; a new student edition is the students', and as closed as the first."""
    run(hub.here(BACK_UP))
    (packed,) = (hub.place / "backups").glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        names = set(archive.getnames())
        archive.extract("course/gradebook-copy.db", hub.place / "hub", filter="data")
    with closing(sqlite3.connect(hub.place / "hub/course/gradebook-copy.db")) as copy:
        ((kept,),) = copy.execute("select count(*) from grade where auto_score is not null")
    assert kept > 0 and not any("/.venv" in name for name in names) and "course/gradebook.db" not in names
    assert any(name.startswith("exchange/") and name.endswith(f"{NOTEBOOK}.ipynb") for name in names)
    assert hub.as_("ada", f"ls {hub.place}/backups", good=False)
    hub.as_staff("teacher", "make student")
    run(hub.here(RENEW), PYTHON=python_for_everybody())
    no_answers_for_students(hub)
    said = hub.as_("ada", f"{hub.place}/students/.venv/bin/python -c 'import course; print(course.__file__)'")
    assert said.strip() == f"{hub.place}/students/course/__init__.py", said


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--pictures", type=Path, help="a folder for pictures of the pages")
    pictures = words.parse_args().pictures
    started = time.monotonic()

    def tick(what: str) -> None:
        print(f"{time.monotonic() - started:6.1f} s  {what}", flush=True)

    try:
        if os.geteuid() != 0:
            pytest.skip("a hub with people of its own needs root")
        need(BUBBLEWRAP), need(CHROMIUM)
        with hub() as made:
            tick("set up")
            no_answers_for_students(made)
            with made.running() as address, chromium() as browser:
                the_term(made, address, browser, pictures, tick)
            kept_and_renewed(made)
            tick("kept and renewed")
    except pytest.skip.Exception as why:
        print(f"SKIPPED, nothing was tried: {why.msg}")
        return 0
    except pytest.fail.Exception as why:
        print(why.msg, file=sys.stderr)
        return 1
    tick("a class on a hub: all went well, and nothing is left of it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
