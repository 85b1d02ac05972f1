"""What the notebooks import: `check`, and the pictures.

    from course import check, show

Each is loaded when first used: a server or a command that only asks where things are waits neither for numpy nor for pictures.
"""

from __future__ import annotations

from importlib import import_module

from course import undefined
from course.hint import Hint

undefined.install()

__version__ = "0.1.0"

_LAZY = {  # no module may bear such a name: importing it would take the place of what is meant
    "check": "course.checking",
    "progress": "course.progress_table",
    "show": "course.picture",
    "Picture": "course.picture",
    "tick_table": "course.tables",
    "play": "course.playing",
    "slider": "course.playing",
    "choice": "course.playing",
    "graph_of": "course.expression",
    "step": "course.stepping",
    "predict": "course.predicting",
    "bring": "course.bringing",
    "own_graph": "course.own_values",
}

__all__ = ["Hint", *_LAZY]


def __getattr__(name: str):
    if name in _LAZY:
        found = globals()[name] = getattr(import_module(_LAZY[name]), name)
        return found
    raise AttributeError(f"module 'course' has no attribute {name!r}")
