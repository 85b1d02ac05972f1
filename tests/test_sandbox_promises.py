"""What a notebook may count on in the sandbox, as in a kernel of one's own: a line that fails only there costs honest points."""

import contextlib
import os
import sys
import threading
from types import SimpleNamespace

import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading.outputs import read_output
from autograder.grading.sandboxes import close_sandboxes, prepare_sandboxes, sandbox
from autograder.grading.surroundings import of_surroundings, only_here
from autograder.sandbox.imports import ALSO, withheld
from autograder.sandbox.inside.channel import TimeUp
from autograder.sandbox.isolation import BACKENDS
from autograder.sandbox.limits import Limits
from autograder.sandbox.request import Request
from autograder.sandbox.sandbox import Sandbox, launch_sandboxes
from autograder.sandbox.session import Died, Session
from tests.support.needs import BUBBLEWRAP, need

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

CELLS = {
    "help asks whether there is a terminal": ("import numpy as np\nhelp(np.dot)\nprint('read')", "read"),
    "help finds every module that is listed": (
        "import pkgutil\nprint([name for there, name, _ in pkgutil.iter_modules() if not there.find_spec(name)])",
        "[]",
    ),
    "standard input is at its end": ("import sys\nprint(sys.stdin.isatty(), repr(sys.stdin.read()))", "False ''"),
    "the streams have numbers": ("import faulthandler\nfaulthandler.enable()\nprint('enabled')", "enabled"),
    "a program is given a stream": (
        "import subprocess, sys\nprint(subprocess.run(['true'], stdout=sys.stdout, stderr=sys.stderr).returncode)",
        "0",
    ),
    "the user has a name": ("import getpass\nprint(getpass.getuser())", "student"),
    "the home is a folder to write to": (
        "from pathlib import Path\nprint(Path('~/x').expanduser().write_text('hi'))",
        "2",
    ),
    "/tmp can be written to": (
        "open('/tmp/from-a-test', 'w').write('hi')\nprint(open('/tmp/from-a-test').read())\n"
        "import os\nos.remove('/tmp/from-a-test')",
        "hi",
    ),
    "temporary folders": ("import tempfile\nwith tempfile.TemporaryDirectory() as f:\n    print(bool(f))", "True"),
    "%store as in a new kernel": ("%store -r\nprint('nothing was stored')", "nothing was stored"),
    "a pool of processes": (
        "import multiprocessing\n\ndef square(x):\n    return x * x\n\n"
        "with multiprocessing.Pool(2) as pool:\n    print(pool.map(square, [1, 2, 3]))",
        "[1, 4, 9]",
    ),
    "threads": (
        "from concurrent.futures import ThreadPoolExecutor\nprint(list(ThreadPoolExecutor(2).map(abs, [-1, 2])))",
        "[1, 2]",
    ),
    "how much memory there is": ("print(open('/proc/meminfo').read().split()[0])", "MemTotal:"),
    "what a processor is, and how busy": (
        "import os\nos.getloadavg()\nprint(open('/proc/cpuinfo').read().split()[0])",
        "processor",
    ),
    "the user stands in the list of users": ("import os, pwd\nprint(bool(pwd.getpwuid(os.getuid()).pw_name))", "True"),
    "what students have can be imported": ("import numpy, matplotlib, ipywidgets\nprint('there')", "there"),
    "figures that were to have a window": (
        "%matplotlib tk\nfrom matplotlib import pyplot\npyplot.plot([1, 2])\npyplot.show()\nprint('done')",
        "done",
    ),
    "figures that were to be widgets": ("%matplotlib widget\n%matplotlib notebook\nprint('done')", "done"),
    "magics that are read when they are used": ("%matplotlib inline\n%timeit -n 1 -r 1 1\nprint('done')", "done"),
}


@pytest.fixture(scope="module", params=list(BACKENDS))
def session(request):
    if request.param == "bubblewrap":
        need(BUBBLEWRAP)
    session = Sandbox(request.param, Limits()).open()
    yield session
    session.close()


