"""10-training. X has shape (N, D), mean and std (D,), p (N, C); t holds (N,) labels, for `accuracy` also (N, C) one-hot rows.

The networks and the optimizer that stand here are none of the course's: they bend numbers in ways of their own, so that a
student's code has something to step and something to train. `train` is told apart by what it did to them (`training`).
"""

import numpy as np

from course.observe import NotNumbers, calls, scripted


def floats(array):
    """A float64 array of its own, as the course computes."""
    return np.zeros(np.shape(array)) + array


# ---------------------------------------------------------------- something to step


class Parameters:
    """A layer as an optimizer sees it: weights, biases, dweights, dbiases."""

    def __init__(self, weights, biases):
        self.weights, self.biases = floats(weights), floats(biases)


class WithoutParameters:
    """A layer without parameters."""


class GivenLayers:
    """A network as an optimizer sees it: layers with parameters, and layers without them in between."""

    def __init__(self, weights, biases):
        self.holders = [Parameters(*pair) for pair in zip(weights, biases, strict=True)]
        self.layers = [layer for holder in self.holders for layer in (holder, WithoutParameters())]

    def receive(self, dweights, dbiases):
        """New gradients, as a backward pass sets them."""
        for holder, *gradients in zip(self.holders, dweights, dbiases, strict=True):
            holder.dweights, holder.dbiases = (floats(one) for one in gradients)


def sgd_text(learning_rate, momentum, weights, biases, dweights, dbiases):
    how = f"{learning_rate!r}, momentum={momentum!r}" if momentum else repr(learning_rate)
    return (
        "from course.probes.training import GivenLayers\n"
        f"network = GivenLayers({weights.tolist()}, {biases.tolist()})\n"
        f"optimizer = SGD({how})\n"
        f"for dweights, dbiases in zip({dweights.tolist()}, {dbiases.tolist()}):\n"
        "    network.receive(dweights, dbiases)\n"
        "    optimizer.step(network)\n"
        "    print([(layer.weights, layer.biases) for layer in network.holders])"
    )


def measured_steps(raw, inputs):
    """The parameters, and whether every step left the gradients as they came."""
    kept = all(np.array_equal(raw[f"{name}_after"], inputs[name]) for name in ("dweights", "dbiases"))
    return {"weights": raw["weights"], "biases": raw["biases"], "gradients_kept": float(kept)}


@scripted(
    "learning_rate, momentum, weights, biases, dweights, dbiases",
    "weights, biases, gradients_kept",
    text=sgd_text,
    flags={"gradients_kept": "`step` leaves a layer's `dweights` or `dbiases` changed. It only reads them."},
    raw="weights biases dweights_after dbiases_after",
    measure=measured_steps,
)
def steps(answer, learning_rate, momentum, weights, biases, dweights, dbiases):
    """All parameters, and gradients, after each step: first axis the step, second the layer. With momentum 0 none is given.

    A second optimizer works on a second network meanwhile, so that what the two should not share is seen.
    """
    settings = (learning_rate, momentum) if momentum else (learning_rate,)
    network, optimizer = GivenLayers(weights, biases), answer(*settings)
    other, neighbour = GivenLayers(weights[::-1], biases[::-1]), answer(*settings)
    after = []
    for one_dweights, one_dbiases in zip(dweights, dbiases, strict=True):
        network.receive(one_dweights, one_dbiases)
        other.receive(2 - 3 * one_dweights, 5 * one_dbiases + 1)
        optimizer.step(network)
        neighbour.step(other)
        after.append(
            {
                "weights": [np.array(holder.weights) for holder in network.holders],
                "biases": [np.array(holder.biases) for holder in network.holders],
                "dweights_after": [np.array(holder.dweights) for holder in network.holders],
                "dbiases_after": [np.array(holder.dbiases) for holder in network.holders],
            }
        )
    return {name: [step[name] for step in after] for name in steps.raw}


# ---------------------------------------------------------------- something to train


