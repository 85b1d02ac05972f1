"""A bare machine: is what it lacks skipped, said once with the way to have it, demanded with REQUIRE_ALL=1, and well hidden?"""

import os
import shutil
import subprocess
import sys

import pytest

from tests.support import needs
from tests.support.grading import ROOT

TEXT = {"capture_output": True, "encoding": "utf-8", "errors": "replace"}
LACKING = """
import pytest
from tests.support.needs import Need, missing, need

UNICORN, SLEEPY = Need("a unicorn", ("unicorn",), "look in the woods"), Need("sh", ("sh",), "", lambda: "asleep")

@pytest.mark.parametrize("number", range(3))
def test_rides(number):
    need(UNICORN)

def test_sleeps():
    need(SLEEPY)

def test_stays_at_home():
    missing("the network is down")

def test_passes():
    assert need(Need("git", ("no-such-git", "git"), "")).endswith("git")
"""


def run_of_tests(folder, *words, **environment):
    """pytest on the tests above, with what this project adds to it."""
    (folder / "test_lacking.py").write_text(LACKING, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p tests.support.skipped -rfExXR\n", encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if name != "REQUIRE_ALL"}
    own = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # a third of the time
    command = [sys.executable, "-m", "pytest", *words]
    return subprocess.run(command, cwd=folder, env=kept | own | environment, **TEXT)


@pytest.mark.parametrize("workers", [[], ["-p", "xdist", "-n", "2"]], ids=["alone", "two workers"])
def test_what_was_skipped_is_said_in_one_block_before_the_closing_line(tmp_path, workers):
    done = run_of_tests(tmp_path, *workers)
    assert done.returncode == 0, done.stdout
    *_, head, first, second, third, last = done.stdout.splitlines()
    assert "= 5 skipped; with REQUIRE_ALL=1 they fail =" in head
    assert first.split(maxsplit=1) == ["3", "a unicorn is not installed: look in the woods"]
    assert {tuple(line.split(maxsplit=1)) for line in (second, third)} == {
        ("1", "sh does not work here (asleep)"),
        ("1", "the network is down"),
    }
    assert "= 1 passed, 5 skipped in " in last


def test_with_require_all_what_is_missing_fails_and_nothing_is_skipped(tmp_path):
    done = run_of_tests(tmp_path, REQUIRE_ALL="1")
    assert done.returncode == 1 and "= 5 failed, 1 passed in " in done.stdout.splitlines()[-1]
    assert "REQUIRE_ALL=1, and a unicorn is not installed: look in the woods." in done.stdout
    assert "they fail" not in done.stdout


def test_every_program_that_a_test_asks_for_is_hidden_but_make():
    declared = {one for one in vars(needs).values() if isinstance(one, needs.Need)}
    assert declared - {needs.MAKE} == set(needs.BEYOND)


@pytest.mark.skipif(sys.platform == "win32", reason="links need no leave on Linux and macOS only")
def test_a_bare_machine_has_none_of_the_programs_and_all_others(tmp_path):
    """Installed here or not: each is laid into two folders of PATH beside a program of another name."""
    hidden = [name for one in needs.BEYOND for name in one.programs]
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        for name in (*hidden, f"kept-{folder}"):
            (tmp_path / folder / name).write_text("#!/bin/sh\n", encoding="utf-8")
            (tmp_path / folder / name).chmod(0o755)
    asked = ["kept-one", "kept-two", "git", "sh", *hidden]
    code = f"import os, shutil; print([shutil.which(name) for name in {asked}], os.environ.get('CHROMIUM'))"
    path = os.pathsep.join([str(tmp_path / "one"), os.environ["PATH"], str(tmp_path / "two")])
    environment = os.environ | {"PATH": path, "CHROMIUM": "/somewhere/chromium"}
    command = [sys.executable, str(ROOT / "tests/bare.py"), sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, cwd=tmp_path, **TEXT)
    assert done.returncode == 0, done.stderr
    found, chromium = done.stdout.strip().rsplit(" ", 1)
    assert chromium == "None"
    assert [bool(one) for one in eval(found)] == [True] * 4 + [False] * len(hidden)


@pytest.mark.skipif(sys.platform == "win32", reason="links need no leave on Linux and macOS only")
def test_a_python_on_a_bare_machine_makes_environments_that_last(tmp_path):
    """A link in the place of the program would be what an environment remembers, and is gone after the command."""
    python = shutil.which("python3")
    beside = tmp_path / "bin"
    beside.mkdir()
    (beside / "python3").symlink_to(python)
    (beside / needs.BUBBLEWRAP.programs[0]).touch()
    command = [sys.executable, str(ROOT / "tests/bare.py"), "python3", "-m", "venv", "--without-pip", "made"]
    environment = os.environ | {"PATH": os.pathsep.join([str(beside), os.environ["PATH"]])}
    assert subprocess.run(command, env=environment, cwd=tmp_path).returncode == 0
    assert subprocess.run([tmp_path / "made/bin/python", "-c", "import venv"]).returncode == 0
