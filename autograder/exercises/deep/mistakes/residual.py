"""14-deep: known mistakes of `Residual`."""

import numpy as np

from autograder.exercises.deep.cases import Residual
from autograder.exercises.deep.layer_parts import Skip, changed

FORK = "y = x + f(x) is a fork: what comes back is dvalues, and the branch's share. Forks add."
ROW = (
    "A branch that is the lesson's norm of 1, 1, 5, 5, upstream [4, 0, 0, 0]: "
    "the branch hands back [1, -1, 0, 0], the residual [5, -1, 0, 0]."
)


def mistake(name, *hints, **methods):
    Residual.mistake(name, *hints)(changed(Skip, **methods))


mistake(
    "skip-lost-going-back",
    "How many roads lead from x to x + f(x)?",
    f"{ROW} Is yours [1, -1, 0, 0]?",
    FORK,
    forked=lambda self, dvalues, through: through,
)
mistake(
    "skip-lost-going-forward",
    "What comes out if the branch says 0?",
    "Without layers the branch is x itself, and 2 x comes out.",
    "outputs = inputs + branch(inputs).",
    joined=lambda self, inputs, branch: branch,
)
mistake(
    "no-skip-at-all",
    "Where is the straight road, forward and back?",
    "Without layers 2 x comes out, and 2 dvalues comes back.",
    FORK,
    joined=lambda self, inputs, branch: branch,
    forked=lambda self, dvalues, through: through,
)
mistake(
    "branch-lost-going-back",
    "How many roads lead from x to x + f(x)?",
    f"{ROW} Is yours [4, 0, 0, 0]?",
    FORK,
    forked=lambda self, dvalues, through: dvalues + 0.0,
)
mistake(
    "skip-counted-twice",
    "How often does x itself go into the output, beside the branch?",
    "Without layers 2 dvalues comes back. Is yours 3 dvalues?",
    FORK,
    forked=lambda self, dvalues, through: 2 * dvalues + through,
)
both_roads = Residual.mistake(
    "mean-of-both-roads",
    "Do forks add, or take the mean?",
    "Without layers 2 x comes out and 2 dvalues comes back. Is one of yours without the 2?",
    FORK,
)
both_roads(changed(Skip, forked=lambda self, dvalues, through: (dvalues + through) / 2))
both_roads(
    changed(
        Skip,
        joined=lambda self, inputs, branch: (inputs + branch) / 2,
        forked=lambda self, dvalues, through: (dvalues + through) / 2,
    )
)
mistake(
    "product-of-both-roads",
    "Slopes multiply along a road. And what do roads side by side?",
    "Without layers 2 dvalues comes back, not its square.",
    FORK,
    forked=lambda self, dvalues, through: dvalues * through,
)
mistake(
    "difference-of-both-roads",
    "x + f(x): with which sign does each of them count?",
    "Without layers 2 dvalues comes back. Is yours 0?",
    FORK,
    forked=lambda self, dvalues, through: through - dvalues,
)
mistake(
    "scaled-down",
    "outputs = inputs + branch. What do you divide by?",
    "Without layers 2 x comes out, not 1.41 x.",
    FORK,
    joined=lambda self, inputs, branch: (inputs + branch) / 2**0.5,
    forked=lambda self, dvalues, through: (dvalues + through) / 2**0.5,
)


def added_before_the_first_layer(self, dvalues):
    through = dvalues
    for layer in reversed(self.layers[1:]):
        through = layer.backward(through)
    through = through + dvalues
    return self.layers[0].backward(through) if self.layers else through


mistake(
    "added-before-the-branch-is-through",
    "Where do the two roads meet, going back: before the branch's first layer, or behind it?",
    f"{ROW} Is yours [2, -2, 0, 0]?",
    "The straight road passes no layer at all: add dvalues after the whole branch.",
    back=added_before_the_first_layer,
    forked=lambda self, dvalues, through: through,
)


def forward_order(self, dvalues):
    for layer in self.layers:
        dvalues = layer.backward(dvalues)
    return dvalues


mistake(
    "layers-in-forward-order",
    "Which layer hears the upstream first?",
    "Branch of two layers: the last one spoke last, and hears first.",
    "Going back, the branch is walked from its last layer to its first.",
    back=forward_order,
)


def each_hears_the_upstream(self, dvalues):
    return sum(layer.backward(dvalues) for layer in self.layers) if self.layers else dvalues


mistake(
    "every-layer-hears-the-upstream",
    "What does the last layer but one hear: dvalues, or what the last one hands back?",
    "Branch of two layers: the first hears what the second hands back.",
    "In a branch slopes multiply, layer by layer; only at the fork they add.",
    back=each_hears_the_upstream,
)


def first_layer_only(self, inputs):
    return self.layers[0].forward(inputs) if self.layers else inputs


mistake(
    "first-layer-only",
    "Does your branch go through all its layers?",
    "Branch of two layers: the second gets what the first gives.",
    "branch(inputs) is all layers, one after the other.",
    branch=first_layer_only,
    back=lambda self, dvalues: self.layers[0].backward(dvalues) if self.layers else dvalues,
)


def side_by_side(self, inputs):
    return sum(layer.forward(inputs) for layer in self.layers) if self.layers else inputs


mistake(
    "layers-side-by-side",
    "What does the second layer get: the inputs, or what the first gives?",
    "Branch of two layers: the second gets what the first gives.",
    "branch(inputs) is all layers, one after the other.",
    branch=side_by_side,
    back=each_hears_the_upstream,
)
mistake(
    "layers-turned",
    "In which order do you keep the layers?",
    "Branch of two layers: the first in the list gets the inputs.",
    "`layers` as given; only backward walks it the other way.",
    kept=lambda self, layers: list(layers)[::-1],
)


