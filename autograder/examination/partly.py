"""Answers that are wrong in one result only: is the hint they get true of them?

Each known mistake is taken alone in one result of an exercise that has several, with the others right, wrong in another way, or
0 (not written yet). A mistake that is then named must have been seen: wherever it is wrong, the answer has to be wrong in the same
way. What a hint of it says would else be said of something that the answer does not do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from autograder.exercise import Exercise
from course import compare
from course.diagnose import Case, diagnose
from course.observe import Arrays, Observation

OTHERS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "right": lambda expected: expected,
    "wrong in another way": lambda expected: expected * 1.7 + 0.3,
    "0": np.zeros_like,
}


def misleading(exercise: Exercise, cases: Sequence[Case]) -> Iterator[tuple[str, str | None]]:
    """Each such answer: what it is, and the mistake that is named though the answer does not make it (None: all is well)."""
    results = exercise.probe.results
    if len(results) < 2 or exercise.probe.flaw:
        return
    known = exercise.known_mistakes(cases)
    seen = {number: list(mistake.observe()) for number, mistake in enumerate(known)}
    for number, mistake in enumerate(known):
        if any(one.trouble for one in seen[number]):
            continue
        for result in results:
            if result not in _wrong_in(seen[number], cases, exercise.rtol):
                continue
            for state, other in OTHERS.items():
                answer = [_partly(one, case, result, other) for one, case in zip(seen[number], cases, strict=True)]
                for part in (None, result):
                    found = diagnose(exercise.probe, cases, answer, known, part, exercise.rtol)
                    what = f"{exercise.name}: {mistake.name} in {result} alone, the others {state}, asked for {part or 'all'}"
                    named = found and found.mistake and found.kind
                    true = not named or any(
                        other.name == named and _made(seen[index], answer, cases, exercise.rtol)
                        for index, other in enumerate(known)
                    )
                    yield what, None if true else named


def _partly(seen: Observation, case: Case, result: str, other: Callable) -> Observation:
    def arrays(theirs: Arrays) -> Arrays:
        return {name: theirs[name] if name == result else other(case.expected[name]) for name in theirs}

    return Observation(arrays(seen.results), arrays(seen.again), seen.after)


def _wrong_in(seen: Sequence[Observation], cases: Sequence[Case], rtol: float) -> set[str]:
    """The results in which an answer without trouble is wrong on some case."""
    return {
        name
        for one, case in zip(seen, cases, strict=True)
        if not one.trouble
        for name, expected in case.expected.items()
        if not compare.same(one.results[name], expected, rtol)
    }


def _made(mistake: Sequence[Observation], answer: Sequence[Observation], cases: Sequence[Case], rtol: float) -> bool:
    """True if the answer has every wrong result of the mistake."""
    wrong = _wrong_in(mistake, cases, rtol)
    return all(
        theirs.trouble or all(compare.alike(mine.results[name], theirs.results[name], rtol) for name in wrong)
        for mine, theirs in zip(answer, mistake, strict=True)
    )
