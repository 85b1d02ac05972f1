"""The pictures of a written answer, attached to its cell or handed in beside the notebook, as addresses that hold the picture."""

from __future__ import annotations

import base64
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

PICTURE_LIMIT = 3 * 2**20  # bytes of one picture
PICTURES_LIMIT = 8 * 2**20  # bytes of all that one cell shows
NAME_LIMIT = 300  # characters
# What the first bytes say decides, not the name. An <img> runs no script of an SVG, and fetches nothing.
KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
ATTACHED = ("image/svg+xml", "image/png", "image/jpeg", "image/gif")


@dataclass
class Pictures:
    """Where a cell's pictures come from.

    attachments : by name, what nbformat calls a mime bundle. folder : of the notebook; None if nothing lies beside it.
    """

    attachments: dict = field(default_factory=dict)
    folder: Path | None = None
    left: int = PICTURES_LIMIT

    def address(self, source: str) -> str | None:
        """The picture as `data:...`; None if there is none of that name that may be shown."""
        name = source.removeprefix("attachment:")
        if name != source:
            return self._attached(name) or self._attached(unquote(name))
        return self._support_file(unquote(source))

    def _attached(self, name: str) -> str | None:
        forms = self.attachments.get(name)
        for kind in ATTACHED:
            data = forms.get(kind) if isinstance(forms, dict) else None
            if isinstance(data, str) and self._fits(len(data) * 3 // 4):
                return f"data:{kind};base64,{''.join(data.split())}"
        return None

    def _support_file(self, name: str) -> str | None:
        """A file in the notebook's folder or below it: no link leads out of it, nor any name."""
        place = PurePosixPath(name)
        odd = (
            not name.isprintable()
            or len(name) > NAME_LIMIT
            or place.is_absolute()
            or ".." in place.parts
            or "\\" in name
        )
        if self.folder is None or odd or not place.parts or ":" in name:
            return None
        path = self.folder
        try:
            for part in place.parts:
                path = path / part
                if path.is_symlink():
                    return None
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            with open(os.open(path, flags), "rb") as file:
                size = os.fstat(file.fileno())
                if not stat.S_ISREG(size.st_mode) or not self._fits(size.st_size):
                    return None
                content = file.read(PICTURE_LIMIT)
        except (OSError, ValueError):
            return None
        kind = _kind(content)
        return f"data:{kind};base64,{base64.b64encode(content).decode()}" if kind else None

    def _fits(self, size: int) -> bool:
        if size > min(self.left, PICTURE_LIMIT):
            return False
        self.left -= size
        return True


def _kind(content: bytes) -> str | None:
    begin = content[:500].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin.startswith((b"<svg", b"<?xml")) and b"<svg" in content[:2000]:
        return "image/svg+xml"
    return next((kind for signature, kind in KINDS.items() if content.startswith(signature)), None)
