"""What the course knows of a notebook: its cells as the gradebook keeps them, and those around them as they were handed out."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

# Most cells of a class stand as they were handed out: so many texts, of up to so many characters, are read once.
KEPT, SHORT = 2_000, 5_000
_HIDDEN = ("HIDDEN TESTS", "MARK SCHEME")  # what is taken out of what is handed out, between BEGIN and END
_DEFINED = re.compile(r"^(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]{1,80})?=(?!=)", re.MULTILINE)
_CHECKED = re.compile(r"^(?:check|examine)\((?:\"[^\"\n]*\",\s*)?(\w+)", re.MULTILINE)
_BLANKS = [chr(number) for number in range(0x3001) if chr(number).isspace()]
_LAYOUT = str.maketrans({"'": '"'} | dict.fromkeys(_BLANKS, ""))  # `split` would make an object of every word


@dataclass(frozen=True)
class TemplateCell:
    """A cell that nbgrader knows: as the gradebook keeps it, hidden tests included."""

    name: str
    cell_type: str
    source: str
    checksum: str
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float | None

    @cached_property
    def released(self) -> str:
        """The source as students get it."""
        kept, hidden = [], False
        for line in self.source.split("\n"):
            if any(f"BEGIN {what}" in line for what in _HIDDEN):
                hidden = True
            elif any(f"END {what}" in line for what in _HIDDEN):
                hidden = False
            elif not hidden:
                kept.append(line)
        return "\n".join(kept)

    @cached_property
    def layout_free(self) -> str:
        return layout_free(self.released)

    @cached_property
    def defines(self) -> frozenset[str]:
        """The names that an answer in this cell gives a value."""
        return defined_names(self.source) if self.solution and self.cell_type == "code" else frozenset()

    @cached_property
    def asks(self) -> frozenset[str]:
        """The names that a test cell examines."""
        return frozenset(_CHECKED.findall(self.source)) if self.is_test else frozenset()

    @property
    def is_test(self) -> bool:
        return self.grade and not self.solution and self.cell_type == "code"

    @property
    def is_written(self) -> bool:
        """An answer in words, which a person marks."""
        return self.task or (self.grade and self.solution)


@dataclass(frozen=True)
class Template:
    """The known cells of one notebook, in the order of the instructor's source.

    free : the cells of the source that nbgrader does not know (a title, a cell to play with), id to text; empty if the source is
    not at hand. order : the names of all cells, known and free, as they stand in the source.
    """

    notebook: str
    cells: tuple[TemplateCell, ...]
    kernelspec: dict
    free: dict[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> bytes:
        """Changes with the tests and the points."""
        counted = [[cell.name, cell.source, cell.points, cell.locked] for cell in self.cells]
        return hashlib.sha256(json.dumps(counted).encode()).digest()

    @cached_property
    def by_name(self) -> dict[str, TemplateCell]:
        return {cell.name: cell for cell in self.cells}

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each cell stands in the source: its number."""
        return {name: number for number, name in enumerate(self.order or self.by_name)}


@lru_cache(maxsize=KEPT)
def _layout_free(text: str) -> str:
    packed = text.translate(_LAYOUT)
    return packed.replace(",)", ")").replace(",]", "]").replace(",}", "}")


def layout_free(text: str) -> str:
    """A text without its layout: what black, ruff and converters change of it (blanks, line ends, quotes, last commas) is gone."""
    return (_layout_free if len(text) <= SHORT else _layout_free.__wrapped__)(text)


def defined_names(source: str) -> frozenset[str]:
    """The names that a cell gives a value at its outer level.

    Read line by line: a parser would refuse a cell for one bad line or a `!command`, and takes long where somebody wants that.
    """
    return (_defined_names if len(source) <= SHORT else _defined_names.__wrapped__)(source)


@lru_cache(maxsize=KEPT)
def _defined_names(source: str) -> frozenset[str]:
    return frozenset(one or two for one, two in _DEFINED.findall(source))
