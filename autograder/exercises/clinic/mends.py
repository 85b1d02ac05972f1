"""11-clinic: known mistakes that every mend shares: the patient handed back, and what was known before it fell ill."""

from collections.abc import Callable

from autograder.exercise import Exercise
from autograder.exercises.clinic.patients import BROKEN


def as_it_came_in(exercise: Exercise, *hints: str) -> Callable:
    """Declare the patient itself, unmended; returned is what registers more of the same name."""
    register = exercise.mistake("as-it-came-in", *hints)
    register(BROKEN[exercise.name])
    return register


def inherit(exercise: Exercise, well: Exercise, patient: str) -> None:
    """Whatever people got wrong when they first wrote this function, they can get wrong again.

    `patient` names the one mistake that is the patient's own: that one is known as `as-it-came-in`.
    """
    for known in well.mistakes:
        if known.name != patient:
            hints = (hint.replace(well.name, exercise.name) for hint in known.hints)
            exercise.mistake(known.name, *hints)(known.answer)
