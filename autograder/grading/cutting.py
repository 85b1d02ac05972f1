"""Of a large hand-in, what grading reads: found in the file's bytes. Of the rest, outputs above all, no objects are made.

A file of 50 MB would take up to ten times as much memory as Python objects, and a class is graded several hand-ins at a time.
What is left out is followed to its end, bracket by bracket and text by text, and not looked at otherwise.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable

TEXTS_LIMIT = 6 * 2**20  # bytes of the sources of all cells
PICTURES_LIMIT = 12 * 2**20  # bytes of what is attached to cells; more is left out
METADATA_LIMIT = 2 * 2**20  # bytes of ids, kinds and metadata
OF_METADATA = ("nbgrader", "tags", "id")
PIECE = 2**18  # bytes that are decoded at a time to see whether they can be

# Possessive: nothing is tried again, whatever stands there. A text that never ends goes to the file's end.
TEXT = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
MARK = re.compile(TEXT + rb"|[\[\]{}]", re.DOTALL)
KEY = re.compile(TEXT, re.DOTALL)
PLAIN = re.compile(rb'[^\s,:"\[\]{}]++')  # a number, true, false, null
OPENING, CLOSING = b"[{", b"]}"
SPACE = re.compile(rb"[ \t\r\n]*+")

# Reads the value that begins at a byte, if it is wanted; gives where it ends.
Reader = Callable[[int], int]


class TooMuch(ValueError):
    """More of something than a notebook may have; the words say of what."""


def cut(raw: bytes, cells_limit: int) -> dict:
    """A notebook as JSON gives it, its cells without outputs and with nothing else that grading does not read.

    ValueError if the file is not JSON as far as was looked; TooMuch for more text, or cells, than a notebook may have.
    """
    return _Cutting(raw, cells_limit).read()


class _Cutting:
    """One walk through a file. Every byte is passed once."""

    def __init__(self, raw: bytes, cells_limit: int):
        self.raw, self.cells_limit = raw, cells_limit
        self.encoding = _encoding(raw)
        self.cells: list[dict] | None = None
        # How many bytes of each kind are still read.
        self.left = {"source": TEXTS_LIMIT, "attachments": PICTURES_LIMIT, "told": METADATA_LIMIT}

    def read(self) -> dict:
        """The whole notebook."""
        start = self._skip(len(codecs.BOM_UTF8) if self.raw.startswith(codecs.BOM_UTF8) else 0)
        readers = {"cells": self._cells, "worksheets": lambda at: self._each(at, self._sheet)}
        if self._skip(self._object(start, readers)) != len(self.raw):
            raise ValueError("something follows the end")
        return {} if self.cells is None else {"cells": self.cells}

    def _sheet(self, at: int) -> int:
        """A part of a notebook as nbformat 3 has it."""
        return self._object(at, {"cells": lambda at: self._each(at, self._cell)})

    def _cells(self, at: int) -> int:
        self.cells = []  # of a key that stands there twice the last counts, as in JSON
        return self._each(at, self._cell)

    def _cell(self, at: int) -> int:
        cell: dict = {}
        cell_data: dict = {}

        def keep(where: dict, key: str, kind: str) -> Reader:
            def read(at: int) -> int:
                where[key], end = self._value(at, kind)
                return end

            return read

        def metadata(at: int) -> int:
            cell["metadata"] = cell_data
            return self._object(at, {key: keep(cell_data, key, "told") for key in OF_METADATA})

        kinds = {key: keep(cell, key, "told") for key in ("cell_type", "id")}
        kinds |= {key: keep(cell, key, "source") for key in ("source", "input")}
        end = self._object(at, kinds | {"metadata": metadata, "attachments": keep(cell, "attachments", "attachments")})
        self.cells = self.cells or []
        self.cells.append(cell)
        if len(self.cells) > self.cells_limit:
            raise TooMuch(f"the notebook has more than {self.cells_limit} cells")
        return end

    def _value(self, at: int, kind: str) -> tuple[object, int]:
        """A value as Python has it, and where it ends."""
        end = self._end(at)
        self.left[kind] -= end - at
        if self.left[kind] < 0 and kind == "attachments":
            return None, end  # this cell's pictures, and those of the cells after it, are left out
        if self.left[kind] < 0:
            limit = TEXTS_LIMIT if kind == "source" else METADATA_LIMIT
            raise TooMuch(f"its cells hold more than {limit // 2**20} MB of text")
        return json.loads(self.raw[at:end].decode(self.encoding)), end

    def _each(self, at: int, read: Reader) -> int:
        """Read every value of a list; where it ends."""
        if not self._is(at, b"["):
            return self._end(at)
        at = self._skip(at + 1)
        while not self._is(at, b"]"):
            at, more = self._next(read(at), b"]")
            if not more:
                return at
        return at + 1

    def _object(self, at: int, readers: dict[str, Reader]) -> int:
        """Read the values of an object that are wanted; where it ends. What is no object is passed over."""
        if not self._is(at, b"{"):
            return self._end(at)
        at = self._skip(at + 1)
        while not self._is(at, b"}"):
            key = KEY.match(self.raw, at)
            colon = self._skip(key.end()) if key else at
            if key is None or not self._is(colon, b":"):
                raise ValueError(f"no key at byte {at}")
            at = self._skip(colon + 1)
            name = key[0][1:-1].decode("ascii", "replace") if key.end() - key.start() < 20 else ""
            at, more = self._next(readers.get(name, self._end)(at), b"}")
            if not more:
                return at
        return at + 1

    def _next(self, end: int, closing: bytes) -> tuple[int, bool]:
        """Where the next one begins, and True; or where all of them ended, and False."""
        at = self._skip(end)
        if self._is(at, closing):
            return at + 1, False
        if not self._is(at, b","):
            raise ValueError(f"no , at byte {at}")
        at = self._skip(at + 1)
        if self._is(at, closing):
            raise ValueError(f"a value is missing at byte {at}")
        return at, True

    def _end(self, at: int) -> int:
        """Where the value that begins here ends. ValueError if there is none, or no end."""
        if plain := PLAIN.match(self.raw, at):
            return plain.end()
        if not self.raw[at : at + 1] or self.raw[at : at + 1] not in b'"[{':
            raise ValueError(f"no value at byte {at}")
        depth = 0
        for found in MARK.finditer(self.raw, at):
            mark, length = self.raw[found.start()], found.end() - found.start()  # no copy: it may be all of the file
            if mark in OPENING:
                depth += 1
            elif mark in CLOSING:
                depth -= 1
            elif length < 2 or self.raw[found.end() - 1] != mark:
                raise ValueError("a text has no end")
            if depth <= 0:
                return found.end()
        raise ValueError(f"no end of the value at byte {at}")

    def _is(self, at: int, mark: bytes) -> bool:
        return self.raw.startswith(mark, at)

    def _skip(self, at: int) -> int:
        """Past blanks."""
        return SPACE.match(self.raw, at).end()


def _encoding(raw: bytes) -> str:
    """UTF-8 if all of it can be read so, else Latin-1, which takes any bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(raw), PIECE):
            decoder.decode(raw[at : at + PIECE], final=at + PIECE >= len(raw))
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"
