"""14-deep: batch norm as a layer that remembers. inputs and dvalues (N, D); weights, biases and running numbers (1, D).

eps and momentum are handed over only where they are not what the course begins with, so that a stub's own are tried, too.
"""

import numpy as np

from course.observe import NotNumbers, scripted
from course.probes.drawing import NOT_THERE
from course.probes.network import of_forward, one_array, other_inputs

EPS, MOMENTUM = 1e-5, 0.9  # with which the course begins
TEST_KEPT = "test mode reads the running numbers, the weights and the biases, and moves none of them."
BACK_KEPT = "backward reads the running numbers, the weights and the biases, and moves none of them."


def array_text(array) -> str:
    """An array as a student would write it."""
    return f"np.array({array.tolist()})"


def settings(eps, momentum=MOMENTUM):
    """What is said besides the default settings, by name."""
    return ({} if momentum == MOMENTUM else {"momentum": momentum}) | ({} if eps == EPS else {"eps": eps})


def built_with(layer_class, n_features, momentum=MOMENTUM, eps=EPS):
    """A new layer, with the settings that are not the usual ones."""
    return layer_class(n_features, **settings(eps, momentum))


def started_text(n_features, **said):
    """How a student would build it."""
    more = "".join(f", {key}={value!r}" for key, value in said.items())
    return f"layer = BatchNorm({n_features}{more})"


def running_text(batches, momentum):
    return (
        f"{started_text(batches.shape[-1], **settings(EPS, momentum))}\n"
        "print(layer.weights, layer.biases, layer.running_mean, layer.running_variance)\n"
        f"for batch in {array_text(batches)}:\n"
        "    print(layer.forward(batch))\n"
        "    print(layer.running_mean, layer.running_variance)"
    )


STARTS = ("weights", "biases", "running_mean", "running_variance")


@scripted(
    "batches, momentum",
    ", ".join((*STARTS, "outputs", "running_means", "running_variances")),
    text=running_text,
    methods="__init__ forward",
)
def running(answer, batches, momentum):
    """A new layer, then what each batch made of it; another of its kind sees other batches meanwhile. First axis: the batch."""
    layer, neighbour = (built_with(answer, batches.shape[-1], momentum) for _ in range(2))
    if lacking := [name for name in STARTS if not hasattr(layer, name)]:
        raise NotNumbers(
            "count", f"a layer without {' and '.join(f'`{name}`' for name in lacking)} from BatchNorm(...)"
        )
    start = {name: np.array(getattr(layer, name)) for name in STARTS}
    outputs, moved = [], {"running_mean": [], "running_variance": []}
    for batch in batches:
        outputs.append(np.array(of_forward(layer.forward(batch))))
        neighbour.forward(other_inputs(batch))
        for name, values in moved.items():
            values.append(np.array(getattr(layer, name, NOT_THERE)))
    return {
        **start,
        "outputs": outputs,
        "running_means": moved["running_mean"],
        "running_variances": moved["running_variance"],
    }


def put_into(layer, **arrays):
    """Their arrays in place of a layer's own, as copies; NotNumbers where a layer has none of that name and shape."""
    for name, array in arrays.items():
        theirs = getattr(layer, name, None)
        if theirs is None:
            raise NotNumbers("count", f"a layer without `{name}` from BatchNorm(...)")
        if np.shape(theirs) != array.shape:
            raise NotNumbers(
                "count", f"`{name}` of shape {np.shape(theirs)} from BatchNorm(...); wanted is {array.shape}"
            )
        setattr(layer, name, array.copy())


def as_they_are(layer, names, ending):
    """Copies of a layer's arrays, each under its name with an ending."""
    return {f"{name}_{ending}": np.array(getattr(layer, name, NOT_THERE)) for name in names}


def are_still(raw, ending, wanted):
    """True if the arrays with this ending are the wanted ones."""
    return all(np.array_equal(raw[f"{name}_{ending}"], array) for name, array in wanted.items())


def assigned_text(eps, **arrays):
    """How a student would build a layer that has seen batches."""
    n_features = arrays["running_mean"].shape[-1]
    lines = [f"layer.{name} = {array_text(array)}" for name, array in arrays.items()]
    return "\n".join([started_text(n_features, **settings(eps)), *lines])


