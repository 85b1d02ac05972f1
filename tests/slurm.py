"""A class graded through a real Slurm of one node: `python tests/slurm.py`, as root, on Debian or Ubuntu.

It installs Slurm (slurm-wlm, munge) if it is not there, runs it from a scratch folder on ports of its own, starts workers with
deploy/slurm_workers.py, as autograder/CLUSTER.md has it, and compares the gradebook with that of a run without Slurm. All jobs are
cancelled once, and have to be made good. Everything that it started is ended again. Exit status 0 if the gradebooks are
equal, 1 if not; where Slurm cannot be had it says NOT run, and why.

The node has neither control groups nor accounting, so that what `--mem` does to a job is not tried here.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.support import warm  # noqa: E402
from tests.support.browser import free_port  # noqa: E402
from tests.support.demo_class import CHAPTER, copy_of, gradebook_rows, handed_in  # noqa: E402
from tests.support.processes import end_those_with  # noqa: E402

CONFIG = """
ClusterName=tried
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={control}
SlurmdPort={node}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
KillWait=5
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=2000 State=UNKNOWN
PartitionName=grading Nodes={host} Default=YES MaxTime=60 State=UP
"""
PACKAGES = ("slurm-wlm", "munge")
WITHIN = 60  # seconds until something has to have happened
COPIES = 3  # of each of the made-up class


class Absent(Exception):
    """Slurm cannot be had or does not start here; the words say why."""


def install() -> None:
    """Slurm from the system's packages, if it is not there."""
    if os.geteuid() != 0:
        raise Absent("Slurm's node runs jobs as those who submit them, which takes root")
    if all(map(shutil.which, ("slurmctld", "slurmd", "munged", "sbatch"))):
        return
    if not shutil.which("apt-get"):
        raise Absent("neither Slurm nor apt-get is here")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    words = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Absent(f"`{' '.join(words)}` failed: {' '.join(done.stderr.split())[-200:]}")


def wait_for(true: Callable[[], object], what: str, log: Path | None = None) -> None:
    deadline = time.monotonic() + WITHIN
    while not true():
        if time.monotonic() > deadline:
            raise Absent(f"{what} did not come in {WITHIN} s{f': {log.read_text()[-300:]}' if log else ''}")
        time.sleep(0.1)


@contextmanager
def slurm(folder: Path) -> Iterator[dict[str, str]]:
    """A Slurm of one node with two cores; the environment in which its commands find it."""
    for name in ("munge", "state", "spool"):
        (folder / name).mkdir()
    key = folder / "munge" / "key"
    key.write_bytes(secrets.token_bytes(128))
    key.chmod(0o400)
    for path in (folder / "munge", key):
        shutil.chown(path, "munge", "munge")
    (folder / "munge").chmod(0o755)
    host = os.uname().nodename.split(".")[0]
    config = folder / "slurm.conf"
    config.write_text(CONFIG.format(folder=folder, host=host, control=free_port(), node=free_port()))
    environment = os.environ | {"SLURM_CONF": str(config)}
    own = folder / "munge"
    files = [f"--{what}-file={own / what}" for what in ("key", "pid", "log", "seed")]
    munged = ["runuser", "-u", "munge", "--", "munged", "--foreground", f"--socket={own / 'socket'}", *files]
    started = []
    try:
        for command in (
            munged,
            ["slurmctld", "-D", "-f", str(config)],
            ["slurmd", "-D", "-f", str(config)],
        ):
            with (folder / "said").open("ab") as said:
                plain = {"env": environment, "stdout": said, "stderr": said, "stdin": subprocess.DEVNULL}
                started.append(subprocess.Popen(command, start_new_session=True, **plain))
            if command is munged:
                wait_for((own / "socket").exists, "munge", folder / "said")
        wait_for(lambda: "idle" in asked(environment, "sinfo", "-h", "-o", "%T"), "the node", folder / "slurmctld.log")
        yield environment
    finally:
        asked(environment, "scancel", "--user=root")
        with suppress(Absent):
            wait_for(lambda: not asked(environment, "squeue", "-h"), "the end of the jobs")
        for one in reversed(started):
            one.terminate()
        for one in reversed(started):
            with suppress(subprocess.TimeoutExpired):
                one.wait(10)
        end_those_with(str(folder))


