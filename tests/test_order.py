"""What may take long is begun early: a guess that needs no run, from which no mark depends."""

import json
import os
from itertools import pairwise

import pytest

from autograder.grading.order import OF_EVERYBODY, long_ones_early, may_take_long, spread
from autograder.grading.tasks import Task
from autograder.grading.template import Template, TemplateCell


def hand_in(folder, *sources, whole=False):
    """A notebook with these cells, each source a list of lines or, if whole, one text."""
    folder.mkdir(parents=True, exist_ok=True)
    cells = [{"cell_type": "code", "source": one if whole else one.splitlines(keepends=True)} for one in sources]
    (folder / "a.ipynb").write_text(json.dumps({"cells": cells}, indent=1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(
    ("source", "long"),
    [
        ("import numpy as np\nfrom course import check\nx = np.ones(3)", False),
        ("x = 1\nimport time", True),
        ("def f():\n    from time import sleep\n    sleep(1)", True),
        ("x = 1; import os.path", True),
        ("while True:\n    pass", True),
        ("def f(x):\n    for _ in x:\n        meanwhile = 'what we import is from here'", False),
        ("from numpy import array, where", False),
    ],
)
def test_what_waits_has_imported_it_and_what_goes_round_says_while(tmp_path, source, long, whole):
    assert may_take_long(hand_in(tmp_path, "y = 2", source, whole=whole), OF_EVERYBODY) is long


def test_what_was_released_tells_nothing(tmp_path):
    tasks = [
        Task("a", "ch", hand_in(tmp_path / "a", "import time\nwhile False: pass")),
        Task("b", "ch", hand_in(tmp_path / "b", "import time\nimport signal")),
    ]
    cell = TemplateCell("one", "code", "import time", "", True, False, False, False, None)
    released = Template("n", (cell,), kernelspec={}, free={"played-with": "while False: pass"})
    assert [one.student for one in long_ones_early([*tasks], {"ch": [released]})] == ["b", "a"]


def test_links_pipes_and_closed_folders_cost_nothing(tmp_path):
    elsewhere, folder = hand_in(tmp_path / "elsewhere", "import time"), tmp_path / "folder"
    folder.mkdir()
    (folder / "linked.ipynb").symlink_to(elsewhere / "a.ipynb")
    os.mkfifo(folder / "pipe.ipynb")  # whoever opened it would wait for ever
    assert not may_take_long(folder, OF_EVERYBODY)
    assert not may_take_long(tmp_path / "nowhere", OF_EVERYBODY)


@pytest.mark.parametrize("long", [0, 1, 7, 50, 80, 100])
def test_the_long_ones_are_spread_over_the_first_half(long):
    first, others = [f"long {n}" for n in range(long)], list(range(100 - long))
    order = spread(first, others)
    assert [one for one in order if one in first] == first
    assert [one for one in order if one not in first] == others
    places = [at for at, one in enumerate(order) if one in first]
    assert not places or places[-1] < max(50, long)
    assert len({after - before for before, after in pairwise(places)}) <= 1  # at equal distances
