"""15-attention: known mistakes of `Block.forward`."""

import numpy as np

from autograder.exercises.attention.block_parts import Parts, changed
from autograder.exercises.attention.cases import Block_forward
from autograder.reference.attention import attention_forward

FIRST = "H = X + attention(norm X) Wo: three projections of norm X, and X itself once more."
SECOND = "out = H + relu(norm H W1 + b1) W2 + b2: the perceptron reads norm H, and H itself is added."


def mistake(name, *hints, **methods):
    Block_forward.mistake(name, *hints)(changed(**methods))


mistake(
    "first-skip-lost",
    "What is attention's result added to?",
    "Set `output` to zeros: attention then says nothing, and H is X. Yours is 0.",
    FIRST,
    first_skip=lambda self, X, change: change,
)
mistake(
    "second-skip-lost",
    "What is the perceptron's result added to?",
    "Set `weights2` and `biases2` to zeros: the perceptron says nothing, and out is H. Yours is 0.",
    SECOND,
    second_skip=lambda self, X, H, change: change,
)
mistake(
    "second-skip-from-x",
    "Which array goes straight to the end: the block's input, or what stands after attention?",
    "Set `weights2` and `biases2` to zeros: out is H, with attention's share in it. Yours is X.",
    SECOND,
    second_skip=lambda self, X, H, change: X + change,
)
mistake(
    "norms-forgotten",
    "What do attention and the perceptron read: X and H, or their norms?",
    "Add 5 to every number of one row of X: the row's queries stay as they are. Do yours?",
    f"{FIRST} {SECOND}",
    norm=lambda self, X, number: X,
)
mistake(
    "first-norm-forgotten",
    "What do queries, keys and values read: X, or norm X?",
    "Add 5 to every number of one row of X: the row's query stays as it is. Does yours?",
    FIRST,
    norm=lambda self, X, number: X if number == 1 else Parts.norm(self, X, number),
)
mistake(
    "second-norm-forgotten",
    "What does the perceptron read: H, or norm H?",
    "Add 5 to every number of one row of H: what the perceptron says stays as it is.",
    SECOND,
    norm=lambda self, X, number: X if number == 2 else Parts.norm(self, X, number),
)
mistake(
    "norm-without-gamma-and-beta",
    "Where do gamma and beta come in?",
    "Set beta1 to 5 everywhere: do the queries change?",
    "A norm ends with gamma times x-hat, plus beta.",
    norm=lambda self, X, number: (X - X.mean(axis=-1, keepdims=True)) / np.sqrt(X.var(axis=-1, keepdims=True) + 1e-5),
)
mistake(
    "gammas-exchanged",
    "Which gamma and beta belong to which norm?",
    "Set gamma2 to zeros: the queries must not care.",
    "gamma1 and beta1 stand before attention, gamma2 and beta2 before the perceptron.",
    norm=lambda self, X, number: Parts.norm(self, X, 3 - number),
)
mistake(
    "norm-over-the-positions",
    "Over whom is the mean of a layer norm: over the numbers of one position, or over positions?",
    "Change the last position: the norm of the first stays as it is. Does yours?",
    "Layer norm: over a row, the last axis.",
    norm=lambda self, X, number: (
        (X - X.mean(axis=-2, keepdims=True))
        / np.sqrt(X.var(axis=-2, keepdims=True) + 1e-5)
        * self.parameters[f"gamma{number}"]
        + self.parameters[f"beta{number}"]
    ),
)
mistake(
    "values-are-the-inputs",
    "Do queries, keys and values all read the same array?",
    "Add 5 to every number of one row of X: the row's value stays as it is. Does yours?",
    FIRST,
    projected=lambda self, X, seen: [
        seen @ self.parameters["query"],
        seen @ self.parameters["key"],
        X @ self.parameters["value"],
    ],
)
mistake(
    "query-and-key-exchanged",
    "Which of the two weights makes what a position looks for?",
    "With a mask, or with T and S as they are: P[t, s] is query t on key s.",
    "Q = norm X times `query`, K = norm X times `key`.",
    jobs=("key", "query", "value"),
)
mistake(
    "key-and-value-exchanged",
    "Which of the weights makes what a position offers, and which what it says?",
    "Set `value` to zeros: attention says nothing, and H is X.",
    "K = norm X times `key`, V = norm X times `value`.",
    jobs=("query", "value", "key"),
)
mistake(
    "mask-forgotten",
    "A block is causal unless somebody says otherwise. Does yours hand that on?",
    "Change the last position of X: the first row of the outputs stays as it is. Does yours?",
    "attention is called with the block's own `causal`.",
    attended=lambda self, Q, K, V: attention_forward(Q, K, V)[0],
)
mistake(
    "always-causal",
    "What if the block was made with causal=False?",
    "Block(4, 5, causal=False): the first position sees the last one.",
    "attention is called with the block's own `causal`.",
    attended=lambda self, Q, K, V: attention_forward(Q, K, V, True)[0],
)
mistake(
    "output-weights-forgotten",
    "What happens to attention's result before it is added to X?",
    "Set `output` to zeros: H is X. Is yours?",
    FIRST,
    out=lambda self, mixed: mixed,
)
mistake(
    "perceptron-reads-x",
    "Does the perceptron see what attention has done?",
    "Set `output` to zeros, then to something: what the perceptron says must change.",
    SECOND,
    second_source=lambda self, X, H: X,
)
mistake(
    "relu-forgotten",
    "Two layers with nothing bent in between are how many layers?",
    "A hidden neuron at -2 should say 0.",
    SECOND,
    bent=lambda self, z: z,
)
mistake(
    "first-biases-forgotten",
    "The hidden layer: is something missing after the product?",
    "Set biases1 to 5: do the outputs change?",
    SECOND,
    hidden=lambda self, normed: normed @ self.parameters["weights1"],
)
mistake(
    "last-biases-forgotten",
    "The last layer: is something missing after the product?",
    "Set biases2 to 5: the outputs rise by 5.",
    SECOND,
    last=lambda self, active: active @ self.parameters["weights2"],
)


@Block_forward.mistake(
    "inputs-changed",
    "The numbers are right, but look at X afterwards: whose array did you add to?",
    "Print X before and after forward: `+=` on X writes into the caller's array.",
    "H = X + ... is a new array.",
)
class _(Parts):
    def first_skip(self, X, change):
        X += change
        return X


mistake(
    "first-skip-from-the-norm",
    "What is attention's result added to: X, or norm X?",
    "Set `output` to zeros: attention then says nothing, and H is X. Is yours norm X?",
    FIRST,
    first_skip=lambda self, X, change: self.seen + change,
)
mistake(
    "second-skip-from-the-norm",
    "What is the perceptron's result added to: H, or norm H?",
    "Set `weights2` and `biases2` to zeros: the perceptron says nothing, and out is H. Is yours norm H?",
    SECOND,
    second_skip=lambda self, X, H, change: self.normed + change,
)
