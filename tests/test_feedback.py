"""Errors in feedback: hints stay, tracebacks and a student's own words about the inputs do not."""

import pytest
from nbformat.v4 import new_code_cell, new_output

from autograder.feedback import PlainErrors

TRACEBACK = ["----> 2 check(double)\n      3 ### BEGIN HIDDEN TESTS\n      4 from autograder import examine"]


def shown(name, message, grade=True):
    """The error of a cell as feedback shows it."""
    error = new_output("error", ename=name, evalue=message, traceback=TRACEBACK)
    nbgrader = {"grade": grade, "solution": not grade, "locked": grade, "grade_id": "a", "schema_version": 3}
    cell = new_code_cell("check(double)", outputs=[error], metadata={"nbgrader": nbgrader})
    cell, _ = PlainErrors().preprocess_cell(cell, {}, 0)
    return cell.outputs[0]


def test_a_name_that_is_not_defined():
    error = shown("NameError", "name 'double' is not defined")
    assert error.traceback == [error.evalue]
    assert error.evalue.startswith("NameError: name 'double' is not defined. Did the cell that defines it run?")


def test_a_cell_that_took_too_long():
    assert "too long" in shown("CellTimeoutError", "").traceback[0]


@pytest.mark.parametrize(
    ("name", "said"), [("KeyboardInterrupt", "raised KeyboardInterrupt"), ("Stop_x_is_7", "raised an exception")]
)
def test_an_error_that_a_student_words_is_not_quoted(name, said):
    error = shown(name, "x is 7")
    assert said in error.traceback[0] and "7" not in error.evalue + error.traceback[0]


def test_hints_and_the_students_own_cells_stay_as_they_are():
    for name in ("Hint", "NotRun", "TimeLimit"):
        assert shown(name, "in the grader's own words").traceback == TRACEBACK
    assert shown("NameError", "name 'double' is not defined", grade=False).traceback == TRACEBACK
