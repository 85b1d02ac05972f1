"""`autograder lms collect`: a download of submissions into `submitted/`, by the class list. Nothing is overwritten without a word.

Everything is read and decided before the first file is written.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from autograder.classroom.lms import sent, store
from autograder.classroom.lms.download import Download, open_download, safe_name
from autograder.classroom.lms.people import name_key
from autograder.classroom.lms.rosters import Roster
from autograder.classroom.lms.sent import Sent
from autograder.classroom.partners import is_partners
from autograder.classroom.records import folders
from autograder.course_dir import BadInput, CourseDir

TIMESTAMP = "timestamp.txt"
MOODLE_TIME = "%A, %d %B %Y, %I:%M %p"  # as an English site writes it


@dataclass
class Collected:
    """What became of a download. Lists of students, but `unknown`: who is in the zip and not in the class list.

    kept : who has another hand-in there already, which stays. replaced : the same with --update; the old one is in lms/replaced/.
    without_file : who sent text or a link. late : whom the LMS calls late without saying when. groups : files of a group.
    """

    lms: str
    taken: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    without_file: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    anonymous: bool = False
    times: bool = False


@dataclass(frozen=True)
class HandIn:
    """What one student sent: relative path to contents, when, and the notebook's name in the zip."""

    files: dict[str, bytes]
    time: datetime | None
    entry: str


def collect(
    course: CourseDir, path: Path, chapter: str, lms: str, who: Mapping[str, list[str]], update: bool, zone: tzinfo
) -> Collected:
    """Put a download's files where nbgrader looks for hand-ins.

    who : what the zip calls somebody, to their students, where the class list does not say (also a group's members).
    zone : the clock by which the LMS writes times.
    """
    download = open_download(path)
    lms = sent.recognise(download.names) if lms == "auto" else lms
    roster = store.find_roster(course, lms, chapter)
    found = _parsed(download, lms, roster)
    _refuse_another_chapter(course, found, chapter, path)
    owners, result = _owners(course, found, roster, who, lms), Collected(lms)
    times = _worksheet_times(course, roster)
    wanted = [path.name for path in course.notebooks(chapter)]
    hand_ins: dict[str, HandIn] = {}
    for student, files in _by_student(found, owners, result).items():
        hand_ins[student] = _hand_in(download, wanted, files, times.get(student), zone)
    if not hand_ins:
        raise BadInput(
            f"{path.name}: nobody in it is in the class list, so nothing is taken. It holds "
            f"{(result.unknown or [download.names[0]])[0]!r}. Is it this course's? `autograder lms roster FILE` reads the list."
        )
    _place(course, chapter, hand_ins, update, result)
    return result


def _parsed(download: Download, lms: str, roster: Roster | None) -> list[Sent]:
    persons = roster.persons if roster else ()
    ids, logins = {one.key for one in persons}, {one.login for one in persons if one.login}
    parse = {
        "canvas": lambda entry: sent.canvas(entry, ids),
        "moodle": sent.moodle,
        "brightspace": sent.brightspace,
        "blackboard": lambda entry: sent.blackboard(entry, logins),
        "house": sent.house,
    }[lms]
    found = [parse(name) for name in download.names if not sent.left_by_systems(name)]
    good = [one for one in found if one is not None]
    if not good:
        raise BadInput(
            f"{download.path.name} is no download of submissions from {lms}: no file is named as it names them."
        )
    return good


def _refuse_another_chapter(course: CourseDir, found: Iterable[Sent], chapter: str, path: Path) -> None:
    """A zip in which every notebook bears another chapter's name is another assignment's."""
    of_chapter = {path.stem: name for name in course.assignments for path in course.notebooks(name)}
    stems = {
        sent.without_version(one.file).rsplit("/", 1)[-1].removesuffix(".ipynb")
        for one in found
        if one.file.endswith(".ipynb")
    }
    others = {of_chapter[stem] for stem in stems if stem in of_chapter}
    if chapter not in others and len(others) == 1 and stems <= set(of_chapter):
        (other,) = others
        raise BadInput(
            f"{path.name} holds the notebooks of {other}, not of {chapter}. Name that chapter with --chapter."
        )


