"""Call a student's code on given inputs and write down what happened, as data.

Nothing here knows an answer, so this module may run anywhere a submission runs.
"""

from __future__ import annotations

import inspect
import io
import os
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from course.quiet import no_luck, quiet
from course.stubs import empty_parts, statements
from course.time_limit import TooLong, time_limit

Arrays = dict[str, np.ndarray]
SECONDS = 10.0  # that an answer may take for one case, where nobody else has a limit

# Why there may be no result to compare. From a sandbox also: "time" is over, the process "crashed", the name is "missing".
TROUBLE_KINDS = ("raised", "stub", "none", "count", "type", "time", "crashed", "missing")
MEETINGS = {"product": ("core dimension", "not aligned"), "entries": ("broadcast",)}  # numpy's words
WORD_LIMIT = 2000  # characters of a word about trouble
RAW_LIMIT = (
    100_000  # entries of a raw result that something is worked out from; the widest layer that is drawn has 20,000
)


@dataclass(frozen=True)
class Trouble:
    """Why there is no result to compare.

    kind: one of `TROUBLE_KINDS`: "raised", "stub", "none" (returned None), "count" (wrong number of results), "type" ...
    what: the exception's class name, or a few words. message: the exception's text. line: the student's own line.
    """

    kind: str
    what: str = ""
    message: str = ""
    line: str = ""

    @property
    def meeting(self) -> list[str]:
        """Where shapes met that do not fit: one type of error says so of products, and of what is done entry by entry."""
        return [where for where, words in MEETINGS.items() if any(one in self.message for one in words)]


@dataclass(frozen=True)
class Observation:
    """What one call did: its results, those of a second call, and the arguments as they are afterwards."""

    results: Arrays = field(default_factory=dict)
    again: Arrays = field(default_factory=dict)
    after: Arrays = field(default_factory=dict)
    trouble: Trouble | None = None

    def changed(self, inputs: Mapping[str, np.ndarray]) -> tuple[str, ...]:
        """The names of the arguments that the call changed."""
        return tuple(name for name, array in self.after.items() if not identical(array, inputs[name]))


class NotNumbers(Exception):
    """A result that is not an array of numbers; `kind` and the words go into a `Trouble`."""

    def __init__(self, kind: str, message: str):
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Probe:
    """How one answer is called, and what its results are called.

    arguments: the names of the inputs, in calling order. results: the names of the returned values, in order.
    flaw: for answers with many right forms: names what is wrong with the results, or None.
    script: for answers that take more than one call (a class): uses the answer and returns its results by name.
    text: what a student would write to try these inputs, where a script's use of the answer is no plain call.
    methods: of a class that grows in steps, those this step is about; whether the others are filled in does not matter.
    given: how many statements stand in the function's stub already.
    flags: results that are a verdict and no quantity, with what to say where one is wrong; signs and factors mean nothing there.
    raw, measure: where what is judged is worked out from what the script returns (a spread from weights that were drawn): the
        names of that, and how. measure(raw results, inputs) gives the results; whoever judges does it, never beside an answer.
    """

    arguments: tuple[str, ...]
    results: tuple[str, ...]
    flaw: Callable[[Arrays], str | None] | None = None
    script: Callable[..., dict[str, object]] | None = None
    text: Callable[..., str] | None = None
    methods: tuple[str, ...] = ()
    given: int = 0
    flags: Mapping[str, str] = field(default_factory=dict)
    raw: tuple[str, ...] = ()
    measure: Callable[[Arrays, Mapping[str, np.ndarray]], Mapping[str, object]] | None = None

    def call(self, answer: Callable, inputs: Mapping[str, np.ndarray]) -> Arrays:
        """One use of the answer; its results by name (raw ones, where those are measured), as arrays of their own."""
        if self.script:
            values = self.script(answer, **{name: inputs[name] for name in self.arguments})
            return {name: as_array(values[name], name) for name in self.raw or self.results}
        values = answer(*(inputs[name] for name in self.arguments))
        values = [values] if len(self.results) == 1 and values is not None else values
        return {name: as_array(value, name) for name, value in by_name(values, self.results).items()}


def by_name(values, names: Sequence[str]) -> dict[str, object]:
    """Returned values by these names, as they are. NotNumbers if there are none, or not as many."""
    if values is None:
        raise NotNumbers("none", "None")
    wanted = f"{len(names)} values ({', '.join(names)})"
    if not isinstance(values, (tuple, list)):
        one = f"one array of shape {values.shape}" if isinstance(values, np.ndarray) and values.ndim else "one value"
        raise NotNumbers("count", f"{one} where {wanted} are wanted, as `return {', '.join(names)}` gives")
    if len(values) != len(names):
        raise NotNumbers("count", f"{len(values)} values where {wanted} are wanted")
    return dict(zip(names, values, strict=True))


def calls(arguments: str, results: str, flaw: Callable[[Arrays], str | None] | None = None, given: int = 0) -> Probe:
    """A probe from two lists in words: `calls("x, w, b", "z, y")`."""
    return Probe(
        tuple(arguments.replace(",", " ").split()), tuple(results.replace(",", " ").split()), flaw, given=given
    )


def scripted(
    arguments: str,
    results: str,
    text: Callable[..., str] | None = None,
    methods: str = "",
    flags: Mapping[str, str] | None = None,
    raw: str = "",
    measure: Callable[[Arrays, Mapping[str, np.ndarray]], Mapping[str, object]] | None = None,
):
    """A probe whose script is the decorated function: it takes the answer and the inputs, and names the (raw) results."""
    more = {"text": text, "methods": tuple(methods.split()), "flags": flags or {}, "measure": measure}

    def wrap(script: Callable[..., dict[str, object]]) -> Probe:
        return replace(calls(arguments, results), script=script, raw=calls("", raw).results, **more)

    return wrap


