"""Grading on a Dask cluster of two real workers; `python tests/cluster_faults.py` has what can happen to it."""

import os
import shutil
import subprocess
import sys
import threading
import time

import pytest

from tests.support.demo_class import CHAPTER, copy_of, gradebook_rows, handed_in
from tests.support.grading import autograder_grade
from tests.support.needs import BUBBLEWRAP, missing, need

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    need(BUBBLEWRAP)
    try:
        import distributed  # noqa: F401
    except ModuleNotFoundError:
        missing("Dask is not installed", "pip install -c constraints.txt -e '.[cluster]'")
    from tests.support.dask_cluster import dask_cluster

    with dask_cluster(tmp_path_factory.mktemp("dask") / "cluster") as one:
        yield one


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return handed_in(tmp_path_factory.mktemp("course") / "course")


def test_a_cluster_leaves_the_gradebook_that_this_machine_leaves(cluster, course, tmp_path):
    here, there = (copy_of(course, tmp_path / name) for name in ("here", "there"))
    first = autograder_grade(here, CHAPTER, AUTOGRADER_SEED="same")
    report = autograder_grade(there, CHAPTER, "--scheduler-file", str(cluster.file), AUTOGRADER_SEED="same")
    assert report["isolation"] == "bubblewrap" and report["graded"] == first["graded"] > 10
    assert gradebook_rows(there) == gradebook_rows(here)
    assert autograder_grade(there, CHAPTER)["unchanged"] == first["graded"]  # the digest says that nothing changed


def test_the_schedulers_queue_stays_on(cluster, monkeypatch, tmp_path):
    """Many more jobs than threads: the scheduler gives a worker what it works on and one more, and keeps the rest."""
    from distributed import Client

    from autograder.grading import cluster as ours
    from autograder.grading.job import Job, grade_job

    over = tmp_path / "over"
    monkeypatch.setattr(ours, "grade_here", until(str(over)))
    monkeypatch.setattr(ours, "AHEAD", 10)  # else they would not even be sent
    monkeypatch.setattr(ours, "TOGETHER", 1)
    with Client(scheduler_file=str(cluster.file), set_as_default=False) as client:
        client.wait_for_workers(2)
        jobs = ours.Cluster(client)
        under_way = [jobs.submit(grade_job, Job((), {}, {}, str(number), "bubblewrap")) for number in range(20)]

        def held():
            return sorted(len(one) for one in client.processing().values())

        deadline = time.monotonic() + 120
        while held() != [2, 2]:
            assert time.monotonic() < deadline, held()
            time.sleep(0.05)
        time.sleep(0.5)  # time for more of them, if they were to come
        assert held() == [2, 2] and not any(one.done() for one in under_way)
        jobs.shutdown()
        over.touch()


def test_jobs_are_sent_together_but_for_the_last_and_each_has_its_own_answer(cluster, monkeypatch):
    """Sending takes as long for one as for ten. Towards the end parcels get small, so that no worker idles."""
    from distributed import Client

    from autograder.grading import cluster as ours
    from autograder.grading.job import Job, grade_job

    answer = "__import__('importlib').import_module('autograder.grading.cluster').Answer"
    echo = f"lambda jobs, digest: [{answer}((one.seed, len(jobs)), '', '') for one in jobs]"
    monkeypatch.setattr(ours, "grade_here", eval(echo))
    with Client(scheduler_file=str(cluster.file), set_as_default=False) as client:
        client.wait_for_workers(2)
        jobs = ours.Cluster(client)
        under_way = [jobs.submit(grade_job, Job((), {}, {}, str(number), "bubblewrap")) for number in range(100)]
        said = [one.result(timeout=60) for one in under_way]
        jobs.shutdown()
    assert [seed for seed, _ in said] == [str(number) for number in range(100)]
    sizes = [size for _, size in said]
    assert max(sizes) == ours.TOGETHER and sizes[-1] == 1, sizes


@pytest.mark.parametrize("times_lost", [1, 2])
def test_a_job_that_no_worker_could_grade_is_tried_once_more(cluster, monkeypatch, tmp_path, times_lost):
    from distributed import Client

    from autograder.grading import cluster as ours
    from autograder.grading.job import Job, grade_job

    tries = tmp_path / "tries"
    tries.mkdir()
    monkeypatch.setattr(ours, "grade_here", lost(str(tries), times_lost))
    with Client(scheduler_file=str(cluster.file), set_as_default=False) as client:
        client.wait_for_workers(2)
        jobs = ours.Cluster(client)
        under_way = jobs.submit(grade_job, Job((), {}, {}, "one", "bubblewrap"))
        if times_lost == 1:
            assert under_way.result(timeout=120) == "graded"
        else:
            with pytest.raises(ours.Lost, match="no worker could grade it: out of luck"):
                under_way.result(timeout=120)
        jobs.shutdown()
    assert len(list(tries.iterdir())) == 2


