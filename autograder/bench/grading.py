"""Grading, measured side by side in one run: stock nbgrader, the engine with one worker and with two, and the floor.

The floor is the least that running the cells can take: bare `exec` of the same cells in one warm process, figures rendered.
Wall time and processor time include every command's own start; memory is the largest of the grader itself (its sandboxes aside).
Stock nbgrader takes minutes and is run once, among the others, which take seconds and are at the mercy of the moment: of three
rounds of them, each command's middle one by wall time counts.
"""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import nbformat
import psutil

from autograder import scratch
from autograder.course_dir import CourseDir
from autograder.demo.run import PROGRAMS, hand_in
from autograder.demo.students import CLASS

ROOT = Path(__file__).parents[2]
CHAPTER = "06-batch"
FIGURE = "from matplotlib import pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 4, -4.5])\nplt.show()"
STOCK = 'c = get_config()\nc.CourseDirectory.course_id = "backprop"\n' + scratch.FORCED
ROUNDS = 3
SAMPLE = 0.25  # seconds between two looks at the processes: looking takes processor time as well


@dataclass(frozen=True)
class Measured:
    """One command on so many hand-ins. Seconds, bytes."""

    what: str
    hand_ins: int
    wall: float
    processor: float
    memory: int

    def row(self) -> list[str]:
        each = (self.wall / self.hand_ins, self.processor / self.hand_ins)
        return [
            self.what,
            str(self.hand_ins),
            f"{self.wall:.1f}",
            *(f"{1000 * one:.1f}" for one in each),
            f"{self.memory / 2**20:.0f}",
        ]


def bench(
    course: CourseDir, hand_ins: int, growth: tuple[int, ...], say=lambda text: None, rounds: int = ROUNDS
) -> dict:
    """All tables, as plain values."""
    plain, figures = [], []
    for package in ("autograder", "course"):  # as an installation does, and as all else here has been
        compileall.compile_dir(str(ROOT / package), quiet=2)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        empty = released(course, Path(folder) / "released")
        for name, rows, figure in (("as it is", plain, False), ("with a figure", figures, True)):
            made = make_class(empty, Path(folder) / name.replace(" ", "-"), hand_ins, figure)
            rows += side_by_side(
                made, hand_ins, rounds, lambda what, name=name: say(f"{hand_ins} hand-ins {name}: {what}")
            )
        say("scores compared")
        same = scores(made, NBGRADER) == scores(made, TWO_WORKERS)
        grown = []
        for count in growth:
            say(f"growth: {count} hand-ins")
            made = make_class(empty, Path(folder) / f"growth-{count}", count, False)
            grown.append(run(TWO_WORKERS, made, count))
    return {
        "machine": f"{os.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB",
        "plain": [asdict(one) for one in plain],
        "with a figure": [asdict(one) for one in figures],
        "growth": [asdict(one) for one in grown],
        "ratio": plain[0].wall / plain[2].wall,
        "ratio with a figure": figures[0].wall / figures[2].wall,
        "above the floor, processor seconds a hand-in": (plain[1].processor - plain[3].processor) / hand_ins,
        "scores equal": same,
    }


