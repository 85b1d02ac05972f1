"""15-attention: a right block made of parts, any of which a mistake replaces."""

import numpy as np

from autograder.reference.attention import (
    EPS,
    Block,
    attention_backward,
    attention_forward,
    flat_product,
    row_sum,
)
from autograder.reference.deep import layer_norm_backward, layer_norm_forward


class Parts(Block):
    """The block of the reference, step by step, each step a method."""

    jobs = ("query", "key", "value")

    def norm(self, X, number):
        return layer_norm_forward(X, self.parameters[f"gamma{number}"], self.parameters[f"beta{number}"], EPS)

    def projected(self, X, seen):
        return [seen @ self.parameters[name] for name in self.jobs]

    def attended(self, Q, K, V):
        return attention_forward(Q, K, V, self.causal)[0]

    def out(self, mixed):
        return mixed @ self.parameters["output"]

    def first_skip(self, X, change):
        return X + change

    def second_source(self, X, H):
        return H

    def hidden(self, normed):
        return normed @ self.parameters["weights1"] + self.parameters["biases1"]

    def bent(self, z):
        return np.maximum(z, 0.0)

    def last(self, active):
        return active @ self.parameters["weights2"] + self.parameters["biases2"]

    def second_skip(self, X, H, change):
        return H + change

    def forward(self, X):
        self.X = X
        self.seen = self.norm(X, 1)
        self.QKV = self.projected(X, self.seen)
        self.mixed = self.attended(*self.QKV)
        self.H = self.first_skip(X, self.out(self.mixed))
        self.normed = self.norm(self.second_source(X, self.H), 2)
        self.z = self.hidden(self.normed)
        self.active = self.bent(self.z)
        return self.second_skip(X, self.H, self.last(self.active))

    # ------------------------------------------------------------ and back

    def gate(self, upstream):
        return upstream * (self.z > 0)

    def through_norm(self, upstream, number):
        inputs = self.X if number == 1 else self.H
        return layer_norm_backward(upstream, inputs, self.parameters[f"gamma{number}"], EPS)

    def join(self, number, skip, branch):
        """Where a skip and its branch meet again, going back."""
        return skip + branch

    def attended_back(self, upstream):
        return attention_backward(upstream, *self.QKV, self.causal)

    def share(self, name, upstream):
        """What one of the three jobs hands to the norm's output."""
        return upstream @ self.parameters[name].T

    def weights_of(self, name, inputs, upstream):
        return flat_product(inputs, upstream)

    def biases_of(self, name, upstream):
        return row_sum(upstream)

    def norms_of(self, name, gradient):
        return gradient

    def kept(self, gradients):
        return gradients

    def backward(self, dvalues):
        p, g = self.parameters, {}
        dz = self.gate(dvalues @ p["weights2"].T)
        g["weights2"], g["biases2"] = (
            self.weights_of("weights2", self.active, dvalues),
            self.biases_of("biases2", dvalues),
        )
        g["weights1"], g["biases1"] = self.weights_of("weights1", self.normed, dz), self.biases_of("biases1", dz)
        branch, *both = self.through_norm(dz @ p["weights1"].T, 2)
        g["gamma2"], g["beta2"] = (
            self.norms_of(name, one) for name, one in zip(("gamma2", "beta2"), both, strict=True)
        )
        dH = self.join(2, dvalues, branch)
        g["output"] = self.weights_of("output", self.mixed, dH)
        dQKV = self.attended_back(dH @ p["output"].T)
        for name, one in zip(self.jobs, dQKV, strict=True):
            g[name] = self.weights_of(name, self.seen, one)
        dseen = sum(self.share(name, one) for name, one in zip(self.jobs, dQKV, strict=True))
        branch, *both = self.through_norm(dseen, 1)
        g["gamma1"], g["beta1"] = (
            self.norms_of(name, one) for name, one in zip(("gamma1", "beta1"), both, strict=True)
        )
        self.gradients = self.kept({name: g[name] for name in p})
        return self.join(1, dH, branch)


def changed(**methods):
    """A class of parts with these methods in place of its own."""
    return type("Block", (Parts,), methods)


def lost(*names):
    """What one of the three jobs hands back is lost."""

    def share(self, name, upstream):
        return 0.0 * Parts.share(self, name, upstream) if name in names else Parts.share(self, name, upstream)

    return share


def without_skip(*numbers):
    """The straight roads that do not count going back."""
    return lambda self, number, skip, branch: branch if number in numbers else skip + branch


def without_mask(self, upstream):
    return attention_backward(upstream, *self.QKV)


def norm_skipped(number):
    """One of the norms is forgotten on the way to what stands before it; its own gradients are right."""

    def through_norm(self, upstream, which):
        right = Parts.through_norm(self, upstream, which)
        return (upstream, *right[1:]) if which == number else right

    return through_norm
