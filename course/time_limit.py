"""A limit on how long an answer may run, wherever Python runs.

Three ways to stop a loop that never ends, each where those before it do not exist: an alarm of the system's (the main thread on
Linux and macOS), a second thread that raises an exception in the first (Windows, other threads), and a look at the clock before
every line (Pyodide, where a page has one thread; an answer takes some times as long meanwhile). None of them interrupts a single
call of C code; an alarm wakes one that sleeps.
"""

from __future__ import annotations

import contextlib
import ctypes
import signal
import sys
import threading
import time
from collections.abc import Callable

AGAIN = 0.01  # s: from then on so often, since a bare `except:` of the answer's own may have swallowed the first one
OURS = ("course.time_limit", "course.observe", "contextlib")  # modules that are on their way out, or just starting


class TooLong(BaseException):
    """An answer did not come in time; no `except Exception` of the answer's own holds it up."""


@contextlib.contextmanager
def time_limit(seconds: float | None):
    """Raise TooLong in the running code after some seconds; None is no limit."""
    if seconds is None:
        yield
        return
    stop = _alarm(seconds) or _second_thread(seconds) or _clock_at_every_line(seconds)
    try:
        yield
    finally:
        while True:  # one that comes while we are about to stop it
            try:
                stop()
                break
            except TooLong:
                continue


def _alarm(seconds: float) -> Callable[[], None] | None:
    """A signal, to which Python listens in its main thread only."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return None

    def ring(_, frame):
        if not _is_ours(frame):
            raise TooLong(f"{seconds:g}")

    def stop():
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    return stop


def _second_thread(seconds: float) -> Callable[[], None] | None:
    """A thread that waits, and then raises TooLong in this one, between two of its instructions."""
    raise_in = getattr(getattr(ctypes, "pythonapi", None), "PyThreadState_SetAsyncExc", None)
    if raise_in is None:
        return None
    running, lock, over = ctypes.c_ulong(threading.get_ident()), threading.Lock(), threading.Event()
    too_long = type("TooLong", (TooLong,), {"__init__": lambda self: TooLong.__init__(self, f"{seconds:g}")})

    def watch():
        wait = seconds
        while not over.wait(wait):
            with lock:
                if not over.is_set() and not _is_ours(sys._current_frames().get(running.value)):
                    raise_in(running, ctypes.py_object(too_long))
            wait = AGAIN

    def stop():
        with lock:
            over.set()
        for _ in range(
            10
        ):  # one that was raised and has not arrived does so here; taking it back slows Python 3.11 down
            pass

    try:
        threading.Thread(target=watch, daemon=True).start()
    except RuntimeError:  # there are no threads
        return None
    return stop


def _is_ours(frame) -> bool:
    """True where the exception would hit the very code that ends the limit."""
    return frame is not None and frame.f_globals.get("__name__") in OURS


def _clock_at_every_line(seconds: float) -> Callable[[], None]:
    """What debuggers use: a function that Python calls before every line."""
    end, before = time.monotonic() + seconds, sys.gettrace()

    def look(frame, event, argument):
        if time.monotonic() > end:
            raise TooLong(f"{seconds:g}")
        return look

    sys.settrace(look)
    return lambda: sys.settrace(before)