def side_by_side(made: Path, hand_ins: int, rounds: int, say) -> list[Measured]:
    """Every command on the same class, in the order of COMMANDS."""
    measured: dict[str, list[Measured]] = {what: [] for what in COMMANDS}
    for number in range(rounds):
        for what in COMMANDS:
            if what != NBGRADER or number == rounds // 2:
                say(what)
                measured[what].append(run(what, made, hand_ins))
    return [sorted(runs, key=lambda one: one.wall)[len(runs) // 2] for runs in measured.values()]


def released(course: CourseDir, folder: Path) -> Path:
    """A course whose gradebook knows one chapter, with no hand-ins."""
    shutil.copytree(course.source / CHAPTER, folder / "source" / CHAPTER)
    scratch.write_config(folder, (course.root / scratch.CONFIG).read_text(encoding="utf-8"))
    subprocess.run(
        [*PROGRAMS["nbgrader"], "generate_assignment", CHAPTER],
        cwd=folder,
        check=True,
        capture_output=True,
        env=environment(folder),
    )
    return folder


def make_class(empty: Path, folder: Path, count: int, figure: bool) -> Path:
    """A course with so many hand-ins of one chapter: the made-up class of the demo, over and over."""
    shutil.copytree(empty, folder)
    able = [student for student in CLASS if student.hands_in(CHAPTER)]
    for number in range(count):
        student = able[number % len(able)]
        hand_in(student, CHAPTER, CourseDir(folder))
        target = folder / "submitted" / f"student-{number:04d}"
        (folder / "submitted" / student.id).rename(target)
        if figure:
            path = target / CHAPTER / CourseDir(folder).source_notebook(CHAPTER).name
            notebook = nbformat.read(path, as_version=4)
            notebook.cells.append(nbformat.v4.new_code_cell(FIGURE))
            nbformat.write(notebook, path)
    return folder


PYTHON = [sys.executable, "-m"]
NBGRADER, TWO_WORKERS = "stock nbgrader", "autograder, 2 workers"
COMMANDS = {
    NBGRADER: [*PYTHON, "nbgrader", "autograde", CHAPTER],
    "autograder, 1 worker": [*PYTHON, "autograder", "grade", CHAPTER, "--workers", "1", "--json"],
    TWO_WORKERS: [*PYTHON, "autograder", "grade", CHAPTER, "--workers", "2", "--json"],
    "bare exec (the floor)": [sys.executable, str(Path(__file__).with_name("floor.py"))],
}


def run(what: str, made: Path, hand_ins: int, command: list[str] | None = None, root: Path = ROOT) -> Measured:
    """Run a command, by default the one of that name, in a fresh copy of the class, and watch it and everything it starts.

    root : the checkout whose code it runs.
    """
    folder = made.with_name(f"{made.name}-{what.replace(' ', '-')}")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made, folder)
    if what == NBGRADER:
        (folder / "nbgrader_config.py").write_text(STOCK, encoding="utf-8")
    said = folder.with_suffix(".log")  # a file: nbgrader says more than a pipe holds
    start = time.perf_counter()
    command = command or COMMANDS[what]
    with said.open("wb") as errors:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(folder, root, command[0]),
            stdout=subprocess.DEVNULL,
            stderr=errors,
            stdin=subprocess.DEVNULL,
        )
    processor, memory = 0.0, 0
    watched = psutil.Process(process.pid)
    while True:
        try:
            process.wait(SAMPLE)
            break
        except subprocess.TimeoutExpired:
            used, size = _look(watched)
            processor, memory = max(processor, used), max(memory, size)
    wall = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{what} failed: {said.read_text(errors='replace')[-500:]}")
    return Measured(what, hand_ins, wall, processor, memory)


def _look(watched: psutil.Process) -> tuple[float, int]:
    """Processor seconds of the whole tree so far (children that have ended count with their parents), memory of the first."""
    used, size = 0.0, 0
    try:
        size = watched.memory_info().rss
        for one in [watched, *watched.children(recursive=True)]:
            try:
                used += sum(one.cpu_times()[:4])
            except psutil.Error:
                continue
    except psutil.Error:
        pass
    return used, size


def scores(made: Path, what: str) -> list:
    """Every score of a graded copy of the class."""
    from autograder.grading.gradebook import all_scores

    return all_scores(made.with_name(f"{made.name}-{what.replace(' ', '-')}") / "gradebook.db")


def environment(folder: Path, root: Path = ROOT, python: str = sys.executable) -> dict[str, str]:
    """What a command of a checkout is told: its own code, settings of its own, one thread each for numpy."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return scratch.own_settings(kept, folder) | {
        "PATH": os.pathsep.join([str(Path(python).parent), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH", "")])),
        "AUTOGRADER_SEED": "bench",
        **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1"),
    }
