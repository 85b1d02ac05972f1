"""The fork server seen from outside: a warm process, started once, that forks a clean child for every submission."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile

from autograder.sandbox.imports import withheld
from autograder.sandbox.isolation import BACKENDS, below_tmp
from autograder.sandbox.limits import Limits

SINGLE_THREADED = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class ForkServer:
    """A warm process that serves several sandboxes: what every submission needs is imported once, before the first one comes.

    controls: one socket a sandbox, our end of it.
    """

    def __init__(self, isolation: str, limits: Limits, sandboxes: int):
        backend = BACKENDS[isolation]
        self._folder = tempfile.TemporaryDirectory(prefix="sandbox-", ignore_cleanup_errors=True)
        pairs = [socket.socketpair() for _ in range(sandboxes)]
        self.controls = [ours for ours, _ in pairs]
        ends = [theirs.fileno() for _, theirs in pairs]
        settings = {
            "controls": ends,
            "namespaces": backend.namespaces,
            "scratch": backend.scratch(self._folder.name),
            "disk": limits.disk,
            "withheld": sorted(withheld()),
            "below_tmp": below_tmp(),
            "limits": limits.resource_limits(),
        }
        environment = {
            "LANG": "C.UTF-8",
            "PATH": "/usr/bin:/bin",
            "NBGRADER_EXECUTION": "autograde",  # as nbgrader tells what it runs
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as in a kernel
            **SINGLE_THREADED,
            **{name: os.environ[name] for name in ("PYTHONDONTWRITEBYTECODE",) if name in os.environ},
            **backend.environment(self._folder.name),
        }
        self._errors = tempfile.TemporaryFile(prefix="sandbox-")  # noqa: SIM115 (open as long as the server runs)
        self.process = subprocess.Popen(
            backend.command(json.dumps(settings)),
            env=environment,
            cwd="/",
            pass_fds=ends,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
        )
        for _, theirs in pairs:
            theirs.close()

    def said(self) -> str:
        """What it wrote on its standard error: for whoever looks into a fault of the sandbox itself."""
        size = os.fstat(self._errors.fileno()).st_size
        return os.pread(self._errors.fileno(), size, 0).decode(errors="replace")

    def close(self) -> None:
        """End it and everything that was started in it."""
        self.process.kill()
        self.process.wait()
        self._errors.close()
        self._folder.cleanup()