@pytest.mark.parametrize("name", CELLS)
def test_a_line_that_works_in_a_kernel_works_in_the_sandbox(session, name):
    cell, wanted = CELLS[name]
    outputs, _, late = session.run(cell, 20)
    assert not [one for one in outputs if one["output_type"] == "error"] and not late, outputs
    assert wanted in "".join(one.get("text", "") for one in outputs)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("data = open('/nowhere/data.csv').read()\ndef f(x): return x", "FileNotFoundError"),
        ("import a_package_of_mine\ndef f(x): return x", "ModuleNotFoundError"),
        ("from urllib.request import urlopen\nurlopen('http://127.0.0.1:9/')\ndef f(x): return x", "URLError"),
        ("import io\nio.StringIO().fileno()\ndef f(x): return x", "UnsupportedOperation"),
        ("1 / 0\ndef f(x): return x", None),
        ("class OSError(ValueError): pass\nprint('fine')\ndef f(x): return x", None),
        ("open('/nowhere/data.csv')", None),  # nothing depends on it
    ],
)
def test_a_failure_that_only_the_sandbox_may_cause_asks_a_person(session, cell, told):
    outputs, _, _ = session.run(cell, 20)
    ran = new_code_cell(cell, id="f", outputs=[read_output(one) for one in outputs])
    note = only_here(ran)
    assert (note is None) == (told is None)
    if told:
        assert note.startswith(f"needs a person: f: this cell ended with {told}. That may come from where it is graded")


def test_a_cell_of_imports_that_fails_only_here_asks_a_person_if_points_were_lost():
    """What stands below the line that failed was not imported, and every answer may need it."""

    def error(name):
        return [read_output({"output_type": "error", "ename": name, "evalue": "", "traceback": []})]

    for source, name, asked in (
        ("from google.colab import drive\nimport numpy as np", "ModuleNotFoundError", True),
        ("import os\nos.chdir('/data/of-my-own')\nimport numpy as np", "FileNotFoundError", True),
        ("import numpy as np\n1 / 0", "ZeroDivisionError", False),
        ("open('/nowhere/data.csv')", "FileNotFoundError", False),
    ):
        imports = new_code_cell(source, id="imports", outputs=error(name))
        test = new_code_cell("", outputs=error("Hint"), metadata={"nbgrader": {"grade": True, "solution": False}})
        passed = new_code_cell("", metadata=test.metadata)
        assert len(of_surroundings(new_notebook(cells=[imports, test]))) == asked, source
        assert of_surroundings(new_notebook(cells=[imports, passed])) == []


def test_what_only_an_instructor_has_cannot_be_imported(session):
    assert "autograd" in withheld() and not {"numpy", "matplotlib", "IPython", "course"} & set(withheld())
    for name in ("autograd", "autograd.numpy", "hypothesis", "sphinx"):
        outputs, _, _ = session.run(f"import {name}", 20)
        assert [one["ename"] for one in outputs] == ["ModuleNotFoundError"], outputs


def test_its_files_are_gone_under_bubblewrap():
    """A submission may take the importer out, and asks the file system."""
    need(BUBBLEWRAP)
    session = Sandbox("bubblewrap", Limits()).open()
    outputs, _, _ = session.run(
        "import sys, os\nsys.meta_path[:] = [one for one in sys.meta_path if type(one).__name__ != 'Withheld']\n"
        f"print(os.listdir({withheld()['autograd']!r}))\nimport autograd.numpy",
        20,
    )
    session.close()
    assert outputs[0]["text"] == "[]\n" and outputs[-1]["ename"] == "ModuleNotFoundError"


def test_a_class_may_be_promised_more(monkeypatch):
    withheld.cache_clear()
    monkeypatch.setenv(ALSO, "autograd, Sphinx")
    try:
        assert not {"autograd", "sphinx", "docutils"} & set(withheld()) and "hypothesis" in withheld()
    finally:
        withheld.cache_clear()


PRIORITIES = """
import os
end, other = os.pipe()
if os.fork() == 0:
    os.write(other, str(os.nice(0)).encode())
    os._exit(0)
print(os.nice(0) - {start}, os.read(end, 9).decode())
relu_forward = lambda z: [os.nice(0) - {start}]
"""


def test_what_is_forked_yields_to_neighbours_but_not_the_copy_that_answers_the_judge(session):
    start = os.nice(0)
    outputs, _, _ = session.run(PRIORITIES.format(start=start), 20)
    assert outputs[0].get("text") == "0 19\n", outputs
    for careful in (False, True):
        (seen,) = session.probe(Request.probe("relu_forward", "relu_forward", [{"z": np.ones(1)}], careful), 10)
        assert seen.results["y"] == [0]


