"""`autograder bench` as people see it: three tables, or JSON."""

from __future__ import annotations

import json

from rich.console import Console
from rich.table import Table

from autograder.bench.grading import Measured, bench
from autograder.bench.lessons import measure
from autograder.course_dir import CourseDir

HEAD = ("command", "hand-ins", "wall s", "wall ms each", "processor ms each", "memory MiB")


def run_bench(course: CourseDir, hand_ins: int, growth: tuple[int, ...], as_json: bool, errors: Console) -> None:
    """Measure and print."""

    def say(words: str) -> None:
        errors.print(words, highlight=False)

    say("what a student waits for")
    waits = measure(course)
    grading = bench(course, hand_ins, growth, say)
    if as_json:
        print(json.dumps({"student": waits, "grading": grading}))
        return
    for name, seconds in waits.items():
        print(f"{name:<44} {1000 * seconds:8.1f} ms")
    console = Console(width=110)
    for title in ("plain", "with a figure", "growth"):
        table = Table(*HEAD, title=f"grading 06-batch, {title} ({grading['machine']})")
        for one in grading[title]:
            table.add_row(*Measured(**one).row())
        console.print(table)
    for name in ("ratio", "ratio with a figure", "above the floor, processor seconds a hand-in", "scores equal"):
        value = grading[name]
        print(f"{name}: {value if isinstance(value, bool) else format(value, '.3g')}")
