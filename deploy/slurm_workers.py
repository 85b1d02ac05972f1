"""A Dask scheduler here and workers as jobs of Slurm, until Ctrl-C: `python deploy/slurm_workers.py --partition NAME`.

Then, in another terminal of this machine: `autograder grade --scheduler-file scheduler.json`. Start it where the course is graded,
in its environment (with the extra `cluster`), which has to stand at the same path on every node. Every job is one worker.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import threading
from pathlib import Path

from dask_jobqueue import SLURMCluster
from distributed import Client

STARTS_WITHIN = 600  # seconds that the first job may wait in Slurm's queue


def arguments() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--jobs", type=int, default=2, help="workers, each a job of one core (2)")
    words.add_argument("--partition", help="Slurm's partition; its default one if none is named")
    words.add_argument("--account", help="the account that is charged")
    words.add_argument("--memory", default="1GB", help="what a worker itself may take (1GB)")
    words.add_argument(
        "--job-memory", default="4G", help="what a job may take: the worker and the submission it runs (4G)"
    )
    words.add_argument("--walltime", default="02:00:00", help="how long a job may run (02:00:00)")
    words.add_argument(
        "--host", default="127.0.0.1", help="an address of this machine that the nodes reach (127.0.0.1)"
    )
    words.add_argument(
        "--local-directory", default="/tmp", help="a disk of the node's own, for the workers' folders (/tmp)"
    )
    words.add_argument("--scheduler-file", type=Path, default=Path("scheduler.json"))
    words.add_argument("--logs", type=Path, default=Path("slurm-logs"), help="where the jobs' output goes (slurm-logs)")
    return words.parse_args()


def start(told: argparse.Namespace) -> SLURMCluster:
    """The scheduler, and jobs for its workers. A job that ends is replaced: `adapt` does that, `scale` would not."""
    cluster = SLURMCluster(
        cores=1,
        processes=1,
        memory=told.memory,
        job_mem=told.job_memory,  # Dask would ask Slurm for the worker's own memory, with nothing left for submissions
        queue=told.partition,
        account=told.account,
        walltime=told.walltime,
        python=sys.executable,
        local_directory=told.local_directory,
        log_directory=str(told.logs.resolve()),
        death_timeout=60,  # a job whose scheduler is gone ends by itself
        scheduler_options={"host": told.host, "dashboard_address": f"{told.host}:0"},
    )
    cluster.adapt(minimum_jobs=told.jobs, maximum_jobs=told.jobs)
    return cluster


def main() -> int:
    told = arguments()
    if shutil.which("sbatch") is None:  # Dask would only log it, and wait
        print("there is no sbatch here: start this where Slurm's commands are.", file=sys.stderr)
        return 2
    told.logs.mkdir(exist_ok=True)
    over = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: over.set())
    with start(told) as cluster, Client(cluster) as client:
        client.write_scheduler_file(str(told.scheduler_file))
        print(
            f"scheduler {cluster.scheduler_address}, in {told.scheduler_file}; dashboard {cluster.dashboard_link}",
            flush=True,
        )
        try:
            client.wait_for_workers(1, timeout=STARTS_WITHIN)
            print("the first worker is there; Ctrl-C ends them all", flush=True)
        except TimeoutError:
            print(f"no job has started in {STARTS_WITHIN} s: see squeue, and {told.logs}", file=sys.stderr, flush=True)
        over.wait()
    told.scheduler_file.unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
