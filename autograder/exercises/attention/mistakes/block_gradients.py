"""15-attention: known mistakes of `Block.gradients`."""

import numpy as np

from autograder.exercises.attention.block_parts import Parts, changed, lost, without_mask, without_skip
from autograder.exercises.attention.cases import Block_gradients
from autograder.exercises.attention.mistakes.block_dx import FirstGammaTwice, NormOfTheNormed, OutputNotTurned
from autograder.reference.attention import flat_product, row_sum

ADDED = "Layers add over samples and positions; the gradient of a parameter has the parameter's shape."
FORKS = "Two skips, and norm X feeds queries, keys and values. What comes back along all roads is added."
FORKED = "A wrong gradient poisons everything before it and nothing after it: which of the twelve are right?"


def mistake(name, *hints, **methods):
    Block_gradients.mistake(name, *hints)(changed(**methods))


mistake(
    "added-to-those-of-the-last-call",
    "Is something left of the call before?",
    "Call forward and backward twice with the same numbers: are the second gradients twice the first?",
    "Gradients are set, never added to: every call begins anew.",
    kept=lambda self, new: {name: one + getattr(self, "gradients", {}).get(name, 0.0) for name, one in new.items()},
)
mistake(
    "skip-round-the-perceptron-lost",
    "How many roads lead from H to the output?",
    f"{FORKED} Set `weights2` to zeros: dH is the upstream, and `output` still hears it.",
    FORKS,
    join=without_skip(2),
)
mistake(
    "perceptron-branch-lost",
    "What comes back to H besides the upstream?",
    f"{FORKED} Those of the perceptron, here, and no others.",
    FORKS,
    join=lambda self, number, skip, branch: skip if number == 2 else skip + branch,
)
for name in ("query", "key", "value"):
    mistake(
        f"share-of-the-{name}-lost",
        "How many roads lead back into norm X? Have you added up all of them?",
        f"{FORKED} Here gamma1 and beta1 are wrong, and the weights of the three jobs are right.",
        FORKS,
        share=lost(name),
    )
mistake(
    "mask-forgotten-going-back",
    "Does attention's way back know that the block is causal?",
    f"{FORKED} Here query, key, value, gamma1 and beta1 are wrong, where there is a mask.",
    "attention's backward is called with the block's own `causal`.",
    attended_back=without_mask,
)
mistake(
    "gate-forgotten",
    "Which hidden neurons were off? What passes them on the way back?",
    f"{FORKED} Here weights2 and biases2 are right, and nothing before them.",
    "The gate of a ReLU is open where z > 0.",
    gate=lambda self, upstream: upstream,
)
mistake(
    "weights-kept-apart",
    "One array of weights serves all sequences. What shape has its gradient?",
    "X of shape (2, 3, 4): the gradient of `query` is (4, 4), not (2, 4, 4).",
    ADDED,
    weights_of=lambda self, name, inputs, upstream: np.swapaxes(inputs, -1, -2) @ upstream,
)
mistake(
    "biases-kept-apart",
    "One row of biases serves all positions of all sequences. What shape has its gradient?",
    "X of shape (2, 3, 4): the gradient of biases2 is (1, 4).",
    ADDED,
    biases_of=lambda self, name, upstream: upstream.sum(axis=-2, keepdims=True),
)
mistake(
    "axis-of-the-biases-lost",
    "What shape have the biases, and what shape has their gradient?",
    "biases2 is (1, 4): its gradient is (1, 4), not (4,).",
    ADDED,
    biases_of=lambda self, name, upstream: upstream.reshape(-1, upstream.shape[-1]).sum(axis=0),
)
mistake(
    "axis-of-gamma-and-beta-lost",
    "What shape has gamma, and what shape has its gradient?",
    "gamma1 is (1, 4): its gradient is (1, 4), not (4,).",
    ADDED,
    norms_of=lambda self, name, gradient: gradient.ravel(),
)
mistake(
    "gammas-and-betas-averaged",
    "Is the gradient of beta a sum over positions, or a mean?",
    "beta1 is added to every position: each of them counts.",
    ADDED,
    norms_of=lambda self, name, gradient: gradient / (self.X.size / self.X.shape[-1]),
)
mistake(
    "averaged",
    "What divides by the number of positions: a layer, or the loss, once?",
    "Copy every sequence: all gradients double. Do yours?",
    ADDED,
    kept=lambda self, new: {name: one / (self.X.size / self.X.shape[-1]) for name, one in new.items()},
)
mistake(
    "turned",
    "Which axis of weights1 is for the inputs?",
    "weights1 is (4, 5): its gradient is (4, 5). Where the weights are square only the numbers tell.",
    "The gradient of weights: inputs turned, times the upstream.",
    weights_of=lambda self, name, inputs, upstream: Parts.weights_of(self, name, inputs, upstream).T,
)
mistake(
    "projections-of-x",
    "What did queries, keys and values read: X, or norm X?",
    f"{FORKED} Here query, key and value are wrong, and gamma1 is right.",
    "The gradient of weights: what they were given, turned, times the upstream.",
    weights_of=lambda self, name, inputs, upstream: Parts.weights_of(
        self, name, self.X if name in self.jobs else inputs, upstream
    ),
)
mistake(
    "hidden-weights-of-h",
    "What did the hidden layer read: H, or norm H?",
    f"{FORKED} Here weights1 alone is wrong.",
    "The gradient of weights: what they were given, turned, times the upstream.",
    weights_of=lambda self, name, inputs, upstream: Parts.weights_of(
        self, name, self.H if name == "weights1" else inputs, upstream
    ),
)
mistake(
    "last-weights-before-the-relu",
    "What did weights2 read: what went into the ReLU, or what came out?",
    f"{FORKED} Here weights2 alone is wrong.",
    "The gradient of weights: what they were given, turned, times the upstream.",
    weights_of=lambda self, name, inputs, upstream: Parts.weights_of(
        self, name, self.z if name == "weights2" else inputs, upstream
    ),
)
mistake(
    "output-weights-of-the-values",
    "What did `output` read: the values, or what attention made of them?",
    f"{FORKED} Here `output` alone is wrong.",
    "The gradient of weights: what they were given, turned, times the upstream.",
    weights_of=lambda self, name, inputs, upstream: Parts.weights_of(
        self, name, self.QKV[2] if name == "output" else inputs, upstream
    ),
)


