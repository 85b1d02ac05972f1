"""A PostgreSQL server of a test's own: in a temporary folder, on a socket there and on 127.0.0.1, by an unprivileged user."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.needs import POSTGRESQL, missing, need

STARTS_WITHIN = 30.0  # seconds


def programs() -> Path:
    """The folder of the server's programs, which Debian keeps off PATH. The test is skipped where there is none."""
    need(POSTGRESQL)
    if importlib.util.find_spec("psycopg") is None:
        missing("psycopg is not installed", "pip install -c constraints.txt -e '.[postgresql]'")
    found = shutil.which("initdb") or max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=None)
    return Path(found).resolve().parent if found else missing("PostgreSQL has no initdb here", POSTGRESQL.how)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a running server's database `postgres`; `DATABASE` in place of the last word names another."""
    found = programs()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())  # it refuses to run as root
    os.chown(folder, user.pw_uid, user.pw_gid)
    more = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **more}
    words = ["-D", str(folder / "data"), "-U", "grader", "--auth", "trust", "--no-sync", "--encoding", "UTF8"]
    subprocess.run([found / "initdb", *words, "--locale", "C.UTF-8"], check=True, **quiet)
    words = ["-D", str(folder / "data"), "-k", str(folder), "-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    process = subprocess.Popen([found / "postgres", *words, "-c", "fsync=off"], **quiet)
    try:
        _wait_for(port, process)
        yield f"postgresql+psycopg://grader@127.0.0.1:{port}/postgres"
    finally:
        process.send_signal(2)  # ends it without waiting for who is connected
        process.wait(STARTS_WITHIN)
        shutil.rmtree(folder, ignore_errors=True)


def new_database(address: str, name: str, of: str = "template0") -> str:
    """A database on the server, empty or the copy of another; its address."""
    from sqlalchemy import create_engine, text

    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'create database "{name}" template "{of}"'))
    engine.dispose()
    return f"{address.rsplit('/', 1)[0]}/{name}"


def _wait_for(port: int, process: subprocess.Popen) -> None:
    import psycopg

    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="grader", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            assert process.poll() is None and time.monotonic() < deadline, "the server does not start"
            time.sleep(0.05)
