"""Pairs: one hand-in, two names, two marks. `partners.csv` in the course directory says who worked together.

Its columns are chapter, student, partner; `*` as the chapter means all. Who of the two handed nothing in gets the other's files as
a hand-in of their own in `submitted/`, with a file that says whose they are and a digest: so nbgrader knows two submissions, each
with its marks, its feedback and its lateness, and formgrader, reports and an LMS need to know of no pairs. Who handed in
alone keeps that, also if it comes later.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from autograder.classroom.lms.table import Table, read_table
from autograder.classroom.records import folders, gradebook_of
from autograder.course_dir import BadInput, CourseDir, meant
from autograder.grading.course_lock import lock_course
from autograder.grading.folders import Closed, prepare_folder
from autograder.grading.hand_in import left_alone

FILE, COLUMNS, EVERY = "partners.csv", ("chapter", "student", "partner"), "*"
MARK = "handed-in-by.txt"  # in a partner's folder: whose files these are
SAID = re.compile(r"([^\n]+)\nsha256 ([0-9a-f]{64})\n")
NOT_SHARED = (MARK, "submission_secret.txt")  # the exchange's own word for one student's hand-in
NO_WORK = (MARK, "timestamp.txt")


@dataclass(frozen=True)
class Pair:
    """Two who worked together in a chapter."""

    chapter: str
    student: str
    partner: str


@dataclass
class Shared:
    """What was done for the pairs, a line each, and who has whose hand-in: (chapter, who has it) to who made it."""

    lines: list[str] = field(default_factory=list)
    made_by: dict[tuple[str, str], str] = field(default_factory=dict)

    def with_partners(self, students: Collection[str]) -> tuple[str, ...]:
        """These students, and those who have a hand-in together with them."""
        together = [{taker, giver} for (_, taker), giver in self.made_by.items()]
        more = {one for pair in together if pair & set(students) for one in pair}
        return tuple(dict.fromkeys([*students, *sorted(more)])) if students else ()


def read_pairs(course: CourseDir, students: Collection[str], chapters: Collection[str]) -> list[Pair]:
    """The pairs of the file; BadInput, a line for each row that means nothing.

    students : whom the gradebook knows, or who handed something in. chapters : what the gradebook knows.
    """
    table = read_table(course.root / FILE)
    if missing := [one for one in COLUMNS if table.column(one) is None]:
        raise BadInput(f"{FILE} has no column {missing[0]!r}. Its columns are {', '.join(COLUMNS)}.")
    pairs: list[Pair] = []
    wrong: list[str] = []
    for number, row in enumerate(table.rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        found = _pairs_of(table, row, students, chapters)
        if isinstance(found, list) and (double := next(filter(None, (_taken(one, pairs) for one in found)), "")):
            found = double
        if isinstance(found, str):
            wrong.append(f"{FILE}, row {number}: {found}")
        else:
            pairs += found
    if wrong:
        raise BadInput("\n".join(wrong))
    return pairs


def _pairs_of(
    table: Table, row: tuple[str, ...], students: Collection[str], chapters: Collection[str]
) -> list[Pair] | str:
    """What a row says, or what is wrong with it."""
    name, student, partner = (table.cell(row, one) for one in COLUMNS)
    named = list(chapters) if name == EVERY else meant(name, chapters)
    if not named:
        return f"the gradebook knows no chapter {name!r}. It knows {', '.join(chapters)}."
    for one in (student, partner):
        if one not in students:
            return f"there is no student {one!r} in the gradebook, and no hand-in. `nbgrader db student add` adds one."
    if student == partner:
        return f"{student} cannot be a partner of their own."
    return [Pair(one, student, partner) for one in named]


def _taken(pair: Pair, pairs: list[Pair]) -> str:
    """What is wrong with a pair after those before it: whose hand-in it is must be plain."""
    for one in pairs:
        if one.chapter == pair.chapter and one.partner == pair.partner:
            same = "is said twice" if one.student == pair.student else f"is {one.student}'s partner already"
            return f"{pair.partner} {same} in {pair.chapter}."
    return ""


def hand_over(course: CourseDir, chosen: Collection[str] | None, dry_run: bool = False) -> Shared:
    """Give who handed nothing in what a partner handed in, in the chapters that were chosen, or in all; nothing without the file.

    BadInput if a row means nothing, or while another grader is at work. dry_run : say what would be done.
    """
    if not (course.root / FILE).is_file():
        return Shared()
    where = folders(course)
    submitted = Path(where.root) / where.submitted_directory
    with closing(gradebook_of(course)) as gradebook:
        students, chapters = gradebook.students(), gradebook.assignments()
    there = {one.name for one in submitted.iterdir() if one.is_dir()} if submitted.is_dir() else set()
    pairs = read_pairs(course, students | there, chapters)
    shared = Shared()
    with lock_course(course.root):
        for chapter in dict.fromkeys(one.chapter for one in pairs):
            if (not chosen or chapter in chosen) and not course.is_left_out(chapter):
                of_it = [one for one in pairs if one.chapter == chapter]
                _share(submitted, of_it, shared, dry_run, where.groupshared)
    shared.lines += _left_behind(submitted, pairs, chosen)
    return shared


def _share(submitted: Path, pairs: list[Pair], shared: Shared, dry_run: bool, for_group: bool) -> None:
    """One chapter: from whoever handed in to whoever did not, also by way of a third."""
    chapter = pairs[0].chapter
    own = {one for pair in pairs for one in (pair.student, pair.partner) if is_own(submitted / one / chapter)}
    made_by = {one: one for one in own}
    for _ in pairs:
        for pair in pairs:
            for giver, taker in ((pair.student, pair.partner), (pair.partner, pair.student)):
                if giver in made_by and taker not in made_by:
                    made_by[taker] = made_by[giver]
    for pair in pairs:
        if {pair.student, pair.partner} <= own:
            message = "both handed in, so each keeps their own"
            shared.lines.append(f"partners: {chapter}: {pair.student} and {pair.partner}: {message}")
    for taker, giver in made_by.items():
        if taker != giver:
            try:
                line = _give(submitted / giver / chapter, submitted / taker / chapter, giver, dry_run, for_group)
            except (Closed, OSError) as why:
                raise BadInput(f"{chapter}: {taker} cannot get {giver}'s hand-in: {why}.") from None
            shared.lines += [f"partners: {chapter}: {taker} {line}"] if line else []
            shared.made_by[chapter, taker] = giver


def is_own(folder: Path) -> bool:
    """True if a student's folder holds work that no partner's hand-in gave: nothing marked, or changed since."""
    why = left_alone(folder)
    if why is None:
        return False
    if why:
        return True
    files = _files(folder)
    if MARK not in files:
        return any(name not in NO_WORK for name in files)
    said = SAID.fullmatch(files[MARK].decode("utf-8", "replace"))
    return said is None or said[2] != _digest(files)


def is_partners(folder: Path) -> bool:
    """True if all that a student's folder holds is what a partner handed in."""
    return (folder / MARK).is_file() and not is_own(folder)


