"""From what a student's code did to what a tutor would say. Pure: observations in, a finding out.

The visible check calls this with the public cases of `course/fixtures/`, the hidden examination with cases drawn afresh;
both therefore look for the same things in the same order, and speak with the same voice.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from course import compare
from course.observe import Arrays, Observation, Probe, Trouble, given_value

WHOLE = "to dtype('int"  # in numpy's words when a float is to go into an array of whole numbers
SAID = 160  # characters that a submission's process may say of itself in feedback: shape, type, names of results
SHOWN = 32  # numbers: a call with more is not printed


@dataclass(frozen=True)
class Case:
    """Inputs, what kind of case they are, and what a right answer gives."""

    about: str
    inputs: Arrays
    expected: Arrays


@dataclass(frozen=True)
class Mistake:
    """A known wrong answer: its name, its hints from "reconsider" to "the line of maths", and what it gives on the cases.

    called : its name for people, in another language than ours.
    """

    name: str
    hints: tuple[str, ...]
    observe: Callable[[], Iterable[Observation]]
    called: str = ""

    def found(self) -> Finding:
        """The finding that an answer does what this mistake does."""
        return Finding(self.name, self.hints[0], mistake=True, hints=self.hints, called=self.called or title(self.name))


@dataclass(frozen=True)
class Finding:
    """What is wrong: `kind` is a mistake's name where `mistake` is true, else one of the general kinds."""

    kind: str
    message: str
    case: Case | None = None
    table: tuple[str, ...] = ()
    mistake: bool = False
    hints: tuple[str, ...] = ()
    called: str = ""  # of a mistake: its name for people


def diagnose(
    probe: Probe,
    cases: Sequence[Case],
    observations: Sequence[Observation],
    mistakes: Sequence[Mistake],
    part: str | None = None,
    rtol: float = compare.RTOL,
) -> Finding | None:
    """None if every observation is right in the asked part (all results where `part` is None), else one finding."""
    parts = (part,) if part else probe.results
    wrong = [
        (case, seen)
        for case, seen in zip(cases, observations, strict=True)
        if not right(probe, case, seen, parts, rtol)
    ]
    if not wrong:
        return None
    trouble = wrong[0][1].trouble
    if trouble and (trouble.kind == "stub" or trouble.what == "NotImplementedError"):
        what = f"{trouble.what} is" if trouble.kind == "stub" and trouble.what else "the stub is"
        return Finding("stub", f"{what} not filled in yet.")
    return _recognised(probe, cases, observations, mistakes, parts, rtol) or _described(probe, wrong, parts, rtol)


def right(probe: Probe, case: Case, seen: Observation, parts: Sequence[str], rtol: float = compare.RTOL) -> bool:
    """True if one observation is right: no trouble, no changed argument, right results, twice."""
    if seen.trouble or seen.changed(case.inputs):
        return False
    if probe.flaw:
        return probe.flaw(seen.results) is None and probe.flaw(seen.again) is None
    return all(
        compare.same(seen.results[name], case.expected[name], rtol)
        and compare.alike(seen.again[name], seen.results[name], rtol)
        for name in parts
    )


def _recognised(probe, cases, observations, mistakes, parts, rtol) -> Finding | None:
    """The first known mistake that does, on every case, what the student's code did."""
    if probe.flaw:
        whole = [results for seen in observations if not seen.trouble for results in (seen.results, seen.again)]
        flaw = next((name for results in whole if (name := probe.flaw(results))), None)
        known = [mistake for mistake in mistakes if mistake.name == flaw]
        return known[0].found() if known else None
    numbers = [(case, seen) for case, seen in zip(cases, observations, strict=True) if not seen.trouble]
    wrong_alone = [
        (name,)
        for name in parts
        if len(parts) > 1 and not all(right(probe, case, seen, (name,), rtol) for case, seen in numbers)
    ]
    # All results together first, then those that are asked, then the first wrong one by itself.
    for names in dict.fromkeys([tuple(probe.results), tuple(parts), *wrong_alone]):
        likely = None
        others = tuple(name for name in probe.results if name not in names)
        for mistake in mistakes:
            if not all(
                _does_the_same(seen, other, case, names, rtol)
                for seen, other, case in zip(observations, mistake.observe(), cases, strict=True)
            ):
                continue
            if others and not _leaves_alone(probe, cases, mistake, others, rtol):
                continue  # what it is known for is not only what was seen here, and its hints may speak of all of it
            found = mistake.found()
            if [_message_of(seen) for seen in observations] == [_message_of(other) for other in mistake.observe()]:
                return found
            if likely is None and not all(seen.trouble for seen in observations):
                likely = found
        if likely:  # raised the same errors in other words (`@` for np.dot), and gave the same numbers elsewhere
            return likely
    return None


