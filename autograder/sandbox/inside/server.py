"""The warm parent: everything imported, nothing run. For every submission it forks a child that starts clean.

Started by `autograder.sandbox.fork_server`. Once warm, it forks one server a sandbox, each with one control socket.
"start" comes with the descriptor of the child's own socket, and says whether the notebook draws; "interrupt" and "kill" mean the
running child, and "processor" asks what it had of the processors, and how long it waited for them. A server never reads a
submission, so that no copy of one is left for the next child to find.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import socket
import sys
import tempfile
import threading
import traceback
from pathlib import Path

from autograder.sandbox.inside.machine import write_machine
from autograder.sandbox.inside.processor import number_in_proc, seconds_run, seconds_waited

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID = 0x00020000, 0x08000000, 0x10000000, 0x20000000
CLONE_NEWNET = 0x40000000
MS_BIND, MS_REC = 4096, 16384
PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
CAPABILITIES_VERSION_3 = 0x20080522
STUDENT = "student"  # whom a submission is run as, if it asks by name
NOBODY = 60001  # any number that is not the grader's own user
KEYCTL = {"x86_64": 250, "aarch64": 219}  # the system call's number
JOIN_SESSION_KEYRING = 1
FILES = 20_000  # that the scratch folder may hold
MATPLOTLIB = "/matplotlib"  # where it finds its list of fonts, which takes seconds to make
_libc = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    settings = json.loads(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is the grader's business

    import autograder.sandbox.inside.child  # noqa: F401  (what a child needs is loaded before it is forked)
    from autograder.sandbox.inside.shell import Withheld, warm_shell

    shell = warm_shell()
    sys.meta_path.insert(0, Withheld(settings["withheld"]))
    servers = []
    for control in settings["controls"]:
        if pid := os.fork():
            servers.append(pid)
            continue
        for other in settings["controls"]:
            if other != control:
                os.close(other)
        with contextlib.suppress(ConnectionError, BrokenPipeError):
            _serve_sandbox(shell, socket.socket(fileno=control), settings)
        os._exit(0)
    for control in settings["controls"]:
        os.close(control)
    for server in servers:
        os.waitpid(server, 0)


def _serve_sandbox(shell, control: socket.socket, settings: dict) -> None:
    """One submission after the other, until the grader closes the socket."""
    own_processes = None
    if settings["namespaces"]:
        own_processes = _shut_off()
        settings["fonts"] = {path.name: path.read_bytes() for path in Path(MATPLOTLIB).glob("fontlist*.json")}
    settings["limits"]["RLIMIT_NPROC"] = _process_limit(settings, own_processes)
    _say(control, {"ready": True})
    draws = False
    while True:
        received, descriptors, _, _ = socket.recv_fds(control, 4096, 1)
        if not received:
            return
        messages = _messages(received)
        if "start" in messages:
            if messages["start"]["figures"] and not draws:
                from autograder.sandbox.inside.shell import warm_figures

                if own_processes is not None:
                    _must(_libc.setns(own_processes, CLONE_NEWPID), "setns")  # elsewhere one cannot start a thread
                warm_figures(shell)
                draws = True
            if own_processes is not None:
                _next_child_alone(own_processes)
            pid = _start(shell, descriptors[0], settings)
            os.close(descriptors[0])
            _look_after(control, pid)


def _shut_off() -> int:
    """A network of nothing for this sandbox, and the right to give each child its own process namespace; a handle on our own.

    The network is the sandbox's, not the submission's: one follows the other, and nothing of the first is left by then. Making one
    costs more than running a cell.
    """
    if os.getuid() == 0:
        _must(_libc.unshare(CLONE_NEWNET), "unshare")
    else:  # who is not root may do that in namespaces of their own, and is in the process namespace after a fork
        _unshare_user(CLONE_NEWNET | CLONE_NEWPID)
        if pid := os.fork():
            os.waitpid(pid, 0)
            os._exit(0)
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    return os.open("/proc/self/ns/pid", os.O_RDONLY)


def _process_limit(settings: dict, own_processes: int | None) -> int:
    """The limit on processes that leaves a submission what it was promised.

    Without namespaces, and with them before Linux 5.14, the kernel counts every thread of the user, a browser's too: then the limit
    that was asked for could be used up before a submission has begun. So it is tried, in a child as submissions are.
    """
    promised = settings["limits"]["RLIMIT_NPROC"]
    for more in (0, 100, 400, 2_000, 15_000):
        limit = promised + more
        if own_processes is not None:
            _next_child_alone(own_processes)
        if (pid := os.fork()) == 0:
            status = 1
            with contextlib.suppress(BaseException):
                if settings["namespaces"]:
                    _leave(settings)
                resource.setrlimit(resource.RLIMIT_NPROC, (limit, limit))
                threading.stack_size(2**16)
                enough = threading.Event()
                for _ in range(promised - 4):
                    threading.Thread(target=enough.wait, daemon=True).start()
                status = 0
            os._exit(status)
        if os.waitpid(pid, 0)[1] == 0:
            return limit
    return resource.RLIM_INFINITY


def _next_child_alone(own_processes: int) -> None:
    """The next fork makes the first process of a new process namespace: when it ends, the kernel ends all that it started."""
    _must(_libc.setns(own_processes, CLONE_NEWPID), "setns")  # the last one's namespace ended with it
    _must(_libc.unshare(CLONE_NEWPID), "unshare")


def _unshare_user(more: int) -> None:
    """Enter a user namespace of our own, with our own user in it, and what else is named."""
    uid, gid = os.getuid(), os.getgid()
    _must(_libc.unshare(CLONE_NEWUSER | more), "unshare")
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def _look_after(control: socket.socket, pid: int) -> None:
    """Pass on "interrupt" and "kill" until the child has ended, then say so."""
    process = [os.pidfd_open(pid)] if hasattr(os, "pidfd_open") else []  # elsewhere: look every few milliseconds
    number = number_in_proc(pid, *process or [None])
    killed = ended = False
    while not ended:
        readable, _, _ = select.select([*process, *([] if killed else [control])], [], [], None if process else 0.005)
        if control in readable:
            received = control.recv(4096)
            messages = _messages(received)
            killed = not received or "kill" in messages
            if "processor" in messages:
                _say(control, {"waited": seconds_waited(number), "ran": seconds_run(number)})
            with contextlib.suppress(ProcessLookupError):
                if killed or "interrupt" in messages:
                    os.kill(pid, signal.SIGKILL if killed else signal.SIGINT)
        ended = os.waitpid(pid, os.WNOHANG)[0] == pid
    with contextlib.suppress(PermissionError, ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)  # what it left behind; under bubblewrap that went with its process namespace
    for descriptor in process:
        os.close(descriptor)
    _say(control, {"ended": True})


def _messages(lines: bytes) -> dict[str, dict]:
    """What the grader said, by what is to be done, one line each: two words sent in a row may arrive as one."""
    return {message["do"]: message for message in map(json.loads, lines.splitlines())}


def _start(shell, descriptor: int, settings: dict) -> int:
    """Fork a child for one submission; its process id."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setsid()
        with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")  # if memory runs out, this process goes first, not the grader
        if settings["namespaces"]:
            _leave(settings)
            _give_up_capabilities()
        if hasattr(_libc, "prctl"):
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # no orphan outlives the sandbox
        _serve(shell, descriptor, settings)
        status = 0
    except BaseException:
        traceback.print_exc()  # the grader keeps what the sandbox says on its standard error
    finally:
        os._exit(status)


