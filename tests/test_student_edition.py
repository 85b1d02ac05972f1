"""The student edition: whole, the same bytes every time, in one piece without the rest, and free of what students must not get."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml
from ipykernel.ipkernel import IPythonKernel

from autograder.course_dir import BadInput, CourseDir
from autograder.publish.check_release import in_the_edition, problems
from autograder.publish.leaks import collect_secrets
from autograder.publish.student_edition import INSTRUCTORS_ONLY, PICTURES_DATA, edition, write_edition
from course import lab, untouched
from course.book.chosen import PAGES
from course.probes import CHAPTERS
from tests.support import warm
from tests.support.grading import ROOT
from tests.support.needs import missing
from tests.test_environment import broken_links, relative_links

COURSE = CourseDir(ROOT)
NAME = "backprop-by-doing"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BESIDE = {
    "README.md",
    "LICENSE",
    "LICENSE-prose.md",
    "Makefile",
    "pyproject.toml",
    "constraints.txt",
    "environment.yml",
    "environment.py",
}
SETTINGS = {"settings/notebooks.json", "settings/page_config.json", "settings/server.json"}
MORE_SETTINGS = {"settings/etc/nbgrader_config.py", "settings/etc/jupyter_server_config.json"}
NEEDED = (
    "source",
    "release",
    "course",
    "nbgrader_config.py",
    "pyproject.toml",
    "constraints.txt",
    "environment.yml",
    "environment.py",
)
TOOLS = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """The zip."""
    return write_edition(COURSE, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def student(packed, tmp_path_factory):
    """The zip, unpacked: the folder that is in it."""
    folder = tmp_path_factory.mktemp("student")
    zipfile.ZipFile(packed).extractall(folder)
    assert [path.name for path in folder.iterdir()] == [NAME]
    return folder / NAME


@pytest.fixture(scope="module")
def secrets():
    return collect_secrets(COURSE, list(CHAPTERS))


@pytest.fixture
def copy(tmp_path):
    """A course directory of one's own to damage."""
    for name in (*NEEDED, "LICENSE", "LICENSE-prose.md"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / "course-dir" / name, ignore=TOOLS)
        else:
            shutil.copyfile(ROOT / name, tmp_path / "course-dir" / name)
    return CourseDir(tmp_path / "course-dir")


def autograder(*words):
    return warm.run("autograder", *words)


def names_below(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def notebooks(folder):
    return sorted(folder.rglob("*.ipynb"))


# What is in it


def test_the_edition_holds_lessons_exercises_course_and_environment_and_nothing_else(student):
    names = names_below(student)
    lessons = {f"course/lessons/{name}.ipynb" for one in CHAPTERS for name in (one, *PAGES.get(one, ()))}
    exercises = {f"exercises/{name}/{name.split('-', 1)[1]}.ipynb" for name in CHAPTERS}
    fixtures = {f"course/fixtures/{name}.json" for name in CHAPTERS} | {"course/handed_out.json"}
    rest = names - BESIDE - SETTINGS - MORE_SETTINGS - lessons - exercises - fixtures - PICTURES_DATA
    assert (names - rest) == BESIDE | SETTINGS | MORE_SETTINGS | lessons | exercises | fixtures | PICTURES_DATA
    assert rest and all(re.fullmatch(r"course/([a-z]+/)?[a-z_]+\.(py|js|css|svg)", name) for name in rest), rest
    assert {path.name for path in (ROOT / "course").glob("*.py")} == {
        path.name for path in (student / "course").glob("*.py")
    }


def test_nothing_in_it_names_what_students_do_not_have(student):
    word = re.compile(
        r"autograder|nbgrader_config|(?<![\w-])(?:source|release|work)/|(?:BEGIN|END) (?:SOLUTION|HIDDEN|MARK)"
    )
    for name in names_below(student):
        text = re.sub(r"base64,[A-Za-z0-9+/=]+", "", (student / name).read_text(encoding="utf-8"))
        assert not word.search(text), (name, word.search(text))


def test_exercises_are_the_release_and_lessons_differ_in_links_only(student):
    """nbgrader finds cells by what it stored in them, so a student's notebook is the release to the byte."""
    for path in notebooks(student / "exercises"):
        assert path.read_bytes() == (ROOT / "release" / path.relative_to(student / "exercises")).read_bytes()
    changed = 0
    for path in notebooks(student / "course"):
        here = nbformat.read(path, as_version=4)
        there = nbformat.read(COURSE.lessons / path.name, as_version=4)
        assert len(here.cells) == len(there.cells)
        for new, old in zip(here.cells, there.cells, strict=True):
            changed += new.source.count("exercises/") - old.source.count("exercises/")
            if new.cell_type == "markdown":
                new.source = new.source.replace("exercises/", "work/")
        assert here == there, path.name
    assert changed > 2 * len(CHAPTERS)


def test_every_relative_link_leads_to_a_file_of_the_edition(student):
    texts = [*notebooks(student), *student.glob("*.md")]
    assert {path.name: broken for path in texts if (broken := broken_links(path, student))} == {}
    for chapter in CHAPTERS:
        name = f"{chapter}/{chapter.split('-', 1)[1]}.ipynb"
        assert f"../../exercises/{name}" in relative_links(student / f"course/lessons/{chapter}.ipynb")
        assert f"../../course/lessons/{chapter}.ipynb" in relative_links(student / "exercises" / name)


def test_its_readme_tells_of_its_version_and_of_files_that_are_there(student):
    text = (student / "README.md").read_text(encoding="utf-8")
    assert f"version {PROJECT['version']}." in text and "$" not in text
    assert (
        "finds gradients of whole arrays by itself and a small transformer of which no line is borrowed."
        in " ".join(text.split())
    )
    assert f"Python {PROJECT['requires-python'].removeprefix('>=')} or later" in text
    named = [
        name for name in re.findall(r"`([\w.-]+/[\w./-]*|[\w-]+\.(?:txt|toml|yml))`", text) if "Scripts" not in name
    ]
    assert len(named) > 8 and [name for name in named if not (student / name).exists()] == []


def test_progress_reads_the_exercises(student):
    words = [sys.executable, "-c", "from course import progress; found = progress(); print(found.folder); print(found)"]
    environment = {**os.environ, "PYTHONPATH": str(student)}
    cwd = student / "course/lessons"
    done = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.splitlines()[0]).samefile(student / "exercises")
    assert "Go on with 00-start-here" in done.stdout and "not here" not in done.stdout


