"""The warm parent: everything imported, nothing run. For every submission it forks a child that starts clean.

Started by `autograder.room`, under bubblewrap where there is one. Warm, it forks one server a room, each with one control socket.
"start" comes with the descriptor of the child's own socket; "interrupt" and "kill" mean the running child. A server never reads a
submission, so that no copy of one is left for the next child to find.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
import tempfile
import traceback

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID = 0x00020000, 0x08000000, 0x10000000, 0x20000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
CAPABILITIES_VERSION_3 = 0x20080522
NOBODY = 60001  # any number that is not the grader's own user


def main() -> None:
    settings = json.loads(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is the grader's business

    import inside.child  # noqa: F401  (what a child needs is loaded before it is forked)
    from inside.shell import warm_shell

    shell = warm_shell()
    gc.collect()
    gc.freeze()  # so that a child's garbage collector does not touch, and thereby copy, what it shares with us
    servers = []
    for control in settings["controls"]:
        if pid := os.fork():
            servers.append(pid)
            continue
        for other in settings["controls"]:
            if other != control:
                os.close(other)
        with contextlib.suppress(ConnectionError, BrokenPipeError):
            _serve_room(shell, socket.socket(fileno=control), settings)
        os._exit(0)
    for control in settings["controls"]:
        os.close(control)
    for server in servers:
        os.waitpid(server, 0)


def _serve_room(shell, control: socket.socket, settings: dict) -> None:
    """One submission after the other, until the grader closes the socket."""
    _say(control, {"ready": True})
    while True:
        words, descriptors, _, _ = socket.recv_fds(control, 4096, 1)
        if not words:
            return
        if "start" in _told(words):
            pid, watched = _start(shell, descriptors[0], settings)
            os.close(descriptors[0])
            _look_after(control, pid, watched)


def _look_after(control: socket.socket, pid: int, watched: int) -> None:
    """Pass on "interrupt" and "kill" until the child has ended, then say so."""
    process = [os.pidfd_open(pid)] if hasattr(os, "pidfd_open") else []  # elsewhere: look every few milliseconds
    killed = ended = False
    while not ended:
        readable, _, _ = select.select([*process, *([] if killed else [control])], [], [], None if process else 0.005)
        if control in readable:
            words = control.recv(4096)
            killed = not words or "kill" in _told(words)
            with contextlib.suppress(ProcessLookupError):
                os.kill(watched, signal.SIGKILL if killed else signal.SIGINT)
        ended = os.waitpid(pid, os.WNOHANG)[0] == pid
    with contextlib.suppress(PermissionError, ProcessLookupError):
        os.killpg(watched, signal.SIGKILL)  # what it left behind; under bubblewrap that went with its process namespace
    for descriptor in process:
        os.close(descriptor)
    _say(control, {"ended": True})


def _told(words: bytes) -> list[str]:
    """What the grader said, one line each: two words sent in a row may arrive as one."""
    return [json.loads(line)["do"] for line in words.splitlines()]


def _start(shell, descriptor: int, settings: dict) -> tuple[int, int]:
    """Fork a child for one submission; its process id, and the id of the process that is to be signalled."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        with os.fdopen(reader) as told:
            inner = told.read()
        return pid, int(inner or pid)
    status = 1
    try:
        with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")  # if memory runs out, this process goes first, not the grader
        inner = 0
        if settings["namespaces"]:
            _leave(settings)
            inner = os.fork()
        if inner:  # outside the new process namespace: only waits for its first process, and out of its reach
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
            os.write(writer, str(inner).encode())
            os.close(writer)
            os.close(descriptor)
            os.waitpid(inner, 0)
            status = 0
        else:
            os.setsid()
            if hasattr(ctypes.CDLL(None), "prctl"):
                ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # no orphan outlives the room
            if settings["namespaces"]:
                _give_up_capabilities()
            else:
                os.write(writer, str(os.getpid()).encode())
            os.close(writer)
            _serve(shell, descriptor, settings)
            status = 0
    except BaseException:
        traceback.print_exc()  # the grader keeps what the room says on its standard error
    finally:
        os._exit(status)


def _leave(settings: dict) -> None:
    """Own user, mount, process, IPC and network namespaces; an own scratch folder, nothing else to write to; no way to be root."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # else its own /proc entries would belong to root
    uid, gid = os.getuid(), os.getgid()
    _must(libc.unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWNET), "unshare")
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)
    size = f"size={settings['disk']},mode=700".encode()
    _must(libc.mount(b"tmpfs", settings["scratch"].encode(), b"tmpfs", 0, size), "mount scratch")
    for shared in (b"/proc", b"/matplotlib"):
        _must(libc.mount(b"tmpfs", shared, b"tmpfs", 0, b"size=4k"), f"cover {shared.decode()}")


def _give_up_capabilities() -> None:
    """In a user namespace of one's own one may do much, such as uncover what `_leave` covered. After this, nothing of it.

    A submission that makes one more namespace gets no further: there the covers are locked.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION_3, 0)
    none_at_all = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable, in two words each
    _must(libc.capset(header, none_at_all), "give up capabilities")


def _must(failed: int, what: str) -> None:
    if failed:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


def _serve(shell, descriptor: int, settings: dict) -> None:
    """Become the submission's process: nothing open but its wire, limits set, in its own folder."""
    from inside.child import close_other_descriptors, serve
    from inside.wire import Wire

    close_other_descriptors(keep=descriptor)
    if not settings["namespaces"]:
        settings["scratch"] = tempfile.mkdtemp(prefix="room-", dir=settings["scratch"])
    os.chdir(settings["scratch"])
    os.environ.update(HOME=settings["scratch"], TMPDIR=settings["scratch"])
    tempfile.tempdir = None  # what the warm process settled on is not for us to write to
    sys.path.insert(0, "")
    for name, limit in settings["limits"].items():
        kind = getattr(resource, name, None)
        if kind is not None:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (limit, limit))
    serve(shell, Wire(socket.socket(fileno=descriptor)))


def _say(control: socket.socket, words: dict) -> None:
    control.sendall(json.dumps(words).encode() + b"\n")


if __name__ == "__main__":
    main()