class GivenNetwork:
    """Scores from bumps that stand on some of the samples, heights `weights` (K, C) and offsets `biases` (1, C), both bent.

    score[n, c] = level + arctan(biases[c]) + sum over k of sinh(weights[k, c]) exp(-|x_n - centre_k|^2 / (2 width^2))
    """

    def __init__(self, X, weights, biases, width=1.0, level=0.0):
        X = floats(X)
        self._bumps = Parameters(weights, biases)
        self._centres = X[np.linspace(0, len(X) - 1, len(weights)).astype(int)]
        self._width, self._level = width, level
        self._places = {row.tobytes(): place for place, row in enumerate(X)}
        self.layers = [WithoutParameters(), self._bumps, WithoutParameters()]

    def forward(self, inputs):
        """The scores (N, C); remembers which samples these are."""
        inputs = floats(inputs)
        squares = sum((inputs[:, [i]] - self._centres[:, i]) ** 2 for i in range(inputs.shape[1]))
        self._heard = np.exp(-squares / (2 * self._width**2))
        self._rows = [self._places.get(row.tobytes(), -1) for row in inputs]
        offsets = self._level + np.arctan(self._bumps.biases)
        return offsets + np.tensordot(self._heard, np.sinh(self._bumps.weights), axes=1)

    def backward(self, dvalues):
        """Sets dweights and dbiases; there is nothing in front of this network that would want more."""
        dvalues = floats(dvalues)
        if dvalues.shape != (len(self._rows), self._bumps.biases.size):
            raise ValueError(
                f"backward was given dvalues of shape {dvalues.shape}; the last forward pass returned scores of shape "
                f"{(len(self._rows), self._bumps.biases.size)}"
            )
        slopes = np.tensordot(self._heard, dvalues, axes=(0, 0))
        self._bumps.dweights = slopes * np.cosh(self._bumps.weights)
        self._bumps.dbiases = np.array([[column.sum() for column in dvalues.T]]) / (1 + self._bumps.biases**2)
        self.blamed, self.raised = self._rows, dvalues.argmin(axis=1).tolist()

    def parameters(self):
        """weights over biases, (K + 1, C)."""
        return np.concatenate([self._bumps.weights, self._bumps.biases])


class GivenOptimizer:
    """Takes steps that no gradient, however steep, makes longer than `longest`.

    Notes which samples each step rested on, and which class it was to raise for each of them.
    """

    def __init__(self, longest):
        self.longest, self.rested_on, self.raised = longest, [], []

    def step(self, network):
        """One step from the gradients as they are now."""
        for layer in network.layers:
            if isinstance(layer, Parameters):
                for name, slope in (("weights", layer.dweights), ("biases", layer.dbiases)):
                    setattr(layer, name, getattr(layer, name) - self.longest * slope / np.hypot(1, slope))
        self.rested_on += network.blamed
        self.raised += network.raised


def state_of(rng):
    """A generator's state as numbers: two generators with the same state draw the same from then on."""
    state = rng.bit_generator.state
    both = [state["state"][name] >> shift & 2**64 - 1 for name in ("state", "inc") for shift in (64, 0)]
    return np.array([*both, state["has_uint32"], state["uinteger"]], dtype=np.uint64)


def another_order(rested_on, raised, t, state, seed, epochs):
    """True if every epoch used each sample once, with its own target, in an order that no `rng.permutation` drew.

    Orders that did come from there, once for all epochs or one laid over the other, are not meant, nor is no order at all.
    rested_on, raised : which sample each step rested on, and which class it was to raise for it. state : of `rng`, afterwards.
    """
    N = len(t)
    if sorted(rested_on) != sorted([*range(N)] * epochs):
        return False
    orders = np.reshape(rested_on, (epochs, N))
    if not (np.sort(orders, axis=1) == np.arange(N)).all() or not (np.ravel(t[orders]) == raised).all():
        return False
    fresh, drawn, states = np.random.default_rng(seed), [], []
    for _ in range(epochs):
        drawn.append(fresh.permutation(N))
        states.append(state_of(fresh))
    from_there = (orders == drawn).all() or any(np.array_equal(state, one) for one in (states[0], states[-1]))
    return not from_there and not (orders == np.arange(N)).all()


