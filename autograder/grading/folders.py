"""Folders of `autograded/`, each replaced as a whole, with the permissions that nbgrader would leave."""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

FILE, FILE_FOR_GROUP = 0o444, 0o664  # as nbgrader leaves them; the second where `groupshared` is set
FOLDER_FOR_GROUP = 0o2770


class Closed(Exception):
    """A folder that may not be written; the words say which, and whose it is."""


@dataclass(frozen=True)
class Prepared:
    """A folder's new content, complete and beside it."""

    folder: Path

    @property
    def fresh(self) -> Path:
        return self.folder.with_name(f".{self.folder.name}.new")

    @property
    def old(self) -> Path:
        return self.folder.with_name(f".{self.folder.name}.old")

    def put_in_place(self) -> None:
        """Take the place of the folder: the old one stays until then."""
        if self.folder.exists():
            os.replace(self.folder, self.old)
        os.replace(self.fresh, self.folder)
        remove(self.old)

    def drop(self) -> None:
        """Leave the folder as it was, and no empty one around it."""
        remove(self.fresh)
        with contextlib.suppress(OSError):
            self.folder.parent.rmdir()


def prepare_folder(folder: Path, files: dict[str, bytes], for_group: bool = False) -> Prepared:
    """Write the files beside the folder that they are to replace. Closed if that may not be replaced by this user."""
    prepared = Prepared(folder)
    try:
        for left_over in (prepared.fresh, prepared.old):
            remove(left_over)
        _raise_if_closed(folder)
        _write(prepared.fresh, files, for_group)
        if for_group:  # nbgrader's collect makes the student's folder so too
            _open_for_group(folder.parent)
    except PermissionError as error:
        raise Closed(whose(Path(error.filename or folder))) from None
    return prepared


def _write(fresh: Path, files: dict[str, bytes], for_group: bool) -> None:
    fresh.mkdir(parents=True)
    made = {fresh}
    for name, content in files.items():
        path = fresh / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(content)
        path.chmod(FILE_FOR_GROUP if for_group else FILE)
    if for_group:
        for one, _, _ in os.walk(fresh):
            _open_for_group(Path(one))


def _open_for_group(folder: Path) -> None:
    mode = folder.stat().st_mode
    if mode & FOLDER_FOR_GROUP != FOLDER_FOR_GROUP and folder.stat().st_uid == os.getuid():
        folder.chmod((mode | FOLDER_FOR_GROUP) & 0o2777)


def _raise_if_closed(folder: Path) -> None:
    """PermissionError for a folder that could be put aside, and not be removed then."""
    for one, _, _ in os.walk(folder):
        if not os.access(one, os.W_OK | os.X_OK):
            raise PermissionError(None, None, one)


def whose(path: Path) -> str:
    """What keeps this user from writing there: the file, or the nearest folder that is there and may not be written; its owner."""
    if not path.is_file() or os.access(path, os.W_OK):
        while not path.is_dir() or os.access(path, os.W_OK | os.X_OK):
            if path == path.parent:
                break
            path = path.parent
    try:
        owner = path.owner()
    except (KeyError, OSError):
        owner = f"user {path.stat().st_uid}"
    what, shown = "file" if path.is_file() else "folder", ascii("/".join(path.parts[-3:]))
    return (
        f"the {what} {shown} may not be written by you; it belongs to {owner}. "
        "Let the group write to it (groupshared in nbgrader_config.py), or grade as its owner"
    )


def remove(folder: Path) -> None:
    """Remove a folder, if it is there."""
    if os.path.lexists(folder):
        shutil.rmtree(folder)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(content)
    os.replace(fresh, path)