CROWD = """
import subprocess, sys
crowd = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(24)]
"""
WORK = """
import time
while time.process_time() < {seconds}: pass
print("done")
"""


def test_what_others_took_is_given_back_and_no_more():
    """A process that could not run for 0.8 of its 1 second has 0.8 more, then what it could not run of those."""
    given = []

    class Late:
        def receive(self, seconds):
            given.append(seconds)
            raise TimeUp

    def waited():
        return 0.8 if sum(given) < 1.5 else 1.2

    session = Session(SimpleNamespace(processor=lambda: (None, waited())), Late())
    with pytest.raises(TimeUp):
        session._in_time(1.0)
    assert round(sum(given), 6) == 2.2 and round(session.lent, 6) == 1.2


@pytest.mark.parametrize(
    ("ran", "waited", "said"),
    [
        ([0.1, 0.1, 0.1, 0.4, 0.4], [0] * 5, ["rests", "goes on", "rests", "goes on"]),  # sleeps, works, sleeps
        ([0.1, 0.1, 0.1, 0.1, 0.1], [0, 0.4, 0.8, 1.2, 1.6], []),  # others have the processors
        ([0.1, 0.6, 1.1, 1.6, 2.1], [0] * 5, []),
        ([None] * 5, [0] * 5, []),  # a system that does not say
    ],
)
def test_who_only_waits_lends_the_turn_and_has_it_back(ran, waited, said):
    calls, heard = [], iter(range(5))
    looks = zip(ran, waited, strict=True)

    class Late:
        def receive(self, seconds):
            if next(heard, None) is None:
                return {}, {}
            raise TimeUp

    sandbox = SimpleNamespace(
        processor=lambda: next(looks),
        rests=lambda: calls.append("rests"),
        goes_on=lambda: calls.append("goes on"),
    )
    assert Session(sandbox, Late())._hear(600) == ({}, {}, False)
    assert calls == said


@pytest.mark.parametrize("isolation", BACKENDS)
def test_more_hand_ins_than_workers_may_sleep_at_a_time(isolation):
    """The first one never ends: a second can only be begun in the turn that the first lends."""
    if isolation == "bubblewrap":
        need(BUBBLEWRAP)
    limits = Limits(cell_seconds=599)  # none that another test has prepared
    prepare_sandboxes(isolation, limits, count=1, spare=1)
    begun, slept = threading.Event(), []

    def first():
        with sandbox(isolation, limits) as one, contextlib.suppress(Died):  # when the sandboxes are closed
            slept.append(one.open().run("import time\nwhile True: time.sleep(3600)", 600))

    def second():
        with sandbox(isolation, limits):
            begun.set()

    try:
        pool = [threading.Thread(target=one, daemon=True) for one in (first, second)]
        for one in pool:
            one.start()
        assert begun.wait(300) and not slept
    finally:
        close_sandboxes()


@pytest.mark.parametrize("isolation", BACKENDS)
def test_what_a_process_ran_is_counted_with_what_it_started(isolation):
    if isolation == "bubblewrap":
        need(BUBBLEWRAP)
    one = Sandbox(isolation)
    session = one.open()
    try:
        session.run("1", 300)  # until a child has begun there is nothing to count
        before, _ = one.processor()
        session.run("import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'sum(range(10**7))'])", 300)
        assert before is not None and one.processor()[0] > before
    finally:
        session.close(kill=True)
        one.close()


@pytest.mark.parametrize("isolation", BACKENDS)
def test_a_neighbours_load_costs_no_time(isolation):
    """Work of 0.6 s, 1.2 s for it, and two dozen programs of a neighbour's that want the same processors."""
    if isolation == "bubblewrap":
        need(BUBBLEWRAP)
    server, (one, other) = launch_sandboxes(isolation, Limits(), 2)
    crowded, honest = one.open(), other.open()
    try:
        assert crowded.run(CROWD, 20)[0] == []
        spent = honest.run("import time\nprint(time.process_time())", 20)[0][0]["text"]
        outputs, _, late = honest.run(WORK.format(seconds=float(spent) + 0.6), 1.2)
        assert not late and outputs[0]["text"] == "done\n"
        _, _, late = honest.run("import time\ntime.sleep(600)", 1.0)
        assert late  # who sleeps has not waited for anybody
    finally:
        crowded.close(kill=True)
        honest.close(kill=True)
        server.close()
        one.close()
        other.close()
