"""15-attention. Q (..., T, d), K (..., S, d), V (..., S, e), dvalues (..., T, e); tokens any shape, a table (C, D), X (..., T, D).

The parts of one function share its code and differ in what they try: no mask, a mask, leading axes.
"""

import numpy as np

from course.observe import NotNumbers, calls, scripted

NORMS = ("gamma1", "beta1", "gamma2", "beta2")
PARAMETERS = (
    "gamma1", "beta1", "query", "key", "value", "output", "gamma2", "beta2", "weights1", "biases1", "weights2", "biases2",
)  # fmt: skip
REFUSES = (
    "with causal=True there must be as many queries as keys, since a position is both. Where T and S differ, "
    "raise ValueError."
)


def array_text(array) -> str:
    """An array as a student would write it."""
    return f"np.array({array.tolist()})"


# ---------------------------------------------------------------- the table


def embed_backward_text(dvalues, tokens, table_shape):
    return f"embed_backward({array_text(dvalues)}, {array_text(tokens)}, {tuple(table_shape.tolist())})"


@scripted("dvalues, tokens, table_shape", "dtable", text=embed_backward_text)
def table_back(answer, dvalues, tokens, table_shape):
    """The shape is handed over as numpy's own `shape` is, a tuple of two whole numbers."""
    return {"dtable": answer(dvalues, tokens, tuple(table_shape.tolist()))}


# ---------------------------------------------------------------- attention


def given(values, names):
    """Several results by name; NotNumbers if there are not as many."""
    if values is None:
        raise NotNumbers("none", "None")
    wanted = f"{len(names)} values ({', '.join(names)})"
    if not isinstance(values, (tuple, list)):
        raise NotNumbers("count", f"one value where {wanted} are wanted, as `return {', '.join(names)}` gives")
    if len(values) != len(names):
        raise NotNumbers("count", f"{len(values)} values where {wanted} are wanted")
    return dict(zip(names, values, strict=True))


def refuses(answer, Q, K, V):
    """1.0 if a causal call with one key too many raises ValueError, else 0.0."""
    more = [np.concatenate([one, one[..., :1, :]], axis=-2) for one in (K, V)]
    try:
        answer(Q, *more, causal=True)
    except ValueError:
        return 1.0
    except Exception:
        return 0.0
    return 0.0


def causal_text(Q, K, V):
    return f"attention_forward({array_text(Q)}, {array_text(K)}, {array_text(V)}, causal=True)"


@scripted("Q, K, V", "Y, P, refuses", text=causal_text, flags={"refuses": REFUSES})
def causal_forward(answer, Q, K, V):
    """Output and weights of a causal call, and whether one that makes no sense is refused."""
    return {**given(answer(Q, K, V, causal=True), ("Y", "P")), "refuses": refuses(answer, Q, K, V)}


def axes_text(Q, K, V, causal):
    return f"attention_forward({array_text(Q)}, {array_text(K)}, {array_text(V)}, causal={bool(causal)})"


@scripted("Q, K, V, causal", "Y, P", text=axes_text)
def forward_axes(answer, Q, K, V, causal):
    """Any number of leading axes, with a mask (causal is 1) or without (0)."""
    return given(answer(Q, K, V, causal=bool(causal)), ("Y", "P"))


def backward_text(dvalues, Q, K, V, causal=0):
    arrays = ", ".join(array_text(one) for one in (dvalues, Q, K, V))
    return f"attention_backward({arrays}{', causal=True' * bool(causal)})"


@scripted("dvalues, Q, K, V, causal", "dQ, dK, dV", text=backward_text)
def backward_axes(answer, dvalues, Q, K, V, causal):
    """All three gradients, with any number of leading axes, with a mask (causal is 1) or without (0)."""
    return given(answer(dvalues, Q, K, V, causal=bool(causal)), ("dQ", "dK", "dV"))


def backward(*results):
    """Some of the gradients of a call without a mask; the others may be anything."""

    @scripted("dvalues, Q, K, V", ", ".join(results), text=backward_text)
    def use(answer, dvalues, Q, K, V):
        found = given(answer(dvalues, Q, K, V), ("dQ", "dK", "dV"))
        return {name: found[name] for name in results}

    return use


# ---------------------------------------------------------------- the block


def assigned(answer, width, hidden, causal, parameters):
    """A block of that size whose parameters are these, and the shapes with which it began."""
    block = answer(width, hidden, rng=np.random.default_rng(0), causal=causal)
    theirs = getattr(block, "parameters", None)
    if not isinstance(theirs, dict):
        raise NotNumbers("count", "a block without a dict called `parameters`")
    if lacking := [name for name in PARAMETERS if name not in theirs]:
        raise NotNumbers(
            "count", f"parameters in which {' and '.join(f'`{name}`' for name in lacking)} cannot be found"
        )
    if more := [name for name in theirs if name not in PARAMETERS]:
        raise NotNumbers("count", f"parameters among which there is {' and '.join(f'`{name}`' for name in more)}")
    for name in PARAMETERS:
        if np.shape(theirs[name]) != parameters[name].shape:
            was, wanted = np.shape(theirs[name]), parameters[name].shape
            raise NotNumbers("count", f"`{name}` of shape {was} in a new block, where {wanted} is wanted")
        theirs[name] = parameters[name].copy()
    return block