def test_whoever_waits_for_an_answer_when_the_run_ends_keeps_no_later_run_waiting(cluster, monkeypatch, tmp_path):
    """All clients of a process share the thread that hears of answers; what asks a loop that has just closed is not woken."""
    from distributed import Client

    from autograder.grading import cluster as ours
    from autograder.grading.job import Job, grade_job

    monkeypatch.setattr(ours, "LOOK", 0.5)
    monkeypatch.setattr(ours, "CONNECTS_WITHIN", 1)
    monkeypatch.setattr(ours, "grade_here", lost(str(tmp_path), 0))
    asked = threading.Event()

    for stuck in (True, False):
        with Client(scheduler_file=str(cluster.file), set_as_default=False) as client:
            client.wait_for_workers(2)
            sync = client.sync

            def unheard(function, *args, callback_timeout=None, really=sync, **words):
                if function.__name__ != "_result":
                    return really(function, *args, callback_timeout=callback_timeout, **words)
                asked.set()
                assert not threading.Event().wait(callback_timeout or 90)
                raise TimeoutError

            if stuck:
                monkeypatch.setattr(client, "sync", unheard)
            jobs = ours.Cluster(client)
            under_way = jobs.submit(grade_job, Job((), {}, {}, "one", "bubblewrap"))
            if stuck:
                assert asked.wait(60)
            else:
                assert under_way.result(timeout=60) == "graded"
            jobs.shutdown()


def lost(folder: str, times: int):
    """A job that the first workers lose; made of text, as below. Each try leaves a file."""
    tries = f"len(__import__('os').listdir({folder!r}))"
    mark = f"__import__('tempfile').mkstemp(dir={folder!r})"
    answer = "__import__('importlib').import_module('autograder.grading.cluster').Answer"
    graded = f"{answer}(None, 'out of luck', 'here') if {tries} <= {times} else {answer}('graded', '', '')"
    return eval(f"lambda jobs, digest: {mark} and [{graded} for _ in jobs]")


def until(path: str):
    """A job that lasts until there is a file; made of text, since workers do not have this module."""
    wait = f"not __import__('os').path.exists({path!r}) and not __import__('time').sleep(0.05)"
    return eval(f"lambda jobs, digest: [None for _ in iter(lambda: {wait}, False)]")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--scheduler-file", "no-such-file"), "there is no scheduler file no-such-file"),
        (("--scheduler", "not an address"), "no scheduler answers at not an address"),
        (("--isolation", "process", "--scheduler-file", "FILE"), "is not for a cluster"),
    ],
)
def test_what_cannot_be_used_is_one_line(cluster, course, words, why):
    words = [str(cluster.file) if word == "FILE" else word for word in words]
    said = autograder_grade(course, CHAPTER, *words, good=False)
    assert said.returncode == 2 and why in said.stderr and said.stderr.count("\n") == 1, said.stderr
    assert not (course / "autograded").exists()


def test_with_tls_whoever_has_no_certificate_is_refused_and_an_open_scheduler_is_warned_of(course, tmp_path):
    need(BUBBLEWRAP)
    from tests.support.dask_cluster import dask_cluster

    openssl = shutil.which("openssl") or missing("openssl is not installed", "apt install openssl")
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=grader -keyout key.pem -out cert.pem"
    subprocess.run([openssl, *words.split()], cwd=tmp_path, check=True, capture_output=True)
    tls = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(tmp_path / "cert.pem")}
    for role in ("CLIENT", "SCHEDULER", "WORKER"):
        tls[f"DASK_DISTRIBUTED__COMM__TLS__{role}__CERT"] = str(tmp_path / "cert.pem")
        tls[f"DASK_DISTRIBUTED__COMM__TLS__{role}__KEY"] = str(tmp_path / "key.pem")
    secure = ("--protocol", "tls", "--port", "0")
    with dask_cluster(tmp_path / "tls", workers=1, listen=secure, **tls) as cluster:
        command = [sys.executable, "-m", "autograder", "grade", "--dry-run", CHAPTER, "--course-dir", str(course)]
        command += ["--scheduler-file", str(cluster.file)]
        known = subprocess.run(command, env=os.environ | tls, capture_output=True, text=True)
        assert known.returncode == 0 and "scheduler tls://" in known.stderr and "warning" not in known.stderr, (
            known.stderr
        )
        unknown = subprocess.run(command, capture_output=True, text=True)
        assert unknown.returncode == 2 and "no scheduler answers" in unknown.stderr, unknown.stderr
    with dask_cluster(tmp_path / "open", workers=1, listen=("--port", "0")) as cluster:
        command[-1] = str(cluster.file)
        warned = subprocess.run(command, capture_output=True, text=True)
        assert warned.returncode == 0 and "warning: the scheduler listens on all addresses" in warned.stderr, (
            warned.stderr
        )
