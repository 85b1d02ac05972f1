"""15-attention: known mistakes of `Block.dX`."""

import numpy as np

from autograder.exercises.attention.block_parts import Parts, changed, lost, norm_skipped, without_mask, without_skip
from autograder.exercises.attention.cases import Block_dX
from autograder.reference.deep import layer_norm_backward

FORKS = "Four forks: two skips, and norm X feeds queries, keys and values. What comes back along all roads is added."


def mistake(name, *hints, **methods):
    Block_dX.mistake(name, *hints)(changed(**methods))


mistake(
    "skip-round-attention-lost",
    "How many roads lead from X to H?",
    "Set `output` to zeros: attention says nothing, and dX is dH. Is yours 0?",
    FORKS,
    join=without_skip(1),
)
mistake(
    "skip-round-the-perceptron-lost",
    "How many roads lead from H to the output?",
    "Set `weights2` to zeros: dH is the upstream. Is yours 0?",
    FORKS,
    join=without_skip(2),
)
mistake(
    "both-skips-lost",
    "Where are the two straight roads on the way back?",
    "Set `output` and `weights2` to zeros: dX is the upstream. Is yours 0?",
    FORKS,
    join=without_skip(1, 2),
)
mistake(
    "skips-only",
    "Where is what comes back through attention and through the perceptron?",
    "Compare with the upstream: is your dX the same?",
    FORKS,
    join=lambda self, number, skip, branch: skip,
)
mistake(
    "attention-branch-lost",
    "What comes back to X besides dH?",
    "Is your dX what comes back to H?",
    FORKS,
    join=lambda self, number, skip, branch: skip if number == 1 else skip + branch,
)
mistake(
    "perceptron-branch-lost",
    "What comes back to H besides the upstream?",
    "Set `output` to zeros: is your dX the upstream itself?",
    FORKS,
    join=lambda self, number, skip, branch: skip if number == 2 else skip + branch,
)
for name in ("query", "key", "value"):
    mistake(
        f"share-of-the-{name}-lost",
        "How many roads lead back into norm X? Have you added up all of them?",
        "Three projections read the same norm X: leave one out, and a nudge check of X fails, while the gradients of the "
        "three weights are right.",
        FORKS,
        share=lost(name),
    )
mistake(
    "value-alone-reaches-x",
    "How many roads lead back into norm X? Have you added up all of them?",
    "Three projections read the same norm X. Yours hears the values only.",
    FORKS,
    share=lost("query", "key"),
)
mistake(
    "query-alone-reaches-x",
    "How many roads lead back into norm X? Have you added up all of them?",
    "Three projections read the same norm X. Yours hears the queries only.",
    FORKS,
    share=lost("key", "value"),
)
mistake(
    "mask-forgotten-going-back",
    "Does attention's way back know that the block is causal?",
    "The last row of the upstream alone: rows before it hear something. The first row alone: no later row may hear anything.",
    "attention's backward is called with the block's own `causal`.",
    attended_back=without_mask,
)
mistake(
    "gate-forgotten",
    "Which hidden neurons were off? What passes them on the way back?",
    "A hidden neuron at -2 said 0, and would have at -1.9: nothing passes.",
    "The gate of a ReLU is open where z > 0.",
    gate=lambda self, upstream: upstream,
)
mistake(
    "gate-on-the-upstream",
    "Did the ReLU clip what went forward, or what comes back?",
    "z = 2 and an upstream of -3: -3 passes.",
    "The gate of a ReLU is open where z > 0, whatever the upstream's sign.",
    gate=lambda self, upstream: np.maximum(upstream, 0.0) * (self.z > 0),
)
for number, where in ((1, "attention"), (2, "the perceptron")):
    mistake(
        f"norm-before-{where.split()[-1]}-skipped",
        f"Before {where} stands a norm. Where is it on the way back?",
        "What comes back through a norm adds up to 0 over each row. Does this branch of yours?",
        "Chapter 14: layer_norm_backward, of what arrives at the norm's output and what went into it.",
        through_norm=norm_skipped(number),
    )
