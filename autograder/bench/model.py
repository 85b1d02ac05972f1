"""How many hand-ins a second so many workers grade: a discrete simulation of what each hand-in goes through, step after step.

A step takes a time and holds resources for it: one worker of so many, one core of a machine, the one writer. Of the steps that
could begin, those of hand-ins that are furthest on do, in the order in which they came. So many hand-ins are under way as a run
allows; when one is recorded the next is read.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

GIGABIT = 125e6  # bytes a second: what is assumed of the line to the machine that grades
AHEAD = 2  # jobs under way for each worker, as in grading/cluster.py and grading/command.py


@dataclass(frozen=True)
class Step:
    """One thing that is done for each hand-in: how long it takes, in seconds, and what it holds meanwhile."""

    what: str
    seconds: float
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Simulated:
    """What came of it.

    seconds : until the last hand-in was recorded. rate : hand-ins a second, over the second half. busy : the share of the time for
    which each resource was held, 1 for all of it.
    """

    seconds: float
    rate: float
    busy: dict[str, float]

    @property
    def limit(self) -> str:
        """What was busiest: more of all else would not help."""
        return max(self.busy, key=self.busy.__getitem__)


@dataclass(frozen=True)
class Costs:
    """What one hand-in costs, on average.

    read, record : seconds of the one process that reads hand-ins, and writes gradebook and folders.
    judged : processor seconds of a worker's own process: repair, judging. sandboxed : of its sandbox.
    sent, received : bytes of a job and of what comes back.
    client, scheduler : seconds that Dask takes of the grading process and of the scheduler for a job; 0 where it is not there.
    """

    read: float
    record: float
    judged: float
    sandboxed: float
    sent: int
    received: int
    client: float = 0.0
    scheduler: float = 0.0


def on_this_machine(costs: Costs, workers: int, cores: int) -> tuple[list[Step], dict[str, int]]:
    """`--workers N`: the sandboxes share the cores with the one process that does all else."""
    steps = [
        Step("read, mend, judge", costs.read + costs.judged, ("grader", "cores")),
        Step("sandbox", costs.sandboxed, ("sandboxes", "cores")),
        Step("record", costs.record, ("grader", "cores")),
    ]
    return steps, {"grader": 1, "sandboxes": workers, "cores": cores}


def on_a_cluster(costs: Costs, workers: int, line: float = GIGABIT) -> tuple[list[Step], dict[str, int]]:
    """`--scheduler`: every worker has a core of its own; job and answer go over the scheduler's line, which is the grader's, too.

    line : its bytes a second, each way.
    """
    steps = [
        Step("read and send", costs.read + costs.client / 2, ("writer",)),
        Step("scheduler", costs.scheduler / 2, ("scheduler",)),
        Step("network out", costs.sent / line, ("network out",)),
        Step("worker", costs.judged + costs.sandboxed, ("workers",)),
        Step("network in", costs.received / line, ("network in",)),
        Step("scheduler again", costs.scheduler / 2, ("scheduler",)),
        Step("receive and record", costs.client / 2 + costs.record, ("writer",)),
    ]
    return steps, {"writer": 1, "scheduler": 1, "network out": 1, "workers": workers, "network in": 1}


def simulate(steps: Sequence[Step], there: Mapping[str, int], under_way: int, hand_ins: int) -> Simulated:
    """Take so many hand-ins through the steps. ValueError if a step needs what is not there.

    there : how many there are of each resource. under_way : hand-ins between their first step and their last.
    """
    if any(there.get(one, 0) < 1 for step in steps for one in step.needs) or under_way < 1 or hand_ins < 2:
        raise ValueError("a step needs what is not there, or there is nothing to do")
    free, held = dict(there), dict.fromkeys(there, 0.0)
    waiting = [deque() for _ in steps]
    waiting[0].extend(range(min(under_way, hand_ins)))
    coming, now, done = iter(range(len(waiting[0]), hand_ins)), 0.0, []
    ends: list[tuple[float, int, int]] = []  # when, which hand-in, which step
    while len(done) < hand_ins:
        for number in reversed(range(len(steps))):
            step = steps[number]
            while waiting[number] and all(free[one] for one in step.needs):
                for one in step.needs:
                    free[one] -= 1
                    held[one] += step.seconds
                heapq.heappush(ends, (now + step.seconds, waiting[number].popleft(), number))
        now, who, number = heapq.heappop(ends)
        for one in steps[number].needs:
            free[one] += 1
        if number + 1 < len(steps):
            waiting[number + 1].append(who)
        else:
            done.append(now)
            waiting[0].extend([following] if (following := next(coming, None)) is not None else [])
    half = hand_ins // 2
    rate = (hand_ins - half) / (done[-1] - done[half - 1]) if done[-1] > done[half - 1] else float("inf")
    return Simulated(now, rate, {one: held[one] / (now * there[one]) for one in there})
