"""Who is in a class list, and which student of the gradebook that is. Pure."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.course_dir import BadInput


@dataclass(frozen=True)
class Person:
    """One row of a class list.

    key : the LMS's own id, by which its files name people: Canvas's ID, Brightspace's OrgDefinedId, Moodle's participant number.
    lms_id : the id that lasts, kept in the gradebook; the same as `key`, but in Moodle, whose number differs per assignment.
    row : the row as it stands in the file.
    """

    key: str
    first: str = ""
    last: str = ""
    email: str = ""
    login: str = ""
    sis: str = ""
    section: str = ""
    lms_id: str = ""
    test: bool = False
    row: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """First name, then last name."""
        return " ".join(filter(None, (self.first, self.last)))

    @property
    def student_id(self) -> str:
        """What a new student of this name is called in the gradebook: the login, else the e-mail's first part, else the id."""
        return self.login.split("@")[0] or self.email.split("@")[0] or self.lms_id or self.key


@dataclass(frozen=True)
class Known:
    """A student as the gradebook has them."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms_id: str = ""

    @property
    def name(self) -> str:
        """First name, then last name."""
        return " ".join(filter(None, (self.first, self.last)))


@dataclass(frozen=True)
class Match:
    """Who is who: persons with the id of their student; `new` are those who were in no gradebook."""

    students: tuple[tuple[Person, str], ...]
    new: tuple[str, ...]
    unknown: tuple[str, ...]  # in the gradebook, and not in the class list


def name_key(name: str) -> str:
    """A name for comparing: without marks, case, punctuation and order."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("ø", "o")).casefold()
    plain = re.sub("[&<>\"`|':\\\\/\u2019]", "", plain)  # what Moodle takes out of the names of its folders
    words = re.findall(r"\w+", "".join(one for one in plain if not unicodedata.combining(one)).replace("_", " "))
    return " ".join(sorted(words))


def plain_name(text: str) -> str:
    """A name without markup: Moodle writes suspended people's names as HTML."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def split_name(text: str) -> tuple[str, str]:
    """First and last name of a name in one piece: `Last, First` where there is a comma, else the last word is the last name."""
    name = plain_name(text)
    if "," in name:
        last, first = name.split(",", 1)
        return first.strip(), last.strip()
    first, _, last = name.rpartition(" ")
    return first, last


def match(persons: Sequence[Person], known: Iterable[Known], source: str) -> Match:
    """Find everybody's student: by the LMS's id, then login or e-mail, then the name, if it is the name of one only.

    Raises BadInput, before anything is written, where two rows mean one student, or where a name alone would have to decide
    between two.
    """
    known = list(known)
    _refuse_equal_keys(persons, source)
    by_id = {one.lms_id: one.id for one in known if one.lms_id}
    by_login = {one.id.casefold(): one.id for one in known}
    by_email = {one.email.casefold(): one.id for one in known if one.email}
    named, namesakes = _by_name(known), _by_name(persons)
    found, new = [], []
    for person in persons:
        student = by_id.get(person.lms_id) if person.lms_id else None
        student = student or _first(by_login, person.login, person.email, person.login.split("@")[0], person.sis)
        student = student or _first(by_email, person.email, person.login)
        student = student or _first(by_login, person.email.split("@")[0])
        if student is None and (same := named.get(name_key(person.name), [])):
            if len(same) > 1 or len(namesakes[name_key(person.name)]) > 1:
                raise BadInput(
                    f"{source}: more than one student is called {person.name!r}, and neither id, login nor e-mail says who is "
                    f"who. Give them their e-mail in the gradebook (`nbgrader db student add ID --email=...`)."
                )
            student = same[0].id
        if student is None:
            student = person.student_id
            new.append(student)
        found.append((person, student))
    _refuse_equal_students(found, source)
    ids = {student for _, student in found}
    return Match(tuple(found), tuple(new), tuple(sorted(one.id for one in known if one.id not in ids)))


def _first(table: Mapping[str, str], *keys: str) -> str | None:
    return next((table[key.casefold()] for key in keys if key and key.casefold() in table), None)


def _by_name(those: Iterable[Person] | Iterable[Known]) -> dict[str, list]:
    by_name: dict[str, list] = defaultdict(list)
    for one in those:
        if key := name_key(one.name):
            by_name[key].append(one)
    return by_name


def _refuse_equal_keys(persons: Sequence[Person], source: str) -> None:
    seen: dict[str, str] = {}
    for person in persons:
        if person.key in seen:
            raise BadInput(f"{source}: {seen[person.key]!r} and {person.name!r} have the same id, {person.key}.")
        seen[person.key] = person.name


def _refuse_equal_students(found: Sequence[tuple[Person, str]], source: str) -> None:
    seen: dict[str, Person] = {}
    for person, student in found:
        if student in seen:
            raise BadInput(
                f"{source}: {seen[student].name!r} ({seen[student].key}) and {person.name!r} ({person.key}) would both be the "
                f"student {student!r}. Their logins, or the gradebook's e-mails and LMS ids, have to tell them apart."
            )
        seen[student] = person
