"""12-autograd: known mistakes of `Value.powers`: `/` and `**`.

A power that counts its factors comes first, then those of the quotient alone: wrong powers make wrong quotients, too.
"""

from autograder.exercises.autograd.basis import declare_wrong_basis, refuse
from autograder.exercises.autograd.cases import powers
from autograder.reference.autograd import Value

declare_wrong_basis(powers)

# ---------------------------------------------------------------- x times x times x

counted = powers.mistake(
    "exponents-counted-in-a-loop",
    "You multiply x by itself, n times. How many times is that for n = 0.5, or for n = -2?",
    "Value(4.0) ** 0.5 is 2, and Value(4.0) ** -1 is 0.25. Try both.",
    "x**n is an operation of its own, with the slope n x**(n - 1), for any number n.",
)


class TurnedRound(Value):
    """Values whose reflected division goes by way of the other one, and shares its mistakes."""

    def __rtruediv__(self, other):
        return self.value_of(other) / self


def counting(start_with_x, times):
    """A power as a loop: from x or from 1, so many times."""

    class Counting(TurnedRound):
        def __pow__(self, exponent):
            out = self if start_with_x else Value(1.0)
            for _ in range(times(exponent)):
                out = out * self
            return out

        def __truediv__(self, other):
            return self * self.value_of(other) ** -1

    return Counting


for from_x, times in (
    (True, lambda n: n - 1),
    (True, lambda n: int(n) - 1),
    (False, lambda n: n),
    (False, lambda n: int(n)),
    (False, lambda n: abs(int(n))),
):
    counted(counting(from_x, times))


@counted
class _(Value):
    def __pow__(self, exponent):
        out = self.value_of(1.0)
        for _ in range(exponent):
            out = out * self
        return out

    def __truediv__(self, other):
        other = self.value_of(other)
        return self.made(self.data / other.data, (self, 1 / other.data), (other, -self.data / other.data**2))


# ---------------------------------------------------------------- quotients


@powers.mistake(
    "quotient-forgets-what-is-below",
    "The quotient has the right data. From how many values was it made?",
    "x = 6, y = 2, f = x / y: raise y by 0.01, and f goes from 3 to 2.985. Print y.grad: is it 0?",
    "x / y is x times y**-1, two operations: the product keeps a wire to y**-1, and that keeps one to y.",
)
class _(TurnedRound):
    def __truediv__(self, other):
        other = self.value_of(other)
        return self.made(self.data / other.data, (self, 1 / other.data))


@powers.mistake(
    "quotient-without-the-minus",
    "y stands below the line. When y rises, does x / y rise with it?",
    "x = 6, y = 2: the quotient is 3. With y = 2.01 it is 2.985. Which sign has the slope?",
    "d(x / y)/dy = -x / y**2.",
)
class _(TurnedRound):
    def __truediv__(self, other):
        other = self.value_of(other)
        return self.made(self.data / other.data, (self, 1 / other.data), (other, self.data / other.data**2))


@powers.mistake(
    "quotient-without-the-square",
    "The slope of 1/y at y = 2: is it as large as 1/y itself?",
    "x = 6, y = 2: the quotient is 3, with y = 2.01 it is 2.985. That is a slope of -1.5, not of -3.",
    "d(x / y)/dy = -x / y**2: differentiate y**-1.",
)
class _(TurnedRound):
    def __truediv__(self, other):
        other = self.value_of(other)
        return self.made(self.data / other.data, (self, 1 / other.data), (other, -self.data / other.data))


@powers.mistake(
    "quotient-treated-like-a-product",
    "In a product each factor's slope is the other factor. Is y a factor of x / y?",
    "x = 6, y = 2: raise x by 0.01. The quotient goes from 3 to 3.005. Is the slope 2 or one half?",
    "x / y is x times y**-1: d(x / y)/dx = 1 / y and d(x / y)/dy = -x / y**2.",
)
class _(TurnedRound):
    def __truediv__(self, other):
        other = self.value_of(other)
        return self.made(self.data / other.data, (self, other.data), (other, self.data))


@powers.mistake(
    "exponent-forgotten",
    "x**3 is x x x. In how many of the three places does a nudge of x arrive?",
    "x = 1.5: raise x by 0.01 in x**3. It goes from 3.375 to 3.443, which is 6.75 times as far. Is your slope 2.25?",
    "d(x**n)/dx = n x**(n - 1): the exponent comes down as a factor.",
)
class _(Value):
    def __pow__(self, exponent):
        return self.made(self.data**exponent, (self, self.data ** (exponent - 1)))


