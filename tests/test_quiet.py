"""What is put aside while an answer is observed, and put back whole: also where two threads observe at once, as a grader's do."""

import logging
import sys
import threading
import warnings

import numpy as np
import pytest

from course.quiet import no_luck, quiet


def settings():
    """All that the two change for the whole process."""
    return sys.stdout, sys.stderr, warnings.filters, logging.root.manager.disable, np.empty, np.empty_like


@pytest.mark.parametrize("aside", [quiet, no_luck])
def test_two_threads_that_overlap_put_everything_back(aside):
    """The first one leaves while the second one is inside or at the door, and then the second one leaves."""
    before, second_is_inside, first_has_left = settings(), threading.Event(), threading.Event()

    def second():
        with aside():
            second_is_inside.set()
            first_has_left.wait(10)

    with aside():
        other = threading.Thread(target=second)
        other.start()
        second_is_inside.wait(0.2)  # which it must not be able to
    first_has_left.set()
    other.join()
    after = settings()
    sys.stdout, sys.stderr, np.empty, np.empty_like = before[0], before[1], before[4], before[5]
    logging.disable(before[3])
    assert [one is two for one, two in zip(before, after, strict=True)] == [True] * 6


def test_one_thread_may_be_inside_twice():
    before = settings()
    with quiet(), no_luck(), quiet(), no_luck():
        print("nobody hears this")
    assert all(one is two for one, two in zip(before, settings(), strict=True))
