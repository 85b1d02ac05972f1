"""Exercises that were corrected after somebody's copy was made: say so, and carry the answers into the new notebook.

    python -m course.corrected            what differs; asks before it changes anything
    python -m course.corrected --carry    without asking

A copy knows what it was made from: nbgrader wrote a checksum into each of its cells. What is handed out now is in nbgrader's
exchange, in the release beside this package, or in a file that the student edition brings. Answers are carried cell by cell, by
grade_id; the old file stays beside the new one, under a name that says what it is. Nothing is run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import uuid
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from course.checksums import checksum, source_text
from course.exchange import exchange_root
from course.progress_table import find_folder

HERE = Path(__file__).parent
RELEASE = HERE.parent / "release"  # in the instructor's edition
HANDED_OUT = HERE / "handed_out.json"  # in the students': "06-batch/batch.ipynb" to that notebook
OUTBOUND = "outbound"  # of the exchange
KEPT = "{stem}-before-correction-{time:%Y-%m-%d-%H%M%S}.ipynb"


@dataclass(frozen=True)
class Correction:
    """A copy that is not made from what is handed out now. cells : those that differ, by grade_id."""

    name: str
    path: Path
    mine: dict
    new: dict
    cells: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.name} is not what is handed out now (corrected since, or a cell is gone): {', '.join(self.cells)}."
        )


def handed_out(from_exchange: bool = False) -> dict[str, dict]:
    """What is handed out now: "06-batch/batch.ipynb" to the notebook. The exchange counts, where it is asked and has one."""
    stored = json.loads(HANDED_OUT.read_text(encoding="utf-8")) if HANDED_OUT.is_file() else {}
    for folder in [RELEASE, *(_outbound() if from_exchange else [])]:
        for path in sorted(folder.glob("*/*.ipynb")):
            if (notebook := read(path)) is not None:
                stored[path.relative_to(folder).as_posix()] = notebook
    return stored


def _outbound() -> list[Path]:
    """Where nbgrader's exchange holds what this course hands out, if there is an exchange. (The import takes a second.)"""
    root = exchange_root()
    if root is None:
        return []
    from nbgrader.apps import NbGrader

    app = NbGrader()
    app.load_config_file()
    course = app.config.CourseDirectory.get("course_id")
    return [root / course / OUTBOUND] if isinstance(course, str) and course else []


def corrections(folder: Path, released: Mapping[str, dict]) -> list[Correction]:
    """The copies in a folder of exercises that differ from what is handed out now in what nbgrader knows of them."""
    found = []
    for name, new in released.items():
        mine = read(folder / name) if (folder / name).is_file() else None
        if mine is not None and (cells := tuple(differing(mine, new))):
            found.append(Correction(name, folder / name, mine, new, cells))
    return found


def read(path: Path) -> dict | None:
    """A notebook; None if the file holds none."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return notebook if all(isinstance(cell["metadata"], dict) for cell in notebook["cells"]) else None
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return None


def differing(mine: dict, new: dict) -> Iterator[str]:
    """The cells that nbgrader knows and that were handed out otherwise, are new, or are gone, by grade_id."""
    known, now = by_name(mine), by_name(new)
    for name, cell in now.items():
        if name not in known or _base(known[name]) != _base(cell):
            yield name
    yield from (name for name in known if name not in now)


def by_name(notebook: dict) -> dict[str, dict]:
    """The cells that nbgrader knows, by grade_id; of two, the first."""
    found: dict[str, dict] = {}
    for cell in notebook["cells"]:
        if name := _grade_id(cell):
            found.setdefault(name, cell)
    return found


def carried(mine: dict, new: dict) -> tuple[dict, list[str]]:
    """The new notebook with one's own answers, free code and added cells; and what to look at, a line each."""
    result, lines, used = deepcopy(new), [], set()
    old = by_name(mine)
    by_id = {cell["id"]: cell for cell in mine["cells"] if not _grade_id(cell) and cell.get("id")}
    for cell in result["cells"]:
        name = _grade_id(cell)
        before = old.get(name) if name else by_id.get(cell.get("id"))
        if before is None:
            continue
        used.add(id(before))
        answer = name and cell["metadata"]["nbgrader"].get("solution")
        free = not name and cell["cell_type"] == before["cell_type"] == "code"
        if (answer and touched(before)) or free:
            for key in ("source", "attachments", "outputs", "execution_count"):
                if key in before and (key != "outputs" or cell["cell_type"] == "code"):
                    cell[key] = deepcopy(before[key])
            if answer and _base(before) != _base(cell):
                lines.append(f"{name}: your answer is carried, and what was given with it has changed. Look at it.")
        elif cell["cell_type"] == "code" and source_text(cell) == source_text(before):
            cell["outputs"], cell["execution_count"] = before.get("outputs", []), before.get("execution_count")
    lines += _add_others(result, mine, used)
    return result, lines


