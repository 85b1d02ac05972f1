"""What stands under `submitted/`: which file is which notebook, whatever it is called, and whether it is new."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograder.course_dir import BadInput
from autograder.grading.candidates import Found, files_in, find
from autograder.grading.template import Template
from autograder.grading.times import TIME_LIMIT, read_time

FILE_LIMIT = 10 * 2**20  # bytes of a support file that is laid beside the notebook
FILES_LIMIT = 15 * 2**20  # bytes of all of them
COUNT_LIMIT = 1000  # of them
DEPTH_LIMIT = 8  # folders within folders


@dataclass
class HandIn:
    """One student's folder for one assignment, as found. `files` are the support files, by relative path."""

    student: str
    assignment: str
    folder: Path
    timestamp: datetime | None
    notebooks: dict[str, bytes | None]
    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def students(submitted: Path, assignment: str) -> list[tuple[str, Path, str]]:
    """Everyone who has a folder for the assignment, in order: name, folder, and why it is left alone ("" if it is not).

    BadInput for a folder whose name is no text: it could not stand in the gradebook.
    """
    found = sorted(submitted.iterdir()) if submitted.is_dir() else []
    found_folders = [(one.name, one / assignment, left_alone(one / assignment)) for one in found if one.name[0] != "."]
    there = [(name, folder, why) for name, folder, why in found_folders if why is not None]
    for name, *_ in there:
        if not _is_text(name):
            raise BadInput(f"the folder {name!a} in {submitted} is no student's name. Rename it.")
    return there


def left_alone(folder: Path) -> str | None:
    """Why a submission's folder is left alone: "" if it is not, None if there is none."""
    try:
        mode = folder.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return f"the folder {_last_parts(folder)} cannot be looked into: {error.strerror}"
    for link in (folder.parent, folder):
        if (stat.S_ISDIR(mode) or stat.S_ISLNK(mode)) and link.is_symlink():
            return f"the folder {_last_parts(link)} is a link, and links are not followed"
    if not stat.S_ISDIR(mode):
        return None
    try:
        linked = next((one for one in sorted(folder.glob("*.ipynb")) if one.is_symlink()), None)
    except OSError:
        return ""  # a folder that cannot be read says so when it is
    return f"{linked.name!a} is a link, and links are not followed: hand in the file itself" if linked else ""


def links_in(folder: Path) -> list[str]:
    """Paths in a hand-in's folder that are links, relative to it: what they lead to is not the hand-in's."""
    return [path.relative_to(folder).as_posix() for path in _paths(folder)[0] if path.is_symlink()]


def _last_parts(folder: Path) -> str:
    """The last two parts of a path, in a form that can stand in a line."""
    return ascii("/".join(folder.parts[-2:]))


def read(student: str, folder: Path, assignment: str, templates: list[Template]) -> HandIn:
    """Read a folder. Nothing in it is followed out of it: symbolic links are left alone. OSError if it cannot be read."""
    hand_in = HandIn(student, assignment, folder, None, {})
    paths, closed = _paths(folder)
    if closed:
        examples = ", ".join(ascii(path.relative_to(folder).as_posix()) for path in closed[:3])
        hand_in.notes.append(f"{len(closed)} folders cannot be looked into: {examples}")
    linked = [ascii(path.name) for path in paths if path.is_symlink()]
    if linked:
        hand_in.notes.append(f"symbolic links are not followed: {', '.join(linked[:3])}")
    there = [path for path in paths if _is_file(path)]
    candidates = files_in(folder, there)
    names = {template.notebook for template in templates}
    others = [path.name for path in there if path.name != "timestamp.txt"]
    hand_in.files = support_files(folder, hand_in.notes)
    support = dict(hand_in.files)
    for template in templates:
        found = Found(None)
        try:
            found = find(template, candidates, names, hand_in.notes, others)
        except PermissionError:
            hand_in.notes.append(f"{template.notebook}.ipynb may not be read: change its permissions")
        hand_in.notebooks[template.notebook] = found.raw
        support |= found.with_neighbours(hand_in.files)
    hand_in.files = support
    hand_in.timestamp = _timestamp(hand_in)
    return hand_in


def support_files(folder: Path, notes: list[str] | None = None) -> dict[str, bytes]:
    """Everything beside the notebooks, by relative path; links, and what is too large or too much, are left out."""
    files, left_out, total = {}, [], 0
    for path in _paths(folder)[0]:
        if not _is_file(path) or path.suffix.lower() == ".ipynb" or ".ipynb_checkpoints" in path.parts:
            continue
        name = path.relative_to(folder).as_posix()
        size = path.stat().st_size
        total += size
        if size > FILE_LIMIT or total > FILES_LIMIT or len(files) == COUNT_LIMIT or not _is_text(name):
            left_out.append(ascii(name))
            continue
        try:
            files[name] = _content(path, FILE_LIMIT)
        except PermissionError:
            left_out.append(ascii(name))
    if left_out and notes is not None:
        examples = ", ".join(left_out[:3])
        notes.append(
            f"{len(left_out)} files beside the notebooks are left out, too large, too many, oddly named or closed: {examples}"
        )
    return files


def merged(files: dict[str, bytes], ours: dict[str, bytes]) -> dict[str, bytes]:
    """The student's files and ours as one folder. Ours replace the student's, also a file where ours need a folder."""
    names = {name.casefold() for name in ours}  # some file systems do not tell "A" from "a"
    folders = {one for name in names for one in _folders(name)}
    kept = {
        name: content
        for name, content in files.items()
        if name.casefold() not in names | folders and not names & _folders(name.casefold())
    }
    return kept | ours


def _folders(name: str) -> set[str]:
    return {str(one) for one in PurePosixPath(name).parents}


def _paths(folder: Path, depth: int = 0) -> tuple[list[Path], list[Path]]:
    """Everything below a folder, links not followed, in order; and the folders below it that cannot be looked into."""
    entries = sorted(folder.iterdir())
    for path in entries:
        path.lstat()  # a folder may give the names in it, and not let anybody in
    found, closed = [], []
    for path in entries:
        found.append(path)
        if os.path.isdir(path) and not path.is_symlink() and depth < DEPTH_LIMIT:
            try:
                below, closed_below = _paths(path, depth + 1)
            except OSError:
                below, closed_below = [], [path]
            found += below
            closed += closed_below
    return found, closed


def _is_text(name: str) -> bool:
    """False for a name whose bytes are no UTF-8."""
    return name == name.encode("utf-8", "replace").decode()


def _is_file(path: Path) -> bool:
    return os.path.isfile(path) and not path.is_symlink()  # Path.is_file raises where it may not look


def _content(path: Path, limit: int) -> bytes:
    """What the file holds, up to a limit: somebody's file may be larger than our memory."""
    with path.open("rb") as file:
        return file.read(limit)


def _timestamp(hand_in: HandIn) -> datetime | None:
    """When it was handed in, as nbgrader's collect wrote it down."""
    stated = hand_in.files.get("timestamp.txt", b"")[: TIME_LIMIT + 1].decode("utf-8", "replace").strip()
    read_as, note = read_time(stated)
    if note:
        hand_in.notes.append(note)
    return read_as
