"""Every exercise and prediction of the course, declared once: one package a chapter, in one shape.

`cases` declares the exercises and what they are tried on, `solutions` right answers, `predictions` the choices, and `mistakes`
has a module for each exercise. What a chapter's package holds is found by walking it.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from autograder.exercise import Exercise, Prediction
from course.probes import CHAPTERS, all_probes


def package_of(chapter: str) -> str:
    """The name of the package that declares a chapter."""
    return f"{__name__}.{CHAPTERS[chapter]}"


def walk(name: str) -> None:
    """Import a module and, if it is a package, all that is in it: in the order of its `THEMES`, or of the alphabet."""
    module = import_module(name)
    within = sorted(found.name for found in iter_modules(getattr(module, "__path__", ())))
    for one in getattr(module, "THEMES", within):
        walk(f"{name}.{one}")


@cache
def chapter_exercises(chapter: str) -> tuple[Exercise, ...]:
    """The exercises of a chapter, in the order the notebook asks for them, with their solutions and known mistakes."""
    walk(package_of(chapter))
    return import_module(f"{package_of(chapter)}.cases").EXERCISES


@cache
def chapter_predictions(chapter: str) -> tuple[Prediction, ...]:
    """The predictions of a chapter, in the order the notebook asks for them."""
    return import_module(f"{package_of(chapter)}.predictions").PREDICTIONS


@cache
def all_exercises() -> dict[str, Exercise]:
    """Every exercise by name."""
    return {one.name: one for chapter in CHAPTERS for one in chapter_exercises(chapter)}


@cache
def all_predictions() -> dict[str, Prediction]:
    """Every prediction by name."""
    return {one.name: one for chapter in CHAPTERS for one in chapter_predictions(chapter)}


def find_exercise(name: str) -> Exercise:
    """The exercise of that name; KeyError if there is none."""
    chapter, _ = all_probes()[name]
    return {one.name: one for one in chapter_exercises(chapter)}[name]


def find_prediction(name: str) -> Prediction:
    """The prediction of that name; KeyError if there is none."""
    return next(one for one in chapter_predictions(chapter_of(name)) if one.name == name)


def chapter_of(prediction: str) -> str:
    """The chapter that asks a prediction; KeyError if none does. Chapters that are loaded already are looked through first."""
    for chapter in sorted(CHAPTERS, key=lambda one: f"{package_of(one)}.predictions" not in sys.modules):
        if any(one.name == prediction for one in chapter_predictions(chapter)):
            return chapter
    raise KeyError(prediction)
