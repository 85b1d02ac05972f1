"""A download of submissions: whose file is which. Pure: names in, `Sent` out; each LMS's own module knows its names."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

SUFFIX = re.compile(r"-(\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$")
LEFT_BY_SYSTEMS = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Sent:
    """One file of a download.

    entry : its name in the zip. key : the LMS's id of who sent it, "" if only the name says. name : the name as the zip has it.
    file : the student's own name for it, folders below included. late : the LMS says so. time : when, on the LMS's clock.
    anonymous : the key is a code, and no class list has it. other : why it is no file to grade ("text", "link", "group").
    """

    entry: str
    key: str
    name: str
    file: str
    attachment: str = ""
    late: bool = False
    time: datetime | None = None
    anonymous: bool = False
    other: str = ""


def without_version(file: str) -> str:
    """A file's name without what Canvas adds when it is handed in again: `batch-1.ipynb` was `batch.ipynb`, `06-1.batch.ipynb`
    was `06.batch.ipynb`: the extension is every piece behind a dot that begins with a letter."""
    extension = re.search(r"(\.[A-Za-z][^.]*)*$", file).group()
    stem = file[: len(file) - len(extension)]
    return SUFFIX.sub("", stem) + extension


def canvas(entry: str, ids: Collection[str]) -> Sent | None:
    """`NAME_[LATE_]USERID_ATTACHMENTID_FILE`, `[LATE_]anon_CODE_ATTACHMENTID_FILE`, `..._USERID_text.html`; None if it is none.

    ids : those of the class list. A name may hold a number of its own (`team_7_1203_88991_batch.ipynb`): the user is the first
    number that somebody has.
    """
    base = entry.rsplit("/", 1)[-1]
    parts = base.split("_")
    start = 1 if parts[0] == "LATE" else 0
    if parts[start] == "anon" and len(parts) > start + 3:
        code, attachment, file = parts[start + 1], parts[start + 2], "_".join(parts[start + 3 :])
        return Sent(entry, code, "anon", file, attachment, bool(start), anonymous=True)
    numbers = [at for at, part in enumerate(parts[:-1]) if at and part.isascii() and part.isdigit()]
    followed = [at for at in numbers if at + 1 in numbers]
    at = next((one for one in followed if parts[one] in ids), None)
    if (
        at is None
        and not followed
        and (lone := [one for one in numbers if parts[one + 1] in ("text.html", "link.html")])
    ):
        kind = parts[lone[0] + 1].removesuffix(".html")
        return Sent(entry, parts[lone[0]], parts[0], base, late="LATE" in parts[: lone[0]], other=kind)
    at = followed[0] if at is None and followed else at
    if at is None:
        return None
    file, late = "_".join(parts[at + 2 :]), "LATE" in parts[:at]
    name = "_".join(part for part in parts[:at] if part != "LATE")
    return Sent(entry, parts[at], name, file, parts[at + 1], late, other="link" if file == "link.html" else "")


def canvas_name(name: str) -> str:
    """A sortable name as Canvas writes it into file names: lower case, letters, digits and `_` only."""
    return re.sub(r"\W", "", name.lower())


def moodle(entry: str) -> Sent | None:
    """`FULL NAME_NUMBER_assignsubmission_file[_]/PATH`, or without folders `..._file_FILE`; None if it is none."""
    parts = entry.split("/")
    for at, part in enumerate(parts):
        pieces = part.split("_", 4)
        if len(pieces) >= 3 and pieces[1] == "assignsubmission":
            return Sent(entry, "", pieces[0], "/".join(parts[at + 1 :]), other="group")
        if len(pieces) < 4 or not (pieces[1].isascii() and pieces[1].isdigit()) or pieces[2] != "assignsubmission":
            continue
        file = "/".join(parts[at + 1 :]) or (pieces[4] if len(pieces) > 4 else "")
        if file:
            blind = pieces[0] == "Participant"
            return Sent(entry, pieces[1], "" if blind else pieces[0], file, other="" if pieces[3] == "file" else "text")
    return None


BRIGHTSPACE = re.compile(r"(\d+-\d+) - (.+) - ([A-Z][a-z]{2} \d{1,2}, \d{4}) (\d{1,2}):?(\d{2}) ([AP]M)")


def brightspace(entry: str) -> Sent | None:
    """`N-N - NAME - Sep 24, 2026 926 PM/FILE`: a folder for each attempt, in whatever folder; None if it is none."""
    parts = entry.split("/")
    for at, part in enumerate(parts[:-1]):
        if found := BRIGHTSPACE.fullmatch(part):
            number, name, day, hour, minute, half = found.groups()
            try:
                time = datetime.strptime(f"{day} {int(hour):02}:{minute} {half}", "%b %d, %Y %I:%M %p")
            except ValueError:
                continue
            return Sent(entry, "", name.strip(), "/".join(parts[at + 1 :]), number, time=time)
    return None


BLACKBOARD = re.compile(r"(.+)_attempt_(\d{4}(?:-\d{2}){5})(?:_(.+)|\.txt)")


def blackboard(entry: str, logins: Collection[str]) -> Sent | None:
    """`ASSIGNMENT_USERNAME_attempt_2026-09-24-21-26-00_FILE`, and a `.txt` beside it; None if it is none.

    logins : those of the class list, since assignments and names may hold `_`.
    """
    found = BLACKBOARD.fullmatch(entry.rsplit("/", 1)[-1])
    if found is None:
        return None
    stem, stated, file = found.groups()
    known = max((one for one in logins if stem.endswith(f"_{one}")), key=len, default=stem.rsplit("_", 1)[-1])
    time = datetime.strptime(stated, "%Y-%m-%d-%H-%M-%S")
    return Sent(entry, known, "", file or "about.txt", stated, time=time, other="" if file else "text")


def house(entry: str) -> Sent | None:
    """`WHO/FILE`: a folder for each student; None for a file beside them."""
    who, _, file = entry.partition("/")
    return Sent(entry, who, who, file) if file else None


def recognise(entries: Collection[str]) -> str:
    """Which LMS's download these names are of; "house" for folders of one's own."""
    names = [one for one in entries if not left_by_systems(one)]
    if any(moodle(one) for one in names):
        return "moodle"
    if any(brightspace(one) for one in names):
        return "brightspace"
    if any(BLACKBOARD.fullmatch(one.rsplit("/", 1)[-1]) for one in names):
        return "blackboard"
    return "canvas" if any(canvas(one, ()) for one in names) else "house"


def left_by_systems(entry: str) -> bool:
    """What an operating system put into a zip."""
    parts = entry.split("/")
    return any(part in LEFT_BY_SYSTEMS or part.startswith("._") for part in parts)
