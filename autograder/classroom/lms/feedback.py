"""`autograder lms feedback`: a zip that the LMS's bulk upload takes. README.md beside this has the rules and their sources."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from autograder.classroom.lms import store
from autograder.classroom.lms.returned import returned_notebook
from autograder.classroom.lms.rosters import Roster
from autograder.classroom.records import Classroom, HandIn, folders
from autograder.course_dir import BadInput, CourseDir

EPOCH = (2026, 1, 1, 0, 0, 0)  # no times in the zip: the same feedback gives the same bytes


@dataclass
class Packed:
    """A zip of feedback: for how many it is, and who is left out and why."""

    path: Path
    count: int
    left_out: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def write_feedback(course: CourseDir, classroom: Classroom, chapter: str, lms: str, roster: Roster | None) -> Packed:
    """Pack a chapter's feedback. BadInput if there is none to pack."""
    files, left_out, notes = {"canvas": _canvas, "moodle": _moodle, "brightspace": _brightspace}[lms](
        course, classroom, chapter, roster
    )
    if not files:
        why = "; ".join(f"{len(who)} {why}" for why, who in left_out.items() if who) or "nothing was handed in"
        raise BadInput(f"there is no feedback of {chapter} to pack for {lms}: {why}.")
    text = io.BytesIO()
    with zipfile.ZipFile(text, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    path = store.write(course.root / store.FOLDER / f"feedback-{lms}-{chapter}.zip", text.getvalue())
    return Packed(path, len({name.rsplit("/", 1)[0] if lms != "canvas" else name for name in files}), left_out, notes)


def pages(course: CourseDir, hand_in: HandIn) -> dict[str, bytes]:
    """A student's feedback pages as `nbgrader generate_feedback` wrote them; {} if it did not, or before the last grading."""
    where = folders(course)
    folder = Path(where.root) / where.feedback_directory / hand_in.student / hand_in.chapter
    if not folder.is_dir():
        return {}
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.glob("*.html"))
        if path.is_file() and not path.is_symlink()
    }


def _moodle(course: CourseDir, classroom: Classroom, chapter: str, roster: Roster | None):
    """A folder for each student, `NAME_NUMBER_assignfeedback_file`, found by the number; no `_` may stand in the name."""
    if roster is None or not roster.worksheet:
        raise BadInput(
            f"Moodle's numbers stand in the grading worksheet of {chapter}. Read it first: `autograder lms "
            f"roster FILE --chapter {chapter}`."
        )
    numbers = {student: person for person, student in store.students_of(course, roster)}
    files: dict[str, bytes] = {}
    left_out: dict[str, list[str]] = {"are not in the worksheet": [], "have no feedback page": []}
    for one in classroom.of_chapter(chapter):
        person, made = numbers.get(one.student), pages(course, one)
        if person is None or not made:
            left_out["are not in the worksheet" if person is None else "have no feedback page"].append(one.student)
            continue
        name = re.sub(r"[&<>\"`|':\\/_\x00-\x1f]", "", person.name).strip() or "Participant"
        files |= {f"{name}_{person.key}_assignfeedback_file/{file}": content for file, content in made.items()}
    notes = [
        "Moodle: the assignment, Grading action, Upload multiple feedback files in a zip (feedback type "
        '"Feedback files"). Students '
        "are notified; a file of the same name is replaced."
    ]
    return files, left_out, notes


def _canvas(course: CourseDir, classroom: Classroom, chapter: str, roster: Roster | None):
    """The names of the download, with the marked notebook as content: Canvas shows it under the student's own file name."""
    collected = store.read_collected(course, chapter)
    if collected.get("lms") != "canvas":
        raise BadInput(
            f"Canvas finds students by the file names of its own download, and {chapter} was not collected from "
            f"one. Use `autograder lms "
            f"collect ZIP --chapter {chapter}`."
        )
    files: dict[str, bytes] = {}
    left_out: dict[str, list[str]] = {"sent no notebook through Canvas": [], "have no marked notebook": []}
    for one in classroom.of_chapter(chapter):
        entry = collected["entries"].get(one.student, "")
        content = returned_notebook(course, classroom, one) if entry else b""
        if not entry or not content:
            left_out["have no marked notebook" if entry else "sent no notebook through Canvas"].append(one.student)
            continue
        files[entry.rsplit("/", 1)[-1]] = content
    notes = [
        "Canvas: Grades, the assignment's menu, Re-upload submissions. Each upload adds a comment: upload "
        "once. Students see the marked "
        "notebook under their own file's name, once marks are posted."
    ]
    return files, left_out, notes


def _brightspace(course: CourseDir, classroom: Classroom, chapter: str, roster: Roster | None):
    """The folders of the download, byte for byte."""
    collected = store.read_collected(course, chapter)
    if collected.get("lms") != "brightspace":
        raise BadInput(
            f"Brightspace finds students by the folders of its own download, and {chapter} was not collected "
            f"from one. Use `autograder "
            f"lms collect ZIP --chapter {chapter}`."
        )
    files: dict[str, bytes] = {}
    left_out: dict[str, list[str]] = {"sent nothing through Brightspace": [], "have no feedback page": []}
    for one in classroom.of_chapter(chapter):
        entry, made = collected["entries"].get(one.student, ""), pages(course, one)
        if not entry or not made:
            left_out["have no feedback page" if entry else "sent nothing through Brightspace"].append(one.student)
            continue
        folder = entry.rsplit("/", 1)[0]
        files |= {f"{folder}/{file}": content for file, content in made.items()}
    return (
        files,
        left_out,
        ["Brightspace: the assignment, Add Feedback Files. Not verified with a Brightspace: try it with one student."],
    )
