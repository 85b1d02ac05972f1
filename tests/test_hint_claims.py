"""A "number to try" is tried: by the reference and by the mistake that it is to unmask, wherever a hint gives every argument."""

import re
from functools import cache

import numpy as np

from autograder.exercises import all_exercises
from course.observe import observe

ASSIGNED = re.compile(r"\b(\w+) = (np\.array\(\[.*?\]\)|\[\[.*?\]\]|\[.*?\]|-?\d[\d.e-]*)(?=[,;: ]|$)")
YOURS = re.compile(r"[Yy]ours (?:is|are|says|has) (-?\d+(?:\.\d+)?)(?![\d/]| [-+x*/])")
SAME = 1e-13  # relative: "to twelve digits"


@cache
def tried():
    """(exercise, mistake, arguments, hint), for each hint whose "Try ..." gives a value to every argument, once."""
    found = []
    for asked in all_exercises().values():
        for known in asked.mistakes:
            for hint in known.hints:
                for words in re.finditer(r"Try (.*?)(?:: |$)", hint):
                    given = {
                        name: np.array(eval(value, {"np": np}))
                        for name, value in ASSIGNED.findall(words[1])
                        if name in asked.probe.arguments
                    }
                    if len(given) == len(asked.probe.arguments) and ", then " not in words[1]:
                        found.append((asked, known, given, hint))
    return found


def test_what_is_to_be_tried_tells_the_mistake_from_the_reference():
    assert len(tried()) > 250
    for asked, known, given, hint in tried():
        right, wrong = (observe(asked.probe, answer, given) for answer in (asked.reference, known.answer))
        assert not right.trouble, (asked.name, known.name, hint)
        same = not wrong.trouble and all(
            wrong.results[name].shape == one.shape and np.allclose(wrong.results[name], one, SAME, 0, equal_nan=True)
            for name, one in right.results.items()
        )
        assert not same or wrong.changed(given), (asked.name, known.name, hint)


def test_what_is_said_of_yours_is_what_the_mistake_gives():
    """To the digits that are said."""
    claims = 0
    for asked, known, given, hint in tried():
        wrong = observe(asked.probe, known.answer, given)
        for said in YOURS.findall(hint):
            claims += 1
            digits = len(said.partition(".")[2])
            values = np.concatenate([one.ravel() for one in wrong.results.values()])
            assert any(np.isclose(values, float(said), 0, 0.51 * 10.0**-digits)), (asked.name, known.name, hint)
    assert claims > 40
