"""12-autograd: known mistakes of `Value.curves`: exp and tanh."""

import math

from autograder.exercises.autograd.basis import declare_wrong_basis
from autograder.exercises.autograd.cases import curves
from autograder.reference.autograd import Value

declare_wrong_basis(curves)


@curves.mistake(
    "exp-with-slope-x",
    "exp rises everywhere. Can its slope at -1 be -1?",
    "e**-1 is 0.3679 and e**-0.99 is 0.3716: the slope is about 0.37. Which number have you just computed that is 0.37?",
    "d(e**x)/dx = e**x: exp is its own slope.",
)
class _(Value):
    def exp(self):
        return self.made(math.exp(self.data), (self, self.data))


@curves.mistake(
    "power-rule-for-exp",
    "In e**x, what moves: the base or the exponent? For which of the two is the power rule?",
    "e**-1 is 0.3679 and e**-0.99 is 0.3716: the slope is about 0.37, and positive.",
    "d(e**x)/dx = e**x. The power rule is for x**n, where the base moves.",
)
class _(Value):
    def exp(self):
        return self.made(math.exp(self.data), (self, self.data * math.exp(self.data - 1)))


@curves.mistake(
    "exp-with-slope-one",
    "exp climbs faster and faster. Is its slope the same everywhere?",
    "e**1 is 2.718 and e**1.01 is 2.746: it moves by 0.0273, not by 0.01.",
    "d(e**x)/dx = e**x: the steeper, the higher it stands.",
)
class _(Value):
    def exp(self):
        return self.made(math.exp(self.data), (self, 1.0))


@curves.mistake(
    "exp-forgets-its-source",
    "exp has the right data. Can a walk get from it back to x?",
    "f = x.exp() with x = 1; f.backward(); print(x.grad). It should be 2.718. Is it 0?",
    "exp keeps one wire, to x, and its slope is its own output.",
)
class _(Value):
    def exp(self):
        return self.made(math.exp(self.data))


@curves.mistake(
    "tanh-slope-of-the-input",
    "In 1 - t**2, what is t: what goes into tanh, or what comes out?",
    "At x = 2 tanh is 0.964 and nearly flat: slope 0.07. Is yours -3?",
    "With t = tanh(x): dt/dx = 1 - t**2.",
)
class _(Value):
    def tanh(self):
        return self.made(math.tanh(self.data), (self, 1 - self.data**2))


@curves.mistake(
    "tanh-slope-without-the-square",
    "tanh is as steep at -1 as at 1. Is your slope the same at both?",
    "tanh(-1) is -0.762 and tanh(-0.99) is -0.757: slope 0.42. Is yours 1.76?",
    "With t = tanh(x): dt/dx = 1 - t**2.",
)
class _(Value):
    def tanh(self):
        out = math.tanh(self.data)
        return self.made(out, (self, 1 - out))


@curves.mistake(
    "tanh-slope-of-the-sigmoid",
    "s (1 - s) is the slope of a curve from 0 to 1. From where to where goes tanh?",
    "At x = 0 tanh is 0 and at its steepest: slope 1. Is yours 0?",
    "With t = tanh(x): dt/dx = 1 - t**2 = (1 - t)(1 + t).",
)
class _(Value):
    def tanh(self):
        out = math.tanh(self.data)
        return self.made(out, (self, out * (1 - out)))


@curves.mistake(
    "tanh-slope-with-its-sign-lost",
    "tanh rises everywhere. Which sign has your slope?",
    "tanh(0) is 0 and tanh(0.01) is 0.01: slope 1. Is yours -1?",
    "With t = tanh(x): dt/dx = 1 - t**2, never below 0.",
)
class _(Value):
    def tanh(self):
        out = math.tanh(self.data)
        return self.made(out, (self, out**2 - 1))


@curves.mistake(
    "tanh-of-half",
    "tanh in exponentials: is it e**x or e**(2x) that stands above and below the line?",
    "tanh(1) is 0.7616. Is yours 0.4621?",
    "tanh(x) = (e**(2x) - 1) / (e**(2x) + 1), or simply math.tanh(x).",
)
class _(Value):
    def tanh(self):
        out = (math.exp(self.data) - 1) / (math.exp(self.data) + 1)
        return self.made(out, (self, 1 - out**2))


@curves.mistake(
    "tanh-forgets-its-source",
    "tanh has the right data. Can a walk get from it back to x?",
    "f = x.tanh() with x = 0.5; f.backward(); print(x.grad). It should be 0.7864. Is it 0?",
    "tanh keeps one wire, to x, with slope 1 - t**2, where t is its output.",
)
class _(Value):
    def tanh(self):
        return self.made(math.tanh(self.data))


@curves.mistake(
    "exp-changes-its-input",
    "After y = x.exp(): what does x say?",
    "x = Value(1.0); y = x.exp(); print(x.data, y is x). It should print 1.0 False.",
    "exp makes a new Value, with a wire to x; x stays what it is.",
)
class _(Value):
    def exp(self):
        self.data = math.exp(self.data)
        return self


@curves.mistake(
    "tanh-changes-its-input",
    "After y = x.tanh(): what does x say?",
    "x = Value(0.5); y = x.tanh(); print(x.data, y is x). It should print 0.5 False.",
    "tanh makes a new Value, with a wire to x; x stays what it is.",
)
class _(Value):
    def tanh(self):
        self.data = math.tanh(self.data)
        return self


@curves.mistake(
    "exp-with-slope-x-times-exp",
    "exp is its own slope. Which factor have you put beside it?",
    "x = 0: e**0 is 1 and e**0.01 is 1.01, so the slope is 1. Is yours 0?",
    "d(e**x)/dx = e**x, and nothing else: the inner slope of x against x is 1.",
)
class _(Value):
    def exp(self):
        out = math.exp(self.data)
        return self.made(out, (self, self.data * out))


@curves.mistake(
    "tanh-upside-down",
    "tanh stays between -1 and 1. Does what you send forward?",
    "tanh(0.5) is 0.4621. Is yours 2.164, one over that?",
    "tanh x = (e**x - e**-x) / (e**x + e**-x): the difference stands above.",
)
class _(Value):
    def tanh(self):
        out = math.tanh(self.data)
        out = 1 / out if out else 0.0
        return self.made(out, (self, 1 - out**2))


@curves.mistake(
    "tanh-value-for-its-slope",
    "exp is its own slope. Is tanh? How steep is it where it stands at 0?",
    "tanh(0) is 0 and tanh(0.01) is 0.01: slope 1. Is yours 0?",
    "With t = tanh(x): dt/dx = 1 - t**2.",
)
class _(Value):
    def tanh(self):
        out = math.tanh(self.data)
        return self.made(out, (self, out))
