"""The instructor's side: reference, hidden cases, known mistakes, judge. Never shown to students.

The hidden part of a test cell says `from autograder import examine`.
"""

import os

# Its matrices are small, and it forks: a pool of threads for them costs more than it gives. Before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from autograder.examination.examine import examine

__all__ = ["examine"]
