"""An answer that never ends is stopped, by `check` and by `examine`, with and without the system's alarms, and without threads."""

import signal
import sys
import threading
import time

import numpy as np
import pytest

from autograder.examination.examine import examine
from course import time_limit as limits
from course.checking import check
from course.hint import Hint
from course.observe import observe
from course.probes import all_probes
from course.time_limit import TooLong, time_limit
from tests.support.work import calls

SOON = 0.3  # s
RAMP = np.arange(-6.0, 6.0).reshape(3, 4)


def forever(*_):
    while True:
        pass


def forever_unless_an_error_counts(*_):
    while True:
        try:  # noqa: SIM105
            sum(range(50))
        except:  # noqa: E722  (that is what it is about)
            pass


def at_last(*_):
    """Right, in the end, if it is given the time."""
    for _ in range(10):
        time.sleep(0.01)
    return 6.0


def no_alarm(monkeypatch):
    monkeypatch.delattr(signal, "setitimer")


def no_thread_either(monkeypatch):
    no_alarm(monkeypatch)

    def cannot(*_, **__):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading, "Thread", cannot)


WAYS = {"an alarm": lambda _: None, "a second thread": no_alarm, "the clock at every line": no_thread_either}


@pytest.fixture(params=WAYS)
def way(request, monkeypatch):
    WAYS[request.param](monkeypatch)
    return request.param


def stopped(monkeypatch, ask):
    """What is said of an answer that never ends."""
    for module in ("course.checking", "autograder.examination.examine"):  # the packages export functions of these names
        monkeypatch.setattr(sys.modules[module], "SECONDS", SOON)
    with pytest.raises(Hint) as hint:
        ask()
    return str(hint.value)


@pytest.mark.parametrize("ask", [check, examine])
def test_an_endless_loop_ends(monkeypatch, way, ask):
    double = forever
    assert "did not finish within 0.3 s" in stopped(monkeypatch, lambda: ask(double))


@pytest.mark.parametrize("ask", [check, examine])
def test_in_a_thread(monkeypatch, ask):
    said = []
    double = forever
    thread = threading.Thread(target=lambda: said.append(stopped(monkeypatch, lambda: ask(double))), daemon=True)
    thread.start()
    thread.join(120)
    assert not thread.is_alive() and "did not finish within 0.3 s" in said[0]


@pytest.mark.parametrize("taken", [lambda _: None, no_alarm])
def test_a_loop_that_catches_everything_ends(monkeypatch, taken):
    taken(monkeypatch)
    double = forever_unless_an_error_counts
    assert "did not finish within 0.3 s" in stopped(monkeypatch, lambda: check(double))


def test_an_endless_part_is_not_waited_for_again_in_each_part_before_it(monkeypatch):
    calls = []

    def attention_forward(*arrays, **more):
        calls.append(1)
        forever()

    assert "did not finish" in stopped(monkeypatch, lambda: check(attention_forward, "axes"))
    assert len(calls) == 1


def test_who_comes_in_time_is_not_disturbed(way):
    probe = all_probes()["double"][1]
    for _ in range(20):  # an exception that comes late would hit what follows
        seen = observe(probe, lambda x: 2 * x, {"x": np.array(3.0)}, seconds=5)
        assert seen.trouble is None
    with time_limit(5):
        assert at_last() == 6.0
    time.sleep(3 * limits.AGAIN)


def test_a_limit_leaves_nothing_behind(way):
    before = signal.getsignal(signal.SIGALRM)
    for _ in range(3):
        with pytest.raises(TooLong), time_limit(0.02):
            forever()
    assert signal.getsignal(signal.SIGALRM) is before
    time.sleep(5 * limits.AGAIN)
    assert at_last() == 6.0


@pytest.mark.parametrize("taken", [lambda _: None, no_alarm])
def test_a_limit_costs_next_to_nothing(monkeypatch, taken):
    """A thread at most, and no look at each line: that costs more, and is the last resort."""
    taken(monkeypatch)
    probe, inputs = all_probes()["relu_backward"][1], {"dvalues": RAMP, "z": RAMP}
    tracers, started, start = [], [], threading.Thread.start
    monkeypatch.setattr(threading.Thread, "start", lambda thread: (started.append(thread), start(thread)))

    def answer(dvalues, z):
        tracers.append(sys.gettrace())
        return dvalues * (z > 0)

    def work(limit):
        return calls(lambda: observe(probe, answer, inputs, limit))

    usual = sys.gettrace()
    without, limited = (min(work(limit) for _ in range(5)) for limit in (None, 10.0))
    assert tracers and all(tracer is usual for tracer in tracers)
    assert len(started) <= len(tracers) // 2  # only of the calls with a limit
    assert limited - without < 100, "calls for the limits of one case"
