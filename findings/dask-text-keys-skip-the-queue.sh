#!/usr/bin/env bash
# A text key such as "anna" switches off Dask's queue on the scheduler: with tuple keys, or none, it holds jobs back.
#
# Expected: a key names a job, and changes nothing about where and when it runs.
# Seen with distributed 2026.8.0, worker saturation 1.0, two workers of one thread, ten jobs that wait: without keys, and with keys
# ("grade", n), two jobs are on workers and eight wait on the scheduler. With ten different words as keys all ten are handed out at once,
# so a worker that is lost takes with it the jobs that had not begun. A key's first part is read as the name of a group of jobs; the
# queue is for groups that are large beside the number of threads, and each word is a group of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q distributed==2026.8.0
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
import sys
import time

import dask
from distributed import Client, Event, LocalCluster

NAMES = ["anna", "bela", "cem", "dora", "emil", "finn", "gina", "hugo", "ida", "jan"]
KEYS = {
    "no keys": [None] * 10,
    'keys ("grade", n)': [("grade", number) for number in range(10)],
    "names as keys": NAMES,
}


def job(number, event):
    Event(event).wait(60)
    return number


def tried(keys):
    """How many of ten jobs that wait are on workers, and how many on the scheduler's queue."""
    with LocalCluster(2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster, Client(cluster) as client:
        futures = [client.submit(job, n, "go", key=key, pure=False) for n, key in enumerate(keys)]
        while len(cluster.scheduler.tasks) < 10:
            time.sleep(0.05)
        time.sleep(1)  # time for more of them to be handed out
        counts = sum(len(one.processing) for one in cluster.scheduler.workers.values()), len(cluster.scheduler.queued)
        Event("go", client=client).set()
        client.gather(futures)
        return counts


with dask.config.set({"distributed.scheduler.worker-saturation": 1.0}):
    seen = {what: tried(keys) for what, keys in KEYS.items()}
for what, (handed_out, queued) in seen.items():
    print(f"{what:<18} {handed_out} jobs on workers, {queued} on the scheduler's queue")
sys.exit(seen != {"no keys": (2, 8), 'keys ("grade", n)': (2, 8), "names as keys": (10, 0)})
PYTHON
