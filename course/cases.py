"""The public cases and predictions of `course/fixtures/`: data, read one chapter at a time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course.diagnose import Case, Mistake
from course.observe import Arrays, Observation, Trouble

FOLDER = Path(__file__).parent / "fixtures"


@dataclass(frozen=True)
class Public:
    """What a student's machine knows of an exercise: cases and known mistakes, both as data."""

    name: str
    cases: tuple[Case, ...]
    mistakes: tuple[Mistake, ...]
    rtol: float


def public(chapter: str, name: str) -> Public:
    """The public cases of one exercise."""
    stored = load(chapter)["exercises"][name]
    cases = tuple(
        Case(case["about"], decode_arrays(case["inputs"]), decode_arrays(case["expected"])) for case in stored["cases"]
    )
    mistakes = tuple(
        Mistake(
            mistake["name"],
            tuple(mistake["hints"]),
            lambda seen=mistake["observed"]: (  # one by one: most mistakes differ on the first case
                decode_observation(one, case.inputs) for one, case in zip(seen, cases, strict=True)
            ),
            mistake.get("called", ""),
        )
        for mistake in stored["mistakes"]
    )
    return Public(name, cases, mistakes, stored["rtol"])


@dataclass(frozen=True)
class Prediction:
    """A question with four choices, by letter. replies: by letter, whether it is right, and what to say."""

    name: str
    question: str
    choices: dict[str, str]
    replies: dict[str, tuple[bool, str]]


def prediction(name: str) -> Prediction | None:
    """The prediction of that name; None if there is none."""
    stored = next((found for one in _mentioning(name) if (found := load(one)["predictions"].get(name))), None)
    if stored is None:
        return None
    said = {letter: stored["replies"][letter_digest(name, letter)] for letter in stored["choices"]}
    replies = {letter: (reply["right"], reply["words"]) for letter, reply in said.items()}
    return Prediction(name, stored["question"], stored["choices"], replies)


def _mentioning(name: str) -> Iterator[str]:
    """Chapters that may have something of that name: first those in memory, which it mostly is in."""
    yield from tuple(_loaded)
    for path in sorted(FOLDER.glob("*.json")):
        if json.dumps(name) in path.read_text(encoding="utf-8"):
            yield path.stem  # reading all chapters takes a few milliseconds, parsing them twenty times as long


def prediction_names() -> list[str]:
    """The ids of all predictions."""
    return [name for path in sorted(FOLDER.glob("*.json")) for name in load(path.stem)["predictions"]]


def letter_digest(prediction: str, letter: str) -> str:
    """Letters are kept as digests, so that nobody reads an answer by accident."""
    return hashlib.sha256(f"{prediction}:{letter}".encode()).hexdigest()[:16]


_loaded: dict[str, dict] = {}


def load(chapter: str) -> dict:
    """What is stored of a chapter, read once a process. OSError if its file is not there."""
    if chapter not in _loaded:
        _loaded[chapter] = json.loads((FOLDER / f"{chapter}.json").read_text(encoding="utf-8"))
    return _loaded[chapter]


def encode(array: np.ndarray) -> dict:
    """An array as JSON: dtype and nested lists (floats by their shortest exact form)."""
    return {"dtype": str(array.dtype), "data": array.tolist()}


def decode(stored: dict) -> np.ndarray:
    """The array that `encode` wrote."""
    return np.array(stored["data"], dtype=stored["dtype"])


def decode_arrays(stored: dict) -> Arrays:
    """Named arrays."""
    return {name: decode(value) for name, value in stored.items()}


def encode_observation(seen: Observation, inputs: Arrays) -> dict:
    """What is needed to recognise a mistake: results, a second result only where it differs, changed arguments only."""
    if seen.trouble:
        return {"trouble": [seen.trouble.kind, seen.trouble.what, seen.trouble.message]}
    stored: dict = {"results": {name: encode(array) for name, array in seen.results.items()}}
    again = {
        name: encode(array)
        for name, array in seen.again.items()
        if not np.array_equal(array, seen.results[name], equal_nan=True)
    }
    if again:
        stored["again"] = again
    changed = {name: encode(seen.after[name]) for name in seen.changed(inputs)}
    if changed:
        stored["changed"] = changed
    return stored


def decode_observation(stored: dict, inputs: Arrays) -> Observation:
    """The observation that `encode_observation` wrote."""
    if "trouble" in stored:
        return Observation(trouble=Trouble(*stored["trouble"]))
    results = decode_arrays(stored["results"])
    return Observation(
        results,
        {**results, **decode_arrays(stored.get("again", {}))},
        {**inputs, **decode_arrays(stored.get("changed", {}))},
    )