every_layer = Residual.mistake(
    "a-skip-round-every-layer",
    "Round what does the skip lead: round each layer, or round the whole branch?",
    "Branch of two layers: inputs + second(first(inputs)).",
    "outputs = inputs + branch(inputs), once.",
)


@every_layer
class _(Skip):
    def forward(self, inputs):
        for layer in self.layers:
            inputs = inputs + layer.forward(inputs)
        return inputs if self.layers else 2 * inputs

    def backward(self, dvalues):
        for layer in reversed(self.layers):
            dvalues = dvalues + layer.backward(dvalues)
        self.dinputs = dvalues if self.layers else 2 * dvalues
        return self.dinputs


@Residual.mistake(
    "callers-inputs-changed",
    "Whose array is `inputs`? Who else still needs it?",
    "Print the inputs before and after forward. `+=` writes into the caller's array.",
    "A `+` makes a new array; `inputs += branch` changes the caller's, and what layers remember of it.",
)
class _(Skip):
    def forward(self, inputs):
        branch = self.branch(inputs)
        inputs += branch
        return inputs


@Residual.mistake(
    "callers-dvalues-changed",
    "Whose array is `dvalues`? Who else still needs it?",
    "Print dvalues before and after backward. `+=` writes into the caller's array.",
    "A `+` makes a new array; `dvalues += through` changes the caller's.",
)
class _(Skip):
    def backward(self, dvalues):
        through = self.back(dvalues)
        dvalues += through
        self.dinputs = dvalues
        return self.dinputs


@Residual.mistake(
    "added-to-the-last-dinputs",
    "Is something left of the call before?",
    "Call forward and backward twice with the same numbers: is the second dinputs twice the first?",
    "Every call begins anew.",
)
class _(Skip):
    def backward(self, dvalues):
        self.dinputs = getattr(self, "dinputs", 0.0) + self.forked(dvalues, self.back(dvalues))
        return self.dinputs


mistake(
    "dinputs-not-kept",
    "The result is returned. Is it also kept?",
    "residual.dinputs, after backward: `gradient_sizes` reads it.",
    "self.dinputs = ..., then return it.",
    keep=lambda self, dinputs: setattr(self, "gradient", dinputs),
)


@Residual.mistake(
    "dinputs-of-the-branch-kept",
    "Which array do you keep as dinputs: the branch's, or the sum?",
    "What backward returns and residual.dinputs are the same.",
    "self.dinputs = dvalues + the branch's share, then return it.",
)
class _(Skip):
    def backward(self, dvalues):
        self.dinputs = self.back(dvalues)
        return dvalues + self.dinputs


@Residual.mistake(
    "backward-returns-nothing",
    "dinputs is kept. Is it also returned?",
    "print(residual.backward(dvalues)) shows None.",
    "The layer in front wants it: return self.dinputs.",
)
class _(Skip):
    def backward(self, dvalues):
        self.dinputs = self.forked(dvalues, self.back(dvalues))


@every_layer
class _(Skip):
    def forward(self, inputs):
        for layer in self.layers:
            inputs = inputs + layer.forward(inputs)
        return inputs + 0.0

    def backward(self, dvalues):
        self.dinputs = dvalues + 0.0
        for layer in reversed(self.layers):
            self.dinputs = self.dinputs + layer.backward(self.dinputs)
        return self.dinputs


def last_of_the_inputs(self, inputs):
    found = inputs
    for layer in self.layers:
        found = layer.forward(inputs)
    return found


def first_of_the_upstream(self, dvalues):
    found = dvalues
    for layer in reversed(self.layers):
        found = layer.backward(dvalues)
    return found


mistake(
    "every-layer-gets-the-inputs",
    "What does the second layer get: the inputs, or what the first gives?",
    "Branch of two layers: what does the first one's result do in yours?",
    "branch(inputs) is all layers, one after the other: each gets what the one before gave.",
    branch=last_of_the_inputs,
)
mistake(
    "every-layer-is-sent-dvalues",
    "What does the last layer but one hear: dvalues, or what the last one hands back?",
    "Branch of two layers: what becomes of that which the second hands back, in yours?",
    "In a branch each layer hears what the one behind it handed back.",
    back=first_of_the_upstream,
)
mistake(
    "every-layer-alone",
    "Forward or back: does any layer of yours get what its neighbour made?",
    "Branch of two layers: the second gets what the first gives, and the first hears what the second hands back.",
    "branch(inputs) is all layers, one after the other, and back the other way.",
    branch=last_of_the_inputs,
    back=first_of_the_upstream,
)


mistake(
    "ones-along-the-skip",
    "The slope of x along the skip is 1. What is that 1 to be multiplied by?",
    "Without layers 2 dvalues comes back: for an upstream of -3 that is -6. Is yours -2?",
    FORK,
    forked=lambda self, dvalues, through: through + 1.0,
)
mistake(
    "twice-the-upstream",
    "Without layers 2 dvalues comes back. Why 2: is the branch's share always dvalues?",
    f"{ROW} Is yours [8, 0, 0, 0]?",
    FORK,
    forked=lambda self, dvalues, through: 2 * dvalues,
)


def side_by_side(self, inputs):
    """Every layer gets the inputs, and what they say is added."""
    return sum((layer.forward(inputs) for layer in self.layers), start=np.zeros(inputs.shape))


mistake(
    "layers-side-by-side",
    "What does the second layer of the branch get: the inputs, or what the first has made of them?",
    "Layers x + 1 and 2 x, inputs 3: the branch gives 2 (3 + 1) = 8, and 11 comes out. Is yours 4 + 6 + 3 = 13?",
    "The branch is a row: each layer gets what the one before gives, and the inputs are added once, at the end.",
    branch=side_by_side,
)
