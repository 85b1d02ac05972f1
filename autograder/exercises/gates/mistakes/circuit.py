"""02-gates: known mistakes of `circuit`, f = (x + y) z."""

from autograder.exercises.gates.cases import circuit


@circuit.mistake(
    "multiply-gate-not-swapped",
    "At the multiply gate, what decides how far f moves when q moves: q, or the other one?",
    "q = 3, z = -4: raise q by 0.01 and f goes from -12 to -12.04. Is -4 the value of q?",
    "df/dq = z and df/dz = q.",
)
def _(x, y, z):
    q = x + y
    return q * z, q, q, z


@circuit.mistake(
    "stops-at-the-add-gate",
    "1 is the add gate's own slope. What did the multiply gate send back to it?",
    "z = -4: raise x by 0.01. q rises by 0.01, and f?",
    "df/dx = df/dq * dq/dx: upstream times local.",
)
def _(x, y, z):
    return (x + y) * z, 1.0, 1.0, x + y


@circuit.mistake(
    "rates-added",
    "q moves once as far as x, and f moves -4 times as far as q. Is that 1 + -4 or 1 * -4?",
    "x = -2, y = 5, z = -4: f is -12. With x = -1.99 it is -12.04.",
    "df/dx = df/dq * dq/dx: slopes along a path are multiplied.",
)
def _(x, y, z):
    return (x + y) * z, z + 1, z + 1, x + y


@circuit.mistake(
    "add-gate-multiplies",
    "Which gate do x and y go into? Does their size matter for how far the sum moves?",
    "x = -2, y = 5, z = -4: raise x by 0.01. f falls by 0.04. Which number is that, 0.01 times what?",
    "dq/dx = 1 and dq/dy = 1, so both get df/dq as it is.",
)
def _(x, y, z):
    return (x + y) * z, z * x, z * y, x + y


@circuit.mistake(
    "add-gate-swaps",
    "Each input gets the other's value: for which gate is that the rule? And which gate do x and y go into?",
    "x = -2, y = 5, z = -4: raise x by 0.01. f falls by 0.04. Did the 5 come into it?",
    "dq/dx = 1 and dq/dy = 1, so both get df/dq as it is.",
)
def _(x, y, z):
    return (x + y) * z, z * y, z * x, x + y


@circuit.mistake(
    "upstream-shared-out",
    "You deal out what comes back to the add gate. Does x move the sum less because y is there, too?",
    "x = -2, y = 5, z = -4: raise x alone by 0.01. f falls by 0.04, not by 0.02.",
    "df/dx = df/dq * 1, and df/dy = df/dq * 1.",
)
def _(x, y, z):
    return (x + y) * z, z / 2, z / 2, x + y


@circuit.mistake(
    "ones-everywhere",
    "Your gradients are the same for all inputs. Is that so when you turn the knobs?",
    "x = -2, y = 5, z = -4: raise x by 0.01, then z. f moves by -0.04, then by 0.03.",
    "At the multiply gate df/dq = z and df/dz = q; the add gate copies df/dq to x and y.",
)
def _(x, y, z):
    return (x + y) * z, 1.0, 1.0, 1.0


@circuit.mistake(
    "output-kept",
    "f is where the circuit stands. How fast does it move?",
    "x = -2, y = 5, z = -4: f is -12, but from z = -4 to -3.99 it moves by 0.03.",
    "df/dq = z and df/dz = q: the factor you differentiate by drops out.",
)
def _(x, y, z):
    f = (x + y) * z
    return f, f, f, f


@circuit.mistake(
    "walk-starts-with-the-output",
    "Your walk back starts with f. How far does the final number move when it moves by one itself?",
    "x = -2, y = 5, z = -4: f is -12. Raise x by 0.01: f falls by 0.04, which is 4 times 0.01. Yours is 12 times that.",
    "df/df = 1: the first upstream is 1, whatever f is.",
)
def _(x, y, z):
    q = x + y
    f = q * z
    return f, f * z, f * z, f * q


@circuit.mistake(
    "brackets-lost",
    "Which is done first, the sum or the product?",
    "x = -2, y = 5, z = -4: is your f -12 or -22?",
    "q = x + y first; then f = q z.",
)
def _(x, y, z):
    return x + y * z, 1.0, z, y


@circuit.mistake(
    "dz-is-one-input",
    "z is multiplied by the whole sum. How much of it is in your dz?",
    "x = -2, y = 5: from z = -4 to -3.99 f moves by 0.03, which is 0.01 times what?",
    "df/dz = q = x + y.",
)
def _(x, y, z):
    return (x + y) * z, z, z, y


@circuit.mistake(
    "z-for-all-three",
    "x and y are added up first, so z is right for both. But z itself: what does it multiply?",
    "x = -2, y = 5: from z = -4 to -3.99 f moves by 0.03, which is 0.01 times what?",
    "df/dz = q = x + y.",
)
def _(x, y, z):
    return (x + y) * z, z, z, z


def in_order(order):
    """The right four numbers in another order, given by places in (f, dx, dy, dz)."""

    def answer(x, y, z):
        right = ((x + y) * z, z, z, x + y)
        return tuple(right[place] for place in order)

    return answer


circuit.mistake(
    "returned-in-the-order-of-the-walk",
    "You meet dz first on the way back. In which order are they to be returned?",
    "x = -2, y = 5, z = -4: print what you return. dx comes first after f: -4.",
    "(f, dx, dy, dz): the value, then the gradients in the order of the arguments.",
)(in_order((0, 3, 1, 2)))

circuit.mistake(
    "returned-with-dz-in-the-middle",
    "Your four numbers are right. In which order are the gradients to be returned?",
    "x = -2, y = 5, z = -4: print what you return. The 3 is dz, and z is the last argument.",
    "(f, dx, dy, dz): the value, then the gradients in the order of the arguments.",
)(in_order((0, 1, 3, 2)))

for order in ((1, 2, 3, 0), (1, 3, 2, 0), (3, 1, 2, 0)):
    circuit.mistake(
        "returned-with-the-value-last",
        "Your four numbers are right. Which comes first, the value or the gradients?",
        "x = -2, y = 5, z = -4: print what you return. f comes first: -12.",
        "(f, dx, dy, dz): the value, then the gradients in the order of the arguments.",
    )(in_order(order))

for order in ((1, 0, 2, 3), (1, 0, 3, 2), (3, 0, 1, 2), (1, 2, 0, 3), (1, 3, 0, 2), (3, 1, 0, 2)):
    circuit.mistake(
        "returned-with-the-value-in-the-middle",
        "Your four numbers are right. Which comes first, the value or the gradients?",
        "x = -2, y = 5, z = -4: print what you return. f comes first: -12.",
        "(f, dx, dy, dz): the value, then the gradients in the order of the arguments.",
    )(in_order(order))
