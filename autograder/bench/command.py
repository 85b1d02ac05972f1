"""`autograder bench` as people see it: three tables, or JSON."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from autograder.bench.beside import beside
from autograder.bench.grading import Measured, bench
from autograder.bench.lessons import measure
from autograder.bench.model import AHEAD, Costs, Simulated, on_a_cluster, on_this_machine, simulate
from autograder.course_dir import CourseDir

HEAD = ("command", "hand-ins", "wall s", "wall ms each", "processor ms each", "memory MiB")


def run_bench(course: CourseDir, hand_ins: int, growth: tuple[int, ...], as_json: bool, errors: Console) -> None:
    """Measure and print."""

    def say(text: str) -> None:
        errors.print(text, highlight=False)

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


def run_beside(other: Path, hand_ins: tuple[int, ...], rounds: int, as_json: bool, errors: Console) -> None:
    """Measure both, and print how this one compares."""
    found = beside(other, hand_ins, rounds, lambda text: errors.print(text, highlight=False))
    if as_json:
        print(json.dumps(found | {"rows": [asdict(one) for one in found["rows"]]}))
        return
    memory = psutil.virtual_memory().total / 2**30
    table = Table(
        *("", "there, ms", "here, ms", "here / there", "by the clock", "there / here, MiB"),
        title=f"processor time, middle of {rounds} rounds ({os.cpu_count()} cores, {memory:.0f} GiB)",
    )
    for one in found["rows"]:
        by_processor, by_clock = one.ratios()
        table.add_row(
            one.what,
            *(f"{1000 * side[0]:.1f}" for side in (one.there, one.here)),
            f"{by_processor:.2f}",
            f"{by_clock:.2f}",
            " / ".join(f"{size / 2**20:.0f}" for size in one.memory or ()),
        )
    Console(width=120).print(table)
    print(f"scores equal: {found['scores equal']}")


HERE, FAR = (1, 2, 4), (1, 2, 4, 10, 20, 30, 50, 100, 300, 1000)  # workers
STEADY = 400, 20  # hand-ins that are simulated: so many, and so many for each worker


def run_simulation(course: CourseDir, hand_ins: int, as_json: bool, errors: Console) -> None:
    """Measure what a hand-in costs, hold the model to real runs, and say what it expects of many workers."""
    from autograder.bench.costs import measure_costs, real_rate
    from autograder.sandbox.isolation import choose_isolation

    errors.print(f"what one of {hand_ins} hand-ins costs", highlight=False)
    costs = measure_costs(course, hand_ins, choose_isolation("auto"))
    cores = len(os.sched_getaffinity(0))
    check = {}
    for workers in HERE:
        errors.print(f"real runs, --workers {workers}", highlight=False)
        steps, there = on_this_machine(costs, workers, cores)
        check[workers] = _long(steps, there, workers), real_rate(course, workers, hand_ins)
    far = {workers: _long(*on_a_cluster(costs, workers), workers) for workers in FAR}
    if as_json:
        checked = {n: {"model": asdict(one), "real": real} for n, (one, real) in check.items()}
        far_records = {n: asdict(one) | {"limit": one.limit} for n, one in far.items()}
        print(json.dumps({"costs": asdict(costs), "cores": cores, "check": checked, "cluster": far_records}))
        return
    _show_simulation(costs, cores, check, far)


def _long(steps: list, there: dict[str, int], workers: int) -> Simulated:
    return simulate(steps, there, AHEAD * workers, STEADY[0] + STEADY[1] * workers)


def _show_simulation(costs: Costs, cores: int, check: dict, far: dict[int, Simulated]) -> None:
    for name, value in asdict(costs).items():
        print(f"{name:<10} {f'{1000 * value:8.2f} ms' if isinstance(value, float) else f'{value / 1024:8.1f} KiB'}")
    console = Console(width=110)
    table = Table("workers", "model, hand-ins/s", "real, hand-ins/s", "real / model", title=f"--workers, {cores} cores")
    for workers, (model, real) in check.items():
        table.add_row(str(workers), f"{model.rate:.1f}", f"{real:.1f}", f"{real / model.rate:.2f}")
    console.print(table)
    table = Table(
        "workers",
        "hand-ins/s",
        "limit",
        "writer",
        "scheduler",
        "network out",
        "workers",
        title="--scheduler, simulated",
    )
    for workers, one in far.items():
        shares = (f"{one.busy[name]:.0%}" for name in ("writer", "scheduler", "network out", "workers"))
        table.add_row(str(workers), f"{one.rate:.1f}", one.limit, *shares)
    console.print(table)