def _leaves_alone(probe, cases, mistake, names, rtol) -> bool:
    """True if the mistake gets these results right wherever it gives any: its hints are about the others alone."""
    return all(
        seen.trouble or all(compare.same(seen.results[name], case.expected[name], rtol) for name in names)
        for case, seen in zip(cases, mistake.observe(), strict=True)
    )


def _does_the_same(seen: Observation, known: Observation, case: Case, names: Sequence[str], rtol: float) -> bool:
    if seen.trouble or known.trouble:
        return _kind_of(seen.trouble) == _kind_of(known.trouble)
    return all(
        compare.alike(seen.results[name], known.results[name], rtol)
        and compare.alike(seen.again[name], known.again[name], rtol)
        for name in names
    ) and seen.changed(case.inputs) == known.changed(case.inputs)


def _kind_of(trouble: Trouble | None):
    return trouble and (trouble.kind, trouble.what, trouble.meeting)


def _message_of(seen: Observation) -> str:
    return seen.trouble.message if seen.trouble else ""


def _described(probe: Probe, wrong: Sequence[tuple[Case, Observation]], parts: Sequence[str], rtol: float) -> Finding:
    """No known mistake: say what is wrong with the first wrong case, in the order a tutor would look."""
    case, seen = wrong[0]
    if seen.trouble:
        return Finding(seen.trouble.kind, _trouble_message(probe, seen.trouble, case), case)
    first = next((one for one in parts if not right(probe, case, seen, (one,), rtol)), None)
    if first in probe.flags:
        return Finding("flag", probe.flags[first], case)
    name, found = _first_difference(case, seen, parts, rtol)
    if found and found.kind == "shape":
        return Finding("shape", found.message, case)
    if changed := seen.changed(case.inputs):
        names = " and ".join(f"`{name}`" for name in changed)
        whole = any(case.inputs[one].dtype.kind in "iu" for one in changed)
        return Finding(
            "changed",
            f"your function changes the caller's {names}, which whoever called it still needs. Build a new array, as an "
            f"expression such as `{changed[0]} - 1` does; `np.asarray` makes none of what is an array already."
            + (" (A copy of an array of whole numbers stays an array of whole numbers.)" if whole else ""),
            case,
        )
    if found and (found.ratio or found.nearly):  # a regularity of one case: is it one of all?
        for case_, seen_ in wrong[1:]:
            if not _holds(found, case_, seen_, name, rtol):
                case, (name, found) = case_, _first_difference(case_, seen_, parts, rtol, patterns=False)
                break
    if found:
        return Finding(found.kind, found.message, case, found.table)
    return Finding(
        "again",
        "the same call made twice gives two different results. Something is remembered between the calls: a global "
        "variable, a default argument, an array that is updated in place.",
        case,
    )


def _first_difference(case: Case, seen: Observation, parts: Sequence[str], rtol: float, patterns: bool = True):
    """The first of the asked results that differs, and how; (None, None) if none does."""
    for name in parts:
        if found := compare.difference(name, seen.results[name], case.expected[name], rtol, patterns):
            return name, found
    return None, None


def _holds(found: compare.Difference, case: Case, seen: Observation, name: str, rtol: float) -> bool:
    """True if in this case, too, the result is off by the ratio, or by digits, that were found; also where that cannot be seen."""
    if seen.trouble or seen.changed(case.inputs) or seen.results[name].shape != case.expected[name].shape:
        return True
    observed, expected = seen.results[name], case.expected[name]
    if compare.difference(name, observed, expected, rtol) is None:
        return True
    return (
        compare.scaled(observed, expected, found.ratio, rtol)
        if found.ratio
        else compare.may_be_rounded(observed, expected)
    )