def observe(
    probe: Probe,
    answer: Callable,
    inputs: Mapping[str, np.ndarray],
    seconds: float | None = None,
    printed: io.TextIOBase | None = None,
) -> Observation:
    """What the answer did, ready to be judged: `observe_raw`, measured."""
    return measured(probe, inputs, observe_raw(probe, answer, inputs, seconds, printed))


def measured(probe: Probe, inputs: Mapping[str, np.ndarray], seen: Observation) -> Observation:
    """The observation with what is judged in the place of raw results. What nothing can be worked out from is trouble."""
    if seen.trouble or probe.measure is None:
        return seen
    try:
        if any(array.size > RAW_LIMIT for one in (seen.results, seen.again) for array in one.values()):
            raise NotNumbers("type", "more numbers than any case has")
        with np.errstate(all="ignore"):
            results, again = (
                {name: as_array(value, name) for name, value in probe.measure(one, inputs).items()}
                for one in (seen.results, seen.again)
            )
    except NotNumbers as odd:
        return replace(seen, results={}, again={}, trouble=Trouble(odd.kind, what=str(odd)))
    except Exception:  # raw results may have been made up, with other names and shapes
        return replace(seen, results={}, again={}, trouble=Trouble("type", "arrays that do not belong together"))
    return replace(seen, results=results, again=again)


def observe_raw(
    probe: Probe,
    answer: Callable,
    inputs: Mapping[str, np.ndarray],
    seconds: float | None = None,
    printed: io.TextIOBase | None = None,
) -> Observation:
    """Call the answer twice on the same copies of the inputs; its warnings are dropped. Nothing is worked out from its results.

    seconds: how long the two calls may take together; None is no limit, for whoever has one already.
    printed: where what it prints meanwhile goes; None drops it.
    """
    given = {name: given_value(inputs[name]) for name in probe.arguments}
    results, again, trouble = {}, {}, None
    for one in calls_of(answer, probe):
        if (empty := empty_parts(one)) is not None:
            empty = empty or ([one.__name__] if one is not answer else [])
            return Observation(trouble=Trouble("stub", " and ".join(f"`{name}`" for name in empty)))
    with quiet(printed), no_luck():
        try:
            with time_limit(seconds):
                results = probe.call(answer, given)
                again = probe.call(answer, given)
        except TooLong as limit:
            trouble = Trouble("time", str(limit))
        except NotNumbers as odd:
            trouble = Trouble(odd.kind, what=str(odd))
        except (Exception, SystemExit) as error:
            trouble = Trouble("raised", type(error).__name__, _message(error), students_line(error))
    if trouble and trouble.kind in ("none", "raised") and probe.given and statements(answer) == probe.given:
        trouble = Trouble("stub")
    after = {name: np.array(value, subok=False) for name, value in given.items()}
    return Observation(results, again, after, trouble)


def observe_all(
    probe: Probe,
    answer: Callable,
    all_inputs: Iterable[Mapping[str, np.ndarray]],
    seconds: float | None = None,
    printed: io.TextIOBase | None = None,
) -> list[Observation]:
    """One observation for each case; seconds: the limit for one case. One endless loop is enough: it stands for the rest."""
    seen: list[Observation] = []
    for inputs in all_inputs:
        late = seen and seen[-1].trouble and seen[-1].trouble.kind == "time"
        seen.append(seen[-1] if late else observe(probe, answer, inputs, seconds, printed))
    return seen


def given_value(array: np.ndarray):
    """What the student's function receives: its own copy; a plain number where the input is a single one."""
    return array.item() if array.ndim == 0 else array.copy()


def as_array(value, name: str = "the result") -> np.ndarray:
    """A result as a numpy array of its own: lists, tuples and numpy scalars are fine, text and objects are not."""
    if value is None:
        raise NotNumbers("none", f"None for {name}")
    try:
        array = np.array(value, subok=False)
    except ValueError:
        if isinstance(value, tuple):
            raise NotNumbers("count", f"a tuple of {len(value)}, where {name} alone is wanted") from None
        raise NotNumbers("type", f"rows of different lengths for {name}") from None
    if array.dtype.kind not in "iuf":
        kinds = {"b": "True or False", "c": "complex numbers", "U": "text", "S": "text"}
        held = next(iter(array.flat), value) if array.dtype.kind == "O" else value  # not the array that holds it
        if held is None:
            raise NotNumbers("none", f"None for {name}")
        raise NotNumbers("type", f"{kinds.get(array.dtype.kind, type(held).__name__)} for {name}")
    return array


def identical(a: np.ndarray, b: np.ndarray) -> bool:
    """Same shape, dtype and values; NaN equals itself here."""
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    return a.tobytes() == b.tobytes() or np.array_equal(a, b, equal_nan=a.dtype.kind == "f")  # 0 and -0 are equal


def calls_of(answer: Callable, probe: Probe) -> list[Callable]:
    """What the probe is about: the answer, or those methods of it that the probe names."""
    if not (probe.methods and isinstance(answer, type)):
        return [answer]
    return [one for name in probe.methods if inspect.isfunction(one := getattr(answer, name, None))]


def students_line(error: BaseException) -> str:
    """The last line of the traceback that is the student's: cells are compiled from text, so no file holds them."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        source_line = (frame.line or "").strip()
        if source_line and not os.path.exists(frame.filename):
            return f"line {frame.lineno}: {source_line}"
    return ""


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # a student's exception class may itself be broken
        return ""
