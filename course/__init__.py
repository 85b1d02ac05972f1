"""What the notebooks import: `check`, and the pictures.

    from course import check, show

Drawing helpers are loaded when first used, so that `from course import check` costs little more than numpy.
"""

from __future__ import annotations

from importlib import import_module

from course import undefined
from course.check import check
from course.hint import Hint
from course.progress import progress  # not lazy: the module of that name would take its place

undefined.install()

__version__ = "0.1.0"

_LAZY = {
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

__all__ = ["Hint", "check", "progress", *_LAZY]


def __getattr__(name: str):
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'course' has no attribute {name!r}")