def _leave(settings: dict) -> None:
    """Own user, mount and IPC namespaces; an own scratch folder, nothing else to write to; no way to be root."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        _libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # else its own /proc entries would belong to root
    _unshare_user(CLONE_NEWNS | CLONE_NEWIPC)
    for what in (
        "user",
        "mnt",
    ):  # none within these: what can be mounted in a fresh namespace reaches further than one would think
        with contextlib.suppress(OSError), open(f"/proc/sys/user/max_{what}_namespaces", "w") as file:
            file.write("0")
    if number := KEYCTL.get(os.uname().machine):  # keys of the grader's login are no business of a submission's
        _libc.syscall(number, JOIN_SESSION_KEYRING, None, 0, 0, 0)
    size = f"size={settings['disk']},nr_inodes={FILES},mode=700".encode()
    for kept, path in settings["below_tmp"].items():
        _bind(path, kept)
    _must(_libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, size), "mount /tmp")
    for kept, path in settings["below_tmp"].items():  # a Python, say, whose files would be covered
        os.makedirs(path)
        _bind(kept, path)
    _bind("/tmp", "/dev/shm")  # where semaphores are made
    os.mkdir(settings["scratch"], 0o700)
    for shared in ("/proc", MATPLOTLIB):
        _must(_libc.mount(b"tmpfs", shared.encode(), b"tmpfs", 0, b"size=1m,nr_inodes=100"), f"cover {shared}")
    write_machine(settings["limits"]["RLIMIT_AS"], STUDENT, settings["scratch"])
    _bind("/proc/passwd", "/etc/passwd")
    for name, content in settings["fonts"].items():
        with open(f"{MATPLOTLIB}/{name}", "wb") as file:
            file.write(content)


def _bind(path: str, there: str) -> None:
    """Have a folder, with what is mounted in it, at another place too."""
    _must(_libc.mount(path.encode(), there.encode(), None, MS_BIND | MS_REC, None), f"mount {there}")


def _give_up_capabilities() -> None:
    """In a user namespace of one's own one may do much, such as uncover what `_leave` covered. After this, nothing of it.

    A submission that makes one more namespace gets no further: there the covers are locked.
    """
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION_3, 0)
    none_at_all = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable, in two words each
    _must(_libc.capset(header, none_at_all), "give up capabilities")


def _must(failed: int, what: str) -> None:
    if failed:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


def _serve(shell, descriptor: int, settings: dict) -> None:
    """Become the submission's process: nothing open but its channel, limits set, in its own folder."""
    from autograder.sandbox.inside.channel import Channel
    from autograder.sandbox.inside.child import close_other_descriptors, serve

    close_other_descriptors(keep=descriptor)
    if not settings["namespaces"]:
        settings["scratch"] = tempfile.mkdtemp(prefix="sandbox-", dir=settings["scratch"])
    os.chdir(settings["scratch"])
    os.environ.update(HOME=settings["scratch"], TMPDIR=settings["scratch"], USER=STUDENT, LOGNAME=STUDENT)
    tempfile.tempdir = None  # what the warm process settled on is not for us to write to
    sys.path.insert(0, "")
    for name, limit in settings["limits"].items():
        kind = getattr(resource, name, None)
        if kind is not None:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (limit, limit))
    serve(shell, Channel(socket.socket(fileno=descriptor)))


def _say(control: socket.socket, message: dict) -> None:
    control.sendall(json.dumps(message).encode() + b"\n")
