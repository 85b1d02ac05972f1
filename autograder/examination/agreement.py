"""Do `check` and the hidden examination agree? Every right answer and every known mistake, as it is and bent, through both.

A bend that changes results is tried on what the answer was seen to do, which is exact where the answer is called once and its
results are looked at. Where a script uses a class or a network, a bent class would do other things between the calls; there the
results that the script names are bent. The right answers are also tried in ways that depend on the inputs, or on earlier calls.
Compared is right or wrong for what the test cells ask for: all results, or one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from autograder.bends import BENDS, CONDITIONS, Bend
from autograder.examination.seed import generator
from autograder.examination.test_cell import read_test_cell
from autograder.exercise import Exercise
from autograder.exercises import chapter_exercises, find_exercise
from course import cases
from course.diagnose import Case, right
from course.observe import Arrays, Observation, observe
from course.probes import exercise_and_part

SOURCE = Path(__file__).parents[2] / "source"
AS_IT_IS = Bend("as it is", lambda array: array)
ALL_BENDS = (AS_IT_IS, *BENDS)


@dataclass(frozen=True)
class Disagreement:
    """An answer of which `check` says one thing and the examination, on `seeds` of the tried ones, another."""

    exercise: str
    part: str
    answer: str
    bend: str
    passed_check: bool
    seeds: tuple[str, ...]

    def __str__(self) -> str:
        said = "passes check and is refused" if self.passed_check else "is refused by check and accepted"
        where = f"{len(self.seeds)} seeds, as {self.seeds[0]}"
        return f"{self.exercise}, {self.part}: {self.answer}, {self.bend}, {said} by examine ({where})"


@dataclass(frozen=True)
class Compared:
    """What came of one exercise."""

    exercise: str
    answers: int
    verdicts: int
    disagreements: tuple[Disagreement, ...]


def agreement(chapters: Sequence[str], seeds: int, workers: int = 1) -> Iterator[Compared]:
    """One exercise after the other: all its answers, bent in every way, through `check` and this many seeds of `examine`."""
    names = [one.name for chapter in chapters for one in chapter_exercises(chapter)]
    task = partial(compare_exercise, seeds=seeds)
    if workers == 1:
        yield from map(task, names)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(task, names)


def compare_exercise(name: str, seeds: int) -> Compared:
    """The public cases as they stand in the fixtures, the hidden ones as an examination with that seed draws them."""
    exercise = find_exercise(name)
    public = cases.public(exercise.chapter, name).cases
    hidden = {str(seed): exercise.hidden_cases(generator(name, str(seed))) for seed in range(seeds)}
    found: list[Disagreement] = []
    verdicts = 0
    right_answers = [exercise.reference, *exercise.solutions]
    answers = [(f"right answer {number}", answer) for number, answer in enumerate(right_answers)]
    for called, answer in [*answers, *((known.name, known.answer) for known in exercise.mistakes)]:
        see = _once(partial(_observed, exercise, answer))
        ways: dict[str, Callable[[Case], Observation]] = {
            bend.name: _once(partial(_bent, see, bend)) for bend in ([AS_IT_IS] if exercise.probe.flaw else ALL_BENDS)
        }
        if answer is exercise.reference and not exercise.probe.flaw:
            ways |= {f"wrong for {one}": _once(partial(_wrong_for, see, holds)) for one, holds in CONDITIONS.items()}
        for way, seen in ways.items():
            for part in parts_of(exercise.chapter).get(name, (None,)):
                in_check = _passes(exercise, public, seen, part)
                odd = [seed for seed, drawn in hidden.items() if _passes(exercise, drawn, seen, part) != in_check]
                verdicts += 1 + len(hidden)
                if odd:
                    found.append(Disagreement(name, part or "all of it", called, way, in_check, tuple(odd)))
    return Compared(name, len(answers) + len(exercise.mistakes), verdicts, tuple(found))


@cache
def parts_of(chapter: str) -> dict[str, tuple[str | None, ...]]:
    """Of each exercise, the results that the chapter's test cells ask for by name; None is all of them."""
    notebook = SOURCE / chapter / f"{chapter[3:]}.ipynb"
    named: dict[str, list[str | None]] = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        for question in read_test_cell(cell.get("id", ""), "".join(cell["source"])).questions:
            if not question.prediction:
                name, part = exercise_and_part(question.variable, question.part)
                named.setdefault(name, []).append(part)
    return {name: tuple(dict.fromkeys(parts)) for name, parts in named.items()}


def _once(look: Callable[[Case], Observation]) -> Callable[[Case], Observation]:
    """What is seen of a case, worked out when it is asked for, once: several parts ask for the same. The cases outlive it."""
    seen: dict[int, Observation] = {}

    def see(case: Case) -> Observation:
        if id(case) not in seen:
            seen[id(case)] = look(case)
        return seen[id(case)]

    return see


def _observed(exercise: Exercise, answer: Callable, case: Case) -> Observation:
    return observe(exercise.probe, answer, case.inputs)


def _bent(see: Callable[[Case], Observation], bend: Bend, case: Case) -> Observation:
    seen = see(case)
    if seen.trouble or bend is AS_IT_IS:
        return seen
    return replace(seen, results=_all(bend, seen.results), again=_all(bend, seen.again))


def _all(bend: Bend, arrays: Arrays) -> Arrays:
    return {name: bend.array(array) for name, array in arrays.items()}


def _wrong_for(see: Callable[[Case], Observation], holds: Callable, case: Case) -> Observation:
    """Right, but for the cases with inputs of this sort."""
    return _bent(see, WRONG if holds(case.inputs) else AS_IT_IS, case)


WRONG = Bend("wrong", lambda array: array * 2.0 + 1.0)


def _passes(exercise: Exercise, tried: Sequence[Case], seen: Callable[[Case], Observation], part: str | None) -> bool:
    """What `check` and `examine` decide."""
    parts = exercise.probe.results if part is None else (part,)
    return all(right(exercise.probe, case, seen(case), parts, exercise.rtol) for case in tried)
