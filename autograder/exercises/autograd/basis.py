"""12-autograd: what the later parts rest on. If that is wrong, they say so, and nothing of their own."""

from autograder.exercise import Exercise
from autograder.reference.autograd import Value


class WrongSums(Value):
    def __add__(self, other):
        return self.made(self.data - self.value_of(other).data)


class WrongWalk(Value):
    def backward(self):
        self.grad = 1.0
        for value in self.sources_first():  # from the inputs, where nothing has arrived
            for source, slope in value.wires:
                source.grad += slope * value.grad


def declare_wrong_basis(exercise: Exercise) -> None:
    """Declare, for one of the later parts, that what it rests on is wrong."""
    exercise.mistake(
        "plus-or-times-is-not-right-yet",
        'This part rests on `+` and `*`, and what they give is not right yet. What does check(Value, "data") say?',
        "x, y, z = Value(-2.0), Value(5.0), Value(-4.0); print((x + y) * z). Lesson 02 says -12.",
        "x + y has data x.data + y.data, and x * y has data x.data y.data; both are new Values.",
    )(WrongSums)
    exercise.mistake(
        "backward-is-not-right-yet",
        "This part rests on `value_backward` and on the slopes of `+` and `*`, and there something is not right yet, whatever "
        'stands in this part. What does check(Value, "grad") say?',
        "x, y, z = Value(-2.0), Value(5.0), Value(-4.0); f = (x + y) * z; f.backward(); print x.grad, y.grad, z.grad. "
        "Lesson 02 says -4, -4 and 3.",
        "Upstream times slope along each wire, from f on; the slopes are 1 and 1 for x + y, and y and x for x y.",
    )(WrongWalk)


def refuse(self, other):
    """An operation between a Value and a number, as if nobody had written it."""
    return NotImplemented
