"""`course/fixtures/`: the public cases, and what the reference and each known mistake give on them. Data, no code."""

from __future__ import annotations

import json
from functools import cache

import numpy as np

from autograder.exercise import Exercise, Prediction
from autograder.exercises import chapter_exercises, chapter_predictions
from autograder.wording import ENGLISH, Wording
from course import cases
from course.diagnose import title
from course.observe import Arrays, Observation

DIGITS = 12  # kept of a computed number: last bits differ between processors, and tolerances are far wider


@cache
def fixture_text(chapter: str, wording: Wording = ENGLISH) -> str:
    """The fixture file of a chapter, as text: one line an observation, the same bytes on every machine."""
    stored = {
        "exercises": {name: _in_words(one, wording) for name, one in _worked_out(chapter).items()},
        "predictions": {one.name: _prediction(one, wording) for one in chapter_predictions(chapter)},
    }
    return _dump(stored) + "\n"


def _in_words(exercise: dict, wording: Wording) -> dict:
    """An exercise whose mistakes have their hints in the course's language, and their names, where these are translated."""
    mistakes = []
    for known in exercise["mistakes"]:
        ours = title(known["name"])
        called = {} if wording.say(ours) == ours else {"called": wording.say(ours)}
        mistakes.append({"name": known["name"], **called, **known, "hints": [*map(wording.say, known["hints"])]})
    return exercise | {"mistakes": mistakes}


@cache  # it follows from the code alone, and takes seconds
def _worked_out(chapter: str) -> dict[str, dict]:
    return {one.name: _exercise(one) for one in chapter_exercises(chapter)}


def _exercise(exercise: Exercise) -> dict:
    public = exercise.public_cases()
    return {
        "rtol": exercise.rtol,
        "cases": [
            {"about": case.about, "inputs": _encoded(case.inputs, exact=True), "expected": _encoded(case.expected)}
            for case in public
        ],
        "mistakes": [
            {
                "name": known.name,
                "hints": list(known.hints),
                "observed": []
                if exercise.probe.flaw
                else [
                    cases.encode_observation(_rounded(seen), case.inputs)
                    for seen, case in zip(exercise.observe(known.answer, public), public, strict=True)
                ],
            }
            for known in exercise.mistakes
        ],
    }


def _prediction(prediction: Prediction, wording: Wording) -> dict:
    choices = prediction.choices(wording)
    return {
        "question": wording.say(prediction.question),
        "choices": {letter: text for letter, (text, _, _) in choices.items()},
        "replies": {
            cases.letter_digest(prediction.name, letter): {"right": right, "words": reply}
            for letter, (_, reply, right) in choices.items()
        },
    }


def _encoded(arrays: Arrays, exact: bool = False) -> dict:
    return {name: cases.encode(array if exact else round_off(array)) for name, array in arrays.items()}


def _rounded(seen: Observation) -> Observation:
    """Computed results rounded; the arguments afterwards are rounded only where the call changed them."""
    results = {name: round_off(array) for name, array in seen.results.items()}
    again = {name: round_off(array) for name, array in seen.again.items()}
    return Observation(results, again, seen.after, seen.trouble)


def round_off(array: np.ndarray) -> np.ndarray:
    """Floats to `DIGITS` significant digits, with what is only rounding noise beside the largest entry set to 0."""
    if array.dtype.kind != "f":
        return array
    finite = np.abs(array[np.isfinite(array)])
    noise = 1e-14 * finite.max(initial=0.0)
    flat = [0.0 if abs(value) <= noise else float(f"{value:.{DIGITS}g}") for value in array.ravel().tolist()]
    return np.array(flat, dtype=array.dtype).reshape(array.shape)


def _dump(value, depth: int = 0) -> str:
    """JSON with one line for each case, observation and reply."""
    if isinstance(value, dict) and depth < 5 and not ({"dtype", "words"} & value.keys()) and value:
        lines = [f"{' ' * (depth + 1)}{json.dumps(key)}: {_dump(item, depth + 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + "\n" + " " * depth + "}"
    if isinstance(value, list) and depth < 4 and value:
        return "[\n" + ",\n".join(" " * (depth + 1) + _dump(item, 9) for item in value) + "\n" + " " * depth + "]"
    return json.dumps(value, ensure_ascii=False)