# Its environment


def test_dependencies_are_the_projects_without_the_instructors(student):
    listed = tomllib.loads((student / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {key: listed[key] for key in ("name", "version", "description", "requires-python", "license")} == {
        key: PROJECT[key] for key in ("name", "version", "description", "requires-python", "license")
    }
    left_out = [line for line in PROJECT["dependencies"] if line not in listed["dependencies"]]
    assert [re.match(r"[\w-]+", line).group() for line in left_out] == list(INSTRUCTORS_ONLY)
    assert set(listed["dependencies"]) < set(PROJECT["dependencies"])
    assert "scripts" not in listed


def test_nothing_in_it_imports_a_dependency_that_is_left_out(student):
    sources = [path.read_text(encoding="utf-8") for path in student.rglob("*.py")]
    for path in notebooks(student):
        sources += [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    imported = set()
    for node in (node for source in sources for node in ast.walk(ast.parse(source))):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) else []
        imported |= {name.split(".")[0] for name in names}
    assert {"numpy", "matplotlib", "course"} <= imported
    assert not imported & {*INSTRUCTORS_ONLY, "autograder", "pytest", "sphinx"}


def test_the_settings_are_installed_where_jupyterlab_reads_them_last(student):
    project = tomllib.loads((student / "pyproject.toml").read_text(encoding="utf-8"))
    placed = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert placed.pop("settings/etc") == "etc/jupyter"
    assert set(placed) == SETTINGS
    for target in placed.values():
        assert re.match(r"(etc|share)/jupyter/.+\.d/", target) and Path(target).name > "nbgrader.json"
    server = json.loads((student / "settings/server.json").read_text(encoding="utf-8"))
    extensions = server["ServerApp"]["jpserver_extensions"]
    assert extensions.pop("course.exchange")  # which does nothing where there is no exchange
    assert not any(extensions.values()) and "nbgrader.server_extensions.validate_assignment" not in extensions


def test_pip_accepts_what_the_conda_environment_hands_it(student):
    """conda writes the pip entries to a file beside environment.yml and runs pip there. So do we."""
    assert (student / "environment.yml").read_bytes() == (ROOT / "environment.yml").read_bytes()
    entries = yaml.safe_load((student / "environment.yml").read_text(encoding="utf-8"))["dependencies"][-1]["pip"]
    list_of_conda = student / "condaenv.requirements.txt"
    list_of_conda.write_text("\n".join(entries), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--retries", "1", "--timeout", "15"]
    try:
        done = subprocess.run(
            [*command, "-r", list_of_conda.name], cwd=student, capture_output=True, encoding="utf-8", errors="replace"
        )
    finally:
        list_of_conda.unlink()
    said = done.stdout + done.stderr
    if done.returncode and "No matching distribution found for hatchling" in said:
        missing("pip cannot fetch hatchling, which reads the students' pyproject.toml: there is no network")
    assert done.returncode == 0, said
    assert f"Would install {NAME}-{PROJECT['version']}" in said


# The zip


def test_the_same_files_give_the_same_bytes(packed, copy, tmp_path):
    """The copy's files have other times and stand in another order on the disk."""
    assert packed.name == f"{NAME}-students-{PROJECT['version']}.zip"
    again = write_edition(copy, tmp_path / "dist")
    assert again.read_bytes() == packed.read_bytes()
    assert write_edition(copy, tmp_path / "dist") == again and names_below(tmp_path / "dist") == {packed.name}


def test_the_zip_unpacks_into_one_folder(packed):
    entries = zipfile.ZipFile(packed).infolist()
    names = [entry.filename for entry in entries]
    assert names == sorted(set(names)) and all(name.startswith(f"{NAME}/") and ".." not in name for name in names)
    assert {entry.date_time for entry in entries} == {(2020, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o644}


def test_make_student_is_the_command(copy, tmp_path):
    assert "student: $(VENV)/.lab\n\t$(BIN)/autograder student\n" in (ROOT / "Makefile").read_text(encoding="utf-8")
    done = autograder("student", "--course-dir", str(copy.root))
    target = copy.root.resolve() / "dist" / f"{NAME}-students-{PROJECT['version']}.zip"
    assert (done.returncode, done.stdout, done.stderr) == (0, f"wrote {target}\n", "")
    assert zipfile.ZipFile(target).testzip() is None


# What must not get out


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("course/extra.css", "/* `np.sum(dvalues, axis=0, keepdims=True)` */", "holds a line of the solution"),
        ("environment.yml", "# ### BEGIN SOLUTION\n", "holds 'BEGIN SOLUTION'"),
        ("course/extra.py", "from autograder import examine\n", "imports autograder"),
        ("course/extra.py", "# as in source/06-batch/batch.ipynb\n", "mentions source/"),
        ("constraints.txt", "# for the autograder\n", "mentions autograder"),
        ("course/answers.txt", "b\n", "nothing that students get"),
        ("course/lessons/spare.ipynb", "{}", "nothing that students get"),
        ("course/fixtures/06-more.json", "{}", "nothing that students get"),
    ],
)
def test_what_must_not_get_out_is_found(copy, secrets, file, text, words):
    (copy.root / file).write_text(text, encoding="utf-8")
    found = in_the_edition(copy, secrets)
    assert any(words in line and file in line and line.startswith("student edition") for line in found), found


def test_check_release_and_student_refuse_an_edition_with_an_answer(copy, tmp_path):
    """In a file that is no part of the release."""
    (copy.root / "course/extra.css").write_text("/* `np.sum(dvalues, axis=0, keepdims=True)` */", encoding="utf-8")
    (found,) = problems(copy)
    assert "course/extra.css: holds a line of the solution" in found
    done = autograder("student", "--course-dir", str(copy.root), "--output", str(tmp_path / "out"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "check-release" in done.stderr and "extra.css" in done.stderr
    assert not (tmp_path / "out").exists() and not (copy.root / "dist").exists()


def test_a_missing_part_is_named(copy):
    for name in ("release/06-batch/batch.ipynb", "course/lessons/06-batch.ipynb", "LICENSE", "pyproject.toml"):
        path = copy.root / name
        content = path.read_bytes()
        path.unlink()
        with pytest.raises(BadInput, match=re.escape(name)):
            edition(copy)
        path.write_bytes(content)


def test_a_folder_that_cannot_be_written(copy, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(BadInput, match=r"cannot be written.*--output"):
        write_edition(copy, tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "a file"


def test_a_folder_that_is_no_course(tmp_path):
    done = autograder("student", "--course-dir", str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (
        2,
        "",
        1,
    ) and "no course directory" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_plain_jupyter_lab_is_told_the_same_as_make_labs(student):
    settings = json.loads((student / "settings/etc/jupyter_server_config.json").read_text(encoding="utf-8"))
    for one in lab.SERVER:
        place, value = one.removeprefix("--").split("=")
        owner, name = place.split(".")
        assert str(settings[owner][name]) == value


def test_an_untouched_notebook_says_what_its_kernel_will_say():
    assert IPythonKernel.language_info == untouched.LANGUAGE
