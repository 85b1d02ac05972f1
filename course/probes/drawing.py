"""How a layer's weights were drawn: asked beside the answer, as arrays; told from them by whoever judges."""

import numpy as np

# Inputs and neurons of a layer wide enough to tell how its weights were drawn; sqrt(2 / 50) is 0.2. With 300 neurons one habit's
# spread, sqrt(1 / (3 * 50)), would be another's, sqrt(2 / 300).
DRAWS = (50, 400)
SMALL = (3, 2)  # enough to tell whether two layers drew the same
WANTED = 0.2
STEP = 1.07  # in which it is measured: chance moves it by half a percent, and no known mistake lies between two steps
NOT_THERE = np.nan  # what an attribute counts as that a layer does not have


def start_shape(array):
    """An array of ones in the shape of a new layer's weights or biases: of a start that is drawn, what can be compared."""
    return np.ones(np.shape(array)) if np.ndim(array) or not np.isnan(array) else NOT_THERE


def draws_of(answer, seed):
    """What a layer's way of drawing is told by: wide weights, and small ones: twice with one seed, with another, and with none."""
    drawn = {"wide": answer(*DRAWS, rng=np.random.default_rng(seed)).weights}
    for name, rng in (
        ("small", np.random.default_rng(seed)),
        ("same", np.random.default_rng(seed)),
        ("other", np.random.default_rng(seed + 1)),
        ("unseeded", None),
    ):
        drawn[name] = answer(*SMALL, rng=rng).weights
    return {name: np.asarray(weights, dtype=np.float64) for name, weights in drawn.items()}


DRAWN = "wide small same other unseeded"


def spread(raw):
    """The standard deviation of a wide layer's weights; to a few percent, since chance has a say in the rest."""
    found = raw["wide"].std() / WANTED
    steps = np.round(np.log(found) / np.log(STEP)) if found > 1e-9 else -np.inf
    return float(f"{WANTED * STEP**steps:.2g}")


def way_of_drawing(raw):
    """Five ticks: a bell curve; around 0; repeatable with one seed; different with another; something drawn without any."""
    wide = raw["wide"]
    around = wide - wide.mean()
    size = np.sqrt(np.mean(around**2)) if np.ptp(wide) else 1e-3
    ticks = (
        abs(np.mean((around / size) ** 4) - 3) < 0.4,
        abs(wide.mean()) * np.sqrt(wide.size) < 6 * size,
        np.array_equal(raw["small"], raw["same"]),
        not np.array_equal(raw["small"], raw["other"]),
        np.ptp(raw["unseeded"]) > 0,
    )
    return np.where(ticks, 1.0, 0.0)
