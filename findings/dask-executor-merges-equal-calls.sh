#!/usr/bin/env bash
# Dask's `Client.get_executor()` runs equal calls once; `concurrent.futures` runs each.
#
# Expected: it is offered as an executor, so three `submit(f, "a.txt")` are three runs, and a file that has changed is read again.
# Seen with distributed 2026.8.0: while the first future is alive all three share one run, also when the file that the function reads
# has changed in between: the third answers with the old content. `pure=False` on the executor gives each call its own run.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q distributed==2026.8.0
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from distributed import Client, LocalCluster


def read(path):
    with open("runs.txt", "a") as runs:
        runs.write("one\n")
    return Path(path).read_text()


def tried(executor):
    """The answers of three equal calls, the file changed before the last one, and how often the function ran."""
    Path("runs.txt").write_text("")
    futures = []
    for content in ("old", "old", "new"):
        Path("a.txt").write_text(content)
        futures.append(executor.submit(read, "a.txt"))
        futures[-1].result()
    return [one.result() for one in futures], len(Path("runs.txt").read_text().split())


with LocalCluster(1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster, Client(cluster) as client:
    seen = {
        "ThreadPoolExecutor": tried(ThreadPoolExecutor(1)),
        "Client.get_executor()": tried(client.get_executor()),
        "Client.get_executor(pure=False)": tried(client.get_executor(pure=False)),
    }
for name, (answers, runs) in seen.items():
    print(f"{name:<32} {answers} in {runs} runs")
wanted = [(["old", "old", "new"], 3), (["old", "old", "old"], 1), (["old", "old", "new"], 3)]
sys.exit(list(seen.values()) != wanted)
PYTHON
