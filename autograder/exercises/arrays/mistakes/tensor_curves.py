"""13-arrays: known mistakes of `Tensor.curves`: exp, log, ReLU."""

import numpy as np

from autograder.exercises.arrays.operation_cases import curves
from autograder.reference.arrays import Tensor


def bent(name, pull):
    """A class with one curve that is right, and whose pull is this: of upstream, input and output."""

    def curve(self):
        out = getattr(Tensor, name)(self).data
        return self.made(out, (self, lambda upstream: np.array(pull(upstream, self.data, out))))

    return type("Bent", (Tensor,), {name: curve})


curves.mistake(
    "relu-open-at-zero",
    "Is the gate open where x is exactly 0?",
    "x = [0], upstream [5]: x gets 0. Is yours 5?",
    "The slope is 1 where x > 0, and 0 elsewhere, also at 0: the course's table says so.",
)(bent("relu", lambda upstream, x, out: upstream * (x >= 0)))

curves.mistake(
    "gate-on-the-upstream",
    "Who decides whether a gradient passes: what went in, or the sign of the gradient?",
    "x = [2], upstream [-1.5]: the gate is open, and x gets -1.5. Is yours 0?",
    "The gate looks at x, going forward and going backward.",
)(bent("relu", lambda upstream, x, out: np.maximum(upstream, 0)))

curves.mistake(
    "both-gates",
    "The gate looks at x. Why should a negative gradient not pass an open one?",
    "x = [2], upstream [-1.5]: x gets -1.5. Is yours 0?",
    "The gate looks at x alone.",
)(bent("relu", lambda upstream, x, out: np.maximum(upstream, 0) * (x > 0)))

curves.mistake(
    "gate-forgotten",
    "x = -3 was stopped going forward. Does anything come out if it rises a little?",
    "x = [-3], upstream [4]: x gets 0. Is yours 4?",
    "The slope is 0 where x is not above 0.",
)(bent("relu", lambda upstream, x, out: upstream.copy()))

curves.mistake(
    "relu-times-its-output",
    "Where the gate is open, how far does the output move when x rises by 0.01?",
    "x = [2], upstream [1]: x gets 1. Is yours 2?",
    "The slope of an open gate is 1, whatever x is.",
)(bent("relu", lambda upstream, x, out: upstream * out))

curves.mistake(
    "exp-times-its-input",
    "exp rises everywhere. Can its slope at 0 be 0?",
    "x = [0], upstream [1]: x gets 1. Is yours 0?",
    "exp is its own slope: upstream times the *output*.",
)(bent("exp", lambda upstream, x, out: upstream * x))

curves.mistake(
    "exp-with-slope-one",
    "exp climbs faster and faster. Is its slope the same everywhere?",
    "x = [1], upstream [1]: x gets 2.718. Is yours 1?",
    "exp is its own slope: upstream times the output.",
)(bent("exp", lambda upstream, x, out: upstream.copy()))

curves.mistake(
    "log-times-its-output",
    "log is flat far out. Does its slope grow with its height?",
    "x = [4], upstream [1]: x gets 0.25. Is yours 1.386?",
    "The slope of ln x is 1/x: upstream over the *input*.",
)(bent("log", lambda upstream, x, out: upstream * out))

curves.mistake(
    "log-over-its-output",
    "The slope of ln x is one over something. Over what goes in, or over what comes out?",
    "x = [4], upstream [1]: x gets 0.25. Is yours 0.721?",
    "The slope of ln x is 1/x, of the input.",
)(bent("log", lambda upstream, x, out: upstream / out))

curves.mistake(
    "log-times-its-input",
    "log is flat far out, where x is large. Is your slope large there?",
    "x = [4], upstream [1]: x gets 0.25. Is yours 4?",
    "The slope of ln x is 1/x.",
)(bent("log", lambda upstream, x, out: upstream * x))

curves.mistake(
    "logarithm-to-base-ten",
    "Which number has logarithm 1 in yours: 2.718, or 10?",
    "Tensor([10.0]).log() is 2.3026. Is yours 1?",
    "np.log is the natural logarithm, whose slope is 1/x.",
)(type("Base10", (Tensor,), {"log": lambda self: Tensor.log(self) * (1 / np.log(10))}))

for name, slope in (("exp", lambda x, out: out), ("log", lambda x, out: 1 / x), ("relu", lambda x, out: 1.0 * (x > 0))):
    curves.mistake(
        f"upstream-ignored-in-{name}",
        f"A pull is asked with an upstream. Where is it in what that of `{name}` returns?",
        f"x = [2], upstream [10] and then [20], through {name}: what comes back is twice as much. Is yours the same?",
        "pull(upstream) is upstream times slope, entry by entry.",
    )(bent(name, lambda upstream, x, out, slope=slope: slope(x, out)))


curves.mistake(
    "exp-of-the-upstream",
    "Of which array is the exponential the slope: of what went in, or of what comes back?",
    "x = [0], upstream [-2]: x gets -2. Is yours 0.135?",
    "Upstream times the output: the exponential was taken going forward, and is kept.",
)(bent("exp", lambda upstream, x, out: np.exp(upstream)))
