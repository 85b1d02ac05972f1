"""The instructor's side: reference, hidden cases, known mistakes, judge. Never shown to students.

    from autograder import examine     # in the hidden part of a test cell
"""

from autograder.examine import examine

__all__ = ["examine"]
