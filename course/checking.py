"""`check(answer)`: passed, or one hint. Works on a student's machine, from public cases only."""

from __future__ import annotations

import difflib
import dis
import inspect
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from course import cases, ladder
from course.diagnose import Case, Finding, call_text, diagnose
from course.hint import Hint, fill, good_news
from course.idiom import in_numpy
from course.letters import LETTERS
from course.letters import read_letter as as_letter
from course.naming import written_name
from course.observe import SECONDS, Observation, observe_all
from course.probes import all_probes, chapters_here, exercise_and_part

PRINTED, PRINTED_LINES = 2000, 8  # characters and lines that are kept of what an answer prints

_met: dict[tuple[str, str | None], tuple[str, int]] = {}  # (exercise, part): the mistake met last, how often in a row


def check(answer, detail: str | None = None) -> None:
    """Say whether an answer is right so far.

    `check(relu_backward)` tries a function on the public cases, `check(neuron_backward, "dx")` one of its results,
    `check("dbiases-shape", letter)` a prediction. Prints one line if all is well; raises `Hint` otherwise.
    """
    if isinstance(answer, str):
        print(check_prediction(answer, detail))
        return
    name, detail = exercise_and_part(exercise_name(answer, written_name(sys._getframe(1))), detail)
    trial = try_public_cases(name, answer, detail)
    if trial.finding is None:
        _met.pop((name, detail), None)
        about = f"{name}, {detail}" if detail else name
        print(good_news(f"passed: {about}"))
        print(fill(f"tried on {'; '.join(case.about for case in trial.cases)}"))
        if shorter := in_numpy(answer):
            print(fill(shorter))
        trial.printed.show()
        return
    if other := _other_arguments(answer, name):
        trial = replace(trial, finding=other)
    trial.printed.show()
    notes = [*_outside_names(answer), *_shared_defaults(answer), *ladder.never_written(answer, trial.finding)]
    raise Hint(*_lines(name, detail, answer, trial), *notes)


class Printed(io.StringIO):
    """What an answer prints while it is tried: the first lines are kept."""

    def write(self, text: str) -> int:
        if self.tell() < PRINTED:
            super().write(text[:PRINTED])
        return len(text)

    def show(self) -> None:
        """Show it as the answer's own words, shortened."""
        lines = list(dict.fromkeys(self.getvalue().splitlines()))  # it is called twice on each case
        if lines:
            print("While it was tried, your code printed:")
            print("\n".join(f"  | {line[:70]}" for line in lines[:PRINTED_LINES]))
            if len(lines) > PRINTED_LINES:
                print("  | ...")


@dataclass(frozen=True)
class Trial:
    """An answer on the public cases: what was observed, the finding (None: all right), and what it printed."""

    finding: Finding | None
    cases: tuple[Case, ...]
    observations: tuple[Observation, ...]
    printed: Printed


def try_public_cases(name: str, answer: Callable, part: str | None = None) -> Trial:
    """Try an answer on the public cases of its exercise, or one of its results."""
    if name not in all_probes():
        parts = [one.removeprefix(f"{name}.") for one in all_probes() if one.startswith(f"{name}.")]
        raise Hint(f'{name} is checked in parts, as in check({name}, "{parts[0]}"); they are {", ".join(parts)}.')
    chapter, probe = all_probes()[name]
    if chapter not in chapters_here():
        raise Hint(
            f"{name} is checked in {chapter}, which your course leaves out: there is nothing here to check it with."
        )
    known = cases.public(chapter, name)
    if part is not None and part not in probe.results:
        raise Hint(f'{name} has no result "{part}"; its results are {", ".join(probe.results)}.')
    printed = Printed()
    observations = observe_all(probe, answer, (case.inputs for case in known.cases), SECONDS, printed)
    finding = diagnose(probe, known.cases, observations, known.mistakes, part, known.rtol)
    return Trial(finding, known.cases, tuple(observations), printed)


