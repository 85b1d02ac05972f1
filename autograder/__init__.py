"""The instructor's side: reference, hidden cases, known mistakes, judge. Never shown to students.

The hidden part of a test cell says `from autograder import examine`.
"""

from autograder.examine import examine

__all__ = ["examine"]
