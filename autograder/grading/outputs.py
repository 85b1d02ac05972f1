"""The outputs of a marked notebook: read from what the sandbox sent, whose word is not taken for their form, and made."""

from __future__ import annotations

import re

from nbformat import NotebookNode

from autograder.grading.nodes import as_node
from autograder.grading.words import writable
from course.hint import wrap

DEPTH_LIMIT = 40  # of JSON values in outputs
JSON_TYPE = re.compile(r"application/(.*\+)?json")  # the outputs that hold JSON values; all others hold text
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"  # nbconvert looks into it


def read_output(stored) -> NotebookNode | None:
    """An output as the sandbox sent it, if it is one: the sandbox's word is not taken for its form."""
    try:
        kind = stored["output_type"]
        if kind == "stream":
            name = "stderr" if stored["name"] == "stderr" else "stdout"
            return made("stream", name=name, text=_text(stored["text"]))
        if kind == "error":
            return error(_text(stored["ename"]), evalue=_text(stored["evalue"]), traceback=stored["traceback"])
        if kind in ("display_data", "execute_result"):
            data = {_text(key): _value(key, value) for key, value in stored["data"].items()}
            more = {"execution_count": None} if kind == "execute_result" else {}
            return made(kind, data=data, metadata={}, **more)
    except (KeyError, TypeError, AttributeError):
        return error("Error", "An error whose words cannot be shown.") if _says_error(stored) else None
    return None


def _value(kind: str, value):
    """What an output holds in one of its forms: text, unless the form is JSON."""
    if not JSON_TYPE.fullmatch(kind):
        return _text(value)
    if kind == WIDGET_VIEW and not (isinstance(value, dict) and isinstance(value.get("model_id"), str)):
        raise TypeError("a widget without a model")
    return _shallow(value)


def _says_error(stored) -> bool:
    return isinstance(stored, dict) and stored.get("output_type") == "error"


def _shallow(value, depth: int = 0):
    """A JSON value that no reader of the notebook chokes on; TypeError if it is nested too deeply."""
    if depth > DEPTH_LIMIT:
        raise TypeError("nested too deeply")
    if isinstance(value, dict):
        return {_text(key): _shallow(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_shallow(item, depth + 1) for item in value]
    return _text(value) if isinstance(value, str) else value


def error(name: str, *lines: str, evalue: str | None = None, traceback: list | None = None) -> NotebookNode:
    """An error output: of these lines, or of a traceback."""
    if traceback is None:
        traceback = [part for line in lines for part in wrap(line)]
    words = [_text(line) for line in traceback] if isinstance(traceback, list) else []
    return made("error", ename=name, evalue=_text("\n".join(lines)) if evalue is None else evalue, traceback=words)


def made(kind: str, **fields) -> NotebookNode:
    """An output. `nbformat.v4.new_output` makes the same and validates each against a schema, which takes longer than a cell."""
    return as_node({"output_type": kind, **fields})


def _text(value) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return writable(value)


def closed(outputs: list[NotebookNode], points: float) -> list[NotebookNode]:
    """The outputs of a test cell, so that nbgrader's rule gives nothing for a value beside an error, or one that is no score.

    nbgrader reads the first value and no error after it; for nan and less than 0 it gives all points, and it gives up at a value
    without text and at more than the points.
    """
    others = [one for one in outputs if one.output_type != "execute_result"]
    if any(one.output_type == "error" for one in others):
        return others
    if all(_is_score(one, points) for one in outputs if one.output_type == "execute_result"):
        return outputs
    return [*others, error("NoScore", f"The value of this test cell is no score between 0 and {points:g}.")]


def _is_score(output: NotebookNode, points: float) -> bool:
    text = output.data.get("text/plain")
    if not text:
        return False
    try:
        return 0 <= float(text) <= points
    except ValueError:  # words: all points, as nbgrader has it
        return True
