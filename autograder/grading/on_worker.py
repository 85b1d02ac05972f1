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


def grade_here(jobs: list[Job], digest: str) -> list[Answer]:
    """Grade, one after the other. Whatever goes wrong with one is its answer: a deep traceback never arrives at the other side.

    digest : of the grader's code at the head; a worker that came later may have another.
    """
    return [_grade(job, digest) for job in jobs]


def _grade(job: Job, digest: str) -> Answer:
    worker = get_worker()
    try:
        if digest != code_digest():
            return Answer(None, "has other code than the grader", worker.address)
        prepare_sandboxes(job.isolation, job.limits, worker.state.nthreads)
        return Answer(grade_job(job), "", worker.address)
    except BaseException as fault:  # `SystemExit` would end the worker
        return Answer(None, f"{type(fault).__name__}: {fault}"[:300], worker.address)


async def unfit(isolation: str) -> str:
    """Why no submission may run on this worker; "" if they may. It goes on answering the scheduler meanwhile."""
    if isolation not in _fit:
        why = await asyncio.to_thread(_unfit, isolation)
        if why:
            return why
        _fit.add(isolation)
    return ""


_fit: set[str] = set()  # what this process has shown: it takes a second, and each run asks


def _unfit(isolation: str) -> str:
    from autograder.sandbox.doctor import examine_machine
    from autograder.sandbox.isolation import SandboxError

    try:
        _, results = examine_machine(ROOT, isolation)
    except SandboxError as why:
        return str(why)
    return "; ".join(f"`autograder doctor` finds open: {one.what}" for one in results if not one.expected)