def _owners(
    course: CourseDir, found: list[Sent], roster: Roster | None, who: Mapping[str, list[str]], lms: str
) -> dict[str, list[str]]:
    """What the zip calls somebody, to the students that are meant. BadInput where a name is that of two."""
    by_key, persons, named = _keys_and_names(course, roster, lms)
    by_name = lms in ("brightspace", "house") or (lms == "moodle" and not (roster and roster.worksheet))
    owners: dict[str, list[str]] = {}
    for one in found:
        label, person = _label(one), persons.get(one.key)
        if label in owners:
            continue
        # A Moodle team's folder bears the team's number, which may be somebody's, too
        another = lms == "moodle" and person and one.name and name_key(one.name) != name_key(person.name)
        if label in who or one.name in who:
            owners[label] = who.get(label) or who[one.name]
        elif one.anonymous:
            owners[label] = [f"anon-{one.key}"]
        elif one.key in by_key and not another:
            owners[label] = [by_key[one.key]]
        elif one.name and by_name and (same := named.get(name_key(one.name))):
            if len(same) > 1:
                raise BadInput(
                    f"more than one student is called {one.name!r} ({', '.join(sorted(same))}), and the "
                    f"download gives nothing but "
                    f"the name. Say whose it is: --who {label!r}=STUDENT."
                )
            owners[label] = sorted(same)
    return owners


def _keys_and_names(course: CourseDir, roster: Roster | None, lms: str):
    """By the LMS's ids: the student, and the person; and by names: the students that are called so."""
    pairs = store.students_of(course, roster) if roster else []
    gradebook = store.gradebook_of(course)
    try:
        known = store.known_students(gradebook)
    finally:
        gradebook.close()
    by_key: dict[str, str] = {}
    if lms != "moodle" and not roster:
        by_key |= {one.lms_id: one.id for one in known if one.lms_id}
    if lms in ("house", "blackboard"):
        by_key |= {one.id: one.id for one in known} | {one.email: one.id for one in known if one.email}
        by_key |= {person.login: student for person, student in pairs if person.login}
    numbers = lms != "moodle" or (roster is not None and roster.worksheet)
    persons = {person.key: person for person, _ in pairs} if numbers else {}
    by_key |= {person.key: student for person, student in pairs if numbers}
    named: dict[str, set[str]] = defaultdict(set)
    for name, student in [*((p.name, s) for p, s in pairs), *((one.name, one.id) for one in known)]:
        if name:
            named[name_key(name)].add(student)
    return by_key, persons, named


def _label(one: Sent) -> str:
    """What the download calls whoever sent a file: in Brightspace the folder's numbers and name are one attempt's, so the name."""
    return one.key or one.name


def _worksheet_times(course: CourseDir, roster: Roster | None) -> dict[str, datetime]:
    """When each student's work was last changed, by Moodle's worksheet, if it is in English."""
    times: dict[str, datetime] = {}
    if roster is None or not roster.worksheet or roster.table.column("Last modified (submission)") is None:
        return times
    for person, student in store.students_of(course, roster):
        stated = roster.table.cell(person.row, "Last modified (submission)")
        try:
            times[student] = datetime.strptime(stated, MOODLE_TIME)
        except ValueError:
            continue
    return times


