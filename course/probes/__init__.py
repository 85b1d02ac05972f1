"""How each exercise's code is called and observed: one module a chapter, no answers."""

from __future__ import annotations

import json
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.observe import Probe

CHOSEN = Path(__file__).parents[1] / "chapters.json"  # made by the release of a course that leaves chapters out

CHAPTERS = {
    "00-start-here": "start_here",
    "01-slopes": "slopes",
    "02-gates": "gates",
    "03-neuron": "neuron",
    "04-loss": "loss",
    "05-layer": "layer",
    "06-batch": "batch",
    "07-relu": "relu",
    "08-network": "network",
    "09-softmax": "softmax",
    "10-training": "training",
    "11-clinic": "clinic",
    "12-autograd": "autograd",
    "13-arrays": "arrays",
    "14-deep": "deep",
    "15-attention": "attention",
}


@cache
def chapters_here() -> tuple[str, ...]:
    """The chapters that this copy of the course has, by their names, in order."""
    try:
        chosen = json.loads(CHOSEN.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return tuple(CHAPTERS)
    return tuple(one for one in CHAPTERS if one in chosen)


def exercise_and_part(name: str, part: str | None) -> tuple[str, str | None]:
    """`Value` and "diamond" mean the exercise Value.diamond, if there is one; else `part` is one result of `name`."""
    whole = f"{name}.{part}"
    return (whole, None) if whole in all_probes() else (name, part)


@cache
def all_probes() -> dict[str, tuple[str, Probe]]:
    """Exercise name to (chapter, probe). Names are unique over the course."""
    return {
        name: (chapter, probe)
        for chapter, module in CHAPTERS.items()
        for name, probe in import_module(f"course.probes.{module}").PROBES.items()
    }
