"""A class that grows from step to step: which of its parts are refused?"""

from autograder.examination.judge import judge
from autograder.examination.seed import generator
from autograder.exercises import chapter_exercises
from course.checking import try_public_cases


def failing_parts(answer: type, chapter: str) -> set[str]:
    """The parts that the visible check rejects; those that the examination rejects must be the same."""
    visible, hidden = set(), set()
    for asked in chapter_exercises(chapter):
        owner, _, part = asked.name.partition(".")
        if not owner[0].isupper():  # a function of the same chapter
            continue
        if try_public_cases(asked.name, answer).finding:
            visible.add(part)
        cases = asked.hidden_cases(generator(asked.name, "parts"))
        if not judge(asked, cases, asked.observe(answer, cases)).right:
            hidden.add(part)
    assert visible == hidden
    return visible
