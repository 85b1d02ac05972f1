"""One grader at a time on a gradebook that several machines reach: a lock in the database itself.

PostgreSQL keeps an advisory lock for as long as the connection that took it lasts, so that of a grader that was killed goes with
it. SQLite's gradebook is a file in the course's folder, and the lock on that folder is enough.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from autograder.course_dir import BadInput
from autograder.grading.database import patiently

KEY = 0x6261636B70726F70  # any number that nobody else's lock in this database has
# A machine that lost its power closes no connection: the server asks, and lets the lock go after a minute.
ASK = ("tcp_keepalives_idle = 30", "tcp_keepalives_interval = 10", "tcp_keepalives_count = 3")
WHO = text(
    "select a.application_name from pg_locks l join pg_stat_activity a on a.pid = l.pid "
    "where l.locktype = 'advisory' and l.granted and l.objsubid = 1 "
    "and l.database = (select oid from pg_database where datname = current_database()) "
    "and (l.classid::bigint << 32) | l.objid::bigint = :key"
)


class DatabaseLock:
    """The lock of one grader, on a connection of its own."""

    def __init__(self, db_url: str, where: str):
        """where : the course's folder on this machine, for whoever is refused."""
        name = f"{socket.gethostname()}, process {os.getpid()}, {where}".encode()[:63].decode(errors="ignore")
        parameters = {"application_name": name}
        self._engine = create_engine(db_url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=parameters)
        self._connection: Connection | None = None

    def hold(self) -> None:
        """Take the lock, or take it again if the server was away for a while. BadInput, with a name, if another has it."""
        patiently(self._hold)

    def _hold(self) -> None:
        if self._connection is not None:
            try:
                self._connection.execute(text("select 1"))
                return
            except OperationalError:
                self.close()
        connection = self._engine.connect()
        for setting in ASK:
            connection.execute(text(f"set {setting}"))
        if not connection.execute(text("select pg_try_advisory_lock(:key)"), {"key": KEY}).scalar():
            who = connection.execute(WHO, {"key": KEY}).scalar() or "somewhere else"
            connection.close()
            raise BadInput(f"another grader is at work on this gradebook: {who}. Wait for it, or stop it.")
        self._connection = connection

    def close(self) -> None:
        """Let the lock go, if it is held."""
        if self._connection is not None:
            with contextlib.suppress(OperationalError):
                self._connection.invalidate()
                self._connection.close()
            self._connection = None


@contextlib.contextmanager
def lock_database(db_url: str, where: str) -> Iterator[DatabaseLock | None]:
    """The only grader of this database for as long as this lasts; None where the database needs no lock of its own."""
    if make_url(db_url).get_backend_name() != "postgresql":
        yield None
        return
    lock = DatabaseLock(db_url, where)
    try:
        lock.hold()
        yield lock
    finally:
        lock.close()
