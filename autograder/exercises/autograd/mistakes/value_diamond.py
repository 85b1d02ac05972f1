"""12-autograd: known mistakes of `Value.diamond`: values that are used more than once."""

from autograder.exercises.autograd.basis import declare_wrong_basis
from autograder.exercises.autograd.cases import diamond
from autograder.exercises.autograd.walks import (
    as_dived,
    as_met,
    forget,
    paid,
    users_first,
    users_first_by_recursion,
    walking,
)
from autograder.reference.autograd import Value

declare_wrong_basis(diamond)


@diamond.mistake(
    "the-last-message-wins",
    "A value is used twice, and two messages come back to it. What happened to the first one?",
    "f = x * x with x = 3: both wires bring 3, and df/dx is 6. Is yours 3?",
    "At a fork, what comes back is added: a message is added to the grad that is there, it does not replace it.",
)
@walking(users_first)
def _(value, source, slope):
    source.grad = slope * value.grad


@diamond.mistake(
    "one-message-replaces-another",
    "A value is used twice, and two messages come back to it. What happened to the first one?",
    "x = 2, a = 3x, b = 4a, f = a + b: f pays a 1, and then b pays a 4. a should have 5. Is yours 4?",
    "At a fork, what comes back is added: a message is added to the grad that is there, it does not replace it.",
)
@walking(users_first_by_recursion)
def _(value, source, slope):
    source.grad = slope * value.grad


@diamond.mistake(
    "two-wires-taken-for-one",
    "x * x: how many wires go from x into this product? And how many does yours remember?",
    "f = x * x with x = 3 has slope 6. Is yours 3? A set or a dict keeps each source only once.",
    "d(x x)/dx = x + x: one wire for each place, even if both lead to the same value.",
)
class _(Value):
    def made(self, data, *wires):
        return type(self)(data, dict(wires).items())


diamond.mistake(
    "paid-on-before-everyone-has-paid-in",
    "A value hands on its grad. Has everyone who used it paid in by then?",
    "x = 2, a = 3x, b = 4a, f = a + b: f pays a 1 and b 1. If a pays x at once, x gets 3; b pays a its 4 too late. df/dx is 15.",
    "Visit a value after all values that were made of it: that is a topological order, from f back.",
)(walking(as_met)(paid))

diamond.mistake(
    "dived-along-the-first-wire",
    "You follow one way to its end before you look at the next. Who still owes something to the values on that way?",
    "x = 2, a = 3x, b = 4a, c = 3a, f = b + c: if you go f, b, a, x and then c, then c pays a when a has paid x. df/dx is 21.",
    "Note a value down only after all it was made of has been noted; that list, read backward, is the order of the walk.",
)(walking(as_dived)(paid))


handed_on_whole = diamond.mistake(
    "all-it-has-handed-on-at-every-message",
    "A message arrives, and you hand on the value's whole grad. What if part of that was handed on before?",
    "x = 2, a = 3x, b = 4a, f = a + b: a hands on 1, then 1 + 4, so x gets 3 + 15 = 18. df/dx is 15.",
    "Each value pays once, when all messages have arrived: upstream times slope along each wire.",
)


@handed_on_whole
class _(Value):
    def backward(self):
        forget(self)
        self.tell(1.0)

    def tell(self, message):
        self.grad += message
        for source, slope in self.wires:
            source.tell(slope * self.grad)


def paying_from_a_list(place):
    """Whoever is paid is put on a list, and pays when taken off it: from the front (0) in turn, from the back (-1) as in a dive."""

    class Paying(Value):
        def backward(self):
            forget(self)
            self.grad, waiting = 1.0, [self]
            while waiting:
                value = waiting.pop(place)
                for source, slope in value.wires:
                    source.grad += slope * value.grad
                    waiting.append(source)

    return Paying


handed_on_whole(paying_from_a_list(0))

paid_twice = diamond.mistake(
    "paid-as-often-as-it-was-met",
    "A value that is met twice stands in your order twice. How often does it pay, and how much each time?",
    "x = 2, a = 3x, b = 4a, f = a + b: a has 5 and owes x 15. Is x.grad 30, since a has paid it twice?",
    "Each value stands in the order once: keep a set of those that have been noted, and pass them over.",
)
paid_twice(paying_from_a_list(-1))


@paid_twice
class _(Value):
    def backward(self):
        order = []

        def note(value):
            for source, _ in value.wires:
                note(source)
            order.append(value)

        note(self)
        forget(self)
        self.grad = 1.0
        for value in reversed(order):
            for source, slope in value.wires:
                source.grad += slope * value.grad


@diamond.mistake(
    "every-path-walked",
    "Your numbers are right. How often do you come to x, if thirty diamonds stand in a row?",
    "Count the visits for f = x, then three times f = f * y + f * z: is x visited 8 times? And with thirty?",
    "A value that has been met is not entered again, and pays on once, when all has been added up: thirty diamonds have 180 wires.",
)
class _(Value):
    def backward(self):  # so does a search for the order that enters a value each time it meets it
        forget(self)
        self.tell(1.0)

    def tell(self, message):
        self.grad += message
        for source, slope in self.wires:
            source.tell(slope * message)


@diamond.mistake(
    "known-by-its-number",
    "How do you tell whether a value has been met: by what it says, or by which one it is?",
    "x = Value(2.5); y = Value(2.5): two values, two gradients, though they say the same.",
    "A set of the values themselves, not of their data: two values may hold equal numbers.",
)
class _(Value):
    def backward(self):
        order, met = [], set()
        for value in users_first(self):
            if value.data not in met:
                met.add(value.data)
                order.append(value)
        forget(self)
        self.grad = 1.0
        for value in order:
            for source, slope in value.wires:
                source.grad += slope * value.grad


@diamond.mistake(
    "mean-of-the-messages",
    "Two messages arrive at x. Does a nudge of x become smaller because it travels two ways?",
    "f = x * x with x = 3: raise x by 0.01, and f rises by 0.06. Is yours half of it?",
    "What comes back at a fork is added, not averaged.",
)
class _(Value):
    def backward(self):
        order, arrived = users_first(self), {}
        self.grad = 1.0
        for value in order:
            if value in arrived:
                value.grad = sum(arrived[value]) / len(arrived[value])
            for source, slope in value.wires:
                arrived.setdefault(source, []).append(slope * value.grad)
