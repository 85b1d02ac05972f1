r"""02-gates: gates as objects that remember what their backward pass needs, and two expressions made of them.

Everything is a single number, except w and dw (3,), bias last, and x and dx (2,); float64, dimensionless.
Source: the chain rule; the expressions are those of the CS231n notes on backpropagation.
"""

import math

import numpy as np


class AddGate:
    """out = x + y."""

    def forward(self, x, y):
        """The sum; its slopes are 1 wherever it stands, so nothing is remembered."""
        return float(x + y)

    def backward(self, dvalue):
        """dx = dy = dvalue."""
        return float(dvalue), float(dvalue)


class MultiplyGate:
    """out = x y."""

    def forward(self, x, y):
        """The product; remembers both factors."""
        self.x, self.y = float(x), float(y)
        return self.x * self.y

    def backward(self, dvalue):
        """dx = dvalue y, dy = dvalue x."""
        return dvalue * self.y, dvalue * self.x


class MaxGate:
    """out = max(x, y)."""

    def forward(self, x, y):
        """The larger of the two; remembers whether it was the first."""
        self.first = x > y
        return float(x if self.first else y)

    def backward(self, dvalue):
        """dvalue goes to the larger one, at a tie to the second; the other gets 0."""
        return (float(dvalue), 0.0) if self.first else (0.0, float(dvalue))


class ExpGate:
    """out = e**x."""

    def forward(self, x):
        """The exponential; remembers it, since it is its own slope."""
        self.out = math.exp(x)
        return self.out

    def backward(self, dvalue):
        """dx = dvalue e**x."""
        return dvalue * self.out


class ReciprocalGate:
    """out = 1/x, for x other than 0."""

    def forward(self, x):
        """The reciprocal; remembers it."""
        self.out = 1 / x
        return self.out

    def backward(self, dvalue):
        """dx = -dvalue / x**2."""
        return -dvalue * self.out**2


def circuit(x, y, z):
    """f = (x + y) z and its gradients, as (f, dx, dy, dz); the upstream of f is 1."""
    add, multiply = AddGate(), MultiplyGate()
    f = multiply.forward(add.forward(x, y), z)
    dq, dz = multiply.backward(1.0)
    return f, *add.backward(dq), dz


def sigmoid_neuron_backward(w, x):
    """Gradients (dw, dx) of s = 1/(1 + e**-z), z = w0 x0 + w1 x1 + w2; the upstream of s is 1.

    ds/dz = s (1 - s), dz/dw = (x0, x1, 1), dz/dx = (w0, w1).
    """
    w, x = np.asarray(w, dtype=np.float64), np.asarray(x, dtype=np.float64)
    s = 1 / (1 + math.exp(-(w[:2] @ x + w[2])))
    dz = s * (1 - s)
    return dz * np.append(x, 1.0), dz * w[:2]
