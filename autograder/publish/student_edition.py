"""The student edition: one zip with lessons, exercises, `course` and an environment, and nothing that is the instructor's."""

from __future__ import annotations

import io
import json
import os
import re
import tomllib
import zipfile
from pathlib import Path, PurePosixPath
from string import Template

from nbformat import NotebookNode

from autograder.course_dir import BadInput, CourseDir, files_below
from autograder.notebooks import stored_text
from autograder.publish.edition_words import gaps
from autograder.publish.leaks import Secrets, file_leaks
from autograder.publish.release import CHOSEN, chosen_text
from autograder.settings import nbgrader_settings
from course.book.chosen import lesson_names
from course.book.pages import lessons_of
from course.probes import CHAPTERS

# What students get besides course/ and the exercises: written for them (".in": with gaps to fill), or as it is here.
TEMPLATES = Path(__file__).with_name("edition_files")
SETTINGS = ("settings/notebooks.json", "settings/page_config.json", "settings/server.json")
# In `jupyter_server_config.d` Jupyter reads which extensions are on, and nothing else: its other settings have a file of their own.
# Where nbgrader's exchange is says the instructor's own nbgrader_config.py.
MORE_SETTINGS = ("settings/etc/jupyter_server_config.json", "settings/etc/nbgrader_config.py.in")
WRITTEN = ("README.md.in", "pyproject.toml.in", "Makefile", *SETTINGS, *MORE_SETTINGS)
PICTURES_DATA = {"course/static/speaker.json"}  # what lesson 15 shows of a net
COPIED = ("LICENSE", "LICENSE-prose.md", "constraints.txt", "environment.py", "environment.yml")
# Dependencies of the project that neither course/ nor a notebook imports: nbval is for tests, the others serve the command line.
INSTRUCTORS_ONLY = (
    "nbval",
    "click",
    "rich",
    "filelock",
    "nbconvert",
    "bleach",
    "mistune",
    "pygments",
    "jinja2",
    "babel",
    "latex2mathml",
)

LEFT_OUT = "course/book/"  # the lessons as web pages: made by the instructor, with tools that students do not install
HANDED_OUT = "course/handed_out.json"  # what course/corrected.py compares copies with
GOES_ALONG = (".py", ".js", ".css", ".svg")  # of course/, apart from lessons and fixtures, which are known by name
# Here a student copies the exercises to work/; in the edition they stand in exercises/ and are worked on there.
OWN_COPY = re.compile(r"(?<![\w/])((?:\.\./)*)work/")
NOT_FOR_STUDENTS = re.compile(r"\bautograder\b|\bnbgrader_config\b|(?<![\w-])(?:source|release|tests|work)/")
EMBEDDED = re.compile(r"base64,[A-Za-z0-9+/=]+")

MADE = (2020, 1, 1, 0, 0, 0)  # the time of every file: the real one would make every zip another


def edition(course: CourseDir) -> dict[str, bytes]:
    """Every file of the student edition: its path to its content. BadInput if a part is missing or unknown."""
    project = _project(course)
    files = {name: _read(course.root / name) for name in COPIED}
    files["LICENSE-prose.md"] = _exercises_only(files["LICENSE-prose.md"])
    for name in WRITTEN:
        files[name.removesuffix(".in")] = _written(name, project | _exchange(course), course)
    exercises = _exercises(course)
    return files | _course_files(course) | exercises | {HANDED_OUT: _handed_out(exercises)}


def zip_name(course: CourseDir) -> str:
    """backprop-by-doing-students-0.1.0.zip."""
    project = _project(course)
    return f"{project['name']}-students-{project['version']}.zip"


def zipped(files: dict[str, bytes], folder: str) -> bytes:
    """The files in one folder of a zip. The same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", MADE)
            entry.create_system = 3  # Unix, on every system: who may read a file is part of the bytes
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def write_edition(course: CourseDir, into: Path) -> Path:
    """Write the zip to a folder; its path. Whoever looks there finds the old zip or the new one, never half of one."""
    content = zipped(edition(course), _project(course)["name"])
    target = into / zip_name(course)
    half = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        into.mkdir(parents=True, exist_ok=True)
        half.write_bytes(content)
        half.replace(target)
    except OSError as why:
        if half.is_file():
            half.unlink()
        raise BadInput(f"{target} cannot be written: {why.strerror}. Name another folder with --output.") from None
    return target


def edition_problems(files: dict[str, bytes], secrets: Secrets) -> list[str]:
    """One line for every answer in the edition, and for every mention of what students do not have."""
    found = []
    for name, content in sorted(files.items()):
        if "solutions" in PurePosixPath(name).parts:
            found.append(f"student edition, {name}: worked solutions are for after the deadline. Take them out.")
        text = content.decode("utf-8", errors="replace")
        mentions = sorted(set(NOT_FOR_STUDENTS.findall(EMBEDDED.sub("", text))))
        found += [f"student edition, {name}: mentions {word}" for word in mentions]
        found += [f"student edition, {leak}" for leak in file_leaks(PurePosixPath(name), content, secrets)]
    return found


def student_dependencies(listed: list[str]) -> list[str]:
    """The project's dependencies without the instructor's."""
    return [line for line in listed if re.match(r"[\w.-]+", line).group() not in INSTRUCTORS_ONLY]


def _project(course: CourseDir) -> dict:
    path = course.root / "pyproject.toml"
    try:
        return tomllib.loads(_read(path).decode("utf-8"))["project"]
    except (tomllib.TOMLDecodeError, KeyError) as why:
        raise BadInput(f"{path} does not describe the project: {why}") from None


def _exchange(course: CourseDir) -> dict[str, str]:
    """The course's name, and the line that names the exchange: as its nbgrader_config.py has them."""
    settings = nbgrader_settings(course)
    root = settings.Exchange.get("root")
    line = f"c.Exchange.root = {json.dumps(str(root))}" if root else "# (nbgrader's own folder for the exchange)"
    return {"course": settings.CourseDirectory.get("course_id") or "", "exchange": line}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as why:
        raise BadInput(f"{path}, which students get, cannot be read: {why.strerror}.") from None