def touched(cell: dict) -> bool:
    """True if an answer is not as it was handed out; also where that cannot be told."""
    stated = cell["metadata"]["nbgrader"]
    return checksum(cell, stated) != stated.get("checksum")


def _add_others(result: dict, mine: dict, used: set[int]) -> list[str]:
    """Put one's own cells, and answers whose question is gone, behind the cell that they stood behind."""
    lines: list[str] = []
    place = {(_grade_id(cell) or cell.get("id")): at for at, cell in enumerate(result["cells"])}
    behind: dict[int, list[dict]] = {}
    ids = {cell.get("id") for cell in result["cells"]}
    last = -1
    for cell in mine["cells"]:
        if id(cell) in used:
            last = place.get(_grade_id(cell) or cell.get("id"), last)
            continue
        name = _grade_id(cell)
        if name and not (cell["metadata"]["nbgrader"].get("solution") and touched(cell)):
            continue  # handed out, and not any more
        own = deepcopy(cell)
        own["metadata"].pop("nbgrader", None)
        if own.get("id") in ids or "id" not in own:
            own["id"] = uuid.uuid4().hex[:8]
        ids.add(own["id"])
        behind.setdefault(last, []).append(own)
        if name:
            lines.append(
                f"{name}: is not asked any more, or stood there twice. Your words stay, as a cell of your own."
            )
    cells = result["cells"]
    result["cells"] = [
        *behind.get(-1, []),
        *(one for at, cell in enumerate(cells) for one in (cell, *behind.get(at, []))),
    ]
    return lines


def carry(correction: Correction, now: datetime | None = None) -> list[str]:
    """Carry the answers into the new notebook and keep the old file beside it; what was done, a line each. OSError if it cannot."""
    path = correction.path
    result, lines = carried(correction.mine, correction.new)
    kept = path.with_name(KEPT.format(stem=path.stem, time=now or datetime.now()))
    with path.open("rb") as old, kept.open("xb") as copy:  # never over a file that is there
        shutil.copyfileobj(old, copy)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)
    return [f"{correction.name}: your answers are in the new notebook. The old one is {kept.name}, beside it.", *lines]


def offer(folder: Path, always: bool = False, from_exchange: bool = False) -> bool:
    """Say what differs in a folder of exercises; carry it if asked to, always or by who sits at the terminal. True for any."""
    found = corrections(folder, handed_out(from_exchange))
    for one in found:
        print(one)
        if always or _says_yes():
            try:
                print("\n".join(carry(one)))
            except OSError as why:
                print(f"{one.name} is left as it was: {why}")
    return bool(found)


def _says_yes() -> bool:
    """The answer of who sits at the terminal; without one, what to run."""
    if not (sys.stdin and sys.stdin.isatty()):
        print("To carry your answers into the new one, close it and run: python -m course.corrected")
        return False
    try:
        said = input("Carry your answers into the new one, and keep the old one beside it? [y/N] ")
    except EOFError:
        return False
    return said.strip().lower() in ("y", "yes")


def _grade_id(cell: dict) -> str:
    stated = cell["metadata"].get("nbgrader")
    return str(stated.get("grade_id") or "") if isinstance(stated, dict) else ""


def _base(cell: dict) -> str | None:
    """What a cell was handed out as."""
    return cell["metadata"]["nbgrader"].get("checksum")


def main(arguments: list[str]) -> int:
    """0, or 2 and one line if there are no exercises."""
    parser = argparse.ArgumentParser(
        prog="python -m course.corrected", description="Carry answers into corrected exercises."
    )
    parser.add_argument("folder", nargs="?", type=Path, help="your exercises; without it, those here or above")
    parser.add_argument("--carry", action="store_true", help="do not ask")
    options = parser.parse_args(arguments)
    folder = options.folder or find_folder(Path.cwd())
    if folder is None or not folder.is_dir():
        print(
            f"There is no folder of exercises {'here or above' if options.folder is None else options.folder}.",
            file=sys.stderr,
        )
        return 2
    if not offer(folder, options.carry, from_exchange=True):
        print("Your exercises are made from what is handed out now.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
