"""What differs between two arrays, in the order a tutor would look. Knows no exercise and no answer.

Two values are the same if they differ by at most `rtol` of the expected one, or by `ROUNDING` of that of the largest in the
array (rounding in sums that nearly cancel). Where nothing but 0 is expected there is no largest one: `ZERO` is near enough.
NaN is never right. The shape is compared before values, so broadcasting never makes a wrong shape right. -0.0 is 0.

A result in float32 is right to `RTOL_FLOAT32`: its seven digits are a choice of dtype, no mistake of calculus. The part for
sums that cancel stays as small as it is in float64, for what float32 forgives it would forgive a measured slope, too: the
cases are drawn such that a right answer in float32 does not need it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

RTOL = 1e-9
RTOL_FLOAT32 = 1e-5
ROUNDING = 1e-5  # of rtol, of the largest entry: 1e-14 of it
ZERO, ZERO_FLOAT32 = 1e-13, 1e-6  # for numbers of ordinary size, whose exact difference is 0
NEARLY = 1e-5  # five digits: values that agree so far, and no further, are measured by a nudge, or rounded
NEARLY_WORDS = " Its first 5 digits are right: is something rounded, or measured, on the way?"
ROUNDED = 0.01  # two decimals, the coarsest rounding that one meets, move a number of ordinary size by less
NEARLY_ONE = 0.05  # a ratio as near to 1 as this is rounding, not a forgotten factor
ROWS = 5  # of the table of differences


@dataclass(frozen=True)
class Difference:
    """How an observed array differs: a kind ("shape", "nan", "integers", "sign", "transpose", "factor", "values") and words.

    ratio: observed to expected, for a sign or a factor. nearly: the first digits are right.
    """

    kind: str
    message: str
    table: tuple[str, ...] = ()
    ratio: float | None = None
    nearly: bool = False


def wrong_cells(observed: np.ndarray, expected: np.ndarray, rtol: float = RTOL) -> np.ndarray:
    """A mask of the entries that differ; both arrays have one shape."""
    single = observed.dtype == np.float32
    observed = observed.astype(np.float64)
    expected = expected.astype(np.float64)
    size = np.abs(expected)
    scale = size.max(initial=0.0)
    floor = rtol * ROUNDING * scale if scale else ZERO_FLOAT32 if single else ZERO
    rtol = max(rtol, RTOL_FLOAT32) if single else rtol
    with np.errstate(all="ignore"):
        close = np.abs(observed - expected) <= rtol * size + floor
    return ~(close | (observed == expected))


def same(observed: np.ndarray, expected: np.ndarray, rtol: float = RTOL) -> bool:
    """True if the shapes are equal and every value is right. NaN is never right."""
    return observed.shape == expected.shape and not wrong_cells(observed, expected, rtol).any()


def alike(a: np.ndarray, b: np.ndarray, rtol: float = RTOL) -> bool:
    """Like `same`, but NaN and infinity equal themselves: for recognising a mistake by what it gives."""
    if a.shape != b.shape:
        return False
    if a.dtype == b.dtype and a.tobytes() == b.tobytes():  # as mostly: a second call gives what the first one gave
        return True
    odd_a, odd_b = ~np.isfinite(a), ~np.isfinite(b)
    if not np.array_equal(odd_a, odd_b) or not np.array_equal(a[odd_a], b[odd_b], equal_nan=True):
        return False
    return not wrong_cells(np.where(odd_a, 0, a), np.where(odd_b, 0, b), rtol).any()


def difference(
    name: str, observed: np.ndarray, expected: np.ndarray, rtol: float = RTOL, patterns: bool = True
) -> Difference | None:
    """The first thing a tutor would say about `observed`, or None if it is right. patterns: look for regularities."""
    if observed.shape != expected.shape:
        return Difference("shape", _shape_message(name, observed, expected, rtol))
    wrong = wrong_cells(observed, expected, rtol)
    if not wrong.any():
        return None
    if np.isnan(observed).any():
        where = _index(np.argwhere(np.isnan(observed))[0])
        return Difference("nan", f"`{name}{where}` is NaN, not a number: look for 0/0, inf - inf or an overflow.")
    table = tuple(_table(name, observed, expected, wrong))
    if patterns and (found := _pattern(name, observed, expected, rtol)):
        return replace(found, table=table)
    count = int(wrong.sum())
    what = f"`{name}` is wrong" if wrong.size == 1 else f"`{name}` is wrong in {count} of {wrong.size} places"
    said, nearly = f"{what}{_dtype_note(observed, expected)}.", _nearly(observed, expected)
    return Difference("values", said + NEARLY_WORDS * nearly, table, nearly=nearly)


def _pattern(name: str, observed: np.ndarray, expected: np.ndarray, rtol: float) -> Difference | None:
    """A regularity in the whole array that says more than a list of wrong cells."""
    if same(-observed.astype(np.float64), expected, rtol):
        everywhere = ", everywhere" if observed.size > 1 else ""
        return Difference("sign", f"`{name}` has the right size and the wrong sign{everywhere}.", ratio=-1.0)
    if observed.dtype.kind in "iu" and same(observed, np.trunc(expected)):
        return Difference(
            "integers",
            f"`{name}` has lost everything behind the decimal point: its dtype is {observed.dtype}. An array made with "
            "whole numbers, or with the dtype of one, takes no fractions. Where does yours become one?",
        )
    square = observed.ndim == 2 and observed.shape[0] == observed.shape[1] > 1
    if square and same(observed.T, expected, rtol):
        return Difference("transpose", f"`{name}` is transposed: row and column have changed places.")
    used = np.abs(expected) > 0
    if used.sum() > 1 and np.isfinite(observed).all():
        ratio = float(observed[used].flat[0] / expected[used].flat[0])
        if ratio and abs(ratio - 1) > NEARLY_ONE and scaled(observed, expected, ratio, rtol):
            return Difference(
                "factor",
                f"every entry of `{name}` is {ratio:.4g} times what it should be: a constant ratio is a mistake of "
                "scale (a forgotten or doubled factor, a mean for a sum).",
                ratio=ratio,
            )
    return None


def scaled(observed: np.ndarray, expected: np.ndarray, ratio: float, rtol: float = RTOL) -> bool:
    """True if every observed value is the expected one times this ratio."""
    return same(observed / ratio, expected, rtol)


def _nearly(observed: np.ndarray, expected: np.ndarray) -> bool:
    """True of values that are right in their first digits, as measured and rounded ones are."""
    return bool(expected.any()) and not wrong_cells(observed, expected, NEARLY).any()


def may_be_rounded(observed: np.ndarray, expected: np.ndarray) -> bool:
    """True if no value is further off than one that was rounded to two decimals, or measured."""
    return bool(np.all(np.abs(observed - expected) <= ROUNDED * np.maximum(1.0, np.abs(expected))))


def _shape_message(name: str, observed: np.ndarray, expected: np.ndarray, rtol: float) -> str:
    message = f"`{name}` has shape {observed.shape}; it should have shape {expected.shape}"
    if expected.ndim == 0:
        message = f"`{name}` should be a single number; yours has shape {observed.shape}{_several(observed, expected)}"
    elif several := _several(observed, expected):
        message += several
    elif observed.ndim == 0:
        message = f"`{name}` is a single number; it should be an array of shape {expected.shape}"
    elif same(observed.T, expected, rtol):
        message += ": the axes have changed places"
    return message if message.endswith("?") else message + "."


def _several(observed: np.ndarray, expected: np.ndarray) -> str:
    """A word on an axis too many in front, as a tuple of results has it where one is wanted, or a sum that was not made."""
    if observed.ndim != expected.ndim + 1 or observed.shape[1:] != expected.shape:
        return ""
    if len(observed) == 1:
        return ", with an axis too many. Did an array keep it, or did a comma behind `return` make it?"
    return f": that is {len(observed)} of them in one. Is it a tuple, or an axis that should have vanished?"


def _dtype_note(observed: np.ndarray, expected: np.ndarray) -> str:
    if observed.ndim and observed.dtype.kind in "iu" and (expected % 1).any():
        return f" (its dtype is {observed.dtype}: it cannot hold fractions)"
    if observed.dtype == np.float32:
        return f" (its dtype is float32: compared at {RTOL_FLOAT32:g}; the course computes in float64)"
    if observed.dtype.kind == "f" and observed.dtype.itemsize < 8:
        return f" (its dtype is {observed.dtype}, which holds too few digits; the course computes in float64)"
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
