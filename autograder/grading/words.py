"""Lists in sentences, and texts as a file can hold them."""

from __future__ import annotations

from collections.abc import Collection


def listed(names: Collection[str], most: int = 4) -> str:
    """`a, b, c and 7 more`."""
    names = list(names)
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def writable(text: str) -> str:
    """The text, a `?` for each half of a surrogate pair: JSON may hold one, and no file."""
    return text.encode("utf-8", "replace").decode()