mistake(
    "second-norm-of-x",
    "What went into the second norm: X or H?",
    "Set `output` to zeros: then H is X, and nothing shows. Now to something else.",
    "Backward needs what forward was given: the second norm got H.",
    through_norm=lambda self, upstream, number: layer_norm_backward(
        upstream, self.X, self.parameters[f"gamma{number}"], 1e-5
    ),
)
mistake(
    "norm-of-the-normed",
    "What does the norm's backward want: what went into the norm, or what came out?",
    "layer_norm_backward works out mean and deviation again; of norm X they are other ones.",
    "Backward needs what forward was given.",
    through_norm=lambda self, upstream, number: layer_norm_backward(
        upstream, self.seen if number == 1 else self.normed, self.parameters[f"gamma{number}"], 1e-5
    ),
)
mistake(
    "projections-not-turned",
    "Going back through a product with weights: are they turned?",
    "Chapter 06: dinputs = dvalues times the weights turned. `query` is square, so both fit.",
    "dseen is the sum over the three jobs of upstream times weights turned.",
    share=lambda self, name, upstream: upstream @ self.parameters[name],
)


@Block_dX.mistake(
    "gradients-given-back",
    "What does backward return: the gradient of X, or what the dict holds?",
    "block.backward(dvalues).shape should be X.shape.",
    "backward returns dX, and leaves the others in `gradients`.",
)
class _(Parts):
    def backward(self, dvalues):
        super().backward(dvalues)
        return self.gradients["query"]


@Block_dX.mistake(
    "added-to-the-last-dx",
    "Is something left of the call before?",
    "Call forward and backward twice with the same numbers: is the second dX twice the first?",
    "Every call begins anew.",
)
class _(Parts):
    def backward(self, dvalues):
        self.dX = getattr(self, "dX", 0.0) + super().backward(dvalues)
        return self.dX


class SkipFromTheEnd(Parts):
    """The first skip hands on the block's upstream, where dH is wanted."""

    def join(self, number, skip, branch):
        if number == 2:
            self.upstream = skip
        return skip + branch if number == 2 else self.upstream + branch


class OutputNotTurned(Parts):
    """dH goes back through `output` as it stands."""

    def join(self, number, skip, branch):
        self.dH = skip + branch
        return self.dH

    def attended_back(self, upstream):
        return super().attended_back(self.dH @ self.parameters["output"])


class NormOfTheNormed(Parts):
    """One norm is asked about what came out of it."""

    number = 0

    def through_norm(self, upstream, number):
        inputs = {1: self.X, 2: self.H}
        inputs[self.number] = self.seen if self.number == 1 else self.normed
        return layer_norm_backward(upstream, inputs[number], self.parameters[f"gamma{number}"], 1e-5)


class FirstGammaTwice(Parts):
    """The second norm goes back with the first one's gamma."""

    def through_norm(self, upstream, number):
        return layer_norm_backward(upstream, self.X if number == 1 else self.H, self.parameters["gamma1"], 1e-5)


Block_dX.mistake(
    "skip-from-the-end",
    "X goes straight to H. What comes back to H: the block's upstream alone?",
    "Set `output` to zeros: dX is dH. Is yours the upstream of the block?",
    FORKS,
)(SkipFromTheEnd)
mistake(
    "skip-counted-twice",
    "How often does X itself stand in H?",
    "Set `output` to zeros: dX is dH. Is yours twice that?",
    FORKS,
    join=lambda self, number, skip, branch: skip + branch if number == 2 else 2 * skip + branch,
)
Block_dX.mistake(
    "output-not-turned",
    "Going back through a product with `output`: is it turned?",
    "Chapter 06: dinputs = dvalues times the weights turned. `output` is square, so both fit.",
    "What attention hears is dH times `output` turned.",
)(OutputNotTurned)
for number, before in ((1, "X"), (2, "H")):
    Block_dX.mistake(
        f"norm-of-{before.lower()}-asked-about-its-own-result",
        f"What went into the norm of {before}, and what do you hand to its backward?",
        "layer_norm_backward works out mean and deviation again; of what came out they are other ones.",
        "Backward needs what forward was given.",
    )(type("Block", (NormOfTheNormed,), {"number": number}))
Block_dX.mistake(
    "first-gamma-in-both-norms",
    "Two norms, two gammas. Which one multiplied on the way to the perceptron?",
    "Set gamma1 to ones and gamma2 to twos: does your dX notice the twos?",
    "The second norm goes back with gamma2.",
)(FirstGammaTwice)