def _by_student(found: list[Sent], owners: Mapping[str, list[str]], result: Collected) -> dict[str, list[Sent]]:
    """Everybody's files: of several attempts the newest. Fills in who is unknown, late, without a file."""
    mine: dict[str, list[Sent]] = defaultdict(list)
    empty, late = set(), set()
    for one in found:
        students = owners.get(_label(one), [])
        if one.other == "group" and not students:
            result.groups.append(one.name)
        elif not students:
            result.unknown.append(f"{one.name} ({one.key})" if one.name and one.key else _label(one))
        for student in students:
            late |= {student} if one.late else set()
            if one.other and one.other != "group":
                empty.add(student)
            else:
                mine[student].append(one)
    for student, files in mine.items():
        newest = max((one.time for one in files if one.time), default=None)
        mine[student] = [one for one in files if one.time == newest or newest is None]
    result.anonymous = any(one.anonymous for one in found)
    result.times = any(one.time for one in found)
    result.late, result.without_file = sorted(late), sorted(empty - set(mine))
    result.unknown, result.groups = list(dict.fromkeys(result.unknown)), list(dict.fromkeys(result.groups))
    return dict(sorted(mine.items()))


def _hand_in(download: Download, wanted: list[str], files: list[Sent], time: datetime | None, zone: tzinfo) -> HandIn:
    """One student's files under the names that grading looks for. wanted : those of the notebooks."""
    contents: dict[str, bytes] = {}
    entry = ""
    exact = {one.file for one in files}
    for one in files:
        name = safe_name(one.file) or safe_name(one.file.replace("\\", "/").rsplit("/", 1)[-1]) or "file"
        meant = sent.without_version(name)
        if meant in wanted and meant not in exact and meant not in contents:
            name = meant
        name = name if name not in contents and name != TIMESTAMP else f"also-{len(contents)}-{name.rsplit('/', 1)[-1]}"
        contents[name] = download.read(one.entry)
        if name.endswith(".ipynb") and (not entry or name in wanted):
            entry = one.entry
    stated = next((one.time for one in files if one.time), time)
    return HandIn(contents, stated.replace(tzinfo=zone).astimezone(UTC) if stated else None, entry)


def _place(course: CourseDir, chapter: str, hand_ins: dict[str, HandIn], update: bool, result: Collected) -> None:
    submitted = Path(folders(course).root) / folders(course).submitted_directory
    before = store.read_collected(course, chapter)
    entries = dict(before.get("entries", {})) if before.get("lms") == result.lms else {}
    try:
        for student, one in hand_ins.items():
            state = _place_one(course, submitted / student / chapter, one, update)
            getattr(result, state).append(student)
            if state != "kept":
                entries[student] = one.entry
    except OSError as error:
        raise BadInput(
            f"stopped: {error.filename}: {error.strerror}. What was collected stays; run the command again."
        ) from None
    manifest = {"lms": result.lms, "entries": entries}
    store.write(store.collected_path(course, chapter), json.dumps(manifest, ensure_ascii=False, indent=1).encode())


def _place_one(course: CourseDir, folder: Path, one: HandIn, update: bool) -> str:
    """Write a hand-in's folder as a whole; what stands there is kept, or moved aside."""
    files = dict(one.files)
    if one.time:
        files[TIMESTAMP] = f"{one.time:%Y-%m-%d %H:%M:%S} UTC".encode()
    state = "taken"
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return "kept"
    if folder.exists():
        there = {
            p.relative_to(folder).as_posix(): p.read_bytes()
            for p in folder.rglob("*")
            if p.is_file() and not p.is_symlink()
        }
        if {k: v for k, v in there.items() if k != TIMESTAMP} == one.files:
            return "unchanged"
        if not update and not is_partners(folder):
            return "kept"
        state = "replaced"
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name, content in files.items():
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).write_bytes(content)
    if state == "replaced":
        _move_aside(course, folder)
    os.replace(fresh, folder)
    return state


def _move_aside(course: CourseDir, folder: Path) -> None:
    """An earlier hand-in, to lms/replaced/STUDENT/CHAPTER-1, -2, ..."""
    where = course.root / store.FOLDER / "replaced" / folder.parent.name
    where.mkdir(parents=True, exist_ok=True)
    number = 1
    while (where / f"{folder.name}-{number}").exists():
        number += 1
    shutil.move(folder, where / f"{folder.name}-{number}")
