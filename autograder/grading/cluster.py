"""The jobs of a run on a Dask cluster: which workers may have them, and what becomes of those whose worker dies.

A future here is one of `concurrent.futures`, so that a run is the same with a pool of threads and with a cluster. See CLUSTER.md.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import platform
import threading
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures import wait as wait_for_all
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from distributed import Client, KilledWorker

from autograder.course_dir import BadInput
from autograder.grading.digests import code_digest
from autograder.grading.job import Job, grade_job
from autograder.grading.on_worker import Answer, grade_here, unfit
from autograder.grading.tasks import Lost

CONNECTS_WITHIN = 10  # seconds
WORKERS_WITHIN = 60  # seconds until the first one is there
LOOK = 5.0  # seconds between two looks at whether there are workers, and at whether anybody still waits for an answer
TRIES = 2  # of a job: beside others, and then as the only one of those that were lost
TOGETHER = 8  # jobs that are sent at a time, at most
AHEAD = 2  # such parcels under way for each thread of a worker: one in work, one at hand
PACKAGES = ("numpy", "nbformat", "nbgrader", "IPython", "distributed")  # what marks or messages depend on
VERSIONS = (
    f"(__import__('platform').python_version(), *map(__import__('importlib.metadata').metadata.version, {PACKAGES}))"
)
DIGEST = """
async def digest():
    import asyncio, importlib
    read = lambda: importlib.import_module("autograder.grading.digests").code_digest()
    return await asyncio.to_thread(read)  # the worker goes on answering the scheduler while it imports
"""
OPEN = ("0.0.0.0", "[::]", "://:")


@dataclass
class _Sent:
    """A job on its way: what the run waits for, and how often it was tried."""

    job: Job
    future: Future
    tries: int = 0


class Cluster(Executor):
    """Where jobs go, in place of a pool on this machine: several at a time, since sending takes as long for one as for ten."""

    def __init__(self, client: Client, say: Callable[[str], None] = lambda text: None):
        self._client, self._say = client, say
        self._changed = threading.Condition()  # of all that follows
        self._waiting: deque[_Sent] = deque()
        self._lost: deque[_Sent] = deque()  # jobs whose worker died, each to be tried once more, one at a time
        self._trying: _Sent | None = None
        self._under_way: dict[tuple, tuple[object, list[_Sent]]] = {}
        self._name, self._numbers = uuid.uuid4().hex, itertools.count()
        self._threads = sum(client.nthreads().values())
        self._closed = threading.Event()
        for task in (self._watch, self._hand_out):
            threading.Thread(target=task, daemon=True).start()

    def ahead(self) -> int:
        """Jobs that may be submitted and not done: what the workers hold by now, and as much to choose from."""
        return 2 * AHEAD * TOGETHER * max(1, self._threads)

    def submit(self, function, job: Job) -> Future:
        """Hand out a job. Its future raises Lost if no worker could grade it, BadInput if the scheduler is gone."""
        assert function is grade_job
        sent = _Sent(job, Future())
        sent.future.set_running_or_notify_cancel()
        with self._changed:
            self._waiting.append(sent)
            self._changed.notify_all()
        return sent.future

    def _hand_out(self) -> None:
        """In a thread of its own."""
        while together := self._next():
            self._send(together)

    def _next(self) -> list[_Sent]:
        """What to send, as soon as there is room: a lost job, alone; else a share of what waits. Nothing once the run is over."""
        with self._changed:
            while not self._closed.is_set():
                threads = max(1, self._threads)
                if self._lost and self._trying is None:
                    self._trying = self._lost.popleft()
                    return [self._trying]
                if self._waiting and len(self._under_way) < AHEAD * threads:
                    share = min(TOGETHER, -(-len(self._waiting) // (2 * threads)))  # less towards the end: nobody idles
                    return [self._waiting.popleft() for _ in range(share)]
                self._changed.wait()
            return []

    def _send(self, together: list[_Sent]) -> None:
        for sent in together:
            sent.tries += 1
        # A tuple keeps the scheduler's queue on, a plain word would switch it off. Its first words are this run's own.
        key = ("grade", self._name, f"{next(self._numbers)}")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a hand-in may be large
                jobs = [sent.job for sent in together]
                under_way = self._client.submit(grade_here, jobs, code_digest(), key=key, pure=False)
            with self._changed:
                self._under_way[key] = under_way, together
            under_way.add_done_callback(lambda done: self._done(key, done, together))
        except Exception as error:  # also of a client that was closed in the middle of this
            for sent in together:
                sent.future.set_exception(self._gone(error))

    def _done(self, key: tuple, done, together: list[_Sent]) -> None:
        """In a thread of the client's, whenever jobs are over or lost."""
        answers = self._answers(done, len(together))
        for sent, answer in zip(together, answers, strict=True):
            if isinstance(answer, BadInput):
                sent.future.set_exception(answer)
            elif answer.graded is not None:
                sent.future.set_result(answer.graded)
            elif sent.tries < TRIES and not self._closed.is_set():
                with self._changed:
                    self._lost.append(sent)
            else:
                why = f"no worker could grade it: {answer.why} (the last one: {answer.worker})"
                sent.future.set_exception(Lost(why))
        with self._changed:
            self._under_way.pop(key, None)
            if self._trying in together:
                self._trying = None
            self._changed.notify_all()

    def _answers(self, done, count: int) -> list[Answer] | list[BadInput]:
        """What became of so many jobs; computed again if their worker has died since.

        Waited for in pieces: nobody wakes whoever waits for a closed client, and all clients of a process share this thread.
        """
        while True:
            try:
                return done.result(timeout=LOOK)
            except KilledWorker as killed:
                where = getattr(killed.last_worker, "address", killed.last_worker)
                return [Answer(None, "each worker that had it died", str(where))] * count
            except BaseException as error:  # a cancelled future's, too
                if not isinstance(error, TimeoutError) or self._closed.is_set():
                    return [self._gone(error)] * count

    def _gone(self, error: BaseException) -> BadInput:
        where = self._client.scheduler.address if self._client.scheduler else "the scheduler"
        return BadInput(
            f"the scheduler {where} is gone ({type(error).__name__}). What was graded is recorded; run the command again to go on."
        )

    def _watch(self) -> None:
        """Say it once if there are no workers: nothing else would."""
        said = False
        while not self._closed.wait(LOOK):
            with contextlib.suppress(Exception):
                there = sum(self._client.nthreads().values())
                with self._changed:
                    self._threads = there
                    self._changed.notify_all()
                if not there and not said:
                    self._say("no worker is left: start some, and the run goes on.")
                said = not there

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of what is under way."""
        with self._changed:
            self._closed.set()
            self._changed.notify_all()
            under_way = list(self._under_way.values())
        with contextlib.suppress(Exception):
            self._client.cancel([one for one, _ in under_way])
        # Those who hear of it need the client.
        wait_for_all([sent.future for _, together in under_way for sent in together], timeout=CONNECTS_WITHIN)
        self._client.close(timeout=CONNECTS_WITHIN)


@contextlib.contextmanager
def join_cluster(
    address: str | None, file: Path | None, isolation: str, say: Callable[[str], None]
) -> Iterator[tuple[Cluster, str]]:
    """A cluster whose workers are all fit, and their isolation. BadInput, with a worker's name, for one that is not."""
    if isolation == "process":
        raise BadInput(
            "--isolation process is not for a cluster: a worker holds the answers, and there a submission could read them."
        )
    client = _connect(address, file)
    cluster = Cluster(client, say)
    try:
        say(f"scheduler {client.scheduler.address}, dashboard {client.dashboard_link}")
        for warning in _open_to_all(client):
            say(warning)
        raise_if_unfit(client, "bubblewrap")
        yield cluster, "bubblewrap"
    finally:
        cluster.shutdown()


