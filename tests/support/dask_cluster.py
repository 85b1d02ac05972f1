"""A Dask scheduler and its workers on 127.0.0.1, each a process of its own, as an instructor starts them by hand."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.grading import ROOT

STARTS_WITHIN = 60.0  # seconds
LOCAL = ("--host", "127.0.0.1", "--port", "0")


class DaskCluster:
    """The processes. `file`: what the scheduler wrote, for `--scheduler-file`."""

    def __init__(self, folder: Path, listen: tuple[str, ...] = LOCAL, **settings: str):
        """listen : where the scheduler does. settings : Dask's, as variables of the environment."""
        self.folder, self.workers = folder, []
        self.file = folder / "scheduler.json"
        self._environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"} | settings
        self._environment.pop("DASK_SCHEDULER_ADDRESS", None)
        self.start_scheduler(*listen)

    def start_scheduler(self, *words: str) -> None:
        self.file.unlink(missing_ok=True)
        self.scheduler = self._start(
            "scheduler", *(words or LOCAL), "--dashboard-address", "127.0.0.1:0", "--scheduler-file", str(self.file)
        )
        self.wait_for(self.file.exists)

    def add_worker(self, *words: str, nanny: bool = False, threads: int = 1, **settings: str) -> subprocess.Popen:
        own = self.folder / f"worker-{len(self.workers)}"
        own.mkdir()
        words = ("--nthreads", str(threads), "--local-directory", str(own), "--no-dashboard", *words)
        words = (*words, "--scheduler-file", str(self.file), "--nanny" if nanny else "--no-nanny")
        self.workers.append(self._start("worker", *words, **settings))
        return self.workers[-1]

    def wait_for(self, true) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while not true():
            assert time.monotonic() < deadline, (self.folder / "said").read_text()[-2000:]
            time.sleep(0.05)

    def _start(self, *words: str, **settings: str) -> subprocess.Popen:
        with (self.folder / "said").open("ab") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *words],
                cwd=self.folder,
                env=self._environment | settings,
                stdout=said,
                stderr=said,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def close(self) -> None:
        for one in [*self.workers, self.scheduler]:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGKILL)  # with its nanny's worker
            one.wait()


@contextlib.contextmanager
def dask_cluster(
    folder: Path, workers: int = 2, listen: tuple[str, ...] = LOCAL, **settings: str
) -> Iterator[DaskCluster]:
    """A running cluster."""
    folder.mkdir()
    cluster = DaskCluster(folder, listen, **settings)
    try:
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.close()
