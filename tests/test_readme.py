"""What README and CONTRIBUTING say is there: the picture, the chapters with their points, the commands, the files."""

import re
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest

from autograder.cli import app
from autograder.course_dir import CourseDir
from autograder.exercises import chapter_exercises, chapter_predictions, find_exercise
from course.checking import check
from course.figures import lesson
from course.hint import Hint
from course.probes import CHAPTERS

ROOT = Path(__file__).parent.parent
COURSE = CourseDir(ROOT)
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMMANDS = set(app.commands)
TARGETS = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE).group(1).split())


def rows(text, first_heading):
    """The rows of the Markdown table whose first heading is given, as lists of cells."""
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith(f"| {first_heading} |"):
            next(lines)
            break
    found = []
    for line in lines:
        if not line.startswith("|"):
            return found
        found.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return found


def quoted(text):
    """What stands in backticks, code blocks aside."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?```", "", text, flags=re.DOTALL | re.MULTILINE))


def cell_sources(path):
    return {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}


# The picture


def test_the_stored_picture_is_what_the_function_draws():
    stored = lesson.STORED.read_text(encoding="utf-8")
    assert stored == lesson.readme_picture().svg, "run `python -m course.figures.lesson`"
    assert f"]({lesson.STORED.relative_to(ROOT).as_posix()})" in README


def test_the_picture_stands_alone_and_holds_no_script():
    svg = lesson.STORED.read_text(encoding="utf-8")
    marks = list(ElementTree.fromstring(svg).iter())
    ids = [mark.get("id") for mark in marks if mark.get("id")]
    assert len(ids) == len(set(ids))
    assert not [mark for mark in marks if mark.tag.endswith(("script", "foreignObject", "image"))]
    assert set(re.findall(r"url\(([^)]*)\)", svg)) <= {f"#{name}" for name in ids}
    assert re.findall(r"https?://[^\"]*", svg) == ["http://www.w3.org/2000/svg"]


def test_the_picture_shows_what_the_lesson_and_its_exercise_say():
    drawn = [text.text for text in ElementTree.parse(lesson.STORED).iter("{http://www.w3.org/2000/svg}text")]
    title = " ".join(cell_sources(COURSE.lessons / f"{lesson.CHAPTER}.ipynb")[first_cell(lesson.CHAPTER)].split())
    assert all(line in title for line in drawn if line.endswith(("bring it down.", "will it fall?")))
    exercise = cell_sources(ROOT / "release" / COURSE.source_notebook(lesson.CHAPTER).relative_to(COURSE.source))
    stub = exercise[lesson.EXERCISE.replace("_", "-")]
    comments = [line for line in drawn if line.startswith(("def ", "# "))]
    assert len(comments) >= 3 and all(line in stub for line in comments)
    call = f'check({lesson.EXERCISE}, "{lesson.PART}")'
    assert call in drawn and call in exercise[f"test-{lesson.EXERCISE.replace('_', '-')}-{lesson.PART}"]


def first_cell(chapter):
    return nbformat.read(COURSE.lessons / f"{chapter}.ipynb", as_version=4).cells[0].id


def test_the_picture_shows_what_check_says(capsys):
    exercise = find_exercise(lesson.EXERCISE)
    drawn = " ".join(text.text for text in ElementTree.parse(lesson.STORED).iter("{http://www.w3.org/2000/svg}text"))
    answers = {"neuron_backward": next(one.answer for one in exercise.mistakes if one.name == lesson.MISTAKE)}
    with pytest.raises(Hint) as hint:
        neuron_backward = answers[lesson.EXERCISE]
        check(neuron_backward, lesson.PART)
    assert " ".join(hint.value.lines) in drawn
    neuron_backward = exercise.reference
    check(neuron_backward, lesson.PART)
    assert capsys.readouterr().out.splitlines()[0] in drawn


# The chapters


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_table_of_chapters(chapter):
    row = next(row for row in rows(README, "chapter") if row[0] == chapter)
    _, minutes, points, write = row
    notebook = nbformat.read(COURSE.source_notebook(chapter), as_version=4)
    marks = [cell.metadata.nbgrader for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert int(points) == sum(mark.points for mark in marks)
    solutions = {mark.grade_id for cell in notebook.cells if (mark := cell.metadata.get("nbgrader")) and mark.solution}
    exercise = [one.name.split(".")[0] for one in chapter_exercises(chapter) if one.cell_id in solutions]
    assert quoted(write) == list(dict.fromkeys(exercise))  # Value.data, Value.grad: one class, examined part by part
    assert int(re.search(r"(\d+) (?:predictions|diagnoses)", write).group(1)) == len(chapter_predictions(chapter))
    opening = cell_sources(COURSE.lessons / f"{chapter}.ipynb")[first_cell(chapter)]
    assert f"**Time**: {minutes} minutes" in opening


def test_the_table_has_no_other_chapter_and_the_planned_ones_are_not_here():
    assert [row[0] for row in rows(README, "chapter")] == list(CHAPTERS)
    sentence = re.search(r"Planned.*?\.\s", README, re.DOTALL)
    planned = re.findall(r"\b\d\d(?= [a-z])", sentence.group()) if sentence else []
    assert not set(planned) & {chapter[:2] for chapter in CHAPTERS}


# The commands and files


def test_every_command_has_its_row_and_every_row_its_command():
    words = [quoted(row[0])[0].split() for row in rows(README, "command")]
    assert {two for one, two, *_ in words if one == "make"} == TARGETS - {"work"}
    assert {two for one, two, *_ in words if one == "autograder"} == COMMANDS


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_commands_named_in_the_text_exist(text):
    commands = "\n".join(quoted(text))
    assert set(re.findall(r"\bmake ([a-z-]+)", commands)) <= TARGETS
    assert set(re.findall(r"\bautograder ([a-z-]+)", commands)) <= COMMANDS


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_files_named_in_the_text_exist(text):
    """Names with a capitalised part (CC, M, STUDENT) are patterns; those of a reader's own folders need not be there."""
    own = (
        "work/",
        "exercises/",
        "dist/",
        "build/",
        "submitted/",
        "autograded/",
        "feedback/",
        "reports/",
        "solutions/",
        "lms/",
        "translations/",
        ".venv",
        "gradebook.db",
        "grades.csv",
    )
    names = [
        name
        for name in quoted(text)
        if re.fullmatch(r"[\w.-]+/[\w./-]*|[\w-]+\.(?:py|md|toml|txt|yml)", name)
        and not re.search(r"(?:\b|_)(?:CC|M|EXERCISE|STUDENT)\b", name)
        and not name.startswith(own)
    ]
    assert len(names) > 10
    places = [ROOT, ROOT / "tests"]
    assert [name for name in names if not any((place / name).exists() for place in places)] == []


def test_every_folder_of_the_project_is_in_the_table_of_folders():
    named = " ".join(row[0] for row in rows(README, "folder or file"))
    for folder in ("course", "release", "source", "autograder", "tests"):
        assert (ROOT / folder).is_dir() and f"`{folder}/`" in named
    for file in ("pyproject.toml", "constraints.txt", "environment.yml", "Makefile", "nbgrader_config.py"):
        assert (ROOT / file).is_file() and f"`{file}`" in named


def test_contributing_says_what_every_test_file_asks():
    patterns = {name for row in rows(CONTRIBUTING, "file in `tests/`") for name in quoted(row[0])}
    of_chapters = {
        name.replace("_M.", f"_{module}.") for name in patterns for module in CHAPTERS.values() if "_M." in name
    }
    named = {name for name in patterns | of_chapters if "_M." not in name}
    named -= {
        name for name in of_chapters if not (ROOT / "tests" / name).exists()
    }  # 00, 03, 05-07 stand in the first one
    assert named == {path.name for path in (ROOT / "tests").glob("test_*.py")}
