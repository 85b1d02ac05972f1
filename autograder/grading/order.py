"""In which order hand-ins are begun: what may take long in the first half, so that no worker waits for it when all else is done.

A guess, from which no mark depends. A submission that hangs has all of its time, while others are graded: so these are spread, and
none of them comes late.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Collection
from itertools import islice
from pathlib import Path

from autograder.grading.tasks import Task
from autograder.grading.template import Template

LOOKED_AT = 2**20  # bytes of a notebook
INDENTED = 40  # blanks at the start of a line, at most
# Whatever waits for something imports it, and what goes round for ever mostly says `while`. Each pattern begins with letters:
# these are looked for ten times as fast as any other.
TELLS = tuple(
    re.compile(one) for one in (rb"import[ \t]+(\w+)", rb"from[ \t]+(\w+)[\w.]*[ \t]+import\b", rb"(while)\b")
)
LINE_BEGINS = (b'"', b"\\n", b";", b":")  # before a statement, in a notebook's JSON
OF_EVERYBODY = frozenset({b"numpy", b"math", b"matplotlib", b"course"})


def long_ones_early(tasks: Collection[Task], templates: dict[str, list[Template]]) -> list[Task]:
    """The tasks; those that may take long spread over the first half. templates : what was released, by assignment."""
    usual = {
        assignment: OF_EVERYBODY.union(*(_tells(_released(one)) for one in asked))
        for assignment, asked in templates.items()
    }
    kinds: dict[bool, list[Task]] = {True: [], False: []}
    for task in tasks:
        kinds[may_take_long(task.folder, usual[task.assignment])].append(task)
    return spread(kinds[True], kinds[False])


def _released(template: Template) -> bytes:
    return json.dumps([*(cell.released for cell in template.cells), *template.free.values()]).encode()


def spread(long: list, short: list) -> list:
    """Both, in the order each had: the long ones at equal distances, the last of them begun at half of all at the latest."""
    between = max(0, (len(long) + len(short)) // (2 * len(long)) - 1) if long else 0
    waiting = iter(short)
    return [one for first in long for one in (first, *islice(waiting, between))] + list(waiting)


def may_take_long(folder: Path, usual: frozenset[bytes]) -> bool:
    """Whether a notebook in the folder imports, or repeats, what is not usual. Links are not followed."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:  # what cannot be read says so when its turn comes
        for entry in entries:
            if entry.name.endswith(".ipynb") and entry.is_file(follow_symlinks=False):
                with open(entry.path, "rb") as file:
                    if _tells(file.read(LOOKED_AT)) - usual:
                        return True
    return False


def _tells(raw: bytes) -> frozenset[bytes]:
    """The modules that are imported, and "while" if a line begins with it."""
    found = (one for pattern in TELLS for one in pattern.finditer(raw))
    return frozenset(one[1] for one in found if _before(raw, one.start()).endswith(LINE_BEGINS))


def _before(raw: bytes, place: int) -> bytes:
    """What stands before a place, without blanks in between; a little of it."""
    return raw[max(0, place - INDENTED) : place].rstrip(b" \t")
