"""What submissions may import: what the course itself needs, as students have it, and not all that stands beside it here.

An instructor's environment holds more: test tools, among them a library that differentiates by itself, which would answer most
exercises in a line. Whatever else a class was promised is named in AUTOGRADER_IMPORTS, with commas between.

Read are the few lines of each distribution's metadata that matter: `importlib.metadata` takes as long for it as half a start.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

COURSE = "backprop-by-doing"
ALSO = "AUTOGRADER_IMPORTS"
EVERYWHERE = ("pip", "setuptools", "wheel", "pkg_resources", "distutils")  # every environment has them


@cache
def withheld() -> dict[str, str]:
    """Names that a submission cannot import, each with the path of its package or module; none if the course is not installed."""
    installed = _installed()
    if COURSE not in installed:
        return {}
    also = [one.strip() for one in os.environ.get(ALSO, "").split(",") if one.strip()]
    promised = _with_their_own({COURSE, *map(_name, (*EVERYWHERE, *also))}, installed)
    found = {top: path for name, info in installed.items() if name not in promised for top, path in _tops(info)}
    # A name at the top may be shared, as `google` is: such packages are called alike.
    beginnings = tuple(top.strip("_").replace("_", "-").lower() for top in found)
    for name in (name for name in promised if name in installed and name.startswith(beginnings)):
        for top, _ in _tops(installed[name]):
            found.pop(top, None)
    return found


def _installed() -> dict[str, Path]:
    """Distribution to the folder of its metadata, as imports would find it."""
    found: dict[str, Path] = {}
    for place in sys.path:
        with_metadata = sorted(Path(place).glob("*.dist-info")) if place else []
        for info in with_metadata:
            found.setdefault(_name(info.name), info)
    return found


def _name(text: str) -> str:
    """The name that a requirement or a file begins with, as PyPI compares names."""
    name = re.match(r"[A-Za-z0-9._]+(?:-[A-Za-z_][A-Za-z0-9._]*)*", text).group()
    return re.sub(r"[-_.]+", "-", name.removesuffix(".dist-info")).lower()


def _with_their_own(names: Iterable[str], installed: dict[str, Path]) -> set[str]:
    """These distributions and all that they need, without extras."""
    met, waiting = set(), list(names)
    while waiting:
        name = waiting.pop()
        if name not in met:
            met.add(name)
            waiting += _needs(installed[name]) if name in installed else ()
    return met


def _needs(info: Path) -> list[str]:
    head = _text(info / "METADATA").split("\n\n", 1)[0]
    lines = (line.removeprefix("Requires-Dist: ") for line in head.splitlines() if line.startswith("Requires-Dist: "))
    return [_name(line) for line in lines if "extra ==" not in line]


def _tops(info: Path) -> Iterator[tuple[str, str]]:
    """What can be imported of a distribution: names at the top, with their paths."""
    tops = _text(info / "top_level.txt").split()
    if not tops:
        tops = {line.split("/", 1)[0].split(",", 1)[0] for line in _text(info / "RECORD").splitlines()}
    for top in tops:
        name = top.split(".", 1)[0]
        for path in (info.parent / name, info.parent / f"{name}.py", info.parent / top):
            if name.isidentifier() and path.suffix not in (".pth", ".dist-info") and path.exists():
                yield name, str(path)
                break


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
