"""01-slopes: answers that measure slopes. The function they are given, `f`, is chosen from a menu by its own text.

The menus hold only sums, products and quotients, which every processor rounds alike, so that even the noise of a
difference quotient is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course.observe import as_array, scripted

DEFAULT_H = 1e-5  # a case with this h calls the answer without one

NUMBER_TO_NUMBER: dict[str, Callable] = {
    "x * x * x": lambda x: x * x * x,
    "x * x * x - 4 * x": lambda x: x * x * x - 4 * x,
    "1 / x": lambda x: 1 / x,
    "max(0.0, x)": lambda x: max(0.0, x),
}
ARRAY_TO_NUMBER: dict[str, Callable] = {
    "np.prod(x)": lambda x: np.prod(x),
    "np.prod(x) / 4": lambda x: np.prod(x) / 4,
    "np.sum(x * x * x)": lambda x: np.sum(x * x * x),
    "np.sum(x * x * x) + np.prod(x[0])": lambda x: np.sum(x * x * x) + np.prod(x[0]),
    "np.sum(np.abs(x))": lambda x: np.sum(np.abs(x)),
}


def written_slope(f: str, x: float, h: float) -> str:
    """The call of `derivative` as a student would write it."""
    return f"derivative(lambda x: {f}, {x!r}{_written_h(h)})"


def written_gradient(f: str, x: np.ndarray, h: float) -> str:
    """The call of `numerical_gradient` as a student would write it."""
    return f"numerical_gradient(lambda x: {f}, {_written(x)}{_written_h(h)})"


def written_error(a, b) -> str:
    """The call of `relative_error` as a student would write it."""
    return f"relative_error({_written(a)}, {_written(b)})"


@scripted("f, x, h", "slope", text=written_slope)
def slope(answer, f, x, h):
    """`derivative` on a function from the menu."""
    return {"slope": answer(NUMBER_TO_NUMBER[f], x, *_given_h(h))}


@scripted("f, x, h", "gradient", text=written_gradient)
def gradient(answer, f, x, h):
    """`numerical_gradient` on a function from the menu."""
    return {"gradient": answer(ARRAY_TO_NUMBER[f], x, *_given_h(h))}


@scripted("a, b", "error, nan_stays, refused", text=written_error)
def error(answer, a, b):
    """`relative_error`, on a and b as they are and with a NaN at either end of a; 1.0 stands for yes, 0.0 for no."""
    try:
        found = answer(a, b)
    except ValueError:
        return {"error": 0.0, "nan_stays": 1.0, "refused": 1.0}
    stays = np.shape(a) != np.shape(b) or all(_is_nan(answer(spoiled, b)) for spoiled in _spoiled(a))
    return {"error": found, "nan_stays": float(stays), "refused": 0.0}


def _given_h(h: float) -> tuple[float, ...]:
    return () if h == DEFAULT_H else (h,)


def _spoiled(a) -> list:
    """Two copies of a, one with a NaN in its first place, one with a NaN in its last."""
    copies = [np.array(a, dtype=np.float64) for _ in range(2)]
    for copy, place in zip(copies, (0, -1), strict=True):
        copy.flat[place] = np.nan
    return [copy if copy.ndim else float(copy) for copy in copies]


def _is_nan(value) -> bool:
    return bool(np.isnan(as_array(value, "error")).any())


def _written(value) -> str:
    return f"np.array({value.tolist()!r})" if isinstance(value, np.ndarray) else repr(value)


def _written_h(h: float) -> str:
    return "" if h == DEFAULT_H else f", h={h!r}"


PROBES = {"derivative": slope, "numerical_gradient": gradient, "relative_error": error}
