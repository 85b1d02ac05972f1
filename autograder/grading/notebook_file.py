"""Read the file of a hand-in: bytes in, cells out, reduced to what a student can mean by them. Nothing in it is trusted."""

from __future__ import annotations

import codecs
import json
import re

from nbformat import NotebookNode

from autograder.grading.cutting import TooMuch, cut
from autograder.grading.nodes import as_node
from autograder.grading.words import writable

SIZE_LIMIT = 50 * 2**20
CELL_LIMIT = 3_000
VALUES_LIMIT = 2_000_000  # about: commas, those in texts too. A number takes ten times as much memory as it has digits
PARTS_LIMIT = 1_000_000  # lists, tables and entries: their number, not the size, is what takes time to read
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/svg+xml")  # of what is attached to a cell
PICTURES_LIMIT = 12 * 2**20  # characters of all attached pictures of a notebook
LARGE = 2 * 2**20  # bytes, from which on only what grading reads is made into objects
UTF_16_LIMIT = 12 * 2**20  # bytes: it is held three times over
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BLANK = re.compile(r"\s")
BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")


class Unreadable(Exception):
    """A hand-in that is no notebook; the words say why."""


def read_hand_in(raw: bytes) -> list[NotebookNode]:
    """The cells of a hand-in, reduced to what a student can mean by them; Unreadable if there are none."""
    if len(raw) > SIZE_LIMIT:
        raise Unreadable(f"the file is larger than {SIZE_LIMIT // 2**20} MB")
    raw = _as_utf_8(raw)
    if not raw.strip():
        raise Unreadable("the file is empty")
    parts = sum(raw.count(mark) for mark in (b"[", b"{", b":"))
    if parts > PARTS_LIMIT:
        raise Unreadable(f"the file has {parts} lists, tables and entries, more than a notebook may have")
    if (values := raw.count(b",")) > VALUES_LIMIT:
        raise Unreadable(f"the file has about {values} values, more than a notebook may have")
    try:
        stored = json.loads(_text(raw)) if len(raw) <= LARGE else cut(raw, CELL_LIMIT)
    except TooMuch as why:
        raise Unreadable(str(why)) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the file is not JSON ({str(error)[:80]})") from None
    if not isinstance(stored, dict):
        raise Unreadable("the file is JSON, but not a notebook")
    cells = stored.get("cells")
    if cells is None and isinstance(stored.get("worksheets"), list):  # nbformat 3
        cells = [cell for sheet in stored["worksheets"] if isinstance(sheet, dict) for cell in sheet.get("cells", [])]
    if not isinstance(cells, list):
        raise Unreadable("the file has no list of cells")
    if len(cells) > CELL_LIMIT:
        raise Unreadable(f"the notebook has {len(cells)} cells")
    read = [one for cell in cells if (one := _cell(cell)) is not None]
    _limit_pictures(read)
    return read


def _as_utf_8(raw: bytes) -> bytes:
    """What says of itself that it is UTF-16, as PowerShell writes what another program printed, becomes UTF-8."""
    if not raw.startswith(UTF_16):
        return raw
    if len(raw) > UTF_16_LIMIT:
        raise Unreadable(f"the file is UTF-16, and larger than {UTF_16_LIMIT // 2**20} MB")
    return raw.decode("utf-16", "replace").encode()


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _cell(cell) -> NotebookNode | None:
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw", "heading"):
        return None
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return None
    source = writable(source)
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    known = {
        "nbgrader": _nbgrader_metadata(metadata.get("nbgrader")),
        "tags": _tags(metadata.get("tags")),
        "id": metadata["id"] if isinstance(metadata.get("id"), str) else "",
    }
    kind = cell["cell_type"] if cell["cell_type"] in ("code", "raw") else "markdown"
    return as_node(
        {
            "id": cell["id"] if isinstance(cell.get("id"), str) else "",
            "cell_type": kind,
            "metadata": {key: value for key, value in known.items() if value},
            "source": source,
            **({"outputs": [], "execution_count": None} if kind == "code" else _attachments(cell.get("attachments"))),
        }
    )


def _attachments(stated) -> dict:
    """The pictures pasted into a cell, by name and form: as nbformat has them, or nothing."""
    kept = {}
    for name, forms in (stated if isinstance(stated, dict) else {}).items():
        forms = forms if isinstance(forms, dict) else {}
        pictures = {kind: _joined(forms[kind]) for kind in PICTURES if kind in forms}
        pictures = {kind: data for kind, data in pictures.items() if BASE64.fullmatch(data)}
        if pictures:
            kept[writable(name)] = pictures
    return {"attachments": kept} if kept else {}


def _joined(data) -> str:
    """Text that may be stored as a list of lines."""
    if isinstance(data, list):
        data = "".join(part for part in data if isinstance(part, str))
    if not isinstance(data, str):
        return ""
    return "".join(data.split()) if BLANK.search(data) else data


def _limit_pictures(cells: list[NotebookNode]) -> None:
    """Drop the attachments of the cell with which there are too many, and of those after it."""
    left = PICTURES_LIMIT
    for cell in cells:
        left -= sum(len(data) for forms in cell.get("attachments", {}).values() for data in forms.values())
        if left < 0:
            cell.pop("attachments", None)


def _nbgrader_metadata(stated) -> dict:
    """What of nbgrader's metadata is looked at: plain values, whatever else stands there."""
    if not isinstance(stated, dict):
        return {}
    plain = {key: stated.get(key) for key in ("grade_id", "grade", "solution", "locked", "points")}
    return {key: value for key, value in plain.items() if isinstance(value, (str, bool, int, float))}


def _tags(stated) -> list[str]:
    """Tags that a notebook may have: words without commas, each once."""
    stated = stated if isinstance(stated, list) else []
    words = (writable(tag) for tag in stated if isinstance(tag, str))
    return list(dict.fromkeys(word for word in words if word and "," not in word))
