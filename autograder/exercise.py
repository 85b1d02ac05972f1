"""What declares an exercise: reference, kinds of cases, known mistakes, right solutions; and what declares a prediction."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np

from autograder import bends
from autograder.wording import ENGLISH, Wording
from course.compare import RTOL
from course.diagnose import Case, Mistake
from course.letters import LETTERS
from course.observe import Observation, Probe, observe, observe_all
from course.probes import all_probes

Inputs = Mapping[str, object]
DECK = "deck 492"  # of those tried, one that gives no chapter a letter three times (tests/test_selftest.py)
DRAWS = 400  # of hidden cases, before it is said that a kind cannot give what is wanted


@dataclass(frozen=True)
class Kind:
    """A kind of case: one public example of it, and a generator of hidden ones.

    `about` is what a student reads. A kind whose `hidden` is None is public only (a number to recognise, never a trap).
    `seed` adds a second public example, drawn as the hidden ones are: round numbers, which are good to read, hide a rounding.
    """

    about: str
    public: Inputs
    hidden: Callable[[np.random.Generator], Inputs] | None
    seed: int | None = None

    def examples(self) -> list[tuple[str, Inputs]]:
        """What it is called, and the inputs, of each public example."""
        first = [(self.about, self.public)]
        if self.seed is None or self.hidden is None:
            return first
        return [*first, (f"{self.about}, in many digits", self.hidden(np.random.default_rng(self.seed)))]


@dataclass(frozen=True)
class KnownMistake:
    """A wrong implementation that people really write, and what a tutor says: reconsider, a number to try, the maths."""

    name: str
    answer: Callable
    hints: tuple[str, ...]


@dataclass
class Exercise:
    """One function a student writes. Declare with keywords, then add `@exercise.mistake(...)` and `@exercise.solution`."""

    name: str
    reference: Callable
    kinds: Sequence[Kind]
    rtol: float = RTOL
    graded: bool = True  # False for one that a lesson demonstrates
    # The id of its solution cell, where that is not its own name: Value.diamond stands in `value-backward`.
    cell: str = ""
    shows: tuple[
        bends.Bend, ...
    ] = ()  # what hidden cases refuse or let pass as the public ones do, besides `bends.BENDS`
    mistakes: list[KnownMistake] = field(default_factory=list)
    solutions: list[Callable] = field(default_factory=list)

    @property
    def chapter(self) -> str:
        return all_probes()[self.name][0]

    @property
    def cell_id(self) -> str:
        """The id of its solution cell: relu_backward is `relu-backward`, MultiplyGate is `multiply-gate`."""
        return self.cell or re.sub(r"(?<=[a-z])(?=[A-Z][a-z])|_", "-", self.name).lower()

    @property
    def module(self) -> str:
        """The name of the module with its known mistakes: Dense.weights is `dense_weights`, ReLU is `relu`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z][a-z])|\.", "_", self.name).lower()

    @property
    def probe(self) -> Probe:
        return all_probes()[self.name][1]

    def mistake(self, name: str, *hints: str) -> Callable[[Callable], Callable]:
        """Register a known mistake: `@relu_backward.mistake("gate-on-upstream", "Who was clipped ...?", ...)`."""

        def register(answer: Callable) -> Callable:
            self.mistakes.append(KnownMistake(name, answer, hints))
            return answer

        return register

    def solution(self, answer: Callable) -> Callable:
        """Register a right solution, written differently from the reference."""
        self.solutions.append(answer)
        return answer

    def public_cases(self) -> tuple[Case, ...]:
        """The cases of `check`, in the order of the kinds."""
        return tuple(self.case(*example) for kind in self.kinds for example in kind.examples())

    def hidden_cases(self, rng: np.random.Generator) -> tuple[Case, ...]:
        """One case of each kind, in a drawn order; drawn until they refuse and let pass what the public cases do.

        Raises RuntimeError where the kinds do not allow it.
        """
        kinds = [kind for kind in self.kinds if kind.hidden]
        cases = [self._draw(kind, rng) for kind in kinds]
        shown = [self._shown([case]) for case in cases]  # together they show what each of them does
        for turn in range(DRAWS):
            if frozenset().union(*shown) == self._shown_publicly:
                return tuple(cases[place] for place in rng.permutation(len(cases)))
            place = turn % len(kinds)
            cases[place] = self._draw(kinds[place], rng)
            shown[place] = self._shown([cases[place]])
        differ = self._shown(cases) ^ self._shown_publicly
        raise RuntimeError(f"{self.name}: the public cases and {DRAWS} draws of hidden ones differ in {sorted(differ)}")

    def _draw(self, kind: Kind, rng: np.random.Generator) -> Case:
        """A hidden case; one that can be computed in float32 if its public example can."""
        for _ in range(DRAWS):
            case = self.case(kind.about, kind.hidden(rng))
            if self.probe.script or self._holds_in_float32(case) or not self._float32_publicly[kind.about]:
                break
        return case

    def _holds_in_float32(self, case: Case) -> bool:
        return bends.holds_in_float32(self.probe, self.reference, case, self.rtol)

    def _shown(self, cases: Sequence[Case]) -> frozenset[tuple[str, str]]:
        return frozenset() if self.probe.flaw else bends.shown(cases, self.probe.results, self.rtol, self.shows)

    @cached_property
    def _shown_publicly(self) -> frozenset[tuple[str, str]]:
        return self._shown(self.public_cases())

    @cached_property
    def _float32_publicly(self) -> dict[str, bool]:
        return {kind.about: self._holds_in_float32(self.case(kind.about, kind.public)) for kind in self.kinds}

    def case(self, about: str, inputs: Inputs) -> Case:
        """Inputs as arrays, with what the reference makes of them."""
        arrays = {name: np.array(inputs[name]) for name in self.probe.arguments}
        seen = observe(self.probe, self.reference, arrays)
        if seen.trouble or seen.changed(arrays):
            raise RuntimeError(f"the reference of {self.name} fails on the case {about!r}: {seen.trouble}")
        return Case(about, arrays, seen.results)

    def observe(self, answer: Callable, cases: Sequence[Case], seconds: float | None = None) -> list[Observation]:
        """What the answer does on these cases; seconds: the limit for one of them."""
        return observe_all(self.probe, answer, (case.inputs for case in cases), seconds)

    def known_mistakes(self, cases: Sequence[Case]) -> tuple[Mistake, ...]:
        """The known mistakes as the diagnosis wants them: what each does on these cases, worked out when asked, once."""
        return tuple(
            Mistake(known.name, known.hints, cache(lambda known=known: self.observe(known.answer, cases)))
            for known in self.mistakes
        )


@dataclass(frozen=True)
class Prediction:
    """A choice made before the answer is shown. `wrong`: (choice, what whoever takes it assumes and a number to try)."""

    name: str
    question: str
    right: str
    because: str
    wrong: tuple[tuple[str, str], ...]
    points: int = 1

    def choices(self, wording: Wording = ENGLISH) -> dict[str, tuple[str, str, bool]]:
        """Letter to (choice, reply, right or not), in an order that the name decides: shuffled, and the same in every language."""
        everything = [(self.right, self.because, True), *((text, reply, False) for text, reply in self.wrong)]
        everything.sort(key=lambda choice: hashlib.sha256(f"{DECK}: {self.name}/{choice[0]}".encode()).digest())
        said = [(wording.say(text), wording.say(reply), right) for text, reply, right in everything]
        return dict(zip(LETTERS, said, strict=True))

    @property
    def letter(self) -> str:
        return next(letter for letter, (_, _, right) in self.choices().items() if right)