def exchanged(one, other):
    """Two gradients under each other's names."""

    def kept(self, new):
        return {**new, one: new[other], other: new[one]}

    return kept


mistake(
    "query-and-key-exchanged",
    "In which order does attention hand back its three gradients?",
    "`query` and `key` are of one shape, so nothing raises: print both, and nudge one entry of `query`.",
    "dQ, dK, dV, in the order of the forward arguments.",
    kept=exchanged("query", "key"),
)
mistake(
    "key-and-value-exchanged",
    "In which order does attention hand back its three gradients?",
    "`key` and `value` are of one shape, so nothing raises: print both, and nudge one entry of `value`.",
    "dQ, dK, dV, in the order of the forward arguments.",
    kept=exchanged("key", "value"),
)
mistake(
    "gamma-and-beta-exchanged",
    "In which order does the norm's backward hand back its gradients?",
    "gamma and beta are of one shape, so nothing raises: beta's gradient is the plain sum of what arrives.",
    "dX, dgamma, dbeta, in the order of the forward arguments.",
    kept=lambda self, new: {
        **new, "gamma1": new["beta1"], "beta1": new["gamma1"], "gamma2": new["beta2"], "beta2": new["gamma2"]
    },
)  # fmt: skip
mistake(
    "weights-averaged",
    "What divides by the number of positions: a layer, or the loss, once?",
    "Copy every sequence: all gradients double. Do those of your weights?",
    ADDED,
    weights_of=lambda self, name, inputs, upstream: (
        Parts.weights_of(self, name, inputs, upstream) * upstream.shape[-1] / upstream.size
    ),
)
mistake(
    "dot-t-on-a-batch",
    "Your own code raised it: which axes does `.T` turn, if there are three or four?",
    "np.zeros((2, 3, 4)).T.shape is (4, 3, 2). Lay all positions of all sequences one under the other first: (6, 4).",
    ADDED,
    weights_of=lambda self, name, inputs, upstream: inputs.T @ upstream,
)
mistake(
    "biases-added-over-the-first-axis",
    "One row of biases serves all positions of all sequences. Over which axes do you add?",
    "An upstream of shape (2, 3, 4): the gradient of biases2 is (1, 4), not (1, 3, 4).",
    ADDED,
    biases_of=lambda self, name, upstream: upstream.sum(axis=0, keepdims=True),
)
mistake(
    "open-at-zero",
    "Is the gate of a hidden neuron open when z is exactly 0?",
    "A hidden neuron without weights and bias stands at 0: its gradient of biases1 is 0.",
    "The gate of a ReLU is open where z > 0.",
    gate=lambda self, upstream: upstream * (self.z >= 0),
)