def first_parameters(block_class, width, hidden):
    """What new blocks begin with, as raw arrays: the norms; all weights drawn, twice from one seed, and without one."""
    made = [block_class(width, hidden, rng=np.random.default_rng(3)).parameters for _ in range(2)]
    made.append(block_class(width, hidden).parameters)
    drawn = [[np.ravel(one[name]) for name in PARAMETERS if np.shape(one[name])[0] > 1] for one in made]
    return {
        "norms": np.concatenate([made[0][name] for name in NORMS]),
        **dict(zip(("drawn", "again", "unseeded"), map(np.concatenate, drawn), strict=True)),
    }


def measured_block(raw, inputs):
    """The outputs, and three ticks: gammas 1 and betas 0; weights drawn, no two alike; as the seed says, and without one."""
    plain = np.all(raw["norms"] == np.array([[name.startswith("gamma")] for name in NORMS]))
    unlike = len(np.unique(raw["drawn"])) == raw["drawn"].size
    seeded = np.array_equal(raw["drawn"], raw["again"]) and raw["unseeded"].shape == raw["drawn"].shape
    return {"outputs": raw["outputs"], "start": np.where([plain, unlike, seeded], 1.0, 0.0)}


START = (
    "the first parameters: gammas 1 and betas 0, so that a norm begins as a plain norm; weights drawn from `rng`, so that no two "
    "are alike and the same seed gives the same ones; and a generator of its own where `rng` is None."
)


def block_text(*lines):
    """How a student would try a block on the inputs of a case."""

    def text(X, dvalues, hidden, causal, **parameters):
        width = X.shape[-1]
        made = [f"block = Block({width}, {hidden}, causal={bool(causal)})"]
        made += [f'block.parameters["{name}"] = {array_text(one)}' for name, one in parameters.items()]
        made.append(f"print(block.forward({array_text(X)}))")
        return "\n".join([*made, *(line.replace("dvalues", array_text(dvalues)) for line in lines)])

    return text


ARGUMENTS = f"X, dvalues, hidden, causal, {', '.join(PARAMETERS)}"


def used(answer, X, dvalues, hidden, causal, parameters):
    """A block after forward and backward on other numbers, then on these: what is left of the first must not show."""
    block = assigned(answer, X.shape[-1], hidden, bool(causal), parameters)
    block.forward(X[..., ::-1, :] * 0.5 + 1.0)
    block.backward(dvalues[..., ::-1, :] * 2.0 - 1.0)
    block.forward(X)
    return block, block.backward(dvalues)


@scripted(
    ARGUMENTS,
    "outputs, start",
    text=block_text(),
    methods="__init__ forward",
    flags={"start": START},
    raw="outputs norms drawn again unseeded",
    measure=measured_block,
)
def block_forward(answer, X, dvalues, hidden, causal, **parameters):
    """The outputs, with all parameters assigned."""
    block = assigned(answer, X.shape[-1], hidden, bool(causal), parameters)
    return {"outputs": block.forward(X), **first_parameters(answer, X.shape[-1], hidden)}


@scripted(ARGUMENTS, "dX", text=block_text("", "print(block.backward(dvalues))"), methods="backward")
def block_dX(answer, X, dvalues, hidden, causal, **parameters):
    """What backward returns, the second time."""
    return {"dX": used(answer, X, dvalues, hidden, causal, parameters)[1]}


@scripted(ARGUMENTS, ", ".join(PARAMETERS), text=block_text("block.backward(dvalues)"), methods="backward")
def block_gradients(answer, X, dvalues, hidden, causal, **parameters):
    """All twelve gradients after the second backward."""
    block = used(answer, X, dvalues, hidden, causal, parameters)[0]
    found = getattr(block, "gradients", None)
    if not isinstance(found, dict):
        raise NotNumbers("count", "a block without a dict called `gradients` after backward")
    if lacking := [name for name in PARAMETERS if name not in found]:
        raise NotNumbers("count", f"gradients in which {' and '.join(f'`{name}`' for name in lacking)} cannot be found")
    return {name: found[name] for name in PARAMETERS}


PROBES = {
    "embed": calls("tokens, table", "X"),
    "embed_backward": table_back,
    "attention_forward.output": calls("Q, K, V", "Y, P"),
    "attention_forward.causal": causal_forward,
    "attention_forward.axes": forward_axes,
    "attention_backward.dV": backward("dV"),
    "attention_backward.scores": backward("dQ", "dK"),
    "attention_backward.axes": backward_axes,
    "Block.forward": block_forward,
    "Block.dX": block_dX,
    "Block.gradients": block_gradients,
}
