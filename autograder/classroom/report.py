"""`autograder report`: what the class did, as pages for people, as JSON and as CSV for programs."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from csv import writer
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean, median

from autograder.classroom.changes import STATE_FILE, Changes, changes, next_state, read_state
from autograder.classroom.figures import ChapterFigures, Question, class_figures, in_trouble, most_shared
from autograder.classroom.lms.table import harmless
from autograder.classroom.records import Classroom, read_class
from autograder.course_dir import BadInput, CourseDir

Label = Callable[[str], str]
FOLDER = "reports"


def labels(classroom: Classroom, anonymous: bool, salt: str) -> Label:
    """How a student is called: by name, or by a pseudonym that stays the same in this course folder."""
    if not anonymous:
        times = Counter(person.name for person in classroom.persons.values())
        named = {
            one.id: one.name if times[one.name] == 1 else f"{one.name} ({one.id})" for one in classroom.persons.values()
        }
        return lambda student: named.get(student, student)
    return lambda student: "student " + hashlib.blake2b(f"{salt}/{student}".encode(), digest_size=3).hexdigest()


def as_data(classroom: Classroom, chapters: dict[str, ChapterFigures], anonymous: bool, salt: str) -> dict:
    """The report for programs. Students go by their ids, or by pseudonyms."""
    label = labels(classroom, True, salt) if anonymous else lambda student: student
    return {
        "chapters": {name: _chapter_data(one, label, anonymous) for name, one in chapters.items()},
        "most_shared": [asdict(one) for one in most_shared(chapters)],
        "in_trouble": {label(student): names for student, names in in_trouble(chapters).items()},
    }


def _chapter_data(chapter: ChapterFigures, label: Label, anonymous: bool) -> dict:
    marks = list(chapter.marks.values())
    return {
        "points": chapter.maximum,
        "handed_in": len(marks),
        "mean": round(fmean(marks), 4) if marks else None,
        "median": median(marks) if marks else None,
        "marks": {label(student): mark for student, mark in chapter.marks.items()},
        "exercises": {one.name: question_data(one) for one in chapter.exercises},
        "predictions": {one.name: question_data(one) for one in chapter.predictions},
        "written": {one.name: asdict(one) for one in chapter.written},
        "untouched": sorted(label(student) for student in chapter.untouched),
        "not_handed_in": sorted(label(student) for student in chapter.not_handed_in),
        "late": {label(student): seconds for student, seconds in chapter.late.items()},
        "extensions": {label(student): seconds for student, seconds in chapter.extended.items()},
        "needs_person": sorted(label(student) for student in chapter.needs_person),
        "needs_person_because": {
            label(student): [without_names(one) if anonymous else one for one in why]
            for student, why in chapter.needs_person.items()
        },
    }


def question_data(question: Question) -> dict:
    """One exercise or prediction as counts."""
    found = {"mistakes": question.mistakes, "differences": question.differences, "others": question.others}
    if question.kind == "prediction":
        found = {"letters": question.letters, "others": question.others}
    discrimination = None if question.discrimination is None else round(question.discrimination, 3)
    counts = {"handed_in": question.handed_in, "right": question.right, "empty": question.empty}
    ordered = {
        key: dict(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))) for key, counter in found.items()
    }
    return counts | ordered | {"discrimination": discrimination}


def without_names(note: str) -> str:
    """A note without the file names in it, which may hold a student's."""
    return re.sub(r"'[^']*'", "(a name)", note)


def as_rows(chapters: dict[str, ChapterFigures]) -> Iterator[tuple]:
    """The counts as a long table: one row a finding."""
    yield ("chapter", "kind", "question", "finding", "name", "count", "handed_in")
    for chapter in chapters.values():
        for one in chapter.questions:
            data = question_data(one)
            for finding in ("right", "empty"):
                yield (chapter.name, one.kind, one.name, finding, "", data[finding], one.handed_in)
            for finding in ("mistakes", "differences", "letters", "others"):
                for name, count in data.get(finding, {}).items():
                    yield (chapter.name, one.kind, one.name, finding.removesuffix("s"), name, count, one.handed_in)


def csv_text(chapters: dict[str, ChapterFigures]) -> str:
    """`as_rows` as CSV."""
    text = io.StringIO(newline="")
    rows = ([harmless(one) if isinstance(one, str) else one for one in row] for row in as_rows(chapters))
    writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def make(course: CourseDir, chosen: list[str] | None) -> tuple[Classroom, dict[str, ChapterFigures]]:
    """The class and its figures; BadInput if nothing was handed in yet."""
    classroom = read_class(course, chosen)
    chapters = class_figures(classroom, chosen or ())
    if not chapters:
        raise BadInput(f"nothing is graded yet in {course.root}. Run `autograder grade` first.")
    return classroom, chapters


def write_pages(
    course: CourseDir,
    classroom: Classroom,
    chapters: dict[str, ChapterFigures],
    anonymous: bool,
    now: datetime | None = None,
) -> list[Path]:
    """One page a chapter and one of the course, in `reports/`; the paths that were written."""
    from autograder.classroom.page import chapter_page, course_page
    from autograder.grading.folders import write_whole

    now = now or datetime.now(UTC)
    last = read_state(course.root)
    label = labels(classroom, anonymous, last.salt)
    other: dict[str, Changes] = {name: changes(last, one) for name, one in chapters.items()}
    folder = course.root / FOLDER
    pages = {"index.html": course_page(classroom, chapters, other, label, last.when, now)}
    for name, one in chapters.items():
        pages[f"{name}.html"] = chapter_page(
            classroom, one, list(chapters), other[name], label, last.when, now, anonymous
        )
    try:
        folder.mkdir(exist_ok=True)
        for name, text in pages.items():
            write_whole(folder / name, text.encode())
        state = next_state(last, chapters, now)
        write_whole(course.root / STATE_FILE, json.dumps(asdict(state), ensure_ascii=False, sort_keys=True).encode())
    except OSError as error:
        raise BadInput(f"the report cannot be written to {folder}: {error.strerror}.") from None
    return [folder / name for name in pages]
