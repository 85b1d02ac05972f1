"""A warm process: what programs import is imported once, and each program then runs in a fresh copy of the process.

Its own words are LISTENER KIND: the descriptor of a listening socket, and what to import. Who connects sends a line of JSON
(program, words, folder, environment) with the descriptors of standard input, output and error. Back come the copy's process id and,
when it has ended, its exit status, each on a line. Who hangs up before that has it ended.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import select
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

KERNELS = "numpy IPython ipykernel.kernelapp ipykernel.ipkernel ipykernel.zmqshell ipywidgets anywidget comm nbformat"
KERNELS += " matplotlib.figure matplotlib.backends.backend_agg matplotlib.font_manager"  # pyplot asks who imports it
COMMANDS = "autograder.lean autograder.cli autograder.grading.command autograder.demo.run autograder.demo.show"
COMMANDS += " autograder.publish.check_release autograder.sandbox.doctor autograder.examination.selftest"
COMMANDS += " nbgrader.apps.nbgraderapp nbgrader.converters nbconvert.exporters"
# What a kernel says when it starts, and matplotlib hears only once.
FIGURES = "module://matplotlib_inline.backend_inline"
IMPORTS = {"kernels": KERNELS.split(), "commands": COMMANDS.split()}


def kernel() -> None:
    """`python -m ipykernel_launcher`."""
    import matplotlib
    import numpy as np
    from ipykernel import kernelapp

    np.random.seed()  # or every copy would draw the same
    matplotlib.rcParams["backend"] = os.environ.get("MPLBACKEND", FIGURES)
    sys.argv.append(f"--IPKernelApp.parent_handle={os.getppid()}")  # whose end it looks out for
    kernelapp.launch_new_instance()


def autograder() -> None:
    """`python -m autograder`."""
    from autograder.cli import main

    if batch := os.environ.get("TEST_BATCH"):  # the class of the tests would fit into one
        from autograder.grading import run

        run.BATCH = int(batch)
    if hold := os.environ.get("TEST_HOLD"):
        hold_after_the_first_batch(Path(hold))
    main()


def hold_after_the_first_batch(sign: Path) -> None:
    """Let the grader record one batch, and no other as long as there is such a file: what a test does meets it half way."""
    from autograder.grading.recording import Recorder

    record, recorded = Recorder.record, []

    def held(self, batch):
        while recorded and sign.exists():
            time.sleep(0.01)
        recorded.append(batch)
        return record(self, batch)

    Recorder.record = held


def nbgrader() -> None:
    """`nbgrader`."""
    from nbgrader.apps.nbgraderapp import main

    main()


PROGRAMS: dict[str, Callable[[], None]] = {"kernel": kernel, "autograder": autograder, "nbgrader": nbgrader}


def serve(listener: socket.socket) -> None:
    """A process for everybody who connects, until standard input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those
    while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
        caller, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            attend(caller)
        caller.close()


def attend(caller: socket.socket) -> None:
    """Run what is asked for in a copy of this process, and tell how it ended. Does not return."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    # Tests that a shell runs in the background inherit that it is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asked, descriptors = b"", []
    while not asked.endswith(b"\n"):
        more, sent, _, _ = socket.recv_fds(caller, 2**16, 3)
        if not more:
            os._exit(1)
        asked, descriptors = asked + more, descriptors + list(sent)
    program = os.fork()
    if program == 0:
        os.setsid()
        caller.close()
        become(json.loads(asked), descriptors)
    caller.sendall(b"%d\n" % program)

    def end_if_nobody_listens() -> None:
        with contextlib.suppress(OSError):  # it has just ended by itself
            if not caller.recv(1):
                os.killpg(program, signal.SIGKILL)

    threading.Thread(target=end_if_nobody_listens, daemon=True).start()
    _, status = os.waitpid(program, 0)
    with contextlib.suppress(OSError):
        caller.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def become(asked: dict, descriptors: list[int]) -> None:
    """Be that program in that folder with that environment, from its first line to its last. Does not return."""
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
    os.closerange(3, max(descriptors) + 1)
    sys.stdin, sys.stdout = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)  # noqa: SIM115
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    sys.path[:0] = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    tempfile.tempdir = None  # worked out anew
    sys.argv = [asked["program"], *asked["words"]]
    code = 0
    try:
        PROGRAMS[asked["program"]]()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        if not isinstance(end.code, (int, type(None))):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        code = 1
    for last in (
        threading._shutdown,
        atexit._run_exitfuncs,
        sys.stdout.flush,
        sys.stderr.flush,
    ):  # as Python itself ends
        with contextlib.suppress(BaseException):  # nothing that fails keeps what was printed from being written
            last()
    os._exit(code & 0xFF)


def main() -> None:
    """Import, and be there."""
    listener, kind = socket.socket(fileno=int(sys.argv[1])), sys.argv[2]
    if kind == "kernels":
        os.environ["MPLBACKEND"] = FIGURES
    for name in IMPORTS[kind]:
        importlib.import_module(name)
    if kind == "kernels":  # which must find the course of their own folder, and no autograder
        root = os.getcwd()
        sys.path[:] = [path for path in sys.path if path not in ("", root)]
        assert not {"course", "autograder"} & {name.partition(".")[0] for name in sys.modules}
    serve(listener)
