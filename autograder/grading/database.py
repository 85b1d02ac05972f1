"""Open nbgrader's database, and say in one line why that cannot be done."""

from __future__ import annotations

import os
import time
from pathlib import Path

from nbgrader.api import Base, Gradebook
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from autograder.course_dir import BadInput

PATIENCE = 60.0  # seconds to wait for a database that is locked or gone
SERVER_PATIENCE = 1.0  # seconds at the start, for a server that does not answer: it is told before any work is done
# What waiting does not mend, in the words of SQLite and PostgreSQL.
LASTING = (
    "full",
    "no such",
    "does not exist",
    "read-only",
    "not a database",
    "malformed",
    "permission denied",
    "authentication failed",
    "no pg_hba.conf entry",
    "failed to resolve host",
)
GLOBS = set("[]*?")


def open_gradebook(db_url: str, course_id: str) -> Gradebook:
    """nbgrader's gradebook; BadInput if there is none, if it is of an older nbgrader, or no gradebook at all."""
    url = _url(db_url)
    if isinstance(url, URL):
        _look_at_file(Path(url.database), db_url)
        patience = PATIENCE
    else:
        _look_at_address(db_url)
        patience = SERVER_PATIENCE
    patiently(lambda: _look_at_tables(url, shown(db_url)), patience)
    return patiently(lambda: Gradebook(url, course_id))


def shown(db_url: str) -> str:
    """The address as it may be printed: without its password."""
    return make_url(db_url).render_as_string(hide_password=True)


def patiently(action, patience: float = PATIENCE):
    """Do it; if the database is locked or gone for a while, try again for up to so many seconds."""
    deadline, pause = time.monotonic() + patience, 0.05
    while True:
        try:
            return action()
        except DatabaseError as error:
            if not isinstance(error, OperationalError) and not _is_lasting(error):
                raise  # a fault in what is written, not in where
            if time.monotonic() > deadline or _is_lasting(error):
                why = str(error.orig).strip().splitlines()[0].rstrip(".")
                raise BadInput(
                    f"the gradebook cannot be used: {why}. Nothing is lost; run the command again."
                ) from None
            time.sleep(pause)
            pause = min(2 * pause, 2.0)


def _is_lasting(error: DatabaseError) -> bool:
    return any(phrase in str(error.orig) for phrase in LASTING)


def _url(db_url: str) -> str | URL:
    """The address for SQLAlchemy; of a file by its parts, since its path may hold a question mark."""
    path = db_url.removeprefix("sqlite:///")
    return URL.create("sqlite", database=path) if path != db_url and path else db_url


def _look_at_address(db_url: str) -> None:
    """BadInput for an address that SQLAlchemy cannot read, or has no driver for."""
    try:
        make_url(db_url).get_dialect().import_dbapi()
    except (ArgumentError, NoSuchModuleError):
        raise BadInput(
            "db_url in nbgrader_config.py is no address of a database: it begins with sqlite:/// or postgresql+psycopg://."
        ) from None
    except ModuleNotFoundError as missing:
        raise BadInput(
            f"{shown(db_url)} needs the Python package {missing.name}: `pip install -c constraints.txt -e '.[postgresql]'`."
        ) from None


def _look_at_file(path: Path, db_url: str) -> None:
    if not path.exists():
        odd = sorted(GLOBS & set(str(path)))
        more = f" (They find nothing in a folder with {' '.join(odd)} in its path: rename it.)" if odd else ""
        raise BadInput(
            f"there is no gradebook ({db_url}). Run `nbgrader generate_assignment` first, for each chapter.{more}"
        )
    if not path.is_file():
        raise BadInput(f"{path} should be the gradebook, and is a folder. Move it away.")
    _raise_if_closed(path)
    try:
        with path.open("rb") as file:
            begin = file.read(16)
    except OSError as why:
        raise BadInput(f"the gradebook {path} cannot be read: {why.strerror}.") from None
    if begin and begin != b"SQLite format 3\0":
        raise BadInput(
            f"{path} should be the gradebook, and is no database. Move it away, and put the gradebook back from a copy."
        )


def _raise_if_closed(path: Path) -> None:
    """BadInput for a file that this user may not write, or a folder in which SQLite may not write beside it.

    Only here: while it is used, SQLite calls a file read-only, too, that is gone for a while.
    """
    for one, what in ((path, "the gradebook"), (path.parent, "the folder of the gradebook,")):
        if not os.access(one, os.W_OK):
            try:
                owner = one.owner()
            except (KeyError, OSError):
                owner = f"user {one.stat().st_uid}"
            raise BadInput(
                f"{what} {one} may not be written by you; it belongs to {owner}. "
                "Let the group write to it (groupshared in nbgrader_config.py), or grade as its owner."
            )


def _look_at_tables(url: str | URL, db_url: str) -> None:
    """BadInput unless the tables are those of this nbgrader, or there are none yet."""
    engine = create_engine(url)
    try:
        looked_at = inspect(engine)
        there = set(looked_at.get_table_names())
        if there and "submitted_assignment" not in there:
            raise BadInput(
                f"{db_url} is a database of something else: it has no table of nbgrader's. See db_url in nbgrader_config.py."
            )
        for table in Base.metadata.sorted_tables if there else []:
            have = {column["name"] for column in looked_at.get_columns(table.name)} if table.name in there else set()
            missing = sorted({column.name for column in table.columns} - have)
            if missing:
                raise BadInput(
                    f"{db_url} was made by an older nbgrader (no {table.name}.{missing[0]}). "
                    "Run `nbgrader db upgrade`, which keeps a copy of it."
                )
    finally:
        engine.dispose()
