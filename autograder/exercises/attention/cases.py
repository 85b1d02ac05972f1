"""15-attention: the exercises and the inputs they are tried on.

Some cases are public only: banana, the row of scores ln 7, ln 2, 0 and the lesson's worked case, whose numbers one knows by hand.
"""

import numpy as np

from autograder.exercise import Exercise, Kind
from autograder.exercises.attention import draws
from autograder.exercises.attention.draws import block, four, long, masked, one_place, signed_whole, thousands, three
from autograder.reference import attention as reference

ROW = {"Q": [[1.0]], "K": np.log([[7.0], [2.0], [1.0]]), "V": [[1.0], [2.0], [4.0]]}
WORKED = {
    "Q": [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]],
    "K": [[1.0, 1.0], [0.0, 2.0], [-1.0, 0.0]],
    "V": [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]],
}
UPSTREAM = {"dvalues": [[1.0, 0.0], [0.0, 2.0], [-1.0, 2.0]]}
BANANA, THE_ROW, THE_WORKED = "banana", "the lesson's row of three keys", "the lesson's worked case"
UNLIKE = "T, S, d and e all different"


def kind(about, draw, seed, hidden=True):
    """A kind whose public example is drawn like the hidden ones, from a seed of its own, in three digits."""
    public = {
        name: np.round(value, 3) if np.asarray(value).dtype.kind == "f" and np.abs(value).max() > 1e-3 else value
        for name, value in draw(np.random.default_rng(seed)).items()
    }
    return Kind(about, public, draw if hidden else None)


# ---------------------------------------------------------------- the table

embed = Exercise(
    name="embed",
    reference=reference.embed,
    kinds=[
        Kind(
            BANANA, {"tokens": [1, 0, 2, 0, 2, 0], "table": [[0.5, -1.0], [2.0, 3.5], [-4.0, 0.25], [1.0, 1.5]]}, None
        ),
        Kind("a word", draws.word(np.random.default_rng(1)), draws.word, seed=2),
        kind("tokens over two axes", lambda rng: draws.word(rng, 2, 3), 3),
        kind("a table of millionths", lambda rng: draws.word(rng, scale=1e-6), 4),
        kind("a batch of one", lambda rng: draws.word(rng, 1, 4, used=2), 5),
    ],
)

embed_backward = Exercise(
    name="embed_backward",
    reference=reference.embed_backward,
    kinds=[
        Kind(
            BANANA,
            {
                "dvalues": [[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]],
                "tokens": [1, 0, 2, 0, 2, 0],
                "table_shape": [3, 1],
            },
            None,
        ),
        Kind("a word", draws.word_backward(np.random.default_rng(1)), draws.word_backward, seed=2),
        kind("tokens over two axes, one of them in both rows", lambda rng: draws.word_backward(rng, 2, 3), 3),
        kind("one token everywhere", lambda rng: draws.word_backward(rng, used=1, most=4), 4),
        kind("rows of one number", lambda rng: draws.word_backward(rng, width=1), 9),
        kind("no token twice", draws.all_different, 5),
        kind("a whole-number upstream", lambda rng: draws.word_backward(rng, draw=signed_whole), 6),
        kind("a very small upstream", lambda rng: draws.word_backward(rng, 2, 3, scale=1e-6), 7),
        kind("a batch of one", lambda rng: draws.word_backward(rng, 1, 4, used=2), 8),
    ],
)

# ---------------------------------------------------------------- attention forward

output = Exercise(
    name="attention_forward.output",
    cell="attention-forward",
    reference=reference.attention_forward,
    kinds=[
        Kind(THE_ROW, ROW, None),
        kind(UNLIKE, three, 1),
        kind("whole numbers", lambda rng: three(rng, draw=signed_whole), 2),
        kind("one key", lambda rng: three(rng, keys=1), 3),
        kind("one query", lambda rng: three(rng, queries=1), 8),
        kind("as many queries as keys, no mask", lambda rng: three(rng, same=True), 7),
        kind("weights that are nearly 0 or 1", lambda rng: three(rng, stretch=8.0), 4),
        kind("values of millionths", lambda rng: three(rng, scale=1e-6), 5),
        kind("scores of a thousand", thousands, 6),
    ],
)


causal = Exercise(
    name="attention_forward.causal",
    cell="attention-forward",
    reference=reference.attention_forward,
    kinds=[
        Kind(THE_WORKED, WORKED, None),
        kind("T = S, not d and not e", lambda rng: three(rng, same=True), 1),
        kind("five places", long, 2),
        kind("one place", one_place, 3),
        kind("weights that are nearly 0 or 1", lambda rng: long(rng, stretch=8.0), 4),
        kind("values of millionths", lambda rng: long(rng, scale=1e-6), 5),
        kind("scores far below 0", lambda rng: thousands(rng, causal=True), 6),
    ],
)

