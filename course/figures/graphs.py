"""A chapter's graph as a picture, or to step through."""

from __future__ import annotations

from course.graph import Graph, draw


def draw_or_step(graph: Graph, stepping: bool, *, shown: int | None = None, ask: int = 0, **looks):
    """The graph as `draw` shows it, or, with `stepping`, to step through from there (see course/stepping.py)."""
    if not stepping:
        return draw(graph, shown=shown, ask=ask, **looks)
    from course.stepping import step  # only now: a picture that stands still does without widgets

    return step(graph, shown=shown or 0, **looks)
