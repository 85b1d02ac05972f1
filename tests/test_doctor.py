"""What the sandbox limits, tried one by one, and `autograder doctor`, which tells the instructor of this machine what holds."""

import json
import os
import sys

import pytest

from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.session import Died
from tests.support import warm
from tests.support.grading import ROOT
from tests.support.needs import BUBBLEWRAP, need

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

SMALL = Limits(processor_seconds=2, open_files=40, file_size=2 * 2**20, disk=4 * 2**20, memory=2**30)
IN_REACH = "import the reference", "read the course directory", "see the grader's process"
EVERYWHERE = "take 4 GB of memory", "write a file of 1 GB", "find what another submission left"


def autograder(*words, path=None):
    return warm.run("autograder", *words, cwd=ROOT, env=dict(os.environ) | ({"PATH": str(path)} if path else {}))


@pytest.fixture(scope="module", params=["bubblewrap", "process"])
def sandbox(request):
    if request.param == "bubblewrap":
        need(BUBBLEWRAP)
    small = Sandbox(request.param, SMALL)
    yield small
    small.close()


@pytest.fixture
def session(sandbox):
    one = sandbox.open()
    yield one
    one.close(kill=True)


def error(session, source):
    """How a cell ended: the words of its error."""
    outputs, _, timed_out = session.run(source, 20)
    assert not timed_out
    return " ".join(f"{one['ename']}: {one['evalue']}" for one in outputs if one["output_type"] == "error")


def test_processor_time_ends(sandbox, session):
    with pytest.raises(Died) as ended:
        session.run("while True: pass", 30)
    assert ended.value.gone  # by its limit, and not because its time on the wall was over
    session.close(kill=True)
    another = sandbox.open()
    assert error(another, "1 + 1") == ""
    another.close()


def test_memory_ends(session):
    assert "MemoryError" in error(session, "x = bytearray(2**30)")
    assert error(session, "x = bytearray(2**27)") == ""


def test_open_files_end(session):
    assert "Too many open files" in error(session, "import os\nkept = [open(os.devnull) for _ in range(50)]")
    assert error(session, "kept = [open(os.devnull) for _ in range(20)]") == ""


def test_a_file_has_a_largest_size(session):
    write = "with open('big', 'wb') as file: file.write(bytes({}))"
    assert "File too large" in error(session, write.format(3 * 2**20))
    assert error(session, write.format(2**20)) == ""


def test_the_disk_ends(sandbox, session):
    write = "for n in range({}): open(f'file{{n}}', 'wb').write(bytes(2**20))"
    if sandbox.isolation == "process":  # which has no disk of its own
        assert error(session, write.format(8)) == ""
        return
    assert "No space left" in error(session, write.format(8))
    session.close()
    another = sandbox.open()
    assert error(another, write.format(3)) == ""  # the next one has a disk of its own
    another.close()


def test_under_bubblewrap_the_doctor_finds_nothing_open():
    need(BUBBLEWRAP)
    done = autograder("doctor", "--isolation", "bubblewrap")
    assert done.returncode == 0 and done.stderr == ""
    facts, attempts = done.stdout.split("what a submission can do in the sandbox:\n")
    assert ["isolation", "bubblewrap"] in [line.split() for line in facts.splitlines()]
    results = [line.split(maxsplit=1) for line in attempts.splitlines()]
    assert len(results) >= 10 and {result for result, _ in results} == {"blocked"}
    assert {what for _, what in results} >= {*IN_REACH, *EVERYWHERE}


def test_where_bubblewrap_is_missing_the_doctor_is_honest(tmp_path):
    done = autograder("doctor", "--json", path=tmp_path)
    found = json.loads(done.stdout)
    assert found["isolation"] == "process" and "no `bwrap` command" in found["backends"]["bubblewrap"]
    results = {one["what"]: one["result"] for one in found["attempts"]}
    assert [results[what] for what in IN_REACH] == ["open"] * len(IN_REACH)
    assert [results[what] for what in EVERYWHERE] == ["blocked"] * len(EVERYWHERE)
    assert found["good"] == all(one["as expected"] for one in found["attempts"])
    assert done.returncode == (0 if found["good"] else 1)


@pytest.mark.parametrize("command", ["doctor", "grade"])
def test_bubblewrap_that_is_demanded_and_missing_is_one_line(command, tmp_path):
    done = autograder(command, "--isolation", "bubblewrap", path=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and "bwrap" in done.stderr and "--isolation process" in done.stderr
