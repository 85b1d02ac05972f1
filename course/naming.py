"""Which name stands in the brackets of `check(relu_backward)`: the name the cell's author wrote.

The written name, not the function's own: a lambda or a `functools.partial` has none, and `relu_backward = double` calls
itself something else.
"""

from __future__ import annotations

import ast
import linecache
from types import FrameType


def written_name(frame: FrameType) -> str | None:
    """The first argument of the call that `frame` is making, if it is a plain name; else None."""
    positions = list(frame.f_code.co_positions())
    line, end_line, column, end_column = positions[frame.f_lasti // 2]
    if None in (line, end_line, column, end_column):
        return None
    lines = [linecache.getline(frame.f_code.co_filename, n) for n in range(line, end_line + 1)]
    lines = [text.encode() for text in lines]  # columns count bytes
    lines[-1] = lines[-1][:end_column]
    lines[0] = lines[0][column:]
    try:
        call = ast.parse(b"".join(lines).decode()).body[0].value
    except (SyntaxError, UnicodeDecodeError, IndexError, AttributeError):
        return None
    if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Name):
        return call.args[0].id
    return None
