"""08-network: a right `check_gradients` made of parts, any of which a mistake replaces."""

import numpy as np

from autograder.reference.network import H, relative_error


def central(loss, array, index):
    """The slope of loss() along one entry, which is put back as it was."""
    kept = array[index]
    array[index] = kept + H
    up = loss()
    array[index] = kept - H
    down = loss()
    array[index] = kept
    return (up - down) / (2 * H)


def total(outputs, dvalues):
    """The scalar probe."""
    return np.sum(outputs * dvalues)


def float_copy(X):
    """X as the check needs it."""
    return np.array(X, dtype=np.float64)


def has_weights(network, position, layer):
    """Which layers have parameters."""
    return hasattr(layer, "weights")


def checks(
    slope=central,
    probe=total,
    error=relative_error,
    inputs=float_copy,
    applies=has_weights,
    upstream=None,
    which=("weights", "biases"),
):
    """A check_gradients made of parts, one of which a mistake replaces."""

    def check(network, X, dvalues):
        X = inputs(X)
        network.forward(X)
        dinputs = network.backward(upstream(dvalues) if upstream else dvalues)

        def loss():
            return probe(network.forward(X), dvalues)

        found = {"inputs": (X, dinputs)}
        for position, layer in enumerate(network.layers):
            if applies(network, position, layer):
                for kind in which:
                    found[f"{position}.{kind}"] = getattr(layer, kind), getattr(layer, f"d{kind}")
        errors = {}
        for key, (array, gradient) in found.items():
            slopes = np.zeros(array.shape)
            for index in np.ndindex(array.shape):
                slopes[index] = slope(loss, array, index)
            errors[key] = error(gradient, slopes)
        return errors

    return check  # fmt: skip