def check_prediction(name: str, letter: str | None) -> str:
    """The explanation of the right choice; a wrong one raises with what it assumes, never with the letter."""
    prediction = cases.prediction(name)
    if prediction is None and name in all_probes():
        raise Hint(f"{name} is a function, so give it to check without quotes: check({name}).")
    if prediction is None:
        raise Hint(f'There is no prediction "{name}".{_nearest(name, cases.prediction_names())}')
    chosen = read_letter(name, letter)
    right, reply = prediction.replies[chosen]
    if not right:
        raise Hint(f"{name}: not ({chosen}).", reply)
    return f"{good_news(f'passed: {name}')}\n{fill(reply)}"


def read_letter(name: str, written) -> str:
    """One of a, b, c, d, from what the student wrote; `Hint` if it is none."""
    if written is None or not str(written).strip().strip("()."):
        raise Hint(f"{name}: not answered yet. Write one letter between the quotes, then run both cells.")
    if (chosen := as_letter(written)) is None:
        raise Hint(f"{name}: {written!r} is not one of the letters {', '.join(LETTERS)}.")
    return chosen


def exercise_name(answer, written: str | None) -> str:
    """The exercise that is meant: by the name in the cell, else by the function's own name."""
    known = {name.split(".")[0] for name in all_probes()}
    own = getattr(answer, "__name__", None)
    for name in (written, own):
        if name in known:
            break
    else:
        if not callable(answer) and not written:
            one = type(answer).__name__
            what = f"the class itself, not one {one}" if one in known else "the function itself, not what it returns"
            raise Hint(
                f"check wants {what}: its name, with no brackets behind it, as in check({one if one in known else 'double'})."
            )
        name = written or own or type(answer).__name__
        here = {one.split(".")[0] for one, (chapter, _) in all_probes().items() if chapter in chapters_here()}
        raise Hint(f"check knows no exercise called {name}.{_nearest(name, here)}")
    if not callable(answer):
        raise Hint(
            f"{name} should be a function; here it is {type(answer).__name__}. Run the cell with your `def` again."
        )
    return name


def _lines(name: str, part: str | None, answer: Callable, trial: Trial) -> list[str]:
    """What the student reads: the hint of the rung they have reached, and the call to try it on."""
    finding, probe = trial.finding, all_probes()[name][1]
    before, times = _met.get((name, part), ("", 0))
    times = times + 1 if before == finding.kind else 1
    _met[name, part] = (finding.kind, times)
    if finding.kind == "stub":
        cell = "the cell above, run it" if finding.message.startswith("the stub") else "its cell, run that"
        more = ladder.before_the_first_try(name, probe, trial.cases, answer, times)
        return [f"{name}: {finding.message}", f"Fill in {cell}, then run this cell again.", *more]
    if not finding.mistake:
        lines = [f"{name}: {finding.message}", *finding.table, *ladder.in_a_class(finding, answer)]
        lines += ladder.climb(probe, trial.cases, trial.observations, finding, part, times)
        if finding.kind != "time":  # each part would take its time again
            lines += _earlier_part(name, answer)
    else:
        lines = [
            f'{name}: this looks like a known mistake, "{finding.called}".',
            *finding.hints[: min(times, len(finding.hints))],
        ]
        lines += _still_zero(name, part, trial)
    if finding.kind == "missing" and isinstance(answer, type):
        lines.append(
            f"If you ran the cell of `class {name.split('.')[0]}` again, the class is new, and what later cells had"
        )
        lines[-1] += " added to it is gone: run the cells between that one and this one once more, in order."
    if finding.case:
        call = call_text(name, probe, finding.case, named=set(probe.arguments) <= set(_parameters(answer)))
        lines.append(f"Case: {finding.case.about}." + (" Try it yourself:" if call else ""))
        lines += [call] if call else []
    return lines


def _signature(answer: Callable) -> list[inspect.Parameter] | None:
    """A function's parameters; None where they cannot be read."""
    try:
        return list(inspect.signature(answer).parameters.values())
    except (TypeError, ValueError):
        return None


def _parameters(answer: Callable) -> tuple[str, ...]:
    """Their names, as far as they can be read."""
    return tuple(one.name for one in _signature(answer) or ())


