"""What a hand-in costs, measured: the parts that `model.py` reckons with, and real runs to hold it to."""

from __future__ import annotations

import operator
import os
import pickle
import statistics
import tempfile
import time
from concurrent.futures import Executor, Future
from pathlib import Path

import psutil

from autograder.bench.grading import CHAPTER, PYTHON, make_class, released, run
from autograder.bench.model import Costs
from autograder.course_dir import CourseDir

BATCH = 16  # as many hand-ins as are recorded at once
PARCELS = 200  # that the scheduler is measured with


class _Inline(Executor):
    """Does each job at once, and notes what it took."""

    def __init__(self):
        self.forget()

    def forget(self) -> None:
        """Begin anew. Seconds by the clock and of our own process, bytes, seconds between two jobs, seconds spent on looking."""
        self.walls, self.own, self.sizes, self.gaps = [], [], [], []
        self._last, self.aside = None, 0.0

    def submit(self, function, job) -> Future:
        began, used = time.perf_counter(), time.thread_time()
        if self._last is not None:
            self.gaps.append(began - self._last)
        future: Future = Future()
        future.set_result(function(job))
        ended, self_used = time.perf_counter(), time.thread_time() - used
        self.walls.append(ended - began)
        self.own.append(self_used)
        self.sizes.append((len(pickle.dumps(job)), len(pickle.dumps(future.result()))))
        self._last = time.perf_counter()
        self.aside += self._last - ended
        return future


def measure_costs(course: CourseDir, hand_ins: int, isolation: str) -> Costs:
    """Grade a made-up class of 06-batch in this process, one hand-in after the other, and see where the time goes."""
    from autograder.grading.run import grade, open_run
    from autograder.grading.sandboxes import close_sandboxes, prepare_sandboxes
    from autograder.grading.tasks import Workers
    from autograder.sandbox.limits import Limits

    limits, inline = Limits(), _Inline()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        made = make_class(released(course, Path(name) / "released"), Path(name) / "made", hand_ins + BATCH, False)
        prepare_sandboxes(isolation, limits, 1)
        try:
            with open_run(
                CourseDir(made), [CHAPTER], Workers(inline, lambda: BATCH, isolation, limits), False
            ) as opened:
                outcomes = grade(opened)
                for _ in range(BATCH):  # what is made once for all is made by then
                    next(outcomes)
                inline.forget()
                began, used = time.perf_counter(), _used_below()
                graded = sum(1 for _ in outcomes)
                seconds = time.perf_counter() - began
                sandboxed = sum(now - used.get(pid, 0.0) for pid, now in _used_below().items())
        finally:
            close_sandboxes()
    read = statistics.median(inline.gaps)
    wall, own = sum(inline.walls) / graded, sum(inline.own) / graded
    head = (seconds - inline.aside) / graded - wall
    sent, received = (round(statistics.mean(sizes)) for sizes in zip(*inline.sizes, strict=True))
    return Costs(read, max(0.0, head - read), own, sandboxed / graded, sent, received, *_costs_of_dask(sent, received))


def _used_below() -> dict[int, float]:
    """Processor seconds of each process that this one has started, with those of what has ended below it."""
    return {one.pid: sum(one.cpu_times()[:4]) for one in psutil.Process().children(recursive=True)}


def _costs_of_dask(sent: int, received: int) -> tuple[float, float]:
    """Processor seconds of the client and of the scheduler for a job of these sizes; 0 for both where Dask is not installed.

    Jobs go in parcels, here as if those of one had nothing in common.
    """
    try:
        from distributed import Client
        from distributed.deploy.subprocess import SubprocessCluster

        from autograder.grading.cluster import TOGETHER
    except ModuleNotFoundError:
        return 0.0, 0.0
    sent, received, jobs = sent * TOGETHER, received * TOGETHER, PARCELS * TOGETHER
    known = {one.pid for one in psutil.Process().children(recursive=True)}
    plain = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    with SubprocessCluster(worker_class="distributed.Worker", **plain) as cluster, Client(cluster) as client:
        client.wait_for_workers(1)
        ours = [one for one in psutil.Process().children(recursive=True) if one.pid not in known]
        scheduler = next(one for one in ours if "distributed.Scheduler" in " ".join(one.cmdline()))
        _echo(client, 20, sent, received)
        before, used = time.process_time(), _used(scheduler)
        _echo(client, PARCELS, sent, received)
        return (time.process_time() - before) / jobs, (_used(scheduler) - used) / jobs


def _echo(client, tasks: int, sent: int, received: int) -> None:
    """So many tasks that take what a parcel sends and give back as much as its answer has, a few of them under way at any time."""
    for _ in range(tasks // BATCH + 1):
        payloads = [os.urandom(max(sent, received)) for _ in range(BATCH)]
        under_way = [client.submit(operator.getitem, one, slice(0, received), pure=False) for one in payloads]
        for one in under_way:
            one.result()


def _used(process: psutil.Process) -> float:
    return sum(process.cpu_times()[:2])


def real_rate(course: CourseDir, workers: int, hand_ins: int, rounds: int = 3) -> float:
    """Hand-ins a second of `autograder grade --workers N`, its start left out: a large class and a small one, apart."""
    what = f"{workers} workers"
    command = [*PYTHON, "autograder", "grade", CHAPTER, "--workers", str(workers), "--json"]
    small = max(4, hand_ins // 10)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        empty = released(course, Path(name) / "released")
        walls = {}
        for count in (small, hand_ins + small):
            made = make_class(empty, Path(name) / f"class-{count}", count, False)
            walls[count] = statistics.median(run(what, made, count, command).wall for _ in range(rounds))
    return hand_ins / max(1e-9, walls[hand_ins + small] - walls[small])
