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


ERROR_FLAGS = {
    "nan_for_nan": "a NaN among the numbers gets lost. What comes back should be NaN, too, so that nobody takes it for agreement.",
    "value_error_for_unequal_shapes": "arrays of two different shapes should raise a ValueError: numpy would stretch one of them, "
    "and compare what does not belong together.",
}


@scripted("a, b", "error, nan_for_nan, value_error_for_unequal_shapes", text=written_error, flags=ERROR_FLAGS)
def error(answer, a, b):
    """`relative_error`. What it does with a NaN, and with unequal shapes, are results of their own, 1.0 where it is right.

    So each of the three can be recognised whatever the others are; where a case is not about one, it counts as right.
    """
    if np.shape(a) != np.shape(b):
        return {"error": 0.0, "nan_for_nan": 1.0, "value_error_for_unequal_shapes": _refusal(answer, a, b)}
    found = answer(a, b)
    if _is_nan(a) or _is_nan(b):
        return {"error": 0.0, "nan_for_nan": float(_is_nan(found)), "value_error_for_unequal_shapes": 1.0}
    return {"error": found, "nan_for_nan": 1.0, "value_error_for_unequal_shapes": 1.0}


def _given_h(h: float) -> tuple[float, ...]:
    return () if h == DEFAULT_H else (h,)


def _refusal(answer, a, b) -> float:
    """What unequal shapes lead to: 1 a ValueError, 0 numbers all the same, -1 a number (or word) that stands for "no",

    -2 None, -3 an exception that is returned, -4 an AssertionError, -5 another exception.
    """
    try:
        found = answer(a, b)
    except ValueError:
        return 1.0
    except AssertionError:
        return -4.0
    except Exception:
        return -5.0
    if found is None:
        return -2.0
    if isinstance(found, Exception) or (isinstance(found, type) and issubclass(found, Exception)):
        return -3.0
    if np.ndim(found):
        return 0.0
    worked_out = isinstance(found, (int, float, np.number)) and np.isfinite(found) and found not in (0, 1, -1)
    return 0.0 if worked_out else -1.0


def _is_nan(value) -> bool:
    return bool(np.isnan(as_array(value, "error")).any())


def _written(value) -> str:
    text = f"np.array({value.tolist()!r})" if isinstance(value, np.ndarray) else repr(value)
    return text.replace("nan", "np.nan")


def _written_h(h: float) -> str:
    return "" if h == DEFAULT_H else f", h={h!r}"


PROBES = {"derivative": slope, "numerical_gradient": gradient, "relative_error": error}