def _other_arguments(answer: Callable, name: str) -> Finding | None:
    """A function that takes other arguments, or the right ones in another order: all else that is wrong follows from it."""
    probe, mine = all_probes()[name][1], _parameters(answer)
    if probe.script or mine == probe.arguments or not _takes_plain_arguments(answer):
        return None
    signature = f"your function takes ({', '.join(mine)}), and is called with ({', '.join(probe.arguments)})"
    if sorted(mine) == sorted(probe.arguments):
        return Finding("arguments", f"{signature}, in this order.")
    try:
        inspect.signature(answer).bind(*probe.arguments)
        return None  # other names, or more arguments with defaults: it can be called
    except TypeError:
        lacks = [one for one in probe.arguments if one not in mine]
        more = [one for one in mine if one not in probe.arguments]
        said = [f"{' and '.join(f'`{one}`' for one in lacks)} is missing" if lacks else ""]
        said.append(f"nobody hands it {' or '.join(f'`{one}`' for one in more)}" if more else "")
        return Finding(
            "arguments", f"{signature}: {', and '.join(one for one in said if one) or 'their number differs'}."
        )


def _takes_plain_arguments(answer: Callable) -> bool:
    """True if the function can be read, and has neither *args nor **kwargs."""
    parameters = _signature(answer)
    any_number = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
    return parameters is not None and not any_number & {one.kind for one in parameters}


def _outside_names(answer) -> list[str]:
    """A word on variables of the notebook that the function uses without having been given them."""
    code = getattr(answer, "__code__", None)
    read = [one.argval for one in dis.get_instructions(code) if one.opname == "LOAD_GLOBAL"] if code else []
    values = {name: answer.__globals__.get(name) for name in dict.fromkeys(read)}  # co_names holds attributes as well
    found = [name for name, value in values.items() if isinstance(value, (int, float, list, tuple, np.ndarray))]
    if not found:
        return []
    names = " and ".join(f"`{name}`" for name in found)
    return [f"Note: your function reads {names} from the notebook; it was not given as an argument."]


def _shared_defaults(answer) -> list[str]:
    """A word on a default argument that was made once and has been written into since: every call shares it."""
    methods = (
        [one for one in vars(answer).values() if inspect.isfunction(one)] if isinstance(answer, type) else [answer]
    )
    for one in methods:
        for parameter in _signature(one) or ():
            default = parameter.default
            if isinstance(default, (list, dict, set)) and len(default):
                about = "objects" if isinstance(answer, type) else "calls"
                return [
                    f"Note: the default of `{parameter.name}` is made once, when `def` runs, and all {about} share it; now there "
                    f"stands something in it. Make a new one inside."
                ]
    return []


def _still_zero(name: str, part: str | None, trial: Trial) -> list[str]:
    """A word on a result that is 0 on every case: perhaps nobody has written it yet."""
    probe = all_probes()[name][1]
    results = [one for one in probe.results if one not in probe.flags]  # a no is no number that is still to come
    seen = [one for one in trial.observations if not one.trouble]
    zero = [
        one
        for one in ((part,) if part else results)
        if len(probe.results) > 1
        and seen
        and all(not np.any(observed.results[one]) for observed in seen)
        and any(np.any(case.expected[one]) for case in trial.cases)
    ]
    names = " and ".join(f"`{one}`" for one in zero)
    why = "is 0 because it is" if len(zero) == 1 else "are 0 because they are"
    return [f"(If {names} {why} not written yet, then that is all that this says.)"] if zero else []


def _earlier_part(name: str, answer: Callable) -> list[str]:
    """A word on a part before this one that fails, too: what is wrong in both may have a name there.

    Of a class that grows in steps only the forward pass counts, on which backward rests: other steps rest on none.
    """
    whole, _, part = name.partition(".")
    if not part:
        return []
    methods = {one: probe.methods for one, (_, probe) in all_probes().items() if one.startswith(f"{whole}.")}
    earlier = list(methods)[: list(methods).index(name)]
    if methods[name]:
        earlier = [one for one in earlier if "backward" in methods[name] and "forward" in methods[one]]
    failing = [(one, found) for one in earlier if (found := try_public_cases(one, answer).finding)]
    if not failing:
        return []
    before, finding = next((one for one in failing if one[1].mistake), failing[0])
    said = f', which says "{finding.called}"' if finding.mistake else ""
    before = before.partition(".")[2]
    return [f'(check({whole}, "{before}") does not pass either{said}. It may be the same mistake.)']


def _nearest(name: str, known) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f" Did you mean {near[0]}?" if near else ""
