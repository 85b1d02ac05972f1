"""One submission: run its cells, let probes observe its answers, send back what happened. Knows no answer.

The judge asks, one message after the other, and this process answers. If an answer once ended the process, the judge asks for
probes in forked copies ("careful"), so that each of the later ones is heard.
"""

from __future__ import annotations

import io
import math
import os
import signal
import socket
import sys
from pathlib import Path

from autograder.sandbox.inside.channel import HEAD_LIMIT, Arrays, Channel, pack
from autograder.sandbox.inside.observations import read_case, write_observations
from autograder.sandbox.inside.shell import SandboxShell
from course import letters
from course.observe import observe_raw
from course.probes import all_probes
from course.quiet import quiet

TOO_MUCH = {"output_type": "stream", "name": "stdout", "text": "... outputs left out: too much ...\n"}


LOWEST = 19  # priority: what a submission forks yields to its neighbours' answers, however many there are
_for_the_judge = False  # while a copy is forked that is to answer a probe


def _yield_to_others() -> None:
    if not _for_the_judge:
        os.nice(LOWEST)


def serve(shell: SandboxShell, channel: Channel) -> None:
    """Answer until the other side closes."""
    os.register_at_fork(after_in_child=_yield_to_others)
    while True:
        try:
            request, arrays = channel.receive()
        except EOFError:
            return
        # A submission may have replaced the handler; a time-out must reach the next cell all the same.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        answer = {"run": _run, "probe": _probe, "letter": _letter, "files": _files}[request["do"]]
        try:
            packed = answer(shell, request, arrays)
        except KeyboardInterrupt:
            packed = pack({"interrupted": True})
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        channel.end.sendall(packed)


def _run(shell: SandboxShell, request: dict, _: Arrays) -> bytes:
    """Run a cell. Outputs that are no JSON (a student's own display method may return anything) become their text."""
    outputs = shell.run(request["source"])
    count = int(shell.execution_count) - 1
    packed = pack({"outputs": _plain(outputs), "count": count})
    if len(packed) > HEAD_LIMIT:
        errors = [output for output in outputs if output["output_type"] == "error"]
        packed = pack({"outputs": _plain([*errors, TOO_MUCH]), "count": count})
    return packed


def _files(_: SandboxShell, __: dict, arrays: Arrays) -> bytes:
    """Lay the files that belong to the notebook into the scratch folder."""
    for name, content in arrays.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.tobytes())
    return pack({"written": len(arrays)})


def _letter(shell: SandboxShell, request: dict, _: Arrays) -> bytes:
    value = shell.user_ns.get(request["variable"])
    return pack({"value": str(value) if type(value) is str and len(value) < letters.LIMIT else ""})


def _probe(shell: SandboxShell, request: dict, arrays: Arrays) -> bytes:
    """Observe the named answer on every case."""
    if request["variable"] not in shell.user_ns:
        return pack({"missing": True})
    answer = shell.user_ns[request["variable"]]
    if not request["careful"]:
        return observations(answer, request, arrays)
    global _for_the_judge
    parent, child = socket.socketpair()
    _for_the_judge = True
    pid = os.fork()
    _for_the_judge = False
    if pid == 0:
        try:
            parent.close()
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            child.sendall(observations(answer, request, arrays))
        finally:
            os._exit(0)
    child.close()
    try:
        parts = []
        while part := parent.recv(2**20):
            parts.append(part)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        parent.close()
    return b"".join(parts) or pack({"crashed": True})


def observations(answer, request: dict, arrays: Arrays) -> bytes:
    """What the probe saw on each case, as one message."""
    _, probe = all_probes()[request["probe"]]
    with quiet():  # once for all cases, and not anew for each
        seen = [
            observe_raw(probe, answer, read_case(arrays, case, probe.arguments)) for case in range(request["cases"])
        ]
    described, named = write_observations(seen)
    return pack({"observations": described}, named)


def _plain(value):
    """JSON values out of whatever a submission's display methods returned."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (bool, int)) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return str(value)


def close_other_descriptors(keep: int) -> None:
    """Nothing of the sandbox's own is left for a submission to find but its own channel."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False))  # at its end, and no terminal: `help` asks it
    os.closerange(3, keep)
    os.closerange(keep + 1, 4096)
