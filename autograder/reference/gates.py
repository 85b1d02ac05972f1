r"""02-gates: gates as objects that remember what their backward pass needs, and two expressions made of them.

A gate's `backward` may be called any number of times after `forward`; before it, what was to be remembered is not there
(AttributeError). Source: the chain rule; the expressions are those of the CS231n notes on backpropagation.
"""

import math

import numpy as np

from autograder.reference.shapes import Vector


class AddGate:
    """out = x + y. Source: d(x + y)/dx = d(x + y)/dy = 1."""

    def forward(self, x: float, y: float) -> float:
        """x + y, a float; its slopes are 1 wherever it stands, so nothing is remembered."""
        return float(x + y)

    def backward(self, dvalue: float) -> tuple[float, float]:
        """dx = dy = dvalue, two floats."""
        return float(dvalue), float(dvalue)


class MultiplyGate:
    """out = x y. Source: d(x y)/dx = y, d(x y)/dy = x."""

    def forward(self, x: float, y: float) -> float:
        """x y, a float; remembers both factors."""
        self.x, self.y = float(x), float(y)
        return self.x * self.y

    def backward(self, dvalue: float) -> tuple[float, float]:
        """dx = dvalue y, dy = dvalue x, two floats; AttributeError before any forward."""
        return dvalue * self.y, dvalue * self.x


class MaxGate:
    """out = max(x, y). Source: a slope of 1 for the larger, 0 for the other; the tie is the course's convention."""

    def forward(self, x: float, y: float) -> float:
        """The larger of the two, a float; remembers whether it was the first."""
        self.first = x > y
        return float(x if self.first else y)

    def backward(self, dvalue: float) -> tuple[float, float]:
        """(dvalue, 0) if x was larger, else (0, dvalue), at a tie too; AttributeError before any forward."""
        return (float(dvalue), 0.0) if self.first else (0.0, float(dvalue))


class ExpGate:
    """out = e**x. Source: the exponential is its own derivative."""

    def forward(self, x: float) -> float:
        """e**x, a float; remembers it. OverflowError from x = 710 on."""
        self.out = math.exp(x)
        return self.out

    def backward(self, dvalue: float) -> float:
        """dx = dvalue e**x, a float; AttributeError before any forward."""
        return dvalue * self.out


class ReciprocalGate:
    """out = 1/x. Source: the power rule, d(x**-1)/dx = -x**-2."""

    def forward(self, x: float) -> float:
        """1/x, a float; remembers it. ZeroDivisionError for x = 0."""
        self.out = 1 / x
        return self.out

    def backward(self, dvalue: float) -> float:
        """dx = -dvalue / x**2, a float; AttributeError before any forward."""
        return -dvalue * self.out**2


def circuit(x: float, y: float, z: float) -> tuple[float, float, float, float]:
    """f = (x + y) z and its gradients, as (f, dx, dy, dz) with dx = dy = z and dz = x + y; the upstream of f is 1.

    Four floats; raises nothing for numbers. Source: the CS231n notes on backpropagation, first circuit.
    """
    add, multiply = AddGate(), MultiplyGate()
    f = multiply.forward(add.forward(x, y), z)
    dq, dz = multiply.backward(1.0)
    return f, *add.backward(dq), dz


def sigmoid_neuron_backward(w: Vector, x: Vector) -> tuple[Vector, Vector]:
    """Gradients (dw, dx) of s = 1/(1 + e**-z), z = w0 x0 + w1 x1 + w2; the upstream of s is 1.

    ds/dz = s (1 - s), dz/dw = (x0, x1, 1), dz/dx = (w0, w1). w (3,) with the bias last, x (2,); dw (3,), dx (2,), float64.
    OverflowError where z is below -709. Source: the CS231n notes on backpropagation, sigmoid example.
    """
    w, x = np.asarray(w, dtype=np.float64), np.asarray(x, dtype=np.float64)
    s = 1 / (1 + math.exp(-(w[:2] @ x + w[2])))
    dz = s * (1 - s)
    return dz * np.append(x, 1.0), dz * w[:2]
