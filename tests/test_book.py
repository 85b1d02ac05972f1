"""The book is the stored lessons, whole, with what is folded folded; links hold, nothing is remote, no answer is in it."""

from __future__ import annotations

import json
import re
import shutil
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from autograder.course_dir import CourseDir
from autograder.publish.leaks import MARKERS, collect_secrets, piece_leaks
from course.book import build
from course.book.pages import STILL, page, shows_controls
from course.book.stepping import embedded, steps_of
from course.probes import CHAPTERS
from tests.support.book import copied_course, lesson, lesson_names, make_book, soup
from tests.support.grading import ROOT

BEFORE = "the book of yesterday"
# What a browser fetches on its own, and where it says what.
FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "object": "data"}
FETCHED |= {"video": "src", "audio": "src", "embed": "src"}


@pytest.fixture(scope="module")
def pages(book):
    """Name to parsed page."""
    return {path.stem: soup(path) for path in sorted(book.glob("*.html"))}


@pytest.fixture(scope="module")
def secrets():
    return collect_secrets(CourseDir(ROOT), list(CHAPTERS))


# The pages


def test_every_lesson_is_a_page_and_there_are_three_more(pages):
    assert set(pages) == {*lesson_names(), "index", "exercises", "search"}


@pytest.mark.parametrize("name", lesson_names())
def test_pictures_are_those_of_the_stored_lesson(book, pages, name):
    stored = [
        picture["alt"]
        for cell in lesson(book, name).cells
        for output in cell.get("outputs", [])
        for picture in BeautifulSoup(output.get("data", {}).get("text/html", ""), "html.parser").find_all("img")
    ]
    shown = pages[name].article.find_all("img")
    assert [picture["alt"] for picture in shown] == stored
    assert all(alt.strip() for alt in stored)
    assert all(picture["src"].startswith("data:image/svg+xml;base64,") for picture in shown)


@pytest.mark.parametrize("name", lesson_names())
def test_what_answers_a_prediction_is_folded_and_so_are_wrong_rules(book, pages, name):
    folded = [cell for cell in lesson(book, name).cells if cell.metadata.get("jupyter")]
    shown = pages[name].select("div.cell > details.hide")
    assert len(shown) == len(folded)
    for cell, details in zip(folded, shown, strict=True):
        assert not details.has_attr("open")
        assert details.summary.get_text(strip=True)
        printed = "".join(output.text for output in cell.outputs if output.output_type == "stream")
        if cell.metadata["jupyter"].get("source_hidden"):
            assert details.summary.get_text(strip=True).startswith("Show the code")
            printed = cell.source
        assert " ".join(printed.split()) in " ".join(details.get_text().split())
        # Beside the fold there is the code, and no output.
        assert not [part for part in details.parent.select(".cell_output") if details not in part.parents]


def test_some_outputs_are_folded_and_others_are_not(pages):
    page = pages["05-layer"]
    assert page.select("div.cell > details.hide .cell_output") and page.select("div.cell > .cell_output")


def test_answers_in_the_text_are_folded(book, pages):
    for name in lesson_names():
        cells = lesson(book, name).cells
        written = sum(cell.source.count("<details>") for cell in cells)
        written += sum(cell.get("source", "").startswith("predict(") for cell in cells)  # each folds its own answer
        written += sum(
            len(steps_of(cell)) for cell in cells
        )  # and so does a graph that steps, for where no script runs
        found = [details for details in pages[name].find_all("details") if "hide" not in details.get("class", [])]
        assert len(found) == written, name
        assert not [details for details in found if details.has_attr("open")]


def test_the_start_page_leads_to_every_lesson_with_its_minutes(book, pages):
    rows = [row.find_all("td") for row in pages["index"].select("table tbody tr")]
    assert [cells[0].a["href"] for cells in rows] == [f"{name}.html" for name in lesson_names() if name != "glossary"]
    for cells in rows:
        opening = lesson(book, cells[0].a["href"].removesuffix(".html")).cells[0].source
        assert int(cells[2].get_text()) == int(re.search(r"\*\*Time\*\*: (\d+) minutes", opening).group(1))


