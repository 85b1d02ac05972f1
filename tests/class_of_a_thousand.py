"""A class of 1,000 hand-ins, every twentieth of them hostile, graded in one run: `python tests/class_of_a_thousand.py`.

Not collected by `make test`: it takes some minutes. Exit status 0 if the run ends by itself, every honest hand-in has the marks
that stock nbgrader gives the same notebook, and no hostile one gains a point.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from autograder.bench_grading import STOCK  # noqa: E402
from autograder.course_dir import CourseDir  # noqa: E402
from autograder.demo.handin import fill_in  # noqa: E402
from autograder.demo.run import hand_in  # noqa: E402
from autograder.demo.students import CLASS  # noqa: E402
from tests.attacks import BREAKING, FORGING, KILLS_ALL, OWN_FILES, OWN_MOUNTS  # noqa: E402
from tests.grading import autograder_grade, exported_scores, nbgrader, scratch_course  # noqa: E402
from tests.test_attacks import CHAPTER, ELSEWHERE, NOTEBOOK, RIGHT, digests, orphans  # noqa: E402

HONEST, HOSTILE = 950, 50
EARNED = 1  # by an attacker, for the one function that is right in each hostile hand-in


def honest_class(course: Path) -> dict[str, float]:
    """The made-up class of the demo, handed in; what stock nbgrader gives each of them."""
    nbgrader("generate_assignment", CHAPTER, cwd=course)
    for student in CLASS:
        if student.hands_in(CHAPTER):
            hand_in(student, CHAPTER, CourseDir(course))
    stock = course.with_name("stock")
    shutil.copytree(course, stock)
    (stock / "nbgrader_config.py").write_text(STOCK, encoding="utf-8")
    nbgrader("autograde", CHAPTER, cwd=stock)
    return {
        student: score
        for (student, _), score in exported_scores(stock).items()
        if (stock / "autograded" / student).exists()
    }


def fill_class(course: Path, marks: dict[str, float]) -> dict[str, float]:
    """Everyone's hand-in; the marks that are due, or the most that may come out for an attacker."""
    submitted = course / "submitted"
    originals = submitted.rename(course / "originals")
    due = {}
    for number, student in enumerate(islice(cycle(sorted(marks)), HONEST)):
        name = f"honest-{number:03d}"
        shutil.copytree(originals / student, submitted / name)
        due[name] = marks[student]
    release = nbformat.read(course / f"release/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4)
    attacks = FORGING | OWN_FILES | OWN_MOUNTS | BREAKING | KILLS_ALL
    for number, (attack, code) in enumerate(islice(cycle(attacks.items()), HOSTILE)):
        name = f"honest-{19 * number:03d}-and-then-{attack}"  # in the order of names, among the others
        code = code.replace("{course}", str(course))
        path = submitted / name / CHAPTER / f"{NOTEBOOK}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(fill_in(release, {**ELSEWHERE, "relu-forward": RIGHT + "\n" + code}), path)
        due[name] = EARNED
    return due


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="thousand-") as scratch:
        course = scratch_course(Path(scratch) / "course")
        due = fill_class(course, honest_class(course))
        before = digests(course)
        start = time.monotonic()
        report = autograder_grade(
            course, CHAPTER, "--isolation", "bubblewrap", "--cell-seconds", "2", "--submission-seconds", "12"
        )
        seconds = time.monotonic() - start
        scores = {one["student"]: one["score"] for one in report["submissions"]}
        wrong = {
            name: (scores.get(name), marks)
            for name, marks in due.items()
            if name not in scores or (scores[name] > marks if "-and-then-" in name else scores[name] != marks)
        }
        print(f"{len(scores)} hand-ins, {HOSTILE} of them hostile, graded in {seconds:.0f} s")
        print(f"marks that are not as they should be: {wrong or 'none'}")
        touched = digests(course) != before
        print(f"files of the course changed: {'yes' if touched else 'none'}; rooms left running: {len(orphans())}")
        good = len(scores) == HONEST + HOSTILE and not wrong and not touched and not orphans()
        return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
