"""00-start-here: right answers, written in other ways than the reference."""

import numpy as np

from autograder.exercises.start_here.cases import double, triple


@double.solution
def _(x):
    return x + x


@double.solution
def _(x):
    return np.multiply(x, 2.0)


@double.solution
def _(x):
    doubled = np.array(x)  # a copy, so changing it in place harms nobody
    doubled *= 2
    return doubled


@double.solution
def _(x):
    if np.ndim(x) == 0:
        return x / 0.5
    return [2 * row for row in x]


@triple.solution
def _(x):
    return x + x + x


# ---------------------------------------------------------------- in further styles

double.solution(lambda x: np.multiply(x, 2))
double.solution(lambda x: x - -x)
double.solution(lambda x: np.sum([x, x], axis=0))
double.solution(lambda x: np.array([2.0]) * x if np.ndim(x) else 2.0 * x)
