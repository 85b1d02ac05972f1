"""Help that grows each time it is asked for: before the first try, and for a wrong answer that nobody has a name for.

It says what can be read off the public cases: shapes, one small case, one entry, where the wrong entries stand. It never says a
line of code.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence

import numpy as np

from course import compare
from course.diagnose import Case, Finding, call_text
from course.observe import Observation, Probe

SMALL = 12  # numbers: a result with more is not printed


def in_a_class(finding: Finding, answer: Callable) -> list[str]:
    """What a class's own words on an error leave out: who takes the object, and where what it keeps is read."""
    if finding.kind != "raised" or not isinstance(answer, type):
        return []
    if re.search(r"takes \d+ positional arguments? but \d+ w", finding.message):
        return ["(A method is handed its object first, which `self` takes: does it stand in every `def`?)"]
    if name := re.search(r"NameError: name '(\w+)'", finding.message):
        return [
            f"(A method knows its own arguments. What an earlier method has kept in `self` is read as `self.{name[1]}`.)"
        ]
    return []


def before_the_first_try(name: str, probe: Probe, cases: Sequence[Case], answer: Callable, times: int) -> list[str]:
    """For an empty stub: what goes in and comes out; then one small case; then the formula's indices.

    times : how often it was asked for, from 1. Of a class, whose use is a script, there is the small case only.
    """
    lines = []
    small = min(cases, key=_work_by_hand)
    if not probe.script:
        telling = max(cases, key=different_lengths)
        goes_in = ", ".join(f"{key} {shape_words(value)}" for key, value in telling.inputs.items())
        comes_out = ", ".join(f"{key} {shape_words(value)}" for key, value in telling.expected.items())
        lines.append(f"To begin with, the shapes: for {goes_in} it returns {comes_out}.")
    if times >= 2 and (call := call_text(name, probe, small)) and not probe.flaw:
        lines.append("A small case to work out by hand first:")
        lines.append(call)
        lines += [f"  {key} is {numbers(value)}" for key, value in small.expected.items() if value.size <= SMALL]
    formula = (inspect.getdoc(answer) or "").split("\n")[0]
    if times >= 3 and "sum over" in formula:
        lines.append(
            f"Its formula: {formula} Write it with loops first: one for each index on the left, and within them one for "
            "each sum. A shorter form can wait until it passes."
        )
    return lines


def _work_by_hand(case) -> tuple[bool, bool, int]:
    """How much of it there is; numbers of many digits are for machines, and one sample alone hides what is summed."""
    first = next(iter(case.inputs.values()), None)
    alone = first is not None and first.ndim == 2 and len(first) == 1
    size = sum(array.size for array in (*case.inputs.values(), *case.expected.values()))
    return case.about.endswith("in many digits"), alone, size


def climb(
    probe: Probe, cases: Sequence[Case], seen: Sequence[Observation], finding: Finding, part: str | None, times: int
) -> list[str]:
    """For a wrong result without a name: the second time one entry, then where the wrong entries stand."""
    if times < 2 or finding.kind not in ("values", "nan") or finding.case is None:
        return []
    case = finding.case
    at = next(number for number, one in enumerate(cases) if one is case)
    for name in (part,) if part else probe.results:
        observed, expected = seen[at].results.get(name), case.expected[name]
        if observed is None or observed.shape != expected.shape:
            continue
        wrong = compare.wrong_cells(observed, expected)
        if not wrong.any():
            continue
        first = tuple(np.argwhere(wrong)[0]) if wrong.ndim else ()
        place = f"{name}[{', '.join(str(int(i)) for i in first)}]" if first else name
        lines = [f"Take one entry, and work it out by hand: `{place}` should be {float(expected[first]):.6g}."]
        if times >= 3 and (where := where_wrong(wrong)):
            lines.append(where)
        return lines
    return []


def where_wrong(wrong: np.ndarray) -> str:
    """A sentence on where the wrong entries of a table stand, if there is something to say."""
    if wrong.ndim != 2 or wrong.all() or min(wrong.shape) < 2:
        return "Every entry is wrong, so look at what they share." if wrong.all() and wrong.size > 1 else ""
    for axis, line in ((1, "row"), (0, "column")):
        marked = np.flatnonzero(wrong.any(axis=axis))
        if len(marked) == 1:
            return f"Only {line} {marked[0]} is wrong. What is special about it?"
        right = np.flatnonzero(~wrong.any(axis=axis))
        if len(right) == 1:
            return f"Only {line} {right[0]} is right. What is special about it?"
    return "Some entries are right and some are wrong, in every row and column: look at what decides between them."


def different_lengths(case: Case) -> int:
    """How many different lengths the axes of a case's arguments have: of these, shapes tell most."""
    return len({length for array in case.inputs.values() for length in array.shape})


def shape_words(array: np.ndarray) -> str:
    """A shape as people say it."""
    return f"of shape {array.shape}" if array.ndim else "(a number)"


def numbers(array: np.ndarray) -> str:
    """Few numbers, rounded for reading."""
    return str(np.round(array, 6).tolist()) if array.ndim else f"{float(array):.6g}"


def never_written(answer, finding: Finding) -> list[str]:
    """A word on `np.empty`, where nan may be what stands in entries that nobody has written."""
    if "is NaN" in finding.message and "empty" in getattr(getattr(answer, "__code__", None), "co_names", ()):
        return [
            "Note: `np.empty` leaves its entries as they are, here NaN, until something is written there; `+=` reads first."
        ]
    return []