def _written(name: str, project: dict, course: CourseDir) -> bytes:
    """A file of the templates; the gaps of one that ends in ".in" are filled from the project's own pyproject.toml."""
    content = _read(TEMPLATES / name)
    if not name.endswith(".in"):
        return content
    values = {
        "name": project["name"],
        "version": project["version"],
        "description": json.dumps(project["description"]),
        "python": project["requires-python"],
        "oldest_python": project["requires-python"].removeprefix(">="),
        "dependencies": "\n".join(f"    {json.dumps(line)}," for line in student_dependencies(project["dependencies"])),
        "course": json.dumps(project["course"]),
        "exchange": project["exchange"],
    }
    return Template(content.decode("utf-8")).substitute(values | gaps(course)).encode("utf-8")


def _exercises_only(licence: bytes) -> bytes:
    """The licence of the prose names the folders it is for: students have one in the place of two."""
    here, there = b"(`source/`, `release/`)", b"(`exercises/`)"
    if licence.count(here) != 1:
        raise BadInput(f"LICENSE-prose.md does not name the folders of the exercises as {here.decode()}, once.")
    return licence.replace(here, there)


def _course_files(course: CourseDir) -> dict[str, bytes]:
    lessons = lesson_names(course.chapters)
    known = {f"course/lessons/{name}.ipynb" for name in lessons}
    known |= {f"course/fixtures/{name}.json" for name in course.chapters}
    there = {f"course/{name}" for name in files_below(course.root / "course")}
    there = {name for name in there if not name.startswith(LEFT_OUT)} - _not_chosen(course) - {CHOSEN.as_posix()}
    missing = sorted(known - there)
    strange = sorted(name for name in there - known - PICTURES_DATA if not name.endswith(GOES_ALONG))
    if missing:
        raise BadInput(f"{missing[0]} does not exist, so there is no student edition.")
    if strange:
        raise BadInput(
            f"{strange[0]} is nothing that students get: move it out of course/, or see autograder/publish/student_edition.py."
        )
    files = {name: _read(course.root / name) for name in there - known} | _chosen(course)
    files |= {f"course/fixtures/{name}.json": _read(course.fixtures / f"{name}.json") for name in course.chapters}
    _, notebooks = lessons_of(course.lessons, course.chapters)
    return files | {f"course/lessons/{name}.ipynb": _lesson(one) for name, one in notebooks.items()}


def _not_chosen(course: CourseDir) -> set[str]:
    """The lessons, pages and public cases of chapters that the course leaves out."""
    names = set(lesson_names(CHAPTERS)) - set(lesson_names(course.chapters))
    return {f"course/lessons/{one}.ipynb" for one in names} | {f"course/fixtures/{one}.json" for one in names}


def _chosen(course: CourseDir) -> dict[str, bytes]:
    """What tells the edition its chapters, if it has not all."""
    text = chosen_text(course)
    return {CHOSEN.as_posix(): text.encode("utf-8")} if text else {}


def _lesson(notebook: NotebookNode) -> bytes:
    """A lesson whose text and links lead to exercises/."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = OWN_COPY.sub(r"\1exercises/", cell.source)
    return stored_text(notebook).encode("utf-8")


def _handed_out(exercises: dict[str, bytes]) -> bytes:
    """The exercises once more, in one file: by it a copy is known that was made from an earlier edition."""
    notebooks = {name.removeprefix("exercises/"): one for name, one in exercises.items() if name.endswith(".ipynb")}
    return json.dumps({name: json.loads(one) for name, one in sorted(notebooks.items())}, ensure_ascii=False).encode(
        "utf-8"
    )


def _exercises(course: CourseDir) -> dict[str, bytes]:
    """The release as it is, of what the course asks for."""
    there = files_below(course.release)
    for path in (path for name in course.assignments for path in course.notebooks(name)):
        if (name := path.relative_to(course.source).as_posix()) not in there:
            raise BadInput(f"release/{name} does not exist. Run `make release`.")
    wanted = [name for name in there if name.split("/")[0] in course.assignments]
    return {f"exercises/{name}": _read(course.release / name) for name in wanted}
