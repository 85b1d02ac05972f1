"""Class lists as each LMS exports them: which one it is, and who is in it. Tables in, persons out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from autograder.classroom.lms.people import Person, plain_name, split_name
from autograder.classroom.lms.table import Table, read_number
from autograder.course_dir import BadInput

NAMES = ("canvas", "moodle", "brightspace", "blackboard", "edx", "house")
EXPORTS = (
    "Canvas: Grades, Export. Moodle: the assignment's grading worksheet, or the list of participants. "
    "Brightspace: Grades, Export, "
    "with OrgDefinedId and Username. Blackboard: Grade Center, Download. Else a CSV with the columns id, "
    "first_name, last_name, email"
)
POINTS_ROW = "Points Possible"


@dataclass(frozen=True)
class Roster:
    """A class list. lms : one of NAMES. test : Canvas's test students, in no count. worksheet : Moodle's, of one assignment."""

    lms: str
    table: Table
    persons: tuple[Person, ...]
    test: tuple[Person, ...] = ()
    worksheet: bool = False

    @cached_property
    def by_key(self) -> dict[str, Person]:
        return {one.key: one for one in self.persons}


def read_roster(table: Table) -> Roster:
    """The class list in a table; BadInput if it is none, or has no ids."""
    for recognised, read in _KINDS:
        if recognised(table):
            roster = read(table)
            break
    else:
        raise BadInput(f"{table.name} is no class list with ids. What can be read: {EXPORTS}.")
    if not roster.persons:
        raise BadInput(f"{table.name} has no student with an id in it. Export it again, with everybody in it.")
    return roster


def _is_canvas(table: Table) -> bool:
    return table.column("ID") is not None and (
        table.column("Student") is not None or table.column("LastName") is not None
    )


def _canvas(table: Table) -> Roster:
    persons, test = [], []
    for row in table.rows:
        key = table.cell(row, "ID")
        if POINTS_ROW in row[0] or not key:
            continue
        first, last = split_name(table.cell(row, "Student").removeprefix("'"))
        if table.column("Student") is None:
            first, last = table.cell(row, "FirstName"), table.cell(row, "LastName")
        login = table.cell(row, "SIS Login ID")
        is_test = (last, first) == ("Student", "Test") and not table.cell(row, "SIS User ID")
        person = Person(
            key, first, last, login if "@" in login else "", login, table.cell(row, "SIS User ID"),
            table.cell(row, "Section"), key, is_test, row,
        )  # fmt: skip
        (test if is_test else persons).append(person)
    return Roster("canvas", table, tuple(persons), tuple(test))


def _is_brightspace(table: Table) -> bool:
    return table.column("OrgDefinedId") is not None or table.column("End-of-Line Indicator") is not None


def _brightspace(table: Table) -> Roster:
    persons = []
    for row in table.rows:
        own = table.cell(row, "OrgDefinedId").removeprefix("#")
        login = table.cell(row, "Username").removeprefix("#")
        if own or login:
            first, last = table.cell(row, "First Name"), table.cell(row, "Last Name")
            key = own or login
            persons.append(Person(key, first, last, table.cell(row, "Email"), login, own, "", key, row=row))
    return Roster("brightspace", table, tuple(persons))


def _is_blackboard(table: Table) -> bool:
    return table.column("Username") is not None and any("|" in heading for heading in table.header)


def _blackboard(table: Table) -> Roster:
    persons = []
    for row in table.rows:
        login, own = table.cell(row, "Username"), table.cell(row, "Student ID")
        if login:
            first, last = table.cell(row, "First Name"), table.cell(row, "Last Name")
            persons.append(Person(login, first, last, "", login, own, "", login, row=row))
    return Roster("blackboard", table, tuple(persons))


def _is_edx(table: Table) -> bool:
    return all(table.column(one) is not None for one in ("user_id", "points", "csum", "block_id", "last_points"))


def _edx(table: Table) -> Roster:
    persons = []
    for row in table.rows:
        key, login = table.cell(row, "user_id"), table.cell(row, "username")
        if key:
            first, last = split_name(table.cell(row, "full_name"))
            persons.append(Person(key, first, last, "", login, table.cell(row, "student_uid"), "", key, row=row))
    return Roster("edx", table, tuple(persons))


@dataclass(frozen=True)
class Worksheet:
    """Where the columns of a Moodle grading worksheet stand, whatever the language of its headings."""

    grade: int
    maximum: int
    changed: int  # "Last modified (grade)"
    comments: int | None


IDENTIFIER = re.compile(r"\D+(\d+)")


def worksheet_columns(table: Table) -> Worksheet | None:
    """The columns of a grading worksheet; None if it is none.

    By their English headings; in another language by what stands in them. The first column holds a word and a number. The column of
    the maximum holds one number throughout, and the grade stands before it. Four columns after the maximum, one more where the
    worksheet has online text or a marking workflow, is the date of the grade, and the comments follow it.
    """
    if not table.rows or not all(IDENTIFIER.fullmatch(row[0].strip()) for row in table.rows):
        return None
    english = [table.column(one) for one in ("Grade", "Maximum Grade", "Last modified (grade)")]
    if None not in english:
        return Worksheet(*english, table.column("Feedback comments"))
    for at in range(2, len(table.header) - 2):
        values = {row[at] for row in table.rows}
        before = {row[at - 1].strip() for row in table.rows}
        if (
            len(values) == 1
            and read_number(next(iter(values)))
            and all(read_number(one) is not None for one in before - {""})
        ):
            changed, comments = _dates_after(table, at)
            return Worksheet(at - 1, at, changed, comments) if changed else None
    return None


def _dates_after(table: Table, at: int) -> tuple[int | None, int | None]:
    """The last column of dates behind the maximum, and the one behind it."""
    dated = re.compile(r"-|.*\d{4}.*\d{1,2}[:.]\d{2}.*", re.DOTALL)
    dates = [
        column
        for column in range(at + 1, len(table.header))
        if all(dated.fullmatch(row[column].strip()) for row in table.rows if row[column].strip())
        and any(row[column].strip() for row in table.rows)
    ]
    if not dates:
        return None, None
    last = dates[-1]
    return last, last + 1 if last + 1 < len(table.header) else None


def _is_worksheet(table: Table) -> bool:
    return table.column("Identifier") == 0 or worksheet_columns(table) is not None


def _worksheet(table: Table) -> Roster:
    columns = worksheet_columns(table)
    if columns is None:
        raise BadInput(
            f"{table.name} looks like a Moodle worksheet, and lacks a column: Identifier, Grade, Maximum Grade, Last modified "
            f"(grade). Download it again (a rubric in use takes the worksheet away)."
        )
    email = table.column("Email address") or next(
        (at for at in range(1, columns.grade) if any("@" in row[at] for row in table.rows)), None
    )
    named = table.column("Full name")
    if named is None and columns.grade > 2:
        named = 1 if email != 1 and table.header[1].strip() != "Status" else None
    persons = []
    for row in table.rows:
        number = IDENTIFIER.fullmatch(row[0].strip()).group(1)
        first, last = split_name(plain_name(row[named])) if named is not None else ("", "")
        login, own = table.cell(row, "Username"), table.cell(row, "ID number")
        mail = row[email].strip() if email is not None else ""
        lasting = own or mail or login
        persons.append(Person(number, first, last, mail, login, own, "", lasting or f"participant-{number}", row=row))
    return Roster("moodle", table, tuple(persons), worksheet=True)


def _is_participants(table: Table) -> bool:
    return table.column("Email address") is not None and table.column("First name", "Full name") is not None


def _participants(table: Table) -> Roster:
    persons = []
    for row in table.rows:
        mail, own, login = (table.cell(row, one) for one in ("Email address", "ID number", "Username"))
        if table.column("First name") is not None:
            first, last = table.cell(row, "First name"), table.cell(row, "Last name", "Surname")
        else:
            first, last = split_name(table.cell(row, "Full name"))
        if key := own or mail or login:
            persons.append(Person(key, first, last, mail, login, own, "", key, row=row))
    return Roster("moodle", table, tuple(persons))


def _is_house(table: Table) -> bool:
    return table.column("id", "student_id") is not None


def _house(table: Table) -> Roster:
    persons = []
    for row in table.rows:
        if key := table.cell(row, "id", "student_id"):
            first, last = table.cell(row, "first_name", "First name"), table.cell(row, "last_name", "Last name")
            mail, own = table.cell(row, "email", "Email"), table.cell(row, "lms_user_id")
            persons.append(Person(key, first, last, mail, key, own, "", own or key, row=row))
    return Roster("house", table, tuple(persons))


_KINDS = (
    (_is_edx, _edx),
    (_is_canvas, _canvas),
    (_is_brightspace, _brightspace),
    (_is_blackboard, _blackboard),
    (_is_worksheet, _worksheet),
    (_is_participants, _participants),
    (_is_house, _house),
)
