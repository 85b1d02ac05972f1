"""12-autograd: known mistakes of `Value.data`: forward `+` and `*`."""

from autograder.exercises.autograd.cases import data
from autograder.reference.autograd import Value


@data.mistake(
    "a-plain-number-comes-back",
    "A sum or a product of yours is right as a number. Can it be asked later what it was made of?",
    "Try type(Value(2.0) + Value(3.0)) and type(Value(2.0) * Value(3.0)). Which of the two is no Value?",
    "x + y and x * y are values themselves: a new Value, with its data and its wires.",
)
class _(Value):
    def __add__(self, other):
        return self.data + self.value_of(other).data

    def __mul__(self, other):
        return self.data * self.value_of(other).data


@data.mistake(
    "the-value-itself-is-changed",
    "After q = x + y: is x still what it was? Whoever wrote x down may need it again.",
    "x = Value(-2.0); q = x + Value(5.0); print(x.data, q is x). It should print -2.0 False.",
    "An operation makes a new Value and leaves both of its inputs as they are.",
)
class _(Value):
    def __add__(self, other):
        self.data += self.value_of(other).data
        return self

    def __mul__(self, other):
        self.data *= self.value_of(other).data
        return self


@data.mistake(
    "combined-with-itself",
    "Two values go into an operation. How many of them are in your result?",
    "Value(2.0) * Value(5.0) is 10. Is yours 4?",
    "x + y has data x.data + y.data, and x * y has data x.data y.data: one from self, one from other.",
)
class _(Value):
    def __add__(self, other):
        return self.made(self.data + self.data, (self, 1.0), (self.value_of(other), 1.0))

    def __mul__(self, other):
        other = self.value_of(other)
        return self.made(self.data * self.data, (self, other.data), (other, self.data))


@data.mistake(
    "product-copied-from-the-sum",
    "Which sign stands in your product: did it come along when you copied the sum?",
    "Value(3.0) * Value(-4.0) is -12. Is yours -1?",
    "x * y has data x.data times y.data.",
)
class _(Value):
    def __mul__(self, other):
        other = self.value_of(other)
        return self.made(self.data + other.data, (self, other.data), (other, self.data))


@data.mistake(
    "made-of-whole-numbers",
    "Which type does your result's data have? What becomes of a fraction in it?",
    "Value(1.5) * Value(-4.0) + Value(2.5) is -3.5. Is yours a whole number?",
    "data is a float: 1.5 times -4.0, plus 2.5, is -3.5.",
)
class _(Value):
    def __init__(self, data, wires=()):
        super().__init__(int(data), wires)


@data.mistake(
    "no-number-on-the-right",
    "In x * 3, what is `other`? Has it a `.data`?",
    "Try Value(2.5) * 3 and Value(2.5) + 3. The 3 has to become a Value before you ask it for its data.",
    "A plain number counts as a Value that is made of no others: `as_value` makes one of it.",
)
class _(Value):
    def __add__(self, other):
        return self.made(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        return self.made(self.data * other.data, (self, other.data), (other, self.data))