def _trouble_message(probe: Probe, trouble: Trouble, case: Case) -> str:
    if trouble.kind == "raised":
        said = f": {trouble.message}" if trouble.message else ""
        where = f", in your {trouble.line}" if trouble.line else ""
        more = ""
        if WHOLE in said:
            whole = [name for name, array in case.inputs.items() if array.ndim and array.dtype.kind in "iu"]
            named = [name for name in whole if re.search(rf"\b{name} *[-+*/]?=", trouble.line)] or whole
            where_from = f"here `{named[0]}` is one" if named else "where do you make one?"
            more = f". An array of whole numbers takes no fractions; {where_from}"
        elif "for ^" in said or "bitwise_xor" in said:
            more = ". (A square is `** 2`; `^` is another operation.)"
        elif "could not be broadcast" in said:
            more = ". Entry by entry, shapes are lined up from the right: there, equal lengths or a 1 must meet"
        elif trouble.what == "NameError":
            none = "" if probe.script else f", and it is no argument of {', '.join(probe.arguments)}"
            more = f". No cell that ran has made it{none}"
        elif "truth value of an array" in said:
            more = " `if`, `and` and Python's own max want one yes or no; comparing arrays gives one for each entry"
        elif sizes := re.search(r"\(size (\d+) is different from (\d+)\)", said):
            more = f". In your product an axis of length {sizes[2]} meets one of length {sizes[1]}"
        return f"your code raised {trouble.what}{said}{where}{more}"
    if trouble.kind == "time":
        return f"your code did not finish within {trouble.what} s. Is there a loop that never ends?"
    if trouble.kind == "crashed":
        return "your code ended the process that ran it, so there is no answer to look at."
    if trouble.kind == "missing":
        return f"there is no `{trouble.what}` when this cell is reached. Does the cell with your definition run without an error?"
    if trouble.kind == "none":
        if trouble.what.startswith("None for ") and len(probe.results) > 1:  # others may be worked out
            return f"your function returned {trouble.what}, which should be numbers. Is that one worked out yet?"
        return f"your function returned {trouble.what}. Is there a `return` on every way through it?"
    if trouble.kind == "count":
        return f"your function returned {trouble.what}" + "." * (not trouble.what.endswith("?"))
    return f"your function returned {trouble.what}; numbers are wanted."


def title(name: str) -> str:
    """A mistake's name as people write it."""
    return re.sub(r"(?<![0-9]e)-", " ", name).replace(" callers ", " caller's ")


def without_data(finding: Finding, seen: Sequence[Observation]) -> Finding:
    """The finding as feedback may show it: nothing that quotes a hidden input or an expected value.

    A student's own exception text can quote the inputs, and so can the name of an exception class of their making.
    """
    message = finding.message
    if not finding.mistake:
        trouble = next((one.trouble for one in seen if one.trouble), None)
        if finding.kind == "raised" and trouble:
            where = f", in your {trouble.line}" if trouble.line else ""
            message = f"your code raised {public_name(trouble.what)}{where}"
        elif trouble and (len(trouble.what) > SAID or not trouble.what.isprintable()):
            message = "your function returned something that is no answer."
        elif finding.kind == "shape":
            message = f"{message.split(' ', 1)[0]} has the wrong shape."
    return Finding(finding.kind, message, None, (), finding.mistake, finding.hints, finding.called)


def public_name(exception: str) -> str:
    """The name of an exception of Python's own; any other is of a student's making, and can quote what it likes."""
    return exception if isinstance(getattr(builtins, exception, None), type) else "an exception"


def call_text(name: str, probe: Probe, case: Case, named: bool = True) -> str | None:
    """The call that went wrong, to paste into the free cell; None if it is too large to read.

    named: with the names of the arguments, where the student's function has them, too.
    """
    if sum(case.inputs[name].size for name in probe.arguments) > SHOWN:
        return None
    if probe.text:
        written = probe.text(**{key: given_value(case.inputs[key]) for key in probe.arguments})
        return "\n".join(f"  {line}" for line in written.splitlines())
    arguments = ", ".join(
        f"{key}={_literal(case.inputs[key])}" if named else _literal(case.inputs[key]) for key in probe.arguments
    )
    return f"  {name.split('.')[0]}({arguments})"  # of a part, too, the whole function is called


def _literal(array) -> str:
    return repr(array.item()) if array.ndim == 0 else f"np.array({array.tolist()!r})"
