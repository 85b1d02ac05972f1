"""`examine(answer)`: the hidden examination, in the process that calls it.

For an instructor's own Jupyter and for stock nbgrader. Nothing protects the judge from code that runs in the same
process; that needs the code and the judge to be in different ones.
"""

from __future__ import annotations

import sys
from pathlib import Path

from autograder.course_dir import CONFIG, CourseDir
from autograder.examination.judge import judge, judge_choice
from autograder.examination.seed import generator
from autograder.exercises import chapter_of, find_exercise, find_prediction
from autograder.translations import wording_of
from course.checking import exercise_name, read_letter
from course.hint import Hint
from course.naming import written_name
from course.observe import SECONDS
from course.probes import exercise_and_part


def examine(answer, detail: str | None = None) -> None:
    """Raise `Hint` unless the answer is right on cases it has not met. Takes what `check` takes."""
    if isinstance(answer, str):
        verdict = judge_choice(
            find_prediction(answer), read_letter(answer, detail), wording_of(_course(), chapter_of(answer))
        )
    else:
        name, detail = exercise_and_part(exercise_name(answer, written_name(sys._getframe(1))), detail)
        exercise = find_exercise(name)
        cases = exercise.hidden_cases(generator(exercise.name))
        verdict = judge(
            exercise,
            cases,
            exercise.observe(answer, cases, SECONDS),
            detail,
            wording=wording_of(_course(), exercise.chapter),
        )
    if not verdict.right:
        raise Hint(*verdict.messages)


def _course() -> CourseDir:
    """The course in whose folder, or below, this notebook runs; else this folder, which says nothing of a language."""
    here = Path.cwd()
    return CourseDir(next((one for one in (here, *here.parents) if (one / CONFIG).is_file()), here))
