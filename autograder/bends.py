"""How right answers go slightly wrong, whatever the exercise: rounded, reversed, in another dtype; and what tells them apart.

A bend changes the results of any answer. What it does to the right results is refused by some sets of cases and let through by
others (round numbers hide a rounding), so that two sets can be compared by what they show. The public and the hidden cases of an
exercise show the same (`Exercise.hidden_cases`): that is why whoever passes `check` passes the examination.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course import compare
from course.diagnose import Case
from course.observe import Probe, observe

MARGIN = 4  # times the rounding of the reference: what another order of the same steps in float32 may take


@dataclass(frozen=True)
class Bend:
    """What is done to each result; its name is what one would say of the answer."""

    name: str
    bend: Callable[[np.ndarray], np.ndarray]

    def array(self, array: np.ndarray) -> np.ndarray:
        """The bent array; of a NaN or an infinity no whole number can be made, and that needs no warning."""
        with np.errstate(all="ignore"):
            return self.bend(array)


def _to_digits(array: np.ndarray, digits: int) -> np.ndarray:
    """Rounded to so many significant digits."""
    written = [float(f"{value:.{digits - 1}e}") for value in array.ravel().tolist()]
    return np.array(written, dtype=np.float64).reshape(array.shape)


def _cast(array: np.ndarray, *dtypes: type) -> np.ndarray:
    """Through these dtypes, one after the other."""
    for dtype in dtypes:
        array = array.astype(dtype)
    return array


def _first_entrys_dtype(array: np.ndarray) -> np.ndarray:
    """What `np.vectorize` makes of `value if it counts else 0`: a first 0 is a whole number, and then all are."""
    return array.astype(np.int64) if array.size and array.flat[0] == 0 and np.isfinite(array).all() else array


def _nudged(array: np.ndarray, place: int) -> np.ndarray:
    """One entry a thousandth off."""
    bent = array.astype(np.float64)
    if bent.size:
        bent.flat[place] += 1e-3 * (np.abs(bent.flat[place]) or np.max(np.abs(bent)) or 1.0)
    return bent


def _a_hair_beside(array: np.ndarray) -> np.ndarray:
    """Another order of summation: as far off as the last bit of the largest entry."""
    return array + 2e-16 * (np.max(np.abs(array), initial=0.0) or 1.0)


ROUNDED_IN_FLOAT32 = Bend("rounded to 4 decimals, in float32", lambda array: _cast(np.round(array, 4), np.float32))
BENDS = (
    *(Bend(f"rounded to {k} decimals", lambda array, k=k: np.round(array.astype(float), k)) for k in (2, 4, 6, 8, 10)),
    *(Bend(f"rounded to {k} digits", lambda array, k=k: _to_digits(array, k)) for k in (3, 5, 6, 7, 8)),
    Bend("float32 there and back", lambda array: _cast(array, np.float32, np.float64)),
    Bend("in float32", lambda array: _cast(array, np.float32)),
    Bend("in float16", lambda array: _cast(array, np.float16)),
    Bend("in whole numbers", lambda array: np.trunc(np.nan_to_num(array, posinf=0, neginf=0)).astype(np.int64)),
    Bend("in the first entry's dtype", _first_entrys_dtype),
    Bend("squeezed", np.squeeze),
    Bend("raveled", np.ravel),
    Bend("reversed", lambda array: array[::-1] if array.ndim else array),
    Bend("last axis reversed", lambda array: array[..., ::-1] if array.ndim else array),
    Bend("transposed", np.transpose),
    Bend("nothing below 0", lambda array: np.maximum(array, 0)),
    Bend("first entry off", lambda array: _nudged(array, 0)),
    Bend("last entry off", lambda array: _nudged(array, -1)),
    Bend("sorted", lambda array: np.sort(array, axis=-1) if array.ndim else array),
    Bend("a hair beside", _a_hair_beside),
)


NO_NUMBERS = (
    "seed",
    "held_out_X",
    "held_out_t",
    "epochs",
    "batch_size",
    "steps",
    "weights",
    "biases",
)  # to be looked at


def _one_sample(inputs: Mapping[str, np.ndarray]) -> bool:
    return any(array.ndim == 2 and len(array) == 1 for array in inputs.values())


def _last_class_absent(inputs: Mapping[str, np.ndarray]) -> bool:
    p, t = inputs.get("p"), inputs.get("t")
    return p is not None and t is not None and t.ndim == 1 and p.ndim == 2 and t.max() < p.shape[1] - 1


def _tie(inputs: Mapping[str, np.ndarray]) -> bool:
    single = [float(array) for name, array in inputs.items() if name in "xyt" and array.ndim == 0]
    return len(set(single)) < len(single) and "program" not in inputs


CONDITIONS: dict[str, Callable[[Mapping[str, np.ndarray]], bool]] = {
    "a batch of one": _one_sample,
    "no sample of the last class": _last_class_absent,
    "two equal numbers": _tie,
    "whole numbers": lambda inputs: any(array.dtype.kind in "iu" for array in inputs.values()),
}


def shown(
    cases: Sequence[Case], results: Sequence[str], rtol: float, more: Sequence[Bend] = ()
) -> frozenset[tuple[str, str]]:
    """Which bends of which result these cases refuse, and which conditions they meet. more: bends besides `BENDS`."""
    inputs = [{name: array for name, array in case.inputs.items() if name not in NO_NUMBERS} for case in cases]
    found = {("inputs", name) for name, holds in CONDITIONS.items() if any(map(holds, inputs))}
    for name in results:
        expected = [case.expected[name] for case in cases]
        found |= {
            (name, bend.name)
            for bend in (*BENDS, *more)
            if not all(compare.same(bend.array(one), one, rtol) for one in expected)
        }
    return frozenset(found)


def holds_in_float32(probe: Probe, reference: Callable, case: Case, rtol: float) -> bool:
    """True if a right answer that computes this case in float32 is right by a margin."""
    inputs = {
        name: array.astype(np.float32) if array.dtype.kind == "f" else array for name, array in case.inputs.items()
    }
    seen = observe(probe, reference, inputs)
    return not seen.trouble and all(
        compare.same(_further_off(seen.results[name], case.expected[name]), case.expected[name], rtol)
        for name in probe.results
    )


def _further_off(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """The observed array, some times as far from the expected one; a wrong shape stays wrong."""
    if observed.shape != expected.shape:
        return observed
    return (expected + MARGIN * (observed - expected.astype(np.float64))).astype(np.float32)
