"""15-attention: known mistakes of `attention_forward.causal`: the mask, and what is refused."""

import numpy as np

from autograder.exercises.attention.attention_parts import forward, masked
from autograder.exercises.attention.cases import causal

MASKED = "Scores ln 7, ln 2, 0, and the third is masked: 0.7778, 0.2222, 0."
ORDER = "Query t may see the keys 0 to t: the score of every later one is replaced by -inf before softmax."


def mistake(name, *hints, **parts):
    causal.mistake(name, *hints)(forward(**parts))


def lower(S):
    return np.tri(*S.shape[-2:], dtype=bool)


mistake(
    "mask-forgotten",
    "What may the first position see, of five? What are its weights?",
    "The worked case: row 0 of P is [1, 0, 0]. Yours is spread over all three keys.",
    ORDER,
    mask=lambda S: S,
)
mistake(
    "score-times-zero",
    "Which weight has a score of 0? Is it 0?",
    f"{MASKED} With a 0 in the place of the third score it is 0.7, 0.2, 0.1 again, for e^0 = 1.",
    ORDER,
    mask=lambda S: S * lower(S),
)
mistake(
    "masked-after-softmax",
    "Do the rows of your P still add up to 1?",
    f"{MASKED} Yours is 0.7, 0.2, 0, and adds up to 0.9.",
    ORDER,
    mask=lambda S: S,
    after=lambda P: np.tril(P),
)
mistake(
    "upside-down",
    "Which positions does the first one see: itself, or all that come after it?",
    "The worked case: row 0 of P is [1, 0, 0], and the last row sees everything. Yours is the other way round.",
    ORDER,
    mask=lambda S: np.where(lower(S).T, S, -np.inf),
)
mistake(
    "own-position-masked",
    "Where do the nan come from? Is there a row with nothing left to see?",
    "The worked case: row 0 of P is [1, 0, 0]. A position sees itself.",
    "Query t may see the keys 0 to t, t among them.",
    mask=lambda S: np.where(np.tri(*S.shape[-2:], k=-1, dtype=bool), S, -np.inf),
)
mistake(
    "one-place-ahead",
    "How far does your first position see?",
    "The worked case: row 0 of P is [1, 0, 0]. Yours looks at key 1, too: at the next letter, which it is to say itself.",
    "Query t may see the keys 0 to t, and not t + 1.",
    mask=lambda S: np.where(np.tri(*S.shape[-2:], k=1, dtype=bool), S, -np.inf),
)
mistake(
    "plus-infinity",
    "Which score has the weight 0: one that is infinitely large, or infinitely small?",
    "e to the power of -1000 is 0. And of +1000?",
    ORDER,
    mask=lambda S: np.where(lower(S), S, np.inf),
)
mistake(
    "minus-one-for-the-mask",
    "How small must a score be for its weight to be 0? Is -1 enough?",
    "Scores 0 and -1 have the weights 0.73 and 0.27.",
    ORDER,
    mask=lambda S: np.where(lower(S), S, -1.0),
)
mistake(
    "minus-nine-for-the-mask",
    "Your masked weights are small, but are they 0?",
    "Scores 0 and -9 have the weights 0.9999 and 0.0001: a little of the future comes through.",
    ORDER,
    mask=lambda S: np.where(lower(S), S, -9.0),
)
mistake(
    "the-mask-is-the-weight",
    "All keys that may be seen have the same weight. Where are the scores?",
    f"{MASKED} Yours is 0.5, 0.5, 0.",
    ORDER,
    mask=lambda S: np.where(lower(S), 0.0, -np.inf),
)
mistake(
    "infinity-times-zero",
    "What is 0 times -inf, in a computer?",
    "np.inf * 0 is nan, and one nan in a row makes the whole row nan. Choose between two values; do not multiply.",
    ORDER,
    mask=lambda S: S + (1 - lower(S)) * -np.inf,
)
mistake(
    "softmax-over-the-queries-once-masked",
    "Which axis of the weights adds up to 1, with a mask as without?",
    "The worked case: row 2 of P is [0.4717, 0.4717, 0.0565], and adds up to 1.",
    "A row of P belongs to one query, and adds up to 1.",
    weights=lambda S: np.exp(S - S.max()) / np.exp(S - S.max()).sum(axis=-2, keepdims=True),
)
mistake(
    "unequal-lengths-go-through",
    "With a mask, is everything right? And what should a call with three queries and four keys do?",
    "np.zeros((3, 2)), np.zeros((4, 2)), np.zeros((4, 5)) with causal=True: a ValueError, since positions are both.",
    "Where causal is asked for, T must equal S.",
    refuse=lambda S: None,
)
mistake(
    "mask-always-refused",
    "Your function refuses a causal call. Are there really more keys than queries?",
    "Q, K and V of three rows each may be asked for with causal=True.",
    "Only where T differs from S there is no mask that makes sense.",
    refuse=lambda S: (_ for _ in ()).throw(ValueError("causal")),
)


mistake(
    "last-key-masked-only",
    "You hid the last key from all but the last query. What else is later than position 0?",
    "Five places: position 0 sees one key, position 1 two, position 2 three.",
    ORDER,
    mask=lambda S: np.where(masked(S) == -np.inf, np.where(np.arange(S.shape[-1]) == S.shape[-1] - 1, -np.inf, S), S),
)
mistake(
    "seen-and-hidden-exchanged",
    "Where do the nan come from? Which keys are left for the last position?",
    "The worked case: row 0 of P is [1, 0, 0]. `np.where(seen, score, -inf)`: which of the two stands where the table says 1?",
    ORDER,
    mask=lambda S: np.where(lower(S), -np.inf, S),
)


mistake(
    "own-position-masked-by-a-number",
    "Which key is the first that query t may not see: its own, or the one after it?",
    "The worked case: row 0 of P is [1, 0, 0]. Yours is spread over all three keys, for nothing was left that it may see.",
    "Query t may see the keys 0 to t, t among them. (np.triu keeps the diagonal, np.triu(..., 1) begins beside it.)",
    mask=lambda S: np.where(np.tri(*S.shape[-2:], k=-1, dtype=bool), S, -1e9),
)
mistake(
    "some-number-for-infinity",
    "Below which number is no score? Is your mask's?",
    "All scores of a row near -300, and the hidden ones at your number: who has the largest score now?",
    "A hidden score is -inf: lower than any, whatever the others are.",
    mask=lambda S: np.where(lower(S), S, -100.0),
)
