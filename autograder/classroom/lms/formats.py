"""What each LMS imports as marks: which column a chapter is, and the rows of the file. See README.md."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.classroom.lms.rosters import Roster, worksheet_columns
from autograder.classroom.lms.table import Table, harmless, number, read_number, write_table
from autograder.course_dir import BadInput

CANVAS_IGNORES = (
    "Final Grade",
    "Final Score",
    "Final Points",
    "Current Score",
    "Current Points",
    "Current Grade",
    "Override ",
)
CANVAS_TOTALS = re.compile(r"(Unposted )?(Current|Final) (Points|Score|Grade)\b.*|Override .*")


@dataclass(frozen=True)
class Marks:
    """What is written: student to mark, by the LMS's maximum; `late` of them are less for lateness."""

    chapter: str
    by_student: dict[str, float]
    maximum: float
    late: int


def heading_of(chapter: str, titles: Mapping[str, str], column: str | None, table: Table) -> str:
    """The LMS's heading for a chapter. titles : heading to the title in it. BadInput unless there is just one."""
    if column is not None:
        found = [heading for heading, title in titles.items() if column in (heading, title)]
        if len(found) == 1:
            return found[0]
        raise BadInput(f"{table.name} has no column {column!r}. It has: {', '.join(titles) or 'none for assignments'}.")
    wanted = _words(chapter)
    found = [heading for heading, title in titles.items() if _words(title) == wanted]
    found = found or [one for one, title in titles.items() if _contains(_words(title), wanted)]
    found = found or [one for one, title in titles.items() if _words(title) == wanted[1:]]
    if len(found) != 1:
        which = "several columns that could be" if found else "no column for"
        names = ", ".join(found or titles) or "none for assignments"
        raise BadInput(f"{table.name} has {which} {chapter}: {names}. Name it: --column 'HEADING'.")
    return found[0]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())


def _contains(words: list[str], part: list[str]) -> bool:
    return any(words[at : at + len(part)] == part for at in range(len(words)))


# Canvas


def _canvas_column(table: Table, chapter: str, column: str | None) -> tuple[str, float | None]:
    fixed = {
        "student",
        "lastname",
        "firstname",
        "id",
        "sis user id",
        "sis login id",
        "integration id",
        "root account",
        "section",
    }
    titles = {
        heading: re.sub(r" \(\d+\)$", "", heading)
        for heading in table.header
        if heading.strip().casefold() not in fixed and re.search(r" \(\d+\)$", heading)
    }
    heading = heading_of(chapter, titles, column, table)
    if any(word in heading for word in CANVAS_IGNORES):
        raise BadInput(
            f"Canvas leaves out a column called {heading!r}: it takes it for a total. Give the assignment "
            f"another name in Canvas."
        )
    at = table.header.index(heading)
    stated = next((row[at] for row in table.rows if "Points Possible" in row[0]), "")
    return heading, read_number(stated)


def _canvas(roster: Roster, pairs: Sequence[tuple], marks: Marks, heading: str) -> tuple[bytes, list[str]]:
    """Student,ID[,SIS Login ID],Section,TITLE (ID): found by ID; the login stands there only where Canvas reads it as it is."""
    logins = roster.table.column("SIS Login ID") is not None and not any(
        re.fullmatch(r"[\d.,]*[.,][\d.,]*", person.login) for person, _ in pairs
    )
    head = ["Student", "ID", *["SIS Login ID"] * logins, "Section", heading]
    rows = [head, ["    Points Possible", "", *[""] * logins, "", number(marks.maximum)]]
    for person, student in pairs:
        if student in marks.by_student:
            name = ", ".join(filter(None, (person.last, person.first))).replace("Points Possible", "Points-Possible")
            about = [harmless(name), person.key, *[harmless(person.login)] * logins, harmless(person.section)]
            rows.append([*about, number(marks.by_student[student])])
    notes = ["Canvas: Grades, Import. Marks are posted by the assignment's own posting policy."]
    if marks.late:
        notes.append(
            f"{marks.late} marks are less for lateness already: switch Canvas's own late policy off for {heading}."
        )
    if len(roster.test):
        notes.append(f"Canvas's test student is left out ({', '.join(one.key for one in roster.test)}).")
    return write_table(rows), notes


# Moodle


def _moodle_column(table: Table, chapter: str, column: str | None) -> tuple[str, float | None]:
    columns = worksheet_columns(table)
    if columns is None:
        raise BadInput(
            f"Moodle takes marks in the grading worksheet of the assignment. Download it there, and read it: "
            f"`autograder lms roster "
            f"FILE --chapter {chapter}`."
        )
    maxima = {row[columns.maximum].strip() for row in table.rows}
    maximum = read_number(next(iter(maxima))) if len(maxima) == 1 else None
    if maximum is None:
        raise BadInput(
            f"{table.name}: the column {table.header[columns.maximum]!r} holds no maximum (a scale?). Use points in Moodle."
        )
    return table.header[columns.grade], maximum