@powers.mistake(
    "exponent-not-lowered",
    "The exponent came down as a factor. What is left above?",
    "x = 1.5: x**2 has slope 3 there. Is yours 2 times 2.25?",
    "d(x**n)/dx = n x**(n - 1): one x fewer.",
)
class _(Value):
    def __pow__(self, exponent):
        return self.made(self.data**exponent, (self, exponent * self.data**exponent))


@powers.mistake(
    "lowered-exponent-as-factor",
    "Which number comes down as a factor: the exponent as it was, or the lowered one?",
    "x = 1.5: x**2 has slope 3 there. Is yours 1.5?",
    "d(x**n)/dx = n x**(n - 1): n comes down, n - 1 stays above.",
)
class _(Value):
    def __pow__(self, exponent):
        return self.made(self.data**exponent, (self, (exponent - 1) * self.data ** (exponent - 1)))


@powers.mistake(
    "divided-by-the-base",
    "You get from x**n to its slope by dividing by x. For which x can that not be done?",
    "x = 0: x**2 is flat there, slope 0. Does yours raise an error?",
    "d(x**n)/dx = n x**(n - 1), computed as it stands: at x = 0 with n = 2 it is 2 times 0.",
)
class _(Value):
    def __pow__(self, exponent):
        return self.made(self.data**exponent, (self, exponent * self.data**exponent / self.data))


@powers.mistake(
    "power-forgets-its-base",
    "x**n has the right data. Can a walk get from it back to x?",
    "f = x**3; f.backward(); print(x.grad). At x = 1.5 it should be 6.75. Is it 0?",
    "x**n keeps one wire, to x, with slope n x**(n - 1).",
)
class _(Value):
    def __pow__(self, exponent):
        return self.made(self.data**exponent)


@powers.mistake(
    "division-not-turned-round",
    "3 / x ends up at x, with 3 as `other`. Which of the two stands below the line?",
    "3 / Value(1.5) is 2. Is yours 0.5?",
    "In the reflected division, other stands on the left: other / x.",
)
class _(Value):
    def __rtruediv__(self, other):
        return self / other


@powers.mistake(
    "no-number-over-a-value",
    "In 3 / x the 3 is asked first, and it knows no Value. Under which name is x asked next?",
    "Try Value(1.5) / 3, then 3 / Value(1.5). The second ends up at x's `__rtruediv__`.",
    "3 / x is 3 times x**-1.",
)
class _(Value):
    __rtruediv__ = refuse


@powers.mistake(
    "the-base-itself-is-changed",
    "After y = x ** 3: what does x say?",
    "x = Value(1.5); y = x ** 3; print(x.data, y is x). It should print 1.5 False.",
    "x ** n is a new Value, with a wire to x; x stays what it is.",
)
class _(Value):
    def __pow__(self, exponent):
        self.data = self.data**exponent
        return self


@powers.mistake(
    "no-slope-at-zero",
    "You treat a base of 0 by itself. Which powers are flat there, and is one of them not?",
    "x ** 1 is x: at x = 0 it goes up by 0.01 when x does. Is your slope there 0?",
    "d(x**n)/dx = n x**(n - 1), at x = 0 as well; for n = 1 it is 1 times x**0, which is 1.",
)
class _(Value):
    def __pow__(self, exponent):
        out = self.data**exponent
        return self.made(out, (self, exponent * out / self.data if self.data else 0.0))


@powers.mistake(
    "quotient-forgets-its-sources",
    "The quotient has the right data. Can a walk get from it back to x and y?",
    "x = 6, y = 2, f = x / y; f.backward(); print(x.grad, y.grad). It should be 0.5 and -1.5. Is it 0 and 0?",
    "x / y is x times y**-1: made with the operations that keep their wires.",
)
class _(Value):
    def __truediv__(self, other):
        return self.made(self.data / self.value_of(other).data)


@powers.mistake(
    "slope-n-times-x",
    "The slope of x**3 at 1.5: does it grow as x grows, or as x**2?",
    "x = 1.5: raise x by 0.01 in x**3. It goes from 3.375 to 3.443, which is 6.75 times as far. Is your slope 4.5?",
    "d(x**n)/dx = n x**(n - 1): the power goes down by one, to 1 only where n is 2.",
)
class _(Value):
    def __pow__(self, exponent):
        return self.made(self.data**exponent, (self, exponent * self.data))


powers.mistake(
    "python-asks-you-again",
    "`other` is a plain number here, and you write it above the line once more. Whom does Python ask for that?",
    "3 / x has ended up in x's `__rtruediv__`, because 3 knows no Value. If that writes other / self: 3 / x once more, and so on.",
    "other / x = other times x**-1: a product, and a power, which you have.",
)(type("Value", (Value,), {"__rtruediv__": lambda self, other: other / self}))