def test_text(X, weights, biases, running_mean, running_variance, eps):
    held = {"weights": weights, "biases": biases, "running_mean": running_mean, "running_variance": running_variance}
    return f"{assigned_text(eps, **held)}\nprint(layer.forward({array_text(X)}, training=False))"


HELD = ", ".join(STARTS)


def measured_test(raw, inputs):
    """The outputs, and whether the layer's numbers are what they were."""
    return {"outputs": raw["outputs"], "kept": float(are_still(raw, "after", {name: inputs[name] for name in STARTS}))}


@scripted(
    f"X, {HELD}, eps",
    "outputs, kept",
    text=test_text,
    methods="forward",
    flags={"kept": TEST_KEPT},
    raw=f"outputs {' '.join(f'{name}_after' for name in STARTS)}",
    measure=measured_test,
)
def test_mode(answer, X, eps, **held):
    """A layer with given numbers in test mode, called twice: the second outputs, and its numbers afterwards."""
    layer = built_with(answer, X.shape[-1], eps=eps)
    put_into(layer, **held)
    layer.forward(X, training=False)
    outputs = of_forward(layer.forward(X, training=False))
    return {"outputs": outputs, **as_they_are(layer, held, "after")}


def gradients_text(X, dvalues, seen, upstream, weights, running_mean, running_variance, eps):
    held = {"weights": weights, "running_mean": running_mean, "running_variance": running_variance}
    return (
        f"{assigned_text(eps, **held)}\n"
        f"layer.forward({array_text(seen)}, training=False)\n"
        f"print(layer.backward({array_text(upstream)}), layer.dweights, layer.dbiases)\n"
        f"layer.forward({array_text(X)})\n"
        f"print(layer.backward({array_text(dvalues)}), layer.dweights, layer.dbiases)"
    )


GRADIENTS = ("dinputs", "dweights", "dbiases")
MOVED = ("weights", "running_mean", "running_variance")
BOTH = (*(f"test_{name}" for name in GRADIENTS), *GRADIENTS)
RAW = (
    *BOTH,
    "test_dinputs_kept",
    "dinputs_kept",
    *(f"{name}_{when}" for name in MOVED for when in ("tested", "trained", "after")),
)


def measured_modes(raw, inputs):
    """Both sets of gradients, and whether backward left the layer's numbers alone; NotNumbers if `dinputs` is not kept."""
    for name in ("test_dinputs", "dinputs"):
        if not np.array_equal(raw[f"{name}_kept"], raw[name], equal_nan=True):
            raise NotNumbers("count", "from backward something else than is kept as `dinputs`, or keeps none")
    still = are_still(raw, "tested", {name: inputs[name] for name in MOVED})
    kept = still and are_still(raw, "after", {name: raw[f"{name}_trained"] for name in MOVED})
    return {**{name: raw[name] for name in BOTH}, "kept": float(kept)}


@scripted(
    f"X, dvalues, seen, upstream, {', '.join(MOVED)}, eps",
    ", ".join((*BOTH, "kept")),
    text=gradients_text,
    methods="backward",
    flags={"kept": BACK_KEPT},
    raw=" ".join(RAW),
    measure=measured_modes,
)
def both_modes(answer, X, dvalues, seen, upstream, eps, **held):
    """Gradients after a forward in test mode, and after one in training, of a layer that has gone back before; its numbers."""
    layer = built_with(answer, X.shape[-1], eps=eps)
    put_into(layer, **held)
    layer.forward(other_inputs(X))
    layer.backward(3.0 * dvalues)
    put_into(layer, **held)
    layer.forward(seen, training=False)
    test = {f"test_{name}": array for name, array in gradients_of(layer, upstream).items()}
    tested = as_they_are(layer, held, "tested")
    layer.forward(X)
    trained = as_they_are(layer, held, "trained")
    return {**test, **tested, **trained, **gradients_of(layer, dvalues), **as_they_are(layer, held, "after")}


def gradients_of(layer, dvalues):
    """What backward returned, and what it left."""
    returned = np.array(one_array(layer.backward(dvalues)))
    left = {name: np.array(getattr(layer, name, NOT_THERE)) for name in GRADIENTS}
    return {**left, "dinputs_kept": left["dinputs"], "dinputs": returned}
