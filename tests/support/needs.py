"""What some tests need beyond Python, pip, make and git: without it they are skipped, or fail where everything has to run.

A test, or the fixture that it uses, asks with `need(BUBBLEWRAP)`, or with `missing(...)` where only trying it tells. What a
machine lacks is said once, at the end of the run (`tests/support/skipped.py`), with the way to have it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

import pytest

from autograder.sandbox.isolation import BACKENDS


@dataclass(frozen=True)
class Need:
    """Something that a machine may lack."""

    name: str  # as people call it
    programs: tuple[str, ...]  # one of these on PATH will do
    how: str  # the way to have it
    trouble: Callable[[], str] = lambda: ""  # why it does not work here; "" if it does


MAKE = Need("make", ("make",), "apt install make")
BUBBLEWRAP = Need("bubblewrap", ("bwrap",), "apt install bubblewrap", BACKENDS["bubblewrap"].trouble)
CHROMIUM = Need(
    "Chromium", ("chromium", "chromium-browser", "google-chrome"), "apt install chromium, or name one in CHROMIUM"
)
# An LMS's own language reads what we write for it.
PHP = Need("PHP", ("php",), "apt install php-cli")
RUBY = Need("Ruby", ("ruby",), "apt install ruby")
# Debian keeps the server's own programs off PATH; this one, which its packages put there, tells that they are installed.
POSTGRESQL = Need("PostgreSQL", ("pg_ctlcluster", "initdb"), "apt install postgresql")
NPM = Need("npm", ("npm",), "apt install nodejs npm")  # a JupyterHub's proxy comes from there
# What a bare machine has not. Whoever needs more adds it here, and its package to .ci/run.
BEYOND = (BUBBLEWRAP, CHROMIUM, PHP, RUBY, POSTGRESQL, NPM)


def need(wanted: Need) -> str:
    """The path of its program. Where there is none, or it does not work: as `missing`."""
    found = program(wanted) or missing(f"{wanted.name} is not installed", wanted.how)
    why = wanted.trouble()
    return missing(f"{wanted.name} does not work here ({why})") if why else found


def program(wanted: Need) -> str | None:
    """The path of the first of its programs that is there."""
    return next(filter(None, map(shutil.which, wanted.programs)), None)


def missing(what: str, how: str = "") -> NoReturn:
    """Skip the test that asks, or fail it if REQUIRE_ALL=1.

    what : what is missing, in the same words for every test that lacks it.
    how : the way to have it.
    """
    said = f"{what}: {how}" if how else what
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"REQUIRE_ALL=1, and {said}.", pytrace=False)
    pytest.skip(said)
