"""12-autograd: known mistakes of `Value.numbers`: numbers on either side, and minus."""

from autograder.exercises.autograd.basis import declare_wrong_basis, refuse
from autograder.exercises.autograd.cases import numbers
from autograder.reference.autograd import Value

declare_wrong_basis(numbers)

AGAIN = {
    "__radd__": lambda self, other: other + self,
    "__rmul__": lambda self, other: other * self,
    "__rsub__": lambda self, other: other - self,
}


@numbers.mistake(
    "no-number-on-the-left",
    "In 2 * x the 2 is asked first, and it knows no Value. Whom does Python ask next, and under which name?",
    "Try Value(3.0) * 2, then 2 * Value(3.0). The first asks `__mul__`; the second ends up at x's `__rmul__`.",
    "2 * x = x * 2 and 2 + x = x + 2: the reflected methods can hand the work to the others.",
)
class _(Value):
    __radd__ = __rmul__ = __rsub__ = refuse


@numbers.mistake(
    "no-number-on-the-right",
    "In x * 2, what is `other`? Has it a `.data`?",
    "Try Value(3.0) * 2 and Value(3.0) + 2. The 2 has to become a Value before you ask it for its data.",
    "A plain number counts as a Value that is made of no others.",
)
class _(Value):
    def __add__(self, other):
        return self.made(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        return self.made(self.data * other.data, (self, other.data), (other, self.data))

    def __neg__(self):
        return self.made(-self.data, (self, -1.0))

    def __sub__(self, other):
        return self.made(self.data - other.data, (self, 1.0), (other, -1.0))


@numbers.mistake(
    "minus-not-turned-round",
    "4 - x ends up at x, with 4 as `other`. Which of the two is taken away from which?",
    "4 - Value(1.5) is 2.5. Is yours -2.5?",
    "In the reflected minus, other stands on the left: other - x.",
)
class _(Value):
    def __rsub__(self, other):
        return self - other


@numbers.mistake(
    "minus-with-the-slope-of-plus",
    "In x - y, which way does the difference go when y rises?",
    "x = 1.5, y = -4: raise y by 0.01. The difference goes from 5.5 to 5.49.",
    "d(x - y)/dx = 1 and d(x - y)/dy = -1.",
)
class _(Value):
    def __sub__(self, other):
        other = self.value_of(other)
        return self.made(self.data - other.data, (self, 1.0), (other, 1.0))

    def __rsub__(self, other):
        return self.value_of(other) - self


@numbers.mistake(
    "minus-x-forgets-x",
    "-x has the right data. Does it know that it was made of x?",
    "f = -x; f.backward(); print(x.grad). Raise x by 1, and f falls by 1. Is yours 0?",
    "-x is x times -1: a product, with a wire to x.",
)
class _(Value):
    def __neg__(self):
        return self.made(-self.data)


@numbers.mistake(
    "minus-x-changes-x",
    "After y = -x: what does x say?",
    "x = Value(1.5); y = -x; print(x.data, y is x). It should print 1.5 False.",
    "-x is a new Value, x times -1; x stays what it is.",
)
class _(Value):
    def __neg__(self):
        self.data = -self.data
        return self


@numbers.mistake(
    "difference-forgets-its-sources",
    "The difference has the right data. Can a walk get from it back to x and y?",
    "f = x - y; f.backward(); print(x.grad, y.grad). It should be 1 and -1. Is it 0 and 0?",
    "x - y is x + (-y): made with the operations that keep their wires.",
)
class _(Value):
    def __sub__(self, other):
        return self.made(self.data - self.value_of(other).data)

    def __rsub__(self, other):
        return self.made(self.value_of(other).data - self.data)


@numbers.mistake(
    "a-number-has-slope-one-too",
    "x * 2.5: is 2.5 the slope of x, or is x's slope still to be found?",
    "f = 2.5 * x: raise x by 0.01. f rises by 0.025. Is your x.grad 1?",
    "A number k that multiplies x gives x the slope k; one that is added gives it the slope 1.",
)
class _(Value):
    def __mul__(self, other):
        if isinstance(other, Value):
            return super().__mul__(other)
        return self.made(self.data * other, (self, 1.0))

    def __neg__(self):
        return self.made(-self.data, (self, -1.0))


@numbers.mistake(
    "minus-x-with-the-slope-of-x",
    "-x has the right data. But when x rises, which way does it go?",
    "x = 1.5: raise x by 0.01. -x goes from -1.5 to -1.51. Is your x.grad for f = -x 1?",
    "d(-x)/dx = -1, as -x is x times -1.",
)
class _(Value):
    def __neg__(self):
        return self.made(-self.data, (self, 1.0))


@numbers.mistake(
    "minus-x-is-still-x",
    "You have made a new Value. Which sign has it?",
    "-Value(1.5) is -1.5. Is yours 1.5?",
    "-x is x times -1.",
)
class _(Value):
    def __neg__(self):
        return self * 1


@numbers.mistake(
    "reflected-minus-adds",
    "4 - x ends up at x, with 4 as `other`. Does your result fall when x rises?",
    "4 - Value(1.5) is 2.5. Is yours 5.5?",
    "In the reflected minus, other stands on the left: other - x.",
)
class _(Value):
    def __rsub__(self, other):
        return self + other


round_and_round = numbers.mistake(
    "python-asks-you-again",
    "`other` is a plain number here, and you write it on the left once more. Whom does Python ask for that?",
    "2 + x has ended up in x's `__radd__`, because 2 knows no Value. If that writes other + self: 2 + x once more, and so on.",
    "2 + x = x + 2 and 2 x = x 2: with the Value on the left Python asks `__add__` and `__mul__`, which you have.",
)
for reflected in ("__radd__", "__rmul__", "__rsub__"):
    round_and_round(type("Value", (Value,), {reflected: AGAIN[reflected]}))
round_and_round(type("Value", (Value,), AGAIN))
