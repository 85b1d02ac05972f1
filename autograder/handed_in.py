"""What stands under `submitted/`: which file is which notebook, whatever it is called, and whether it is new."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.repair import Template, Unreadable, matches, read_hand_in

FILE_LIMIT = 10 * 2**20  # bytes of a support file that is laid beside the notebook


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

    def digest(self, templates: list[Template]) -> str:
        """Changes with anything that could change the marks: the hand-in, the tests, the points."""
        content = hashlib.sha256()
        for name, raw in sorted(self.notebooks.items()):
            content.update(f"{name}:{None if raw is None else hashlib.sha256(raw).hexdigest()}\n".encode())
        for name, raw in sorted(self.files.items()):
            content.update(f"{name}:{hashlib.sha256(raw).hexdigest()}\n".encode())
        for template in templates:
            for cell in template.cells:
                content.update(json.dumps([cell.name, cell.source, cell.points, cell.locked]).encode())
        content.update(str(self.timestamp).encode())
        content.update(examination_digest().encode())
        return content.hexdigest()


@cache
def examination_digest() -> str:
    """Changes with the exercises, their cases and the way answers are compared: a correction there is a reason to regrade."""
    content = hashlib.sha256()
    here = Path(__file__).parent
    for folder in (here, here.parent / "course"):
        for path in sorted(folder.rglob("*.py")):
            if not {"demo", "figures"} & set(path.parts):
                content.update(path.read_bytes())
    return content.hexdigest()


def students(submitted: Path, assignment: str) -> list[tuple[str, Path]]:
    """Everyone who has a folder for the assignment, in order. Folders that are links to others are left out."""
    found = [(folder.name, folder / assignment) for folder in submitted.iterdir()] if submitted.is_dir() else []
    return sorted(
        (name, path)
        for name, path in found
        if path.is_dir() and not name.startswith(".") and not path.is_symlink() and not path.parent.is_symlink()
    )


def read(student: str, folder: Path, assignment: str, templates: list[Template]) -> HandIn:
    """Read a folder. Nothing in it is followed out of it: symbolic links are left alone."""
    handed_in = HandIn(student, assignment, folder, None, {})
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    linked = [path.name for path in folder.rglob("*") if path.is_symlink()]
    if linked:
        handed_in.notes.append(f"symbolic links are not followed: {', '.join(linked[:3])}")
    loose = [path for path in paths if path.suffix == ".ipynb" and path.parent == folder]
    for template in templates:
        path = _find(template, templates, loose, handed_in.notes)
        handed_in.notebooks[template.notebook] = path.read_bytes() if path else None
    handed_in.files = support_files(folder)
    handed_in.timestamp = _timestamp(handed_in)
    return handed_in


def support_files(folder: Path) -> dict[str, bytes]:
    """Everything beside the notebooks, by relative path; links and what is too large are left out."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in paths
        if path.suffix != ".ipynb" and ".ipynb_checkpoints" not in path.parts and path.stat().st_size <= FILE_LIMIT
    }


def _timestamp(handed_in: HandIn) -> datetime | None:
    """When it was handed in, as nbgrader's collect wrote it down."""
    stated = handed_in.files.get("timestamp.txt", b"").decode("utf-8", "replace").strip()
    try:
        return parse_utc(stated) if stated else None
    except (ValueError, OverflowError):
        handed_in.notes.append("timestamp.txt holds no time, so it is not known when this was handed in")
        return None


def _find(template: Template, templates: list[Template], loose: list[Path], notes: list[str]) -> Path | None:
    """The file that is this notebook: by its name, else by its cells if only one can be meant."""
    named = [path for path in loose if path.stem == template.notebook]
    if named:
        return named[0]
    taken = {one.notebook for one in templates}
    candidates = [path for path in loose if path.stem not in taken and _is(path, template)]
    if len(candidates) == 1:
        notes.append(f"{template.notebook}.ipynb was handed in as {candidates[0].name!r}")
        return candidates[0]
    if candidates:
        names = ", ".join(repr(path.name) for path in candidates)
        notes.append(
            f"{template.notebook}.ipynb is missing, and any of {names} could be it: keep one, under its right name"
        )
    else:
        notes.append(f"{template.notebook}.ipynb was not handed in")
    return None


def _is(path: Path, template: Template) -> bool:
    try:
        return matches(read_hand_in(path.read_bytes()), template)
    except (Unreadable, OSError):
        return False