def _moodle(roster: Roster, pairs: Sequence[tuple], marks: Marks, heading: str) -> tuple[bytes, list[str]]:
    """Their worksheet, as it was, with other grades. Comments stay: a cell that is there replaces what Moodle has."""
    columns = worksheet_columns(roster.table)
    by_row = {person.row: student for person, student in pairs}
    rows, zeros, marked = [list(roster.table.header)], 0, 0
    kept = {0, columns.grade, columns.maximum, columns.changed, columns.comments}
    for row in roster.table.rows:
        cells = [_moodle_cell(cell, at in kept) for at, cell in enumerate(row)]
        mark = marks.by_student.get(by_row.get(row, ""))
        if mark is None:
            cells[columns.grade] = number(old) if (old := read_number(row[columns.grade])) is not None else ""
        else:
            marked += row[columns.changed].strip() not in ("", "-")
            zeros += mark == 0
            cells[columns.grade] = number(mark)
        rows.append(cells)
    notes = ["Moodle: the assignment, Grading action, Upload grading worksheet; separator comma, encoding UTF-8."]
    if marked:
        notes.append(
            f'{marked} are graded in Moodle already: tick "Allow updating records that have been modified more recently".'
        )
    if zeros:
        notes.append(
            f"{zeros} marks are 0: some releases of Moodle after 4.x leave a 0 out. Look at these after the import."
        )
    return write_table(rows), notes


def _moodle_cell(cell: str, kept: bool) -> str:
    """A cell that PHP's reader ends where it ends: never a backslash before a quote. What nobody reads is no formula."""
    plain = cell if kept else harmless(cell)
    return re.sub(r"\\(?=\"|$)", r"\\ ", plain)


# Brightspace


def _brightspace_column(table: Table, chapter: str, column: str | None) -> tuple[str, float | None]:
    titles = {
        heading: re.sub(r" Points Grade( <.*>)?$", "", heading)
        for heading in table.header
        if re.search(r" Points Grade( <.*>)?$", heading)
    }
    heading = heading_of(chapter, titles, column, table)
    found = re.search(r"<.*\bMaxPoints:([\d.,]+)", heading)
    return heading.split(" <", 1)[0], read_number(found.group(1)) if found else None


def _brightspace(roster: Roster, pairs: Sequence[tuple], marks: Marks, heading: str) -> tuple[bytes, list[str]]:
    """`#` before both ids and at the end of each row, so that no reader takes ids for numbers or loses a blank."""
    both = [one for one in ("OrgDefinedId", "Username") if roster.table.column(one) is not None]
    rows = [[*both, heading, "End-of-Line Indicator"]]
    for person, student in pairs:
        if student in marks.by_student:
            ids = [f"#{roster.table.cell(person.row, one).removeprefix('#')}" for one in both]
            rows.append([*ids, number(marks.by_student[student]), "#"])
    notes = [
        "Brightspace: Grades, Enter Grades, Import. Marks of an assignment are published at once: import when "
        "students may see them."
    ]
    return write_table(rows), notes


# Blackboard, Open edX


def _blackboard_column(table: Table, chapter: str, column: str | None) -> tuple[str, float | None]:
    titles = {one: re.sub(r"\s*\[.*", "", one) for one in table.header if re.search(r"\|\d+\s*$", one)}
    heading = heading_of(chapter, titles, column, table)
    found = re.search(r"\[Total Pts: ([\d.,]+)", heading)
    return heading, read_number(found.group(1)) if found else None


def _blackboard(roster: Roster, pairs: Sequence[tuple], marks: Marks, heading: str) -> tuple[bytes, list[str]]:
    rows = [["Username", heading]]
    rows += [
        [person.login, number(marks.by_student[student])] for person, student in pairs if student in marks.by_student
    ]
    return write_table(rows, quote_all=True), ["Blackboard: Grade Center, Work Offline, Upload; delimiter comma."]


def _edx_column(table: Table, chapter: str, column: str | None) -> tuple[str, float | None]:
    return "points", None


def _edx(roster: Roster, pairs: Sequence[tuple], marks: Marks, heading: str) -> tuple[bytes, list[str]]:
    """Their file with other points: csum is over what else stands in the row."""
    at = roster.table.column("points")
    by_row = {person.row: student for person, student in pairs}
    rows = [list(roster.table.header)]
    for row in roster.table.rows:
        mark = marks.by_student.get(by_row.get(row, ""))
        rows.append([*row[:at], "" if mark is None else number(mark), *row[at + 1 :]])
    return write_table(rows), ["Open edX: the staff graded points block, Import; a blank leaves points as they are."]


COLUMN = {
    "canvas": _canvas_column,
    "moodle": _moodle_column,
    "brightspace": _brightspace_column,
    "blackboard": _blackboard_column,
    "edx": _edx_column,
}
ROWS = {"canvas": _canvas, "moodle": _moodle, "brightspace": _brightspace, "blackboard": _blackboard, "edx": _edx}
