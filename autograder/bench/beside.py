"""Another checkout of this course measured beside this one, in turns, so that what the machine does meets both alike.

Of each thing the middle one of several rounds counts, by processor time (all processes that it starts included) and by the clock.
Nothing but bytecode is written into either checkout: classes, copies and settings are in a temporary folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from autograder.bench.grading import CHAPTER, ROOT, environment, run
from autograder.bench.page import lab, opening, why_no_page
from autograder.course_dir import BadInput
from autograder.grading.gradebook import all_scores

WAITS = Path(__file__).with_name("waits.py")
MAKE_CLASS = """
import sys
from pathlib import Path
from autograder.course_dir import CourseDir
try:
    from autograder.bench.grading import make_class, released
except ImportError:  # as it was until the bench became a package
    from autograder.bench_grading import make_class, released
root, folder, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
make_class(released(CourseDir(root), folder / "released"), folder / "class", count, False)
"""
PROGRESS = "from course import progress; progress()"


@dataclass(frozen=True)
class Checkout:
    """A checkout with the environment that its `make` has made."""

    name: str
    root: Path
    python: str


@dataclass(frozen=True)
class Compared:
    """One thing in both checkouts: seconds of processor time and by the clock.

    memory : the grader's own at its largest, in bytes, there and here, where something was graded.
    """

    what: str
    there: tuple[float, float]
    here: tuple[float, float]
    memory: tuple[float, float] | None = None

    def ratios(self) -> tuple[float, float]:
        """Here by there: by processor time, by the clock."""
        return self.here[0] / self.there[0], self.here[1] / self.there[1]


def both(other: Path) -> tuple[Checkout, Checkout]:
    """The other one and this one."""
    python = other / ".venv" / "bin" / "python"
    if not (other / "course" / "probes").is_dir():
        raise BadInput(f"--beside {other}: no checkout of this course. Name the folder that holds its `course`.")
    if not python.exists():
        raise BadInput(f"--beside {other}: it has no environment. Run `make .venv/.lab` there, then this again.")
    return Checkout("there", other.resolve(), str(python.absolute())), Checkout("here", ROOT, sys.executable)


def beside(other: Path, hand_ins: tuple[int, ...], rounds: int, say: Callable[[str], None]) -> dict:
    """All that is compared, and whether the scores were equal."""
    pair = both(other)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for one in pair:
            subprocess.run([one.python, "-m", "compileall", "-q", "course", "autograder"], cwd=one.root, check=False)
        rows = list(_waits(pair, Path(folder), rounds, say))
        same = True
        for count in hand_ins:
            graded, equal = _grading(pair, Path(folder) / str(count), count, rounds, say)
            rows.append(graded)
            same = same and equal
    return {"rows": rows, "scores equal": same}


def _waits(pair: tuple[Checkout, Checkout], folder: Path, rounds: int, say: Callable) -> Iterator[Compared]:
    work = {one: _work(one, folder / one.name) for one in pair}
    script = str(WAITS)
    commands = {
        "import course": ["-c", "import course"],
        "from course import check": ["-c", "from course import check"],
        "progress()": ["-c", PROGRESS],
        "a kernel, until its first cell is done": [script, "kernel"],
    }
    names = [sorted(path.name for path in (one.root / "course/lessons").glob("*.ipynb")) for one in pair]
    commands |= {f"lesson {one.removesuffix('.ipynb')}": [script, "lesson", one] for one in names[1] if one in names[0]}
    for what, words in commands.items():
        say(what)
        yield _alternately(what, pair, rounds, lambda one, words=words: _timed(one, words, work[one]))
    say("checks")
    yield from _checks(pair, work, rounds)
    if why := why_no_page():
        say(f"no page is opened: {why}")
    else:
        say("a lesson's page")
        yield _page(pair, work, rounds)


def _page(pair: tuple[Checkout, Checkout], work: dict[Checkout, Path], rounds: int) -> Compared:
    """The first lesson, by a new name each time: one that was open has its kernel still. By the clock only."""
    pages = [f"page-{number}.ipynb" for number in range(rounds + 1)]
    for one in pair:
        lesson = min((work[one] / "lessons").glob("*.ipynb"))
        for page in pages:
            shutil.copy(lesson, work[one] / page)
    turns = {one: iter(pages) for one in pair}
    with contextlib.ExitStack() as servers:
        at = {
            one: servers.enter_context(lab(one.root, one.python, work[one], _environment(one, work[one])))
            for one in pair
        }
        opened = servers.enter_context(opening())
        for one in pair:  # the first page that a server sends takes longer
            opened(at[one], next(turns[one]))

        def seconds(one: Checkout) -> tuple[float, float]:
            took = opened(at[one], next(turns[one]))
            return took, took

        return _alternately("a lesson's page, until its kernel is idle", pair, rounds, seconds)


def _work(one: Checkout, folder: Path) -> Path:
    """A student's folder: the exercises to progress, and the lessons."""
    shutil.copytree(one.root / "release", folder / "work")
    shutil.copytree(one.root / "course" / "lessons", folder / "lessons")
    return folder


