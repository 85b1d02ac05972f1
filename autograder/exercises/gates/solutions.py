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


# ---------------------------------------------------------------- in further styles


@AddGate.solution
class _:
    def forward(self, *both):
        return np.sum(both)

    def backward(self, dvalue):
        return tuple(np.full(2, dvalue))


@MultiplyGate.solution
class _:
    def __init__(self):
        self.seen = ()

    def forward(self, x, y):
        self.seen = x, y
        return np.multiply(x, y)

    def backward(self, dvalue):
        x, y = self.seen
        return list(np.array([y, x]) * dvalue)


@MaxGate.solution
class _:
    def forward(self, x, y):
        self.to_x = 1.0 if x > y else 0.0
        return np.maximum(x, y)

    def backward(self, dvalue):
        return dvalue * self.to_x, dvalue * (1 - self.to_x)


@MaxGate.solution
class _:
    def forward(self, x, y):
        self.winner = int(np.argmax([y, x]))  # the first at a tie: y
        return max(x, y)

    def backward(self, dvalue):
        return [dvalue if self.winner == 1 else 0, dvalue if self.winner == 0 else 0]


@ExpGate.solution
class _:
    def forward(self, x):
        self.x = x
        return np.exp(x)

    def backward(self, dvalue):
        return dvalue * np.exp(self.x)


@ExpGate.solution
class _:
    def forward(self, x):
        self.slope = math.e**x
        return self.slope

    def backward(self, dvalue):
        return math.prod((dvalue, self.slope))


@ReciprocalGate.solution
class _:
    def forward(self, x):
        self.slope = -1.0 / (x * x)
        return np.reciprocal(float(x))

    def backward(self, dvalue):
        return dvalue * self.slope


@ReciprocalGate.solution
class _:
    def forward(self, x):
        self.x = float(x)
        return self.x**-1

    def backward(self, dvalue):
        return -dvalue * self.x**-2


circuit.solution(lambda x, y, z: [x * z + y * z, z, z, x + y])
circuit.solution(lambda x, y, z: [(x + y) * z, *[z] * 2, x + y])


@sigmoid_neuron_backward.solution
def _(w, x):
    w0, w1, b = np.asarray(w, dtype=float)
    x0, x1 = np.asarray(x, dtype=float)
    e = np.exp(-(w0 * x0 + w1 * x1 + b))
    dz = e / (1 + e) ** 2
    return np.array([dz * x0, dz * x1, dz]), np.array([dz * w0, dz * w1])


@sigmoid_neuron_backward.solution
def _(w, x):
    z = np.dot(w, [*x, 1.0])
    s = 0.5 * (1 + np.tanh(z / 2))
    return s * (1 - s) * np.array([*x, 1.0]), s * (1 - s) * np.asarray(w[:-1], dtype=float)
