"""What differs between two arrays, in the order a tutor would look. Knows no exercise and no answer.

Two values are the same if they differ by at most `rtol` of the expected one, or by `rtol / 1000` of the largest in the
array (rounding in sums that nearly cancel). NaN is never right. The shape is compared before values, so broadcasting
never makes a wrong shape right. -0.0 is 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RTOL = 1e-9
RTOL_FLOAT32 = 1e-5
ROWS = 5  # of the table of differences


@dataclass(frozen=True)
class Difference:
    """How an observed array differs: a kind ("shape", "nan", "integers", "sign", "transpose", "factor", "values") and words."""

    kind: str
    words: str
    table: tuple[str, ...] = ()


def wrong_cells(observed: np.ndarray, expected: np.ndarray, rtol: float = RTOL) -> np.ndarray:
    """A mask of the entries that differ; both arrays have one shape."""
    if observed.dtype.itemsize < 8 and observed.dtype.kind == "f":
        rtol = max(rtol, RTOL_FLOAT32)
    observed = observed.astype(np.float64)
    expected = expected.astype(np.float64)
    scale = np.max(np.abs(expected), initial=0.0)
    with np.errstate(all="ignore"):
        close = np.abs(observed - expected) <= rtol * np.abs(expected) + rtol * 1e-3 * scale
    return ~(close | (observed == expected))


def same(observed: np.ndarray, expected: np.ndarray, rtol: float = RTOL) -> bool:
    """True if the shapes are equal and every value is right. NaN is never right."""
    return observed.shape == expected.shape and not wrong_cells(observed, expected, rtol).any()


def alike(a: np.ndarray, b: np.ndarray, rtol: float = RTOL) -> bool:
    """Like `same`, but NaN and infinity equal themselves: for recognising a mistake by what it gives."""
    if a.shape != b.shape:
        return False
    odd_a, odd_b = ~np.isfinite(a), ~np.isfinite(b)
    if not np.array_equal(odd_a, odd_b) or not np.array_equal(a[odd_a], b[odd_b], equal_nan=True):
        return False
    return not wrong_cells(np.where(odd_a, 0, a), np.where(odd_b, 0, b), rtol).any()


def difference(name: str, observed: np.ndarray, expected: np.ndarray, rtol: float = RTOL) -> Difference | None:
    """The first thing a tutor would say about `observed`, or None if it is right."""
    if observed.shape != expected.shape:
        return Difference("shape", _shape_words(name, observed, expected, rtol))
    wrong = wrong_cells(observed, expected, rtol)
    if not wrong.any():
        return None
    if np.isnan(observed).any():
        where = _index(np.argwhere(np.isnan(observed))[0])
        return Difference("nan", f"`{name}{where}` is NaN, not a number: look for 0/0, inf - inf or an overflow.")
    table = tuple(_table(name, observed, expected, wrong))
    words = _pattern(name, observed, expected, rtol)
    if words:
        return Difference(*words, table)
    count = int(wrong.sum())
    what = f"`{name}` is wrong" if wrong.size == 1 else f"`{name}` is wrong in {count} of {wrong.size} places"
    return Difference("values", f"{what}{_dtype_note(observed, expected)}.", table)


def _pattern(name: str, observed: np.ndarray, expected: np.ndarray, rtol: float) -> tuple[str, str] | None:
    """A regularity in the whole array that says more than a list of wrong cells."""
    if same(-observed.astype(np.float64), expected, rtol):
        return "sign", f"`{name}` has the right size and the wrong sign, everywhere."
    if observed.dtype.kind in "iu" and same(observed, np.trunc(expected)):
        return "integers", (
            f"`{name}` has lost everything behind the decimal point: its dtype is {observed.dtype}. An array made "
            "with the dtype of an integer input stays an integer array."
        )
    square = observed.ndim == 2 and observed.shape[0] == observed.shape[1] > 1
    if square and same(observed.T, expected, rtol):
        return "transpose", f"`{name}` is transposed: row and column have changed places."
    used = np.abs(expected) > 0
    if used.sum() > 1 and np.isfinite(observed).all():
        ratio = float(observed[used].flat[0] / expected[used].flat[0])
        if ratio and same(observed / ratio, expected, rtol):
            return "factor", (
                f"every entry of `{name}` is {ratio:.4g} times what it should be: a constant ratio is a mistake of "
                "scale (a forgotten or doubled factor, a mean for a sum)."
            )
    return None


def _shape_words(name: str, observed: np.ndarray, expected: np.ndarray, rtol: float) -> str:
    words = f"`{name}` has shape {observed.shape}; it should have shape {expected.shape}"
    if expected.ndim == 0:
        words = f"`{name}` should be a single number; yours is an array of shape {observed.shape}"
    elif observed.ndim == 0:
        words = f"`{name}` is a single number; it should be an array of shape {expected.shape}"
    elif same(observed.T, expected, rtol):
        words += ": the axes have changed places"
    return words + "."


def _dtype_note(observed: np.ndarray, expected: np.ndarray) -> str:
    if observed.ndim and observed.dtype.kind in "iu" and (expected % 1).any():
        return f" (its dtype is {observed.dtype}: it cannot hold fractions)"
    if observed.dtype.itemsize < 8:
        return f" (its dtype is {observed.dtype}: compared at {RTOL_FLOAT32:g}; the course computes in float64)"
    return ""


def _index(index) -> str:
    return f"[{', '.join(str(int(i)) for i in index)}]" if len(index) else ""


def _table(name: str, observed: np.ndarray, expected: np.ndarray, wrong: np.ndarray):
    cells = np.argwhere(wrong)
    for index in cells[:ROWS]:
        at = tuple(index)
        yours, off = float(observed[at]), float(observed[at] - expected[at])
        yield f"  {name + _index(index):<16} yours {yours:>12.6g}   off by {off:>+12.6g}"
    if len(cells) > ROWS:
        yield f"  ... and {len(cells) - ROWS} more"
