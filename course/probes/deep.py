"""14-deep. X, dvalues and inputs have shape (N, D), gamma and beta (1, D); layer norm takes any number of leading axes.

The parts of one function share its code and differ in what is looked at. eps and momentum are handed over only where they are not
what the course begins with, so that a stub's own 1e-5 and 0.9 are tried, too.
"""

import numpy as np

from course.observe import by_name, scripted
from course.probes.batch_norm import array_text, both_modes, running, settings, test_mode
from course.probes.drawing import NOT_THERE
from course.probes.given_network import MEANS, MENU, GivenLayer
from course.probes.network import of_forward, one_array, other_inputs

# ---------------------------------------------------------------- rows of layers


class KeepingLayer(GivenLayer):
    """A layer that is none of the course's, and keeps what it hands back as `dinputs`."""

    def backward(self, dvalues):
        """The upstream, times or through the slope."""
        self.dinputs = super().backward(dvalues)
        return self.dinputs


def doubled_back(seen, dvalues):
    """Backward of columns that stand there twice, the second time halved."""
    left, right = np.split(np.asarray(dvalues), 2, axis=1)
    return left + 0.5 * right


LAYERS = MENU | {"twice": (lambda seen: np.concatenate([seen, 0.5 * seen], axis=1), doubled_back)}
SAY = MEANS | {"twice": "columns, and half of them once more"}


def keeping_layers(names):
    """Layers by name, as text: keeping_layers("square wave"); none for ""."""
    return [KeepingLayer(*LAYERS[name]) for name in str(names).split()]


class GivenRow:
    """A network of given layers."""

    def __init__(self, layers):
        self.layers = layers

    def forward(self, inputs):
        """Through all layers."""
        for layer in self.layers:
            inputs = layer.forward(inputs)
        return inputs

    def backward(self, dvalues):
        """Back through all layers."""
        for layer in reversed(self.layers):
            dvalues = layer.backward(dvalues)
        return dvalues


def means(layers):
    """What each layer's name says."""
    return "; ".join(f"{name}: {SAY[name]}" for name in dict.fromkeys(layers.split()))


def residual_text(layers, inputs, dvalues):
    return (
        "from course.probes.deep import keeping_layers\n"
        f"# {means(layers) or 'no layer at all'}\n"
        f'residual = Residual(keeping_layers("{layers}"))\n'
        f"print(residual.forward({array_text(inputs)}))\n"
        f"print(residual.backward({array_text(dvalues)}))"
    )


@scripted("layers, inputs, dvalues", "layers, forward(inputs), backward(dvalues), dinputs", text=residual_text)
def residual(answer, layers, inputs, dvalues):
    """A residual used twice, with another of its kind at work in between; `layers`: where each given layer stands in it."""
    row = keeping_layers(layers)
    built, neighbour = answer(row), answer(keeping_layers(layers))
    built.forward(other_inputs(inputs))
    built.backward(dvalues * 3.0)
    outputs = of_forward(built.forward(inputs))
    neighbour.forward(1.0 - 2.0 * inputs)
    neighbour.backward(dvalues - 1.5)
    returned = one_array(built.backward(dvalues))
    theirs = getattr(built, "layers", None)
    places = [next((i for i, one in enumerate(row) if one is layer), -1) for layer in theirs or []]
    return {
        "layers": NOT_THERE if theirs is None else places,
        "forward(inputs)": outputs,
        "backward(dvalues)": returned,
        "dinputs": getattr(built, "dinputs", NOT_THERE),
    }


def sizes_text(layers, inputs, dvalues):
    return (
        "from course.probes.deep import GivenRow, keeping_layers\n"
        f"# {means(layers)}\n"
        f'network = GivenRow(keeping_layers("{layers}"))\n'
        f"network.forward({array_text(inputs)})\n"
        f"print(gradient_sizes(network, {array_text(dvalues)}))"
    )


@scripted("layers, inputs, dvalues", "sizes", text=sizes_text)
def sizes(answer, layers, inputs, dvalues):
    """The sizes in a network that has gone back before, from another upstream, and forward since."""
    network = GivenRow(keeping_layers(layers))
    network.forward(other_inputs(inputs))
    network.backward(3.0 * dvalues[::-1] - 1.0)
    network.forward(inputs)
    return {"sizes": answer(network, dvalues)}


# ---------------------------------------------------------------- the norms


def call_of(name, *arrays, eps):
    """A call as a student would write it."""
    said = [f"{key}={value!r}" for key, value in settings(eps).items()]
    return f"{name}({', '.join([*map(array_text, arrays), *said])})"


def forward_over_samples_text(X, gamma, beta, eps):
    return call_of("batch_norm_forward", X, gamma, beta, eps=eps)


@scripted("X, gamma, beta, eps", "Y, mean, variance", text=forward_over_samples_text)
def forward_over_samples(answer, X, gamma, beta, eps):
    """One call of batch_norm_forward."""
    return by_name(answer(X, gamma, beta, **settings(eps)), ("Y", "mean", "variance"))


def forward_over_features_text(X, gamma, beta, eps):
    return call_of("layer_norm_forward", X, gamma, beta, eps=eps)


@scripted("X, gamma, beta, eps", "Y", text=forward_over_features_text)
def forward_over_features(answer, X, gamma, beta, eps):
    """One call of layer_norm_forward."""
    return {"Y": answer(X, gamma, beta, **settings(eps))}


def backward(name, *results):
    """Some of the three gradients of one call; the others may be anything."""

    def text(dvalues, X, gamma, eps):
        return call_of(name, dvalues, X, gamma, eps=eps)

    @scripted("dvalues, X, gamma, eps", ", ".join(results), text=text)
    def use(answer, dvalues, X, gamma, eps):
        found = by_name(answer(dvalues, X, gamma, **settings(eps)), ("dX", "dgamma", "dbeta"))
        return {name: found[name] for name in results}

    return use


PROBES = {
    "Residual": residual,
    "gradient_sizes": sizes,
    "batch_norm_forward": forward_over_samples,
    "batch_norm_backward.dX": backward("batch_norm_backward", "dX"),
    "batch_norm_backward.parameters": backward("batch_norm_backward", "dgamma", "dbeta"),
    "layer_norm_forward": forward_over_features,
    "layer_norm_backward.dX": backward("layer_norm_backward", "dX"),
    "layer_norm_backward.parameters": backward("layer_norm_backward", "dgamma", "dbeta"),
    "BatchNorm.running": running,
    "BatchNorm.test": test_mode,
    "BatchNorm.gradients": both_modes,
}
