"""Observations as messages: written beside a submission, read by the judge's side. The one place that knows their form.

What is read may have been written by a submission: anything odd about it is an observation of trouble.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from autograder.sandbox.inside.channel import Arrays
from course.observe import TROUBLE_KINDS, WORD_LIMIT, Observation, Probe, Trouble, measured

PARTS = ("results", "again", "after")


def write_cases(cases: Sequence[Arrays]) -> Arrays:
    """The inputs of several cases as the arrays of one message."""
    return {f"{number}/{name}": array for number, case in enumerate(cases) for name, array in case.items()}


def read_case(arrays: Arrays, number: int, arguments: Iterable[str]) -> Arrays:
    """The inputs of one case, from the arrays that `write_cases` made."""
    return {name: arrays[f"{number}/{name}"] for name in arguments}


def write_observations(seen: Iterable[Observation]) -> tuple[list[dict], Arrays]:
    """What was observed on each case: what is no array, as JSON values; and the arrays, by the names under which they travel."""
    described, arrays = [], {}
    for number, one in enumerate(seen):
        trouble = one.trouble
        texts = [trouble.kind, trouble.what, trouble.message, trouble.line] if trouble else None
        described.append(
            {"trouble": texts and [text[:WORD_LIMIT] for text in texts]}
            | {part: list(getattr(one, part)) for part in PARTS}
        )
        for part in PARTS:
            arrays |= {f"{number}/{part}/{name}": array for name, array in getattr(one, part).items()}
    return described, arrays


def read_observations(described, arrays: Arrays, cases: int) -> list[Observation]:
    """One observation a case, whatever was sent."""
    if not isinstance(described, list) or len(described) != cases:
        return [Observation(trouble=Trouble("crashed"))] * cases
    return [read_observation(one, arrays, number) for number, one in enumerate(described)]


def read_observation(described, arrays: Arrays, number: int) -> Observation:
    """The observation on one case."""
    try:
        if described["trouble"] is not None:
            kind, what, message, line = (_text(text) for text in described["trouble"])
            return Observation(trouble=Trouble(kind if kind in TROUBLE_KINDS else "crashed", what, message, line))
        parts = {
            part: {_text(name): arrays[f"{number}/{part}/{_text(name)}"] for name in described[part]} for part in PARTS
        }
        if any(array.dtype.kind not in "iuf" for part in ("results", "again") for array in parts[part].values()):
            return Observation(trouble=Trouble("type", "text"))
        return Observation(**parts)
    except (KeyError, TypeError, ValueError):
        return Observation(trouble=Trouble("crashed"))


def _text(stated) -> str:
    """A short text; TypeError if it is none."""
    if not isinstance(stated, str):
        raise TypeError("text")
    return stated[:WORD_LIMIT].encode("utf-8", "replace").decode()


def as_judged(probe: Probe, inputs: Arrays, seen: Observation) -> Observation:
    """What arrived, measured; trouble if it lacks an argument or a result, so that the judge may index it freely."""
    names = set(probe.raw or probe.results)
    whole = set(seen.results) == set(seen.again) == names and set(seen.after) == set(probe.arguments)
    return measured(probe, inputs, seen) if seen.trouble or whole else Observation(trouble=Trouble("crashed"))
