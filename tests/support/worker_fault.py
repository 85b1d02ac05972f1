"""Loaded by a Dask worker (`--preload`): one student's hand-in does to the worker what FAULT says. Nothing of a student's can."""

import os
import signal
import time
from pathlib import Path

from autograder.grading import on_worker

MARK = b"this one is hard on its worker"


def grade_job(job, graded=on_worker.grade_job):
    if any(MARK in (raw or b"") for raw in job.notebooks.values()):
        if os.environ["FAULT"] == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        once = Path(os.environ["FAULT_ONCE"])
        if os.environ["FAULT"] == "memory" and not once.exists():
            once.touch()
            taken = [os.urandom(2**20) * 600]
            time.sleep(60)
            del taken
    return graded(job)


on_worker.grade_job = grade_job
