"""What `autograder new` writes: declarations and cells in which the words are still to be filled in. Data."""

MARK = "FILL IN"
REFERENCE = '''


def {name}({arguments}):
    """FILL IN: the formula, shapes and dtypes, what it raises, and the source."""
    raise NotImplementedError
'''
CASES = """{name} = Exercise(
    name="{name}",
    reference=reference.{name},
    kinds=[
        # FILL IN: kinds of cases on which wrong code cannot be right by luck; the lesson's own numbers first.
        Kind(
            "numbers of both signs",
            {{{inputs}}},
            lambda rng: {{{drawn}}},
        ),
    ],
)
"""
SOLUTIONS = """


@{name}.solution
def _({arguments}):
    # FILL IN: a right answer in another way than the reference's, and a second one below.
    raise NotImplementedError
"""
MISTAKES = '''"""{chapter}: known mistakes of `{name}`."""

from autograder.exercises.{m}.cases import {name}


@{name}.mistake(
    "FILL-IN",  # FILL IN: the mistake's name, in words joined by -
    "FILL IN: a question that lets one reconsider?",
    "FILL IN: a number to try, and what it shows.",
    "FILL IN: the line of mathematics, and never the line of code.",
)
def _({arguments}):
    raise NotImplementedError
'''
PROMPT = """## FILL IN: a heading

FILL IN: the question, small numbers, the formula with shapes. Write `{name}({arguments})` (1 point)."""
STUB = '''def {name}({arguments}):
    """FILL IN: the formula.

    FILL IN: arguments and results, with shapes.
    """
    # FILL IN: a question to begin with?
    ### BEGIN SOLUTION
    raise NotImplementedError
    ### END SOLUTION'''
TRY = """# Yours to play with: nothing in this cell is marked.
# FILL IN: a first call of {name}"""
TEST = '''"""FILL IN: {name} in a sentence."""
check({name})
### BEGIN HIDDEN TESTS
from autograder import examine

examine({name})
### END HIDDEN TESTS'''
CHAPTER_INTRO = """# {number} {title}: exercises

FILL IN: what is written here, points and minutes; everything needed is in [lesson {number}](../../course/lessons/{chapter}.ipynb).

Go from top to bottom, Shift+Enter in each cell."""
CHAPTER_END = """## What you built

FILL IN: a sentence to keep.

To hand in: Restart Kernel and Run All Cells, Validate, then hand in this file as your instructor says (the steps are in
[lesson 00](../../course/lessons/00-start-here.ipynb))."""
LESSON = """# {number} {title}

FILL IN: the question that opens the lesson, and the numbers one works out by hand."""