def asked(environment: dict[str, str], *words: str) -> str:
    """What a command of Slurm's says."""
    return subprocess.run(words, env=environment, capture_output=True, text=True, timeout=WITHIN).stdout.strip()


def made_class(folder: Path) -> Path:
    """The made-up class, each of them several times."""
    course = handed_in(folder)
    for one in sorted((course / "submitted").iterdir()):
        for number in range(1, COPIES):
            shutil.copytree(one, one.with_name(f"{one.name}-{number}"))
    return course


def grade(course: Path, *words: str) -> tuple[dict, float]:
    """The report of a run, and the seconds that it took."""
    began = time.monotonic()
    command = [sys.executable, "-m", "autograder", "grade", CHAPTER, "--json", "--isolation", "bubblewrap", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "AUTOGRADER_SEED": "same"}
    done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), time.monotonic() - began


def through_slurm(folder: Path, environment: dict[str, str], course: Path) -> tuple[dict, float]:
    """Workers by the recipe. Then their jobs are cancelled, and the workers that come in their place grade one hand-in more."""
    file, said = folder / "scheduler.json", folder / "workers.log"
    words = [
        "--jobs",
        "2",
        "--partition",
        "grading",
        "--memory",
        "500MB",
        "--job-memory",
        "900M",
        "--walltime",
        "00:20:00",
    ]
    words += [
        "--scheduler-file",
        str(file),
        "--logs",
        str(folder / "logs"),
        "--local-directory",
        str(folder / "scratch"),
    ]
    (folder / "scratch").mkdir()
    command = [sys.executable, str(ROOT / "deploy/slurm_workers.py"), *words]
    environment = environment | {"PYTHONPATH": str(ROOT)}
    with said.open("wb") as log:
        recipe = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_for(lambda: "the first worker is there" in said.read_text() or recipe.poll() is not None, "a worker", said)
        assert recipe.poll() is None, said.read_text()
        running = asked(environment, "squeue", "-h", "-t", "RUNNING", "-o", "%i").split()
        assert running, asked(environment, "squeue")
        print(f"jobs of Slurm that run: {', '.join(running)}", flush=True)
        graded = grade(course, "--scheduler-file", str(file))
        asked(environment, "scancel", *running)
        wait_for(lambda: new_ones(environment, running), "jobs in place of those that were cancelled", said)
        one = graded[0]["submissions"][0]["student"]
        assert grade(course, "--force", "--student", one, "--scheduler-file", str(file))[0]["graded"] == 1
        return graded
    finally:
        recipe.terminate()
        recipe.wait(WITHIN)
        left = asked(environment, "squeue", "-h", "-t", "RUNNING,PENDING")
        assert not left, f"the recipe left jobs behind: {left}"


def new_ones(environment: dict[str, str], old: list[str]) -> bool:
    return bool(set(asked(environment, "squeue", "-h", "-t", "RUNNING", "-o", "%i").split()) - set(old))


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="slurm-"))
    try:
        install()
        import dask_jobqueue  # noqa: F401

        folder.chmod(0o755)
        warm.prepare()
        course = made_class(folder / "course")
        here, there = (copy_of(course, folder / name) for name in ("here", "there"))
        with slurm(folder) as environment:
            report, seconds = through_slurm(folder, environment, there)
        local, alone = grade(here, "--workers", "2")
        assert report["graded"] == local["graded"] and gradebook_rows(there) == gradebook_rows(here), (
            "Slurm left another gradebook"
        )
        print(
            f"{report['graded']} hand-ins through Slurm in {seconds:.1f} s, without it in {alone:.1f} s: the same gradebook"
        )
        return 0
    except (Absent, ModuleNotFoundError) as why:
        print(f"tests/slurm.py was NOT run: {why}")
        return 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
