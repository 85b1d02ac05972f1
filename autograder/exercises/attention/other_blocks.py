"""15-attention: blocks that are right, and written in other ways than the reference."""

import numpy as np

from autograder.reference.attention import Block, attention_backward, attention_forward, parameter_shapes


def normed(X):
    """x-hat and the deviation of every row."""
    centred = X - np.mean(X, axis=-1, keepdims=True)
    deviation = np.sqrt(np.var(X, axis=-1, keepdims=True) + 1e-5)
    return centred / deviation, deviation


def through_norm(upstream, hat, deviation):
    """Back through x-hat, in steps: what is left when the mean and the part along x-hat are taken off."""
    width = hat.shape[-1]
    table = np.eye(width) - 1 / width - hat[..., :, None] * hat[..., None, :] / width
    return np.einsum("...ij,...j->...i", table, upstream) / deviation


class RightByEinsum:
    """Every product by einsum; the norms by their Jacobian; parameters made one by one."""

    def __init__(self, width, hidden, rng=None, causal=True):
        rng = rng or np.random.default_rng()
        self.causal = causal
        self.parameters = dict.fromkeys(parameter_shapes(width, hidden))
        for name, (rows, columns) in parameter_shapes(width, hidden).items():
            if rows > 1:
                self.parameters[name] = rng.normal(0.0, (1 + (name == "weights1")) ** 0.5 / rows**0.5, (rows, columns))
            else:
                self.parameters[name] = np.full((1, columns), float(name.startswith("gamma")))

    def forward(self, X):
        p = self.parameters
        self.hat1, self.deviation1 = normed(X)
        self.seen = self.hat1 * p["gamma1"] + p["beta1"]
        self.Q, self.K, self.V = (np.einsum("...i,ij->...j", self.seen, p[one]) for one in ("query", "key", "value"))
        self.Y, self.P = attention_forward(self.Q, self.K, self.V, causal=self.causal)
        H = X + np.einsum("...i,ij->...j", self.Y, p["output"])
        self.hat2, self.deviation2 = normed(H)
        self.second = self.hat2 * p["gamma2"] + p["beta2"]
        self.active = np.clip(np.einsum("...i,ij->...j", self.second, p["weights1"]) + p["biases1"], 0, None)
        return H + np.einsum("...i,ij->...j", self.active, p["weights2"]) + p["biases2"]

    def backward(self, dvalues):
        p = self.parameters

        def table(inputs, back):
            return np.einsum("ni,nj->ij", *(one.reshape(-1, one.shape[-1]) for one in (inputs, back)))

        def total(back):
            return np.einsum("ni->i", back.reshape(-1, back.shape[-1]))[None, :]

        dactive = np.einsum("...j,ij->...i", dvalues, p["weights2"])
        dz = np.where(self.active > 0, dactive, 0.0)
        dsecond = np.einsum("...j,ij->...i", dz, p["weights1"])
        dH = dvalues + through_norm(dsecond * p["gamma2"], self.hat2, self.deviation2)
        dY = np.einsum("...j,ij->...i", dH, p["output"])
        dQ, dK, dV = attention_backward(dY, self.Q, self.K, self.V, self.causal)
        dseen = dQ @ p["query"].T + dK @ p["key"].T + dV @ p["value"].T
        self.gradients = {
            "gamma1": total(dseen * self.hat1), "beta1": total(dseen),
            "query": table(self.seen, dQ), "key": table(self.seen, dK), "value": table(self.seen, dV),
            "output": table(self.Y, dH),
            "gamma2": total(dsecond * self.hat2), "beta2": total(dsecond),
            "weights1": table(self.second, dz), "biases1": total(dz),
            "weights2": table(self.active, dvalues), "biases2": total(dvalues),
        }  # fmt: skip
        return dH + through_norm(dseen * p["gamma1"], self.hat1, self.deviation1)


class RightByRows(Block):
    """Positions of all sequences in one long batch, as chapter 06 has it, and axes only for attention."""

    def forward(self, X):
        self.shape = X.shape
        return super().forward(np.array(X, dtype=float))

    def backward(self, dvalues):
        """The sequences one after the other; their gradients are added."""
        if len(self.shape) == 2:
            return super().backward(dvalues)
        X, totals, dX = self.X, {}, np.zeros(self.shape)
        for place in np.ndindex(self.shape[:-2]):
            one = Block(self.shape[-1], self.parameters["weights1"].shape[1], causal=self.causal)
            one.parameters = self.parameters
            one.forward(X[place])
            dX[place] = one.backward(dvalues[place])
            for name, gradient in one.gradients.items():
                totals[name] = totals.get(name, 0.0) + gradient
        self.gradients = totals
        return dX
