"""Lists in sentences."""

from __future__ import annotations

from collections.abc import Collection


def listed(names: Collection[str], most: int = 4) -> str:
    """`a, b, c and 7 more`."""
    names = list(names)
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
