"""11-clinic: the five backward passes as they came in, word for word what the exercise notebook gives.

Each gives the digits that its write-up prints, and is wrong elsewhere.
"""

import math

import numpy as np


def broken_dense_backward(dvalues, inputs, weights):
    """dinputs, dweights and dbiases of a dense layer, entry by entry."""
    (N, D), M = inputs.shape, weights.shape[1]
    dinputs, dweights, dbiases = np.zeros((N, D)), np.zeros((D, M)), np.zeros((1, M))
    for j in range(M):
        neuron = sum(dvalues[:, j])
        dbiases[0, j] = neuron
        for i in range(D):
            dweights[i, j] = sum(inputs[:, i]) * neuron
            for n in range(N):
                dinputs[n, i] += dvalues[n, j] * weights[i, j]
    return dinputs, dweights, dbiases


def broken_neuron_backward(dvalue, x, w, z):
    """dx, dw and db of one ReLU neuron: upstream, times ReLU's slope, times the slope of the sum."""
    drelu = dvalue
    if z <= 0:
        drelu = 0.0
    dx, dw, rest = [], [], z
    for i in range(len(x)):
        dx.append(drelu * w[i])  # d(x w)/dx
        dw.append(drelu * x[i])  # d(x w)/dw
        rest = rest - x[i] * w[i]
    dsum_db = rest  # b: what is in z besides the products
    return dx, dw, drelu * dsum_db


def broken_softmax_cross_entropy_backward(p, t):
    """Probability minus target, over N."""
    N = p.shape[0]
    dz = p
    for n in range(N):
        label = t[n] if t.ndim == 1 else list(t[n]).index(1)
        dz[n, label] -= 1
    return dz / N


def broken_sigmoid_neuron_backward(w, x):
    """dw and dx of s = 1/(1 + e**-z), gate by gate, as on paper."""
    z = w[2] + x[0] * w[0] + x[1] * w[1]
    e = round(math.exp(-z), 2)
    below = round(1 + e, 2)
    dbelow = round(-1 / below**2, 2)  # the 1/x gate, and the +1 gate behind it
    dminus_z = round(dbelow * e, 2)  # the exp gate
    dz = -dminus_z  # the gate that turns the sign
    dw = [round(dz * one, 2) for one in (x[0], x[1], 1.0)]
    dx = [round(dz * one, 2) for one in (w[0], w[1])]
    return dw, dx


def broken_relu_backward(dvalues, z):
    """The upstream where z is above 0: a mask of zeros and ones, times dvalues."""
    drelu = np.zeros_like(z)
    drelu[z > 0] = 1
    drelu *= dvalues
    return drelu


BROKEN = {
    one.__name__.replace("broken", "mended"): one
    for one in (
        broken_dense_backward,
        broken_neuron_backward,
        broken_softmax_cross_entropy_backward,
        broken_sigmoid_neuron_backward,
        broken_relu_backward,
    )
}
