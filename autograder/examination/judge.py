"""A verdict from data: what was observed, against what the reference gives. Runs no student code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.exercise import Exercise, Prediction
from autograder.wording import ENGLISH, Wording
from course.diagnose import Case, Mistake, diagnose, without_data
from course.observe import Observation


@dataclass(frozen=True)
class Verdict:
    """Right or not; if not, the kind of finding ("shape", or a known mistake's name) and what feedback may say."""

    right: bool
    kind: str = ""
    mistake: bool = False
    messages: tuple[str, ...] = ()


def judge(
    exercise: Exercise,
    cases: Sequence[Case],
    observations: Sequence[Observation],
    part: str | None = None,
    mistakes: Sequence[Mistake] | None = None,
    wording: Wording = ENGLISH,
) -> Verdict:
    """Judge what a submission's code did on hidden cases. The words quote no input and no expected value.

    mistakes: the exercise's known mistakes on these cases, if they are at hand already.
    wording: says hints in the course's language.
    """
    known = exercise.known_mistakes(cases) if mistakes is None else mistakes
    finding = diagnose(exercise.probe, cases, observations, known, part, exercise.rtol)
    if finding is None:
        return Verdict(True)
    finding = without_data(finding, observations)
    name = f"{exercise.name}, {part}" if part else exercise.name
    if finding.mistake:
        messages = (f'{name}: this looks like a known mistake, "{wording.say(finding.called)}".',)
        messages += tuple(map(wording.say, finding.hints[:2]))
    else:
        messages = (f"{name}: {finding.message}",)
    return Verdict(False, finding.kind, finding.mistake, messages)


def judge_choice(prediction: Prediction, letter: str, wording: Wording = ENGLISH) -> Verdict:
    """Judge a prediction: the reply says what a wrong choice assumes, never the letter."""
    _, reply, right = prediction.choices(wording)[letter]
    return Verdict(right, "" if right else "choice", False, () if right else (f"{prediction.name}: {reply}",))
