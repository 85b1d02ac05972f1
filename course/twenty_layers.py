"""Twenty layers in a row, as lesson 14 looks at them: how large is the signal after each, and the gradient before each?"""

from __future__ import annotations

import numpy as np

from course.observe import Arrays

DEPTH, WIDTH, SAMPLES = 20, 64, 100
NORMS = {"none": None, "batch": 0, "layer": 1}  # the axis along which the mean is taken
TINY = 1e-30  # of a complex step: nothing is rounded


def twenty_layers(
    size: float = 1.0, *, seed: int = 0, skip: bool = False, norm: str = "none", branch: float = 1.0
) -> Arrays:
    """Root mean squares of "signal" and "gradient", each (DEPTH + 1,): place k is what layer k gets, the last what leaves.

    Drawn in this order: a batch (SAMPLES, WIDTH), the weights from the first layer to the last, an upstream of the batch's
    shape, all normal; the weights are times size * sqrt(2 / WIDTH). A layer is dense, norm, ReLU; with a skip it is
    inputs + branch * (norm, dense, ReLU). norm: one of NORMS, with gamma 1, beta 0, eps 1e-5.
    """
    rng = np.random.default_rng(seed)
    signals = [rng.normal(size=(SAMPLES, WIDTH))]
    weights = [rng.normal(size=(WIDTH, WIDTH)) * np.sqrt(2 / WIDTH) * size for _ in range(DEPTH)]
    gradients, axis, kept = [rng.normal(size=(SAMPLES, WIDTH))], NORMS[norm], []
    for W in weights:
        seen = signals[-1] if skip else signals[-1] @ W
        normed = seen if axis is None else _normed(seen, axis)
        z = normed @ W if skip else normed
        kept.append((seen, z > 0))
        signals.append(signals[-1] + branch * z * (z > 0) if skip else z * (z > 0))
    for W, (seen, opened) in zip(reversed(weights), reversed(kept), strict=True):
        back = gradients[0] * opened * (branch if skip else 1.0)
        through = _norm_back(_across(back, W), seen, axis) if skip else _across(_norm_back(back, seen, axis), W)
        gradients.insert(0, gradients[0] + through if skip else through)
    return {"signal": _sizes(signals), "gradient": _sizes(gradients)}


def _sizes(arrays: list[np.ndarray]) -> np.ndarray:
    return np.array([np.sqrt(np.mean(one * one)) for one in arrays])


def _across(back: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """What comes back across a table of weights: neurons meet neurons."""
    return np.tensordot(back, weights, axes=(1, 1))


def _normed(seen: np.ndarray, axis: int) -> np.ndarray:
    centred = seen - seen.mean(axis=axis, keepdims=True)
    return centred / np.sqrt((centred * centred).mean(axis=axis, keepdims=True) + 1e-5)


def _norm_back(back: np.ndarray, seen: np.ndarray, axis: int | None) -> np.ndarray:
    """A norm's table of slopes is the same when its rows are read as columns: so forward mode, in one pass, gives the way back."""
    return back if axis is None else _normed(seen + TINY * 1j * back, axis).imag / TINY
