"""Is what declares the exercises in one shape, is all of it found, and does each mistake stand where one looks for it?"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import autograder.exercises
from autograder.exercises import all_exercises, chapter_exercises
from course.probes import CHAPTERS

HERE = Path(autograder.exercises.__file__).parent

# Who registers a known mistake: the innermost module below `mistakes` on the way to the call.
WHO_REGISTERS = """
import json, sys
from autograder.exercise import Exercise

found, registered = {}, Exercise.mistake

def mistake(self, *words):
    frame = sys._getframe(1)
    while ".mistakes." not in frame.f_globals["__name__"]:
        frame = frame.f_back
    found.setdefault(frame.f_globals["__name__"], set()).add(self.name)
    return registered(self, *words)

Exercise.mistake = mistake
from autograder.exercises import all_exercises
all_exercises()
print(json.dumps({module: sorted(names) for module, names in found.items()}))
"""
OUT_OF_SHAPE = """
import sys
sys.path.insert(0, sys.argv[1])
import autograder, course.probes
assert autograder.__file__.startswith(sys.argv[1])
from autograder.examination.shape import out_of_shape
print(*(line for chapter in course.probes.CHAPTERS for line in out_of_shape(chapter)), sep="\\n")
"""


def python(code, *arguments, cwd=None):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=cwd).stdout


def test_nothing_is_lost():
    """What there was when the exercises got their one shape; more may come."""
    everything = all_exercises().values()
    assert len(CHAPTERS) >= 13 and sum(one.graded for one in everything) >= 61
    assert sum(len(one.mistakes) for one in everything) >= 1571
    assert sum(1 + len(one.solutions) for one in everything) >= 304


@pytest.mark.parametrize(("chapter", "module"), CHAPTERS.items())
def test_a_chapter_has_the_one_shape(chapter, module):
    folder = HERE / module
    mistakes = {path.stem for path in (folder / "mistakes").glob("*") if path.stem not in ("__init__", "__pycache__")}
    assert mistakes == {one.module for one in chapter_exercises(chapter)}
    assert {"__init__.py", "cases.py", "solutions.py", "predictions.py"} <= {path.name for path in folder.glob("*.py")}


def test_a_mistake_stands_in_the_module_of_its_exercise():
    found = json.loads(python(WHO_REGISTERS))
    assert sum(len(names) for names in found.values()) == len(found), "a module registers for one exercise only"
    for module, (name,) in found.items():
        assert f"{module}.".split(".mistakes.")[1].startswith(f"{all_exercises()[name].module}."), module
    assert {name for names in found.values() for name in names} == set(all_exercises())


def copy(tmp_path):
    """The two packages, to break something in."""
    for name in ("autograder", "course"):
        shutil.copytree(HERE.parents[1] / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "autograder" / "exercises"


def test_what_is_out_of_shape_is_said(tmp_path):
    folder = copy(tmp_path)
    assert python(OUT_OF_SHAPE, tmp_path, cwd=tmp_path).strip() == ""
    (folder / "loss" / "predictions.py").unlink()
    (folder / "relu" / "mistakes" / "relu_forward.py").rename(folder / "relu" / "mistakes" / "forward.py")
    (folder / "training" / "mistakes" / "train" / "more.py").write_text("")
    (folder / "batch" / "more").mkdir()
    (folder / "batch" / "more" / "hints.py").write_text("")
    assert python(OUT_OF_SHAPE, tmp_path, cwd=tmp_path).splitlines() == [
        "autograder.exercises.loss: predictions.py is missing.",
        "autograder.exercises.batch.more.hints: not found. Has its folder an __init__.py, and do the THEMES there name it?",
        "autograder.exercises.relu.mistakes: relu_forward.py is missing, the known mistakes of relu_forward.",
        "autograder.exercises.relu.mistakes.forward: no exercise in EXERCISES of cases.py has this name.",
        "autograder.exercises.training.mistakes.train.more: not found. Has its folder an __init__.py, and do the THEMES there"
        " name it?",
    ]