def test_the_sidebar_and_the_next_page_follow_the_chapters(pages):
    order = ["index", *lesson_names(), "exercises"]
    sidebar = [link["href"] for link in pages["glossary"].select(".sidebar-tree a")]
    assert sidebar == ["#" if name == "glossary" else f"{name}.html" for name in order[1:]]
    for name, following in pairwise(order):
        assert pages[name].find("link", rel="next")["href"] == f"{following}.html"
    assert pages["06-batch"].title.get_text() == "06 A batch - Backprop by doing"


def test_the_page_about_the_exercises_names_those_there_are(pages):
    rows = [row.find_all("td") for row in pages["exercises"].select("table tbody tr")]
    named = [cells[1].get_text() for cells in rows]
    there = sorted(path.relative_to(ROOT / "release").as_posix() for path in (ROOT / "release").rglob("*.ipynb"))
    assert named == there and len(named) == len(CHAPTERS)
    assert [cells[0].a["href"] for cells in rows] == [f"{chapter}.html" for chapter in CHAPTERS]


def test_a_still_picture_says_that_it_has_controls_elsewhere(book, pages):
    for name in lesson_names():
        cells = [cell for cell in lesson(book, name).cells if cell.cell_type == "code"]
        alive = [cell for cell in cells if shows_controls(cell.source)]
        assert len(pages[name].select("p.still")) == len(alive), name
    assert "still" in STILL and shows_controls("x = 1\nplay(draw, x=slider())") and not shows_controls("play = 1\nplay")


def test_a_picture_with_controls_asks_steps_or_says_that_it_is_still(book):
    for name in lesson_names():
        for cell in lesson(book, name).cells:
            shown = [one.get("data", {}).get("text/html", "") for one in cell.get("outputs", [])]
            if any("course-still" in one for one in shown):
                kinds = (cell.source.startswith("predict("), shows_controls(cell.source), bool(steps_of(cell)))
                assert sum(kinds) == 1, (name, cell.id)


def test_what_a_graph_says_ends_no_element_of_the_page():
    text = embedded({"nudge": "</script><p>"})
    assert "<" not in text and json.loads(text) == {"nudge": "</script><p>"}


# Links


def test_every_link_in_the_book_leads_somewhere(pages):
    broken = []
    for name, content in pages.items():
        for link in content.find_all("a", href=True):
            if re.match(r"https?:", link["href"]):
                continue
            target, _, anchor = link["href"].partition("#")
            there = pages.get(target.removesuffix(".html") if target else name)
            if there is None or (anchor and not there.find(id=anchor)):
                broken.append((name, link["href"]))
    assert broken == []


def test_links_to_exercises_lead_to_the_page_that_says_how_to_get_them():
    cell = nbformat.v4.new_markdown_cell("[write](../../work/06-batch/batch.ipynb), [07](07-relu.ipynb)", id="text")
    assert page(nbformat.v4.new_notebook(cells=[cell])).cells[0].source == "[write](exercises.md), [07](07-relu.ipynb)"


def test_nothing_that_a_browser_fetches_is_remote(book, pages):
    for name, content in pages.items():
        for tag in content.find_all(list(FETCHED)):
            target = tag.get(FETCHED[tag.name], "")
            if target.startswith("data:") or target in ("", "#"):  # in the page already
                continue
            assert not re.match(r"([a-z]+:)?//", target), (name, target)
            assert (book / target.partition("?")[0]).is_file(), (name, target)
    sheets = "".join(path.read_text(encoding="utf-8") for path in book.rglob("*.css"))
    assert re.findall(r"@import|url\(\s*[\"']?(?:https?:)?//", sheets) == []


# No answers


