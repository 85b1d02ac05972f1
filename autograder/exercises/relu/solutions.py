"""07-relu: right answers, written in other ways than the reference."""

import numpy as np

from autograder.exercises.relu.cases import dense_relu_backward, exposing_case, relu_backward, relu_forward


@relu_forward.solution
def _(z):
    return np.where(z > 0, z, 0)


@relu_forward.solution
def _(z):
    return [[max(0.0, entry) for entry in row] for row in z.tolist()]


@relu_forward.solution
def _(z):
    return z * (z > 0)  # gives -0.0


@relu_forward.solution
def _(z):
    y = z.copy()
    y[y < 0] = 0
    return y


@relu_forward.solution
def _(z):
    return np.clip(z, 0, None)


@relu_forward.solution
def _(z):
    return (z + np.abs(z)) / 2


@relu_backward.solution
def _(dvalues, z):
    return dvalues * (z > 0)  # gives -0.0


@relu_backward.solution
def _(dvalues, z):
    dz = np.array(dvalues, dtype=float)
    dz[z <= 0] = 0
    return dz


@relu_backward.solution
def _(dvalues, z):
    rows, columns = z.shape
    dz = np.zeros((rows, columns))
    for n in range(rows):
        for m in range(columns):
            if z[n, m] > 0:
                dz[n, m] = dvalues[n, m]
    return dz


@relu_backward.solution
def _(dvalues, z):
    return [[d if v > 0 else 0.0 for d, v in zip(*pair, strict=True)] for pair in zip(dvalues, z, strict=True)]


@relu_backward.solution
def _(dvalues, z):
    mask = np.zeros_like(z)
    mask[z > 0] = 1
    return mask * dvalues  # a product of its own, not `*=`


@relu_backward.solution
def _(dvalues, z):
    return dvalues * np.heaviside(z, 0)


@relu_backward.solution
def _(dvalues, z):
    y = np.maximum(0, z)
    return np.where(y > 0, dvalues, 0)  # a gate by the output is the same gate


@exposing_case.solution
def _():
    return [[-0.5]], [[3]]


@exposing_case.solution
def _():
    rng = np.random.default_rng(0)
    return rng.normal(size=(6, 5)), rng.normal(size=(6, 5))


@exposing_case.solution
def _():
    return -7, 2


@exposing_case.solution
def _():
    return np.array([[1e-300, -1e-300]]), np.array([[0.0, 1e300]])


@dense_relu_backward.solution
def _(dvalues, inputs, weights, biases):
    outputs = np.maximum(0, inputs @ weights + biases)
    dz = dvalues * (outputs > 0)
    return np.dot(dz, weights.T), np.dot(inputs.T, dz), np.sum(dz, axis=0, keepdims=True)


@dense_relu_backward.solution
def _(dvalues, inputs, weights, biases):
    z = np.einsum("nd,dm->nm", inputs, weights) + biases
    dz = np.array(dvalues, dtype=float)
    dz[z <= 0] = 0
    return np.einsum("nm,dm->nd", dz, weights), np.einsum("nd,nm->dm", inputs, dz), dz.sum(axis=0).reshape(1, -1)


@dense_relu_backward.solution
def _(dvalues, inputs, weights, biases):
    dinputs, dweights, dbiases = np.zeros(inputs.shape), np.zeros(weights.shape), np.zeros(biases.shape)
    for n, x in enumerate(inputs):
        for j, w in enumerate(weights.T):
            if sum(x * w) + biases[0, j] > 0:
                dinputs[n] += dvalues[n, j] * w
                dweights[:, j] += dvalues[n, j] * x
                dbiases[0, j] += dvalues[n, j]
    return [dinputs, dweights, dbiases]


# ---------------------------------------------------------------- in further styles

relu_forward.solution(lambda z: np.fmax(z, 0.0))
relu_forward.solution(lambda z: np.select([z > 0], [z], 0))
relu_forward.solution(lambda z: np.vectorize(lambda one: max(one, 0.0), otypes=[float])(z))
relu_backward.solution(lambda dvalues, z: np.select([z > 0], [dvalues], 0.0))
relu_backward.solution(lambda dvalues, z: np.heaviside(z, 0) * dvalues)
relu_backward.solution(lambda dvalues, z: np.ma.masked_where(z <= 0, dvalues).filled(0))
relu_backward.solution(
    lambda dvalues, z: [
        [d if one > 0 else 0 for d, one in zip(*rows, strict=True)] for rows in zip(dvalues, z, strict=True)
    ]
)


@dense_relu_backward.solution
def _(dvalues, inputs, weights, biases):
    dz = np.where(inputs @ weights + biases > 0, dvalues, 0.0)
    return np.inner(dz, weights), np.tensordot(inputs, dz, axes=(0, 0)), np.ones((1, len(dz))) @ dz


@dense_relu_backward.solution
def _(dvalues, inputs, weights, biases):
    gate = np.heaviside(np.add(np.matmul(inputs, weights), biases), 0)
    dz = np.multiply(gate, dvalues)
    return np.einsum("nj,ij->ni", dz, weights), np.einsum("ni,nj->ij", inputs, dz), dz.sum(axis=0).reshape(1, -1)


@exposing_case.solution
def _():
    return np.array([[-3.0, 2.5, -1.0]]), np.array([[2.0, -1.5, 0.0]])
