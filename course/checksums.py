"""nbgrader's checksum of a cell: what it wrote into each when it handed a notebook out. (Importing its own takes a second.)"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


def source_text(cell: Mapping) -> str:
    """A cell's text. A notebook stores it as one string or as a list of lines."""
    source = cell.get("source") or ""
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def checksum(cell: Mapping, stated: Mapping) -> str:
    """The checksum of the cell as it is now, as `nbgrader.utils.compute_checksum` has it. stated : nbgrader's metadata in it."""
    flags = (bool(stated.get(key)) for key in ("grade", "solution", "locked"))
    parts = [source_text(cell), cell.get("cell_type"), *flags, stated.get("grade_id")]
    if stated.get("grade"):
        points = stated.get("points")
        parts.append(float(points) if isinstance(points, (int, float)) else points)
    return hashlib.md5("".join(map(str, parts)).encode("utf-8", errors="replace"), usedforsecurity=False).hexdigest()
