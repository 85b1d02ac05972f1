"""What can happen on a cluster, with real processes: after each fault the gradebook is that of an undisturbed run on this machine.

`python tests/cluster_faults.py [TIMES [FAULT]]`: each fault so many times in a row (once). Exit status 0 if all of them pass.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.support import warm  # noqa: E402
from tests.support.dask_cluster import DaskCluster, dask_cluster  # noqa: E402
from tests.support.demo_class import CHAPTER, copy_of, gradebook_rows, handed_in  # noqa: E402
from tests.support.worker_fault import MARK  # noqa: E402

SLOW = (
    b'{"cell_type": "code", "execution_count": null, "id": "slow", "metadata": {}, "outputs": [], "source": ["%s"]}, '
)
AT_WORK = 3  # hand-ins that are in `autograded/` when the fault comes
WITHIN = 200  # seconds that a run may take
PRELOAD = ("--preload", str(ROOT / "tests" / "support" / "worker_fault.py"))
VICTIM = "goran"


def grader(course: Path, cluster: DaskCluster, *words: str) -> subprocess.Popen:
    """`autograder grade` on the cluster."""
    said = (course / "said").open("wb")
    return subprocess.Popen(
        [sys.executable, "-m", "autograder", "grade", CHAPTER, "--json", "--scheduler-file", str(cluster.file), *words],
        cwd=course,
        env=os.environ | {"PYTHONPATH": str(ROOT), "AUTOGRADER_SEED": "same"},
        stdout=said,
        stderr=(course / "errors").open("wb"),
    )


def at_work(course: Path, run: subprocess.Popen) -> None:
    """Wait until some are graded and others are not."""
    deadline = time.monotonic() + WITHIN
    while len(list(course.glob("autograded/*"))) < AT_WORK:
        assert run.poll() is None, (course / "errors").read_text()
        assert time.monotonic() < deadline, "nothing happens"
        time.sleep(0.02)
    assert run.poll() is None, "the run was over before the fault"


def ends(run: subprocess.Popen, course: Path, status: int) -> dict | str:
    """What the run said: its report, or its complaint."""
    assert run.wait(WITHIN) == status, (run.returncode, (course / "errors").read_text(), (course / "said").read_text())
    return json.loads((course / "said").read_text()) if status < 2 else (course / "errors").read_text()


def a_worker_is_killed(course: Path, cluster: DaskCluster) -> None:
    at_work(course, run := grader(course, cluster))
    cluster.workers[0].kill()
    ends(run, course, 0)


def all_workers_are_killed_and_new_ones_started(course: Path, cluster: DaskCluster) -> None:
    at_work(course, run := grader(course, cluster))
    for one in cluster.workers:
        one.kill()
    cluster.add_worker()
    ends(run, course, 0)


def a_worker_stops_answering(course: Path, cluster: DaskCluster) -> None:
    at_work(course, run := grader(course, cluster))
    cluster.workers[0].send_signal(signal.SIGSTOP)
    ends(run, course, 0)


def a_worker_runs_out_of_memory(course: Path, cluster: DaskCluster) -> None:
    mark_victim(course)
    once = {"FAULT": "memory", "FAULT_ONCE": str(course / "once")}
    replace_workers(cluster, *PRELOAD, "--memory-limit", "600MB", nanny=True, **once)
    ends(grader(course, cluster), course, 0)
    assert (course / "once").exists(), "the fault did not come"


def the_scheduler_is_killed(course: Path, cluster: DaskCluster) -> None:
    at_work(course, run := grader(course, cluster))
    cluster.scheduler.kill()
    said = ends(run, course, 2)
    assert "the scheduler" in said and "run the command again" in said, said
    assert "Traceback" not in said, said
    cluster.start_scheduler()
    cluster.add_worker()
    assert ends(grader(course, cluster), course, 0)["unchanged"] >= AT_WORK


def a_hand_in_kills_its_workers(course: Path, cluster: DaskCluster) -> None:
    mark_victim(course)
    replace_workers(cluster, *PRELOAD, nanny=True, FAULT="kill", FAULT_ONCE="")
    report = ends(grader(course, cluster), course, 1)
    lost = [one for one in report["submissions"] if one["state"] == "not graded"]
    assert [one["student"] for one in lost] == [VICTIM], lost
    assert "each worker that had it died" in lost[0]["notes"][0], lost
    replace_workers(cluster)
    assert ends(grader(course, cluster), course, 0)["graded"] == 1


def the_grader_is_killed(course: Path, cluster: DaskCluster) -> None:
    at_work(course, run := grader(course, cluster))
    run.kill()
    run.wait()
    assert ends(grader(course, cluster), course, 0)["unchanged"] > 0


def a_worker_has_other_code(course: Path, cluster: DaskCluster) -> None:
    other = cluster.folder / "other"
    for package in ("autograder", "course"):
        shutil.copytree(ROOT / package, other / package, ignore=shutil.ignore_patterns("lessons", "__pycache__"))
    with (other / "autograder" / "words.py").open("a") as file:
        file.write("\nMORE = 1\n")
    odd = cluster.add_worker(PYTHONPATH=str(other))
    cluster.wait_for(lambda: (cluster.folder / "said").read_text().count("Start worker at") == 3)
    said = ends(grader(course, cluster), course, 2)
    assert "is refused: has other code than this grader" in said and "Traceback" not in said, said
    assert not (course / "autograded").exists()
    odd.terminate()
    odd.wait()
    ends(grader(course, cluster), course, 0)


def mark_victim(course: Path) -> None:
    path = next((course / "submitted" / VICTIM / CHAPTER).glob("*.ipynb"))
    path.write_bytes(path.read_bytes().replace(b"time.sleep", b"# " + MARK + b'\\n", "time.sleep', 1))


def replace_workers(cluster: DaskCluster, *words: str, nanny: bool = False, **settings: str) -> None:
    for one in cluster.workers:
        with contextlib.suppress(ProcessLookupError):  # it gave up by itself
            os.killpg(one.pid, signal.SIGKILL)
        one.wait()
    for _ in range(2):
        cluster.add_worker(*words, nanny=nanny, **settings)


FAULTS = (
    a_worker_is_killed,
    all_workers_are_killed_and_new_ones_started,
    a_worker_stops_answering,
    a_worker_runs_out_of_memory,
    the_scheduler_is_killed,
    a_hand_in_kills_its_workers,
    the_grader_is_killed,
    a_worker_has_other_code,
)


def made_class(folder: Path) -> Path:
    """The class, each hand-in with a cell that takes its time, so that a fault comes in the middle."""
    course = handed_in(folder)
    for path in course.glob("submitted/*/*/*.ipynb"):
        slow = SLOW % b'import time\\n", "time.sleep(0.3)'
        path.write_bytes(path.read_bytes().replace(b'"cells": [', b'"cells": [' + slow, 1))
    return course


def main(times: int = 1, only: str = "") -> int:
    warm.prepare()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        handed = made_class(folder / "handed-in")
        expected = undisturbed(copy_of(handed, folder / "undisturbed"))
        for fault in (one for one in FAULTS if only in one.__name__):
            for number in range(times):
                began, course = time.monotonic(), copy_of(handed, folder / f"{fault.__name__}-{number}")
                try:
                    with dask_cluster(folder / f"cluster-{fault.__name__}-{number}", **TTL) as cluster:
                        fault(course, cluster)
                    assert gradebook_rows(course) == expected, "another gradebook"
                    word = "passed"
                except Exception as error:
                    failed, word = failed + 1, f"FAILED: {error!r}"
                print(f"{fault.__name__.replace('_', ' ')}: {word}, {time.monotonic() - began:.0f} s", flush=True)
    return 1 if failed else 0


TTL = {"DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "15s"}


def undisturbed(course: Path) -> list:
    subprocess.run(
        [sys.executable, "-m", "autograder", "grade", CHAPTER, "--json", "--isolation", "bubblewrap"],
        cwd=course,
        env=os.environ | {"PYTHONPATH": str(ROOT), "AUTOGRADER_SEED": "same"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return gradebook_rows(course)


if __name__ == "__main__":
    sys.exit(main(*(int(word) if word.isdigit() else word for word in sys.argv[1:])))
