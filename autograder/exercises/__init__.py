"""Every exercise and prediction of the course, declared once: one module a chapter."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module

from autograder.exercise import Exercise, Prediction
from course.probes import CHAPTERS, all_probes


@cache
def chapter_exercises(chapter: str) -> tuple[Exercise, ...]:
    """The exercises of a chapter, in the order the notebook asks for them."""
    return tuple(import_module(f"autograder.exercises.{CHAPTERS[chapter]}").EXERCISES)


@cache
def chapter_predictions(chapter: str) -> tuple[Prediction, ...]:
    """The predictions of a chapter, in the order the notebook asks for them."""
    return tuple(import_module(f"autograder.exercises.{CHAPTERS[chapter]}").PREDICTIONS)


@cache
def all_exercises() -> dict[str, Exercise]:
    """Every exercise by name."""
    return {one.name: one for chapter in CHAPTERS for one in chapter_exercises(chapter)}


@cache
def all_predictions() -> dict[str, Prediction]:
    """Every prediction by name."""
    return {one.name: one for chapter in CHAPTERS for one in chapter_predictions(chapter)}


def exercise(name: str) -> Exercise:
    """The exercise of that name; KeyError if there is none."""
    chapter, _ = all_probes()[name]
    return {one.name: one for one in chapter_exercises(chapter)}[name]


def prediction(name: str) -> Prediction:
    """The prediction of that name; KeyError if there is none. Chapters that are loaded already are looked through first."""
    for chapter in sorted(CHAPTERS, key=lambda one: f"{__name__}.{CHAPTERS[one]}" not in sys.modules):
        for one in chapter_predictions(chapter):
            if one.name == name:
                return one
    raise KeyError(name)
