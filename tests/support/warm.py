"""Programs that start at once, since a warm process has imported what they need: `autograder`, `nbgrader`, and kernels.

Each runs in a process of its own with its own folder, environment and output, as when it is started from a shell. Where a process
cannot be copied (Windows), they are started from scratch.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
CAN_COPY = hasattr(os, "fork") and hasattr(socket, "send_fds")
ADDRESS = {"commands": "WARM_COMMANDS", "kernels": "WARM_KERNELS"}  # variables that hold them, for workers


def prepare() -> None:
    """Called once, by the process that runs the tests or their workers. The warm processes come when somebody asks for one."""
    if not CAN_COPY:
        return
    folder = Path(tempfile.mkdtemp(prefix="warm-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for kind, variable in ADDRESS.items():
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(folder / kind))
        listener.listen(64)
        os.environ[variable] = str(folder / kind)
        threading.Thread(target=_start_when_asked, args=(listener, kind), daemon=True).start()
    _offer_kernels(folder)


def _start_when_asked(listener: socket.socket, kind: str) -> None:
    select.select([listener], [], [])
    code = "from tests.support.warm_process import main\nmain()"
    command = [sys.executable, "-c", code, str(listener.fileno()), kind]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment | {"OPENBLAS_NUM_THREADS": "1"} if kind == "commands" else environment,
        pass_fds=[listener.fileno()],
        stdin=subprocess.PIPE,  # kept open as long as this process lives
        start_new_session=True,
    ).wait()


def _offer_kernels(folder: Path) -> None:
    """Let Jupyter find them before those of the installation, under the same name."""
    spec = folder / "share" / "kernels" / "python3"
    spec.mkdir(parents=True)
    command = [sys.executable, "-I", "-S", str(HERE / "warm_kernel.py"), os.environ[ADDRESS["kernels"]]]
    told = {"argv": [*command, "-f", "{connection_file}"], "display_name": "Python 3 (ipykernel)", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(told | {"metadata": {"debugger": True}}), encoding="utf-8")
    os.environ["JUPYTER_PATH"] = str(folder / "share")


class Started:
    """A program at work. As much of `subprocess.Popen` as tests ask for."""

    def __init__(self, program: str, words: list[str], cwd: Path | None, env: dict[str, str] | None):
        self.args, self.returncode = [program, *words], None
        self._said = [tempfile.TemporaryFile() for _ in range(2)]  # noqa: SIM115
        folder = os.path.abspath(cwd or os.getcwd())
        environment = dict(os.environ if env is None else env)
        asked = {"program": program, "words": words, "folder": folder, "environment": environment}
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(os.environ[ADDRESS["commands"]])
        with open(os.devnull, "rb") as nothing:
            ends = [one.fileno() for one in (nothing, *self._said)]
            socket.send_fds(self._line, [json.dumps(asked).encode() + b"\n"], ends)
        self._answers = self._line.makefile("rb")
        self.pid = int(self._answers.readline())

    def poll(self) -> int | None:
        """Its exit status, if it has ended."""
        if self.returncode is None and select.select([self._line], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, as soon as it has ended."""
        if self.returncode is None:
            if not select.select([self._line], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.args, timeout)
            self.returncode = int(self._answers.readline())
            self._answers.close()
            self._line.close()
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it printed and what it complained of, when it has ended."""
        self.wait(timeout)
        for file in self._said:
            file.seek(0)
        return tuple(file.read().decode("utf-8", errors="replace") for file in self._said)

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it ends at this very moment
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def start(program: str, *words: str, cwd: Path | None = None, env: dict[str, str] | None = None):
    """Start "autograder" or "nbgrader"; a process to wait for, like that of `subprocess.Popen`."""
    if CAN_COPY and ADDRESS["commands"] in os.environ:  # not by a script that runs without pytest
        return Started(program, list(words), cwd, env)
    from autograder.demo.run import PROGRAMS

    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([*PROGRAMS[program], *words], cwd=cwd, env=env, **pipes)


def run(program: str, *words: str, cwd: Path | None = None, env: dict[str, str] | None = None, timeout: float = 600):
    """Run "autograder" or "nbgrader" to its end: what `subprocess.run` gives, with text."""
    process = start(program, *words, cwd=cwd, env=env)
    try:
        said, complained = process.communicate(timeout)
    except BaseException:
        process.kill()
        raise
    return subprocess.CompletedProcess([program, *words], process.returncode, said, complained)
