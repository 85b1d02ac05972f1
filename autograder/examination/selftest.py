"""Examine the examiner: every known mistake and every right solution, through the visible check and the hidden examination."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from autograder.examination.judge import judge
from autograder.examination.partly import misleading
from autograder.examination.seed import generator
from autograder.exercise import Exercise
from autograder.exercises import chapter_exercises
from course import cases
from course.diagnose import diagnose

SEED = "selftest"


@dataclass
class Figures:
    """What was tried and how it ended. `named`: mistakes called by their own name by both check and examination.

    `partly`: answers that are wrong in one of several results; `misled`: those of them that got a hint about another mistake.
    """

    exercises: int = 0
    mistakes: int = 0
    rejected_visible: int = 0
    rejected_hidden: int = 0
    named: int = 0
    solutions: int = 0
    accepted_visible: int = 0
    accepted_hidden: int = 0
    partly: int = 0
    misled: int = 0
    complaints: list[str] = field(default_factory=list)

    def __iadd__(self, other: Figures) -> Figures:
        for key, value in asdict(other).items():
            setattr(self, key, getattr(self, key) + value)
        return self

    @property
    def good(self) -> bool:
        """All mistakes rejected by both, all solutions accepted by both, at least 95 of 100 mistakes named."""
        return (
            self.rejected_visible == self.rejected_hidden == self.mistakes
            and self.accepted_visible == self.accepted_hidden == self.solutions
            and self.named >= 0.95 * self.mistakes
            and not self.misled
        )


def selftest(chapters: list[str], seed: str = SEED, partly: bool = False) -> Iterator[tuple[str, Figures]]:
    """Exercise name and its figures, one exercise after the other."""
    for chapter in chapters:
        for exercise in chapter_exercises(chapter):
            yield exercise.name, try_exercise(exercise, seed, partly)


def try_exercise(exercise: Exercise, seed: str = SEED, partly: bool = False) -> Figures:
    """One exercise: the visible check reads the fixtures, as on a student's machine; the hidden one draws its cases."""
    figures = Figures(exercises=int(exercise.graded))
    public = cases.public(exercise.chapter, exercise.name)
    hidden = exercise.hidden_cases(generator(exercise.name, seed))
    known_on_hidden = exercise.known_mistakes(hidden)

    def visible_kind(answer) -> str | None:
        seen = exercise.observe(answer, public.cases)
        found = diagnose(exercise.probe, public.cases, seen, public.mistakes, None, public.rtol)
        return found and found.kind

    def hidden_kind(answer) -> str | None:
        verdict = judge(exercise, hidden, exercise.observe(answer, hidden), mistakes=known_on_hidden)
        return None if verdict.right else verdict.kind

    for known in exercise.mistakes:
        visible, examined = visible_kind(known.answer), hidden_kind(known.answer)
        figures.mistakes += 1
        figures.rejected_visible += visible is not None
        figures.rejected_hidden += examined is not None
        figures.named += visible == examined == known.name
        if not visible == examined == known.name:
            figures.complaints.append(
                f"{exercise.name}: {known.name} is called {visible} by check, {examined} by examine"
            )
    for number, answer in enumerate([exercise.reference, *exercise.solutions]):
        visible, examined = visible_kind(answer), hidden_kind(answer)
        figures.solutions += 1
        figures.accepted_visible += visible is None
        figures.accepted_hidden += examined is None
        if visible or examined:
            figures.complaints.append(
                f"{exercise.name}: right solution {number} gets {visible} by check, {examined} by examine"
            )
    if partly:
        _try_partly(exercise, figures)
    return figures


def _try_partly(exercise: Exercise, figures: Figures) -> None:
    """Each mistake in one result alone, on the public cases."""
    for what, named in misleading(exercise, exercise.public_cases()):
        figures.partly += 1
        figures.misled += named is not None
        if named:
            figures.complaints.append(f"{what}: is told about {named}")