def _connect(address: str | None, file: Path | None) -> Client:
    if file is not None and not file.is_file():  # Dask would wait for it
        raise BadInput(f"there is no scheduler file {file}: `dask scheduler --scheduler-file FILE` writes one.")
    for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it is said here, in one line
    where = {"scheduler_file": str(file)} if file is not None else {"address": address}
    try:
        client = Client(**where, timeout=CONNECTS_WITHIN, set_as_default=False)
    except (
        Exception
    ) as why:  # of an address that is none, a ValueError; of one that nobody answers, an OSError; of TLS, more
        text = str(why).splitlines()[0] if str(why) else type(why).__name__
        raise BadInput(f"no scheduler answers at {file or address}: {text}") from None
    try:
        client.wait_for_workers(1, timeout=WORKERS_WITHIN)
    except TimeoutError:
        client.close()
        raise BadInput(
            f"the scheduler {file or address} has no workers, after {WORKERS_WITHIN} s. Start some."
        ) from None
    return client


def raise_if_unfit(client: Client, isolation: str) -> None:
    """BadInput for a worker that has other versions or other code, or whose sandbox `autograder doctor` would not pass."""
    ours = (platform.python_version(), *map(version, PACKAGES))
    _raise_unless(client.run(eval, VERSIONS, on_error="return"), lambda theirs: _differences(ours, theirs))
    sent_whole = {"__name__": "__main__"}  # not by its name: nobody knows yet whether the worker has this module
    exec(DIGEST, sent_whole)
    said = client.run(sent_whole["digest"], on_error="return")
    _raise_unless(said, lambda theirs: "" if theirs == code_digest() else "has other code than this grader")
    _raise_unless(client.run(unfit, isolation, on_error="return"), lambda why: why)


def _differences(ours: tuple, theirs: tuple) -> str:
    if tuple(theirs) == ours:
        return ""
    pairs = zip(("Python", *PACKAGES), theirs, ours, strict=True)
    return "has " + ", ".join(
        f"{what} {there} where this grader has {here}" for what, there, here in pairs if there != here
    )


def _raise_unless(said: dict, trouble: Callable[[object], str]) -> None:
    for worker, answer in sorted(said.items()):
        if isinstance(answer, OSError):
            continue  # it left while it was asked
        why = f"{type(answer).__name__}: {answer}" if isinstance(answer, BaseException) else trouble(answer)
        if why:
            raise BadInput(f"the worker {worker} is refused: {' '.join(why.split())}. Stop it, or bring it up to date.")


def _open_to_all(client: Client) -> list[str]:
    """A warning if anybody on the network may give this scheduler work: whoever may, runs programs on its workers."""
    listens = client.run_on_scheduler(_listens)
    if any(one.startswith("tls://") for one in listens) or not any(word in one for word in OPEN for one in listens):
        return []
    return [
        f"warning: the scheduler listens on all addresses ({', '.join(listens)}) and asks nobody who they are: "
        "start it with TLS, or with --host 127.0.0.1. See autograder/CLUSTER.md."
    ]


def _listens(dask_scheduler) -> list[str]:
    return [one.listen_address for one in dask_scheduler.listeners]
