"""The judge's side of a run: what is asked of the sandbox, and what is said of its answers. No student code runs here."""

from __future__ import annotations

import hashlib
import threading
from functools import cache

from autograder.examination.judge import Verdict, judge, judge_choice
from autograder.examination.seed import generator
from autograder.examination.test_cell import Question
from autograder.exercises import find_exercise, find_prediction
from autograder.sandbox.inside.observations import as_judged
from autograder.sandbox.request import Request
from autograder.wording import ENGLISH, Wording
from course.letters import read_letter
from course.observe import Observation
from course.probes import exercise_and_part

JUDGED = 20_000  # verdicts that are kept


class Examiner:
    """The judge's side of a run: hidden cases and what known mistakes do on them, worked out once. Thread-safe."""

    def __init__(self, seed: str, wording: Wording = ENGLISH):
        self.seed, self.wording = seed, wording
        self._lock = threading.RLock()
        self.cases = cache(lambda name: find_exercise(name).hidden_cases(generator(name, seed)))
        self.mistakes = cache(lambda name: find_exercise(name).known_mistakes(self.cases(name)))
        self.inputs = cache(lambda name: [case.inputs for case in self.cases(name)])
        self._requests = cache(self._request)
        self._judged: dict[tuple[Question, bytes], Verdict] = {}

    def request_for(self, question: Question, careful: bool) -> Request:
        """What the sandbox is asked."""
        with self._lock:
            return self._requests(question, careful)

    def _request(self, question: Question, careful: bool) -> Request:
        if question.prediction:
            return Request.letter(question.variable)
        name, _ = exercise_and_part(question.variable, question.part)
        return Request.probe(name, question.variable, self.inputs(name), careful)

    def judge(self, question: Question, heard: str | list[Observation]) -> Verdict:
        """The verdict on a letter, or on what an answer was seen to do."""
        if question.prediction:
            if (letter := read_letter(heard)) is None:
                return Verdict(False, "unanswered", False, (f"{question.prediction}: not answered with a letter.",))
            return judge_choice(find_prediction(question.prediction), letter, self.wording)
        known = question, content_of(heard)  # many of a class give the same answer: what was judged once is so again
        with self._lock:
            if known not in self._judged:
                if len(self._judged) >= JUDGED:
                    self._judged.clear()
                self._judged[known] = self._judge(question, heard)
            return self._judged[known]

    def _judge(self, question: Question, heard: list[Observation]) -> Verdict:
        name, part = exercise_and_part(question.variable, question.part)
        exercise = find_exercise(name)
        probe, cases = exercise.probe, self.cases(name)
        seen = [as_judged(probe, case.inputs, one) for one, case in zip(heard, cases, strict=True)]
        return judge(exercise, cases, seen, part, self.mistakes(name), self.wording)


def content_of(heard: list[Observation]) -> bytes:
    """A digest of all that was observed, every bit of every array: equal for answers that no judge could tell apart."""
    content = hashlib.sha256()
    for one in heard:
        content.update(repr(one.trouble).encode("utf-8", "backslashreplace"))
        for arrays in (one.results, one.again, one.after):
            content.update(repr([(name, array.dtype.str, array.shape) for name, array in arrays.items()]).encode())
            for array in arrays.values():
                content.update(array.tobytes())
    return content.digest()