forward_axes = Exercise(
    name="attention_forward.axes",
    cell="attention-forward",
    reference=reference.attention_forward,
    kinds=[
        kind("two sequences", lambda rng: masked(three(rng, (2,)), False), 1),
        kind("two sequences, causal", lambda rng: masked(three(rng, (2,), same=True)), 2),
        kind("two leading axes", lambda rng: masked(three(rng, (2, 3)), False), 3),
        kind("one sequence, the axis kept", lambda rng: masked(three(rng, (1,), same=True)), 4),
        kind("as many sequences as keys", lambda rng: masked(three(rng, (3,), keys=3), False), 5),
        kind("as many queries as keys, no mask", lambda rng: masked(three(rng, (2,), same=True), False), 7),
        kind("very small weights and values", lambda rng: masked(three(rng, (2,), stretch=8.0, scale=1e-6), False), 6),
    ],
)

# ---------------------------------------------------------------- attention backward


def ways_back():
    """The kinds of both parts that go back without a mask."""
    return [
        Kind(THE_ROW, {"dvalues": [[1.0]], **ROW}, None),
        Kind("the lesson's worked case, no mask", {**UPSTREAM, **WORKED}, None),
        kind(UNLIKE, four, 1),
        kind("whole numbers", lambda rng: four(rng, draw=signed_whole), 2),
        kind("one key", lambda rng: four(rng, keys=1), 3),
        kind("one query", lambda rng: four(rng, queries=1), 8),
        kind("as many queries as keys, no mask", lambda rng: four(rng, same=True), 7),
        kind("equal keys", draws.equal_keys, 4),
        kind("a very small upstream", lambda rng: four(rng, upstream=1e-6), 5),
        kind("scores of a thousand", lambda rng: thousands(rng, four), 6),
    ]


dV = Exercise(
    name="attention_backward.dV", cell="attention-backward", reference=reference.attention_backward, kinds=ways_back()
)
scores = Exercise(
    name="attention_backward.scores",
    cell="attention-backward",
    reference=reference.attention_backward,
    kinds=ways_back(),
)
backward_axes = Exercise(
    name="attention_backward.axes",
    cell="attention-backward",
    reference=reference.attention_backward,
    kinds=[
        Kind(THE_WORKED, {**UPSTREAM, **WORKED, "causal": 1}, None),
        kind("five places, causal", lambda rng: masked(long(rng, four)), 1),
        kind("one place, causal", lambda rng: masked(one_place(rng, four)), 2),
        kind("two sequences", lambda rng: masked(four(rng, (2,)), False), 3),
        kind("two sequences, causal", lambda rng: masked(four(rng, (2,), same=True)), 4),
        kind("two leading axes", lambda rng: masked(four(rng, (2, 3)), False), 5),
        kind("one sequence, the axis kept", lambda rng: masked(four(rng, (1,), same=True)), 6),
        kind("as many sequences as keys", lambda rng: masked(four(rng, (3,), keys=3), False), 7),
        kind("as many queries as keys, no mask", lambda rng: masked(four(rng, (2,), same=True), False), 9),
        kind("a very small upstream", lambda rng: masked(four(rng, (2,), same=True, upstream=1e-6)), 8),
    ],
)

# ---------------------------------------------------------------- the block


def blocks():
    """What each part of the block is tried on."""
    return [
        kind("two sequences, causal", lambda rng: block(rng, 2), 1),
        kind("one sequence, no leading axis", lambda rng: block(rng, width=3, hidden=2, T=4), 2),
        kind("no mask", lambda rng: block(rng, 2, T=2, width=4, hidden=3, causal=False), 3),
        kind("a very small upstream", lambda rng: block(rng, 1, T=3, width=4, hidden=2, upstream=1e-6), 4),
        kind("a hidden neuron at exactly 0", lambda rng: block(rng, T=2, width=3, hidden=4, idle=1), 5),
    ]


Block_forward = Exercise(name="Block.forward", cell="block", reference=reference.Block, kinds=blocks())
Block_dX = Exercise(name="Block.dX", cell="block", reference=reference.Block, kinds=blocks())
Block_gradients = Exercise(name="Block.gradients", cell="block", reference=reference.Block, kinds=blocks())

EXERCISES = (
    embed,
    embed_backward,
    output,
    causal,
    forward_axes,
    dV,
    scores,
    backward_axes,
    Block_forward,
    Block_dX,
    Block_gradients,
)
