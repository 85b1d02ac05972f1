"""Tables as an LMS writes them, and tables that it reads as they are. Text in, rows out; rows in, bytes out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course_dir import BadInput

SIZE_LIMIT = 50 * 2**20  # bytes: a gradebook of 10,000 students has 5
DELIMITERS = (",", ";", "\t")
# A spreadsheet computes what begins like this. (A lone "-" is how Moodle writes "never".)
FORMULA = re.compile(r"[=+@\t\r]|-(?=.*[^\d.,\s-])", re.DOTALL)
SIGN_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Table:
    """A table that was read: its heading and its rows, all as wide as the heading, every cell as it stood."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, *headings: str) -> int | None:
        """Where the first of these headings stands, whatever its case; None if none does."""
        places = {heading.strip().casefold(): number for number, heading in reversed(list(enumerate(self.header)))}
        return next((places[one.casefold()] for one in headings if one.casefold() in places), None)

    def cell(self, row: Sequence[str], *headings: str) -> str:
        """What a row has under the first of these headings that is there, without blanks around it; "" if there is none."""
        at = self.column(*headings)
        return "" if at is None else row[at].strip()


def read_table(path: Path) -> Table:
    """Read a CSV or tab-separated file: with or without a byte order mark, `,` or `;` or tab, any line ends.

    Raises BadInput, in one line, for a file that is no such table.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from None
    if len(raw) > SIZE_LIMIT:
        raise BadInput(f"{path} is larger than {SIZE_LIMIT // 2**20} MB: that is no class list.")
    return parse_table(path.name, raw)


def parse_table(name: str, raw: bytes) -> Table:
    """The table in a file's bytes."""
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadInput(f"{name} is a spreadsheet or a zip, no CSV file. Export it as CSV.")
    text = _decoded(name, raw)
    lines = text.lstrip("\r\n")
    delimiter = max(DELIMITERS, key=lambda one: _first_line(lines).count(one))
    try:
        read = [row for row in csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise BadInput(f"{name} is no CSV file: {error}.") from None
    if not read or len(read[0]) < 2:
        raise BadInput(f"{name} is no CSV file with a row of headings. Export the class list or the gradebook as CSV.")
    width = len(read[0])
    for number, row in enumerate(read[1:], 2):
        if len(row) > width and any(row[width:]):
            raise BadInput(f"{name}: row {number} has {len(row)} cells under {width} headings. Export the file again.")
    rows = tuple(tuple((row + [""] * width)[:width]) for row in read[1:])
    return Table(name, tuple(read[0]), rows)


def _decoded(name: str, raw: bytes) -> str:
    encoding = "utf-16" if raw.startswith(SIGN_OF_UTF_16) else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(f"{name} is no text in UTF-8 (at byte {error.start}). Export it as CSV in UTF-8.") from None
    if "\0" in text:
        raise BadInput(f"{name} is no CSV file: it holds bytes that are no text.")
    return text


def _first_line(text: str) -> str:
    """The row of headings, without what stands in quotes."""
    return re.sub(r'"[^"]*"', "", text).split("\n", 1)[0]


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, on one line."""
    flat = " ".join(text.split()) if re.search(r"[\r\n\t]", text) else text
    return f"'{flat}" if FORMULA.match(flat) else flat


def write_table(rows: Iterable[Sequence[str]], delimiter: str = ",", quote_all: bool = False) -> bytes:
    """The rows as UTF-8 without a byte order mark, every line ended by CRLF."""
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8")


def number(value: float) -> str:
    """A mark as every LMS reads it: a point, two decimals at most, no trailing zeros: 8.5, 0, 10."""
    return f"{value + 0.0:.2f}".rstrip("0").rstrip(".")


def read_number(text: str) -> float | None:
    """A number in either notation: the last of `,` and `.` is the decimal mark. None if it is none."""
    plain = text.strip()
    if not re.fullmatch(r"-?\d[\d.,]*", plain):
        return None
    at = max(plain.rfind(","), plain.rfind("."))
    whole, decimals = (plain, "") if at < 0 else (plain[:at], plain[at + 1 :])
    return float(f"{re.sub('[.,]', '', whole)}.{decimals or 0}")
