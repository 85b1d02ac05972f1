#!/usr/bin/env bash
# Done-callbacks of all Dask clients of a process run in one thread, one after the other.
#
# Expected: a callback of one client's future has nothing to do with another client, least of all with one of another cluster.
# Seen with distributed 2026.8.0: the pool behind `Future.add_done_callback` belongs to the class, and has one thread. While a callback of
# the first client waits, those of a second client, of another scheduler, are not called, though their futures are finished.
# `concurrent.futures` calls each in the thread that finished it: there the second is called at once.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q distributed==2026.8.0
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from distributed import Client, LocalCluster


def tried(first, second):
    """Whether a callback of the second is called while one of the first waits, and after it."""
    waits, goes_on, called = threading.Event(), threading.Event(), threading.Event()

    def wait(_):
        waits.set()
        goes_on.wait(30)

    one = first.submit(abs, -1)
    one.add_done_callback(wait)
    assert waits.wait(30)
    other = second.submit(abs, -2)
    other.add_done_callback(lambda _: called.set())
    assert other.result() == 2
    meanwhile = called.wait(2)
    goes_on.set()
    return meanwhile, called.wait(30)


quiet = {"threads_per_worker": 1, "processes": False, "dashboard_address": None}
with LocalCluster(1, **quiet) as here, LocalCluster(1, **quiet) as there, Client(here) as first, Client(there) as second:
    dask = tried(first, second)
with ThreadPoolExecutor(1) as first, ThreadPoolExecutor(1) as second:
    standard = tried(first, second)
for name, (meanwhile, after) in (("two Dask clients", dask), ("two ThreadPoolExecutors", standard)):
    print(f"{name:<24} called meanwhile: {meanwhile}, after it: {after}")
sys.exit((dask, standard) != ((False, True), (True, True)))
PYTHON
