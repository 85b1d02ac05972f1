"""02-gates: right answers, written in other ways than the reference."""

import math

import numpy as np

from autograder.exercises.gates.builders import gate
from autograder.exercises.gates.cases import (
    AddGate,
    ExpGate,
    MaxGate,
    MultiplyGate,
    ReciprocalGate,
    circuit,
    sigmoid_neuron_backward,
)


@AddGate.solution
class _:
    def forward(self, x, y):
        return np.add(x, y)

    def backward(self, dvalue):
        return [dvalue, dvalue]


@AddGate.solution
@gate(lambda x, y: sum((x, y)))
def _(dvalue, x, y, out):
    return dvalue * 1.0, dvalue * 1.0


@MultiplyGate.solution
class _:
    def __init__(self):
        self.inputs = None

    def forward(self, x, y):
        self.inputs = np.array([x, y], dtype=float)
        return self.inputs.prod()

    def backward(self, dvalue):
        return tuple(dvalue * self.inputs[::-1])


@MultiplyGate.solution
class _:
    def forward(self, x, y):
        self.local = {"x": y, "y": x}  # slopes, kept at once
        return x * y

    def backward(self, dvalue):
        return self.local["x"] * dvalue, self.local["y"] * dvalue


@MaxGate.solution
class _:
    def forward(self, x, y):
        self.x, self.y = x, y
        return max(x, y)

    def backward(self, dvalue):
        dx, dy = 0.0, 0.0
        if self.x > self.y:
            dx = dvalue
        else:
            dy = dvalue
        return dx, dy


@MaxGate.solution
class _:
    def forward(self, x, y):
        self.second = float(y >= x)
        return np.maximum(x, y)

    def backward(self, dvalue):
        return (1 - self.second) * dvalue, self.second * dvalue  # -0.0 is 0


@MaxGate.solution
@gate(lambda x, y: x if x > y else y)
def _(dvalue, x, y, out):
    return np.where([x > y, x <= y], dvalue, 0).tolist()


@circuit.solution
def _(x, y, z):
    q = x + y
    f = q * z
    df_dq, df_dz = z, q
    return f, df_dq * 1, df_dq * 1, df_dz


@circuit.solution
def _(x, y, z):
    return [x * z + y * z, z, z, np.sum([x, y])]


@ExpGate.solution
class _:
    def forward(self, x):
        self.x = x
        return np.exp(x)

    def backward(self, dvalue):
        return np.exp(self.x) * dvalue


@ExpGate.solution
@gate(lambda x: math.e**x)
def _(dvalue, x, out):
    return dvalue * out


@ReciprocalGate.solution
class _:
    def forward(self, x):
        self.x = x
        return x**-1

    def backward(self, dvalue):
        return -1 / self.x**2 * dvalue


@ReciprocalGate.solution
@gate(lambda x: np.divide(1, x))
def _(dvalue, x, out):
    return dvalue * -(x**-2.0)


@ReciprocalGate.solution
class _:
    def forward(self, x):
        self.out = 1.0 / x
        return self.out

    def backward(self, dvalue):
        return -(self.out * self.out) * dvalue


@sigmoid_neuron_backward.solution
def _(w, x):
    s = 1 / (1 + np.exp(-(np.dot(w[:2], x) + w[2])))
    dz = (1 - s) * s
    return dz * np.append(x, 1), dz * w[:-1]


@sigmoid_neuron_backward.solution
def _(w, x):  # gate by gate
    negated = -(w[0] * x[0] + w[1] * x[1] + w[2])
    e = math.exp(negated)
    d = 1 + e
    dd = -1 / d**2
    dnegated = dd * 1 * e
    dz = -dnegated
    return [dz * x[0], dz * x[1], dz], [dz * w[0], dz * w[1]]


@sigmoid_neuron_backward.solution
def _(w, x):  # e**z / (1 + e**z)**2, the same slope from the other side
    e = np.exp(np.array(w, dtype=float) @ np.array([*x, 1.0]))
    return np.multiply([x[0], x[1], 1], e / (1 + e) ** 2), np.multiply(w[:2], e / (1 + e) ** 2)


@sigmoid_neuron_backward.solution
def _(w, x):  # the gradient of s is minus that of 1 - s = sigmoid(-z)
    other = 1 / (1 + math.exp(w[0] * x[0] + w[1] * x[1] + w[2]))
    dz = other * (1 - other)
    return (dz * x[0], dz * x[1], dz), (dz * w[0], dz * w[1])