class OutputBeforeTheSkip(Parts):
    """The gradient of `output` is taken before the straight road has come in."""

    def through_norm(self, upstream, number):
        found = super().through_norm(upstream, number)
        if number == 2:
            self.branch = found[0]
        return found

    def weights_of(self, name, inputs, upstream):
        return super().weights_of(name, inputs, self.branch if name == "output" else upstream)


Block_gradients.mistake(
    "output-weights-before-the-skip",
    "What comes back to H, and so to `output`: the perceptron's share alone?",
    f"{FORKED} Here `output` alone is wrong. Set `weights2` to zeros: it still hears the upstream.",
    FORKS,
)(OutputBeforeTheSkip)
for name, hints, block in (
    (
        "output-not-turned",
        (
            "Going back through a product with `output`: is it turned?",
            f"{FORKED} Here `output` is right, and `query` is not.",
        ),
        OutputNotTurned,
    ),
    (
        "first-gamma-in-both-norms",
        (
            "Two norms, two gammas. Which one multiplied on the way to the perceptron?",
            f"{FORKED} Here gamma2 is right, and `output` is not.",
        ),
        FirstGammaTwice,
    ),
    (
        "norm-of-h-asked-about-its-own-result",
        (
            "What went into the norm of H, and what do you hand to its backward?",
            f"{FORKED} Here weights1 is right, and gamma2 is not.",
        ),
        type("Block", (NormOfTheNormed,), {"number": 2}),
    ),
    (
        "norm-of-x-asked-about-its-own-result",
        (
            "What went into the norm of X, and what do you hand to its backward?",
            f"{FORKED} Here gamma1 alone is wrong.",
        ),
        type("Block", (NormOfTheNormed,), {"number": 1}),
    ),
):
    Block_gradients.mistake(name, *hints, "Backward needs what forward was given, and each product turned.")(block)
mistake(
    "value-alone-reaches-x",
    "How many roads lead back into norm X? Have you added up all of them?",
    f"{FORKED} Here gamma1 and beta1 are wrong, and the weights of the three jobs are right.",
    FORKS,
    share=lost("query", "key"),
)
mistake(
    "projections-not-turned",
    "Going back through a product with weights: are they turned?",
    f"{FORKED} Here gamma1 and beta1 are wrong: `query` is square, so both fit.",
    "What norm X hears is the sum over the three jobs of upstream times weights turned.",
    share=lambda self, name, upstream: upstream @ self.parameters[name],
)


mistake(
    "first-sequence-only",
    "One array of weights serves all sequences. Whose share is in your gradient?",
    "X of shape (2, 3, 4): change the second sequence alone, and the gradient of `query` changes. Does yours?",
    ADDED,
    weights_of=lambda self, name, inputs, upstream: (
        flat_product(inputs[0], upstream[0]) if np.ndim(inputs) > 2 else flat_product(inputs, upstream)
    ),
)
for names in (("biases1", "biases2"), ("biases2",)):
    mistake(
        "biases-mean",
        "One row of biases serves all positions of all sequences. Is what comes back added, or is its mean taken?",
        "Set the upstream to ones, with 6 positions: biases2 hears 6, not 1.",
        ADDED,
        biases_of=lambda self, name, upstream, names=names: (
            row_sum(upstream) * (upstream.shape[-1] / upstream.size if name in names else 1)
        ),
    )


class OutputHearsTheEnd(Parts):
    def backward(self, dvalues):
        dX = super().backward(dvalues)
        self.gradients["output"] = flat_product(self.mixed, dvalues)
        return dX


Block_gradients.mistake(
    "output-hears-the-end-alone",
    "`output` makes H. Along how many roads does something come back to H: one, or two?",
    f"{FORKED} Here `output` is wrong, and all others are right. Which upstream met attention's result?",
    FORKS,
)(OutputHearsTheEnd)
mistake(
    "projections-of-x",
    "What was multiplied by `query`, `key` and `value`: X, or norm X?",
    f"{FORKED} Here query, key and value are wrong, and nothing else.",
    "The gradient of a table of weights is its inputs, turned, times what comes back; the inputs of these three are norm X.",
    weights_of=lambda self, name, inputs, upstream: flat_product(self.X if name in self.jobs else inputs, upstream),
)