def _give(source: Path, target: Path, giver: str, dry_run: bool, for_group: bool) -> str:
    """Write a hand-in's files as the partner's; what was done, "" if they are there already."""
    if why := left_alone(source):
        return f"gets nothing, since {why}"
    files = {name: content for name, content in _files(source).items() if name not in NOT_SHARED}
    files[MARK] = f"{giver}\nsha256 {_digest(files)}\n".encode()
    before = _files(target) if target.is_dir() else {}
    if files == before:
        return ""
    if not dry_run:
        prepared = prepare_folder(target, files, for_group)
        for path in prepared.fresh.rglob("*"):
            path.chmod(path.stat().st_mode | 0o200)  # as a hand-in that somebody placed there
        prepared.put_in_place()
    return f"{'would get' if dry_run else 'gets'} {giver}'s hand-in" + (", which changed" if MARK in before else "")


def _left_behind(submitted: Path, pairs: list[Pair], chosen: Collection[str] | None) -> Iterator[str]:
    """Hand-ins of a partner whom no row names any more: what is there is not taken away unasked."""
    named = {(one.chapter, who) for one in pairs for who in (one.student, one.partner)}
    for mark in sorted(submitted.glob(f"*/*/{MARK}")):
        student, chapter = mark.parent.parent.name, mark.parent.name
        if (chapter, student) not in named and (not chosen or chapter in chosen) and not is_own(mark.parent):
            folder = f"{submitted.name}/{student}/{chapter}"
            message = f"still has a partner's hand-in, and no row says so. Remove {folder} if it is to go."
            yield f"partners: {chapter}: {student} {message}"


def share_marks_by_hand(course: CourseDir, shared: Shared) -> list[str]:
    """What a person marked, and wrote, for one of a pair counts for the other, as long as nothing stands there."""
    if not shared.made_by:
        return []
    lines = []
    with closing(gradebook_of(course)) as gradebook:
        for (chapter, taker), giver in shared.made_by.items():
            given, differ = gradebook.share_marks_by_hand(chapter, giver, taker)
            if given:
                lines.append(f"partners: {chapter}: {giver} and {taker} share marks given by hand: {', '.join(given)}")
            if differ:
                lines.append(f"partners: {chapter}: {giver} and {taker} have other marks by hand: {', '.join(differ)}")
    return lines


def _files(folder: Path) -> dict[str, bytes]:
    """The files of a folder by relative path; links are left alone."""
    found = {}
    for above, folders_in, names in os.walk(folder):  # which follows no link
        folders_in.sort()
        for path in (Path(above, name) for name in sorted(names)):
            if path.is_file() and not path.is_symlink():
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def _digest(files: dict[str, bytes]) -> str:
    content = hashlib.sha256()
    for name, one in sorted(files.items()):
        if name != MARK:
            content.update(f"{name}\0{len(one)}\0".encode() + one)
    return content.hexdigest()
