"""The commands that examine the examiner: `selftest`, `agreement`. What they need is imported when asked for."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from autograder.course_dir import declared_chapters
from autograder.options import chapters_argument, json_option

errors = Console(stderr=True, soft_wrap=True)


@click.command()
@chapters_argument
@click.option("--seed", default="selftest", show_default=True, help="Seed of the hidden cases.")
@click.option("--partly", is_flag=True, help="Also try each mistake in one result alone: is the hint true of that?")
@json_option
def selftest(chapters: tuple[str, ...], seed: str, partly: bool, as_json: bool):
    """Try every known mistake and every right solution on the visible check and the hidden examination."""
    from autograder.examination.selftest import Figures, selftest
    from autograder.exercises import chapter_exercises

    chosen = declared_chapters(chapters)
    count = sum(len(chapter_exercises(chapter)) for chapter in chosen)
    total, rows = Figures(), []
    for name, figures in track(
        selftest(chosen, seed, partly), "selftest", total=count, console=errors, transient=True, disable=as_json
    ):
        total += figures
        rows.append((name, figures))
    if as_json:
        print(json.dumps({key: value for key, value in asdict(total).items() if key != "complaints"}))
    else:
        Console(width=None if sys.stdout.isatty() else 120).print(_selftest_table(rows, total))
        for line in total.complaints:
            print(line)
    sys.exit(0 if total.good else 1)


@click.command()
@chapters_argument
@click.option(
    "--seeds", type=click.IntRange(1), default=100, show_default=True, help="Seeds of the examination to try."
)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes to share the work.")
@json_option
def agreement(chapters: tuple[str, ...], seeds: int, workers: int, as_json: bool):
    """Try every known answer, bent in many ways, on check and examine, and print where the two disagree."""
    from autograder.examination.agreement import agreement
    from autograder.exercises import chapter_exercises

    chosen = declared_chapters(chapters)
    count = sum(len(chapter_exercises(chapter)) for chapter in chosen)
    done = agreement(chosen, seeds, workers)
    compared = list(track(done, "agreement", total=count, console=errors, transient=True, disable=as_json))
    disagreements = [found for one in compared for found in one.disagreements]
    verdicts = sum(one.verdicts for one in compared)
    if as_json:
        figures = {"exercises": count, "seeds": seeds, "verdicts": verdicts}
        print(json.dumps(figures | {"disagreements": [asdict(found) for found in disagreements]}))
    else:
        for found in disagreements:
            print(found)
        print(f"{count} exercises, {seeds} seeds, {verdicts:,} verdicts: {len(disagreements)} disagreements")
    sys.exit(1 if disagreements else 0)


def _selftest_table(rows, total) -> Table:
    table = Table(title="selftest", show_footer=True)
    columns = {
        "mistakes": "mistakes",
        "rejected_visible": "rejected by check",
        "rejected_hidden": "by examine",
        "named": "named",
        "solutions": "solutions",
        "accepted_visible": "accepted by check",
        "accepted_hidden": "by examine",
    }
    if total.partly:
        columns |= {"partly": "partly wrong", "misled": "misled"}
    table.add_column("exercise", no_wrap=True, footer=f"{total.exercises} exercises")
    for key, title in columns.items():
        table.add_column(title, justify="right", footer=str(getattr(total, key)))
    for name, figures in rows:
        table.add_row(name, *(str(getattr(figures, key)) for key in columns))
    return table


COMMANDS = (selftest, agreement)