def train_text(X, t, weights, biases, width, level, longest, epochs, batch_size, seed, **held_out):
    more = f", batch_size={batch_size}" if batch_size else ""
    more += f", rng=np.random.default_rng({seed})" if seed >= 0 else ""
    return (
        "from course.probes.training import GivenNetwork, GivenOptimizer\n"
        f"X, t = np.array({X.tolist()}), np.array({t.tolist()})\n"
        f"network = GivenNetwork(X, {weights.tolist()}, {biases.tolist()}, width={width}, level={level})\n"
        f"print(train(network, X, t, GivenOptimizer({longest}), {epochs}{more}))\n"
        "print(network.parameters())"
    )


ENOUGH = 0.9  # of the held-out points
A_FEW = 10  # held-out points: of fewer no share is asked
ELSEWHERE = np.inf  # stands where the numbers depend on an order that another generator drew


def measured_training(raw, inputs):
    """What training did: the parameters, the losses, how often a step rested on each sample, and the share of unseen points."""
    X, t, seed = inputs["X"], inputs["t"], int(inputs["seed"])
    parameters, losses, rested_on = raw["parameters"], raw["losses"], raw["rested_on"].astype(int)
    if np.shape(parameters) != (len(inputs["weights"]) + 1, inputs["biases"].size):
        raise NotNumbers("type", "parameters of another shape than the network was given")
    trained = GivenNetwork(X, parameters[:-1], parameters[-1:], float(inputs["width"]), float(inputs["level"]))
    if seed >= 0 and another_order(rested_on, raw["raised"], t, raw["state"], seed, int(inputs["epochs"])):
        parameters, losses = np.full(parameters.shape, ELSEWHERE), np.full(np.shape(losses), ELSEWHERE)
    return {
        "parameters": parameters,
        "losses": losses,
        "used": np.array([np.count_nonzero(rested_on == place) for place in range(len(X))]),
        "unseen": share_of_unseen(trained, inputs["held_out_X"], inputs["held_out_t"]),
    }


@scripted(
    "X, t, weights, biases, width, level, longest, epochs, batch_size, seed, held_out_X, held_out_t",
    "parameters, losses, used, unseen",
    text=train_text,
    raw="parameters losses rested_on raised state",
    measure=measured_training,
)
def training(answer, X, t, weights, biases, width, level, longest, epochs, batch_size, seed, held_out_X, held_out_t):
    """What training left: a given network's parameters, and which samples and classes its steps rested on.

    batch_size 0 and seed -1 stand for arguments that are not given.
    """
    network, optimizer = GivenNetwork(X, weights, biases, width, level), GivenOptimizer(longest)
    rng = np.random.default_rng(seed) if seed >= 0 else None
    how = {"batch_size": batch_size} if batch_size else {}
    how |= {"rng": rng} if rng else {}
    losses = answer(network, X, t, optimizer, epochs, **how)
    if losses is None:
        raise NotNumbers("none", "None")
    return {
        "parameters": network.parameters(),
        "losses": losses,
        "rested_on": np.array(optimizer.rested_on, dtype=int),
        "raised": np.array(optimizer.raised, dtype=int),
        "state": state_of(rng) if rng else 0,
    }


def share_of_unseen(network, X, t):
    """The share of points that are classified rightly; what is above `ENOUGH` is not counted.

    Below, a thousandth of how unsure the network is of them is taken off: by their shares alone, of 60 points, networks that
    went wrong in different ways could not be told apart.
    """
    if len(X) < A_FEW:
        return ENOUGH
    scores = network.forward(X)
    share = float((scores.argmax(axis=1) == t).mean())
    sure = float(np.nan_to_num(np.ptp(scores, axis=1).mean()))
    return ENOUGH if share >= ENOUGH else share - 0.001 / (1 + sure)


PROBES = {
    "accuracy": calls("p, t", "share"),
    "train": training,
    "standardize": calls("X, mean, std", "scaled"),
    "SGD": steps,
}