def leaks(page, secrets):
    """What the code, the outputs and the words in code font of a page give away."""
    text = page.get_text()
    found = [marker for marker in MARKERS if marker in text]
    found += re.findall(r"from autograder import \w+", text)
    for block in page.find_all("pre"):
        found += piece_leaks(block.get_text(), secrets, True)
    for quoted in page.select("code"):
        found += piece_leaks(f"`{quoted.get_text()}`", secrets, False)
    return found


def test_no_page_holds_an_answer(pages, secrets):
    assert {name: found for name, page in pages.items() if (found := leaks(page, secrets))} == {}


def test_planted_answers_would_be_found(secrets):
    solution = "np.sum(dvalues, axis=0, keepdims=True)"
    for planted in (f"<pre>dbiases = {solution}</pre>", f"<code>{solution}</code>", f"<p>### {MARKERS[0]}</p>"):
        assert leaks(BeautifulSoup(planted, "html.parser"), secrets), planted


def test_no_source_is_handed_out_with_the_book(book):
    assert not [path for path in book.rglob("*") if path.suffix in (".ipynb", ".md", ".py", ".jinja")]


# What stops a build


def plant(course: Path, name: str, text: str) -> None:
    """Add a cell of text to a lesson."""
    path = course / "course" / "lessons" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(3, nbformat.v4.new_markdown_cell(text, id="planted"))
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def failed(tmp_path_factory):
    """What a build of a damaged course says, with an older book in the place for the new one."""
    course = copied_course(tmp_path_factory.mktemp("damaged"))
    plant(course, "05-layer", "[gone](05-gone.ipynb)")
    plant(course, "06-batch", "[no such heading](00-start-here.ipynb#No-such-heading) and [here](#Nor-this)")
    plant(course, "07-relu", "[outside](../../source/06-batch/batch.ipynb)")
    plant(course, "08-network", "{nonsense}`a role that nobody knows`")
    old = course / "build" / "book"
    old.mkdir(parents=True)
    (old / ".buildinfo").touch()
    (old / "index.html").write_text(BEFORE)
    return make_book(course), old


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("course/lessons/05-layer.ipynb, cell planted: ", "'05-gone.ipynb'"),
        ("course/lessons/06-batch.ipynb, cell planted: ", "'No-such-heading'"),
        ("course/lessons/06-batch.ipynb, cell planted: ", "'Nor-this'"),
        ("course/lessons/07-relu.ipynb, cell planted: ", "'../../source/06-batch/batch.ipynb'"),
        ("course/lessons/08-network.ipynb, cell planted: ", '"nonsense"'),
    ],
)
def test_broken_links_and_warnings_stop_the_build_and_say_where(failed, where, what):
    done, _ = failed
    assert done.returncode == 2 and done.stdout == ""
    assert any(line.startswith(where) and what in line for line in done.stderr.splitlines()), done.stderr


def test_a_failed_build_leaves_the_old_book_alone(failed):
    _, old = failed
    assert (old / "index.html").read_text() == BEFORE


def test_a_folder_that_holds_no_book_is_not_replaced(tmp_path):
    kept = tmp_path / "thesis.txt"
    kept.write_text("three years")
    done = make_book(ROOT, str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{tmp_path} is there and holds no book: name another folder.\n"
    assert kept.read_text() == "three years"


def test_formulas_need_the_tested_file(monkeypatch, tmp_path):
    file = build.mathjax()
    package, name = build.MATHJAX
    monkeypatch.setattr(build, "MATHJAX", ("no-such-package", name))
    with pytest.raises(build.CannotBuild, match="run `make book`"):
        build.mathjax()
    other = tmp_path / file.name
    shutil.copy(file, other)
    other.write_bytes(other.read_bytes() + b"\n")
    monkeypatch.setattr(build, "MATHJAX", (package, str(other)))
    with pytest.raises(build.CannotBuild, match="another MathJax"):
        build.mathjax()
