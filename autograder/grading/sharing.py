"""A course that several people grade: what one of them makes, the others of the group may change."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path

from traitlets.config import Config

GROUP = 0o070


def share_with_group(settings: Config, file: str) -> None:
    """Let the group write to whatever this process makes, and to the gradebook, if `CourseDirectory.groupshared` is set.

    nbgrader itself opens the folders of hand-ins, and neither the students' folders around them nor the gradebook, which SQLite
    makes for its owner alone. Nothing is done on Windows.

    settings, file : the `c` and the `__file__` of the nbgrader_config.py that asks.
    """
    if sys.platform == "win32" or settings.CourseDirectory.get("groupshared") is not True:
        return
    os.umask(os.umask(GROUP) & ~GROUP)
    if not _courses:
        _look_after_each_write()
    _courses[Path(file).resolve().parent] = settings


_courses: dict[Path, Config] = {}  # those of this process that are shared, and their settings


def _look_after_each_write() -> None:
    """Open a shared course's gradebook to the group, whichever command, or Formgrader's server, has made the file."""
    from sqlalchemy import event
    from sqlalchemy.engine import Connection, Engine

    @event.listens_for(Engine, "commit")
    def written(connection: Connection) -> None:
        url = connection.engine.url
        if url.get_backend_name() == "sqlite" and url.database:
            file = Path(url.database).resolve()
            if any(file == _gradebook(course, settings) for course, settings in _courses.items()):
                let_group_write(file)


def _gradebook(course: Path, settings: Config) -> Path:
    """The file; read when it is needed, since a configuration may say more after it asked to be shared."""
    named = settings.CourseDirectory.get("db_url") or ""
    return Path(named.removeprefix("sqlite:///") or course / "gradebook.db").resolve()


def let_group_write(path: Path) -> None:
    """Open a file to its group, if it is there and this user's own."""
    with contextlib.suppress(OSError):
        found = path.stat()
        if found.st_uid == os.getuid() and not found.st_mode & stat.S_IWGRP:
            path.chmod(stat.S_IMODE(found.st_mode) | stat.S_IRGRP | stat.S_IWGRP)
