"""What feedback may show of an error in a test cell. Used by nbgrader's generate_feedback: see nbgrader_config.py."""

from __future__ import annotations

import builtins

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

OUR_OWN = ("Hint", "NotRun", "TimeLimit")  # errors in the grader's words


class PlainErrors(NbGraderPreprocessor):
    """In test cells, an error becomes one sentence; hints, and why a cell was not run, stay as they are.

    A traceback quotes the lines around the one that failed, and those may be hidden tests.
    """

    def preprocess_cell(self, cell: NotebookNode, resources, cell_index: int):
        if cell.cell_type == "code" and is_grade(cell):
            for output in cell.outputs:
                if output.output_type == "error" and output.ename not in OUR_OWN:
                    output.evalue = sentence(output.ename, output.evalue)
                    output.traceback = [output.evalue]
        return cell, resources


def sentence(name: str, message: str) -> str:
    """The error in words that quote no input: only the messages of errors that a student's code cannot word."""
    if name == "NameError":
        return f"NameError: {message}. Did the cell that defines it run? Look for an error further up."
    if name == "CellTimeoutError":
        return "CellTimeoutError: this cell took too long. Look for a loop that does not end."
    return f"This cell raised {name if isinstance(getattr(builtins, name, None), type) else 'an exception'}."