def _alternately(what: str, pair, rounds: int, measure: Callable) -> Compared:
    measured = {one: [] for one in pair}
    for _ in range(rounds):
        for one in pair:
            measured[one].append(measure(one))
    there, here = (tuple(median(column) for column in zip(*measured[one], strict=True)) for one in pair)
    return Compared(what, there, here)


def _timed(one: Checkout, words: list[str], work: Path) -> tuple[float, float]:
    """Processor and wall seconds of a Python of that checkout, with all that it starts and waits for."""
    cwd = work / "lessons" if "lesson" in words else work
    start = time.perf_counter()
    process = subprocess.Popen(
        [one.python, *words], cwd=cwd, env=_environment(one, work), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    said = process.stderr.read().decode(errors="replace")
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} failed in {one.root}: {said[-500:]}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - start


def _checks(pair, work: dict[Checkout, Path], rounds: int) -> Iterator[Compared]:
    """The sum over the exercises that both have; by the processor only, which is what a check waits for."""
    said = {one: [] for one in pair}
    for _ in range(rounds):
        for one in pair:
            command = [one.python, str(WAITS), "checks"]
            done = subprocess.run(
                command, cwd=work[one], env=_environment(one, work[one]), capture_output=True, check=True
            )
            said[one].append(json.loads(done.stdout))
    names = set(said[pair[0]][0]) & set(said[pair[1]][0])
    for place, when in enumerate(("first", "later")):
        there, here = (median(sum(times[name][place] for name in names) for times in said[one]) for one in pair)
        yield Compared(f"{when} check, {len(names)} exercises", (there, there), (here, here))


def _grading(pair, folder: Path, count: int, rounds: int, say: Callable) -> tuple[Compared, bool]:
    """The class of either checkout graded by its own engine with two workers."""
    made = {}
    for one in pair:
        say(f"{count} hand-ins are made {one.name}")
        own = folder / one.name
        own.mkdir(parents=True)
        command = [one.python, "-c", MAKE_CLASS, str(one.root), str(own), str(count)]
        subprocess.run(command, cwd=own, env=_environment(one, own), capture_output=True, check=True)
        made[one] = own / "class"

    memory = {one: [] for one in pair}

    def graded(one: Checkout) -> tuple[float, float]:
        say(f"{count} hand-ins are graded {one.name}")
        command = [one.python, "-m", "autograder", "grade", CHAPTER, "--workers", "2", "--json"]
        measured = run("graded", made[one], count, command, one.root)
        memory[one].append(measured.memory)
        return measured.processor, measured.wall

    compared = _alternately(f"grading {count} hand-ins", pair, rounds, graded)
    compared = replace(compared, memory=tuple(median(memory[one]) for one in pair))
    there, here = (all_scores(made[one].with_name("class-graded") / "gradebook.db") for one in pair)
    return compared, there == here


def _environment(one: Checkout, folder: Path) -> dict[str, str]:
    return environment(folder, one.root, one.python)
