"""What a worker of a cluster does: say whether it is fit to grade, and grade a job. Its answers are plain values."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from distributed import get_worker

from autograder.grading.digests import ROOT, code_digest
from autograder.grading.job import Graded, Job, grade_job
from autograder.grading.sandboxes import prepare_sandboxes


@dataclass(frozen=True)
class Answer:
    """What became of a job: graded, or why not, and where."""

    graded: Graded | None
    why: str
    worker: str


def grade_here(job: Job, digest: str) -> Answer:
    """Grade. Whatever goes wrong is an answer: a deep traceback never arrives at the other side, and `SystemExit` ends a worker.

    digest : of the grader's code at the head; a worker that came later may have another.
    """
    worker = get_worker()
    try:
        if digest != code_digest():
            return Answer(None, "has other code than the grader", worker.address)
        prepare_sandboxes(job.isolation, job.limits, worker.state.nthreads)
        return Answer(grade_job(job), "", worker.address)
    except BaseException as fault:
        return Answer(None, f"{type(fault).__name__}: {fault}"[:300], worker.address)


async def unfit(isolation: str) -> str:
    """Why no submission may run on this worker; "" if they may. It goes on answering the scheduler meanwhile."""
    return await asyncio.to_thread(_unfit, isolation)


def _unfit(isolation: str) -> str:
    from autograder.sandbox.doctor import examine_machine
    from autograder.sandbox.isolation import SandboxError

    try:
        _, results = examine_machine(ROOT, isolation)
    except SandboxError as why:
        return str(why)
    return "; ".join(f"`autograder doctor` finds open: {one.what}" for one in results if not one.expected)
