"""The isolation backends: what the table promises, what it hides wherever the autograder is installed, and whom it refuses."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox.isolation import BACKENDS, choose_isolation, promises_table
from tests.support.grading import ROOT
from tests.support.needs import BUBBLEWRAP, missing, need

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

# Grades nothing: opens a sandbox, runs one cell in it, and prints what it left.
LOOK = """
import json, sys
from autograder.sandbox.isolation import choose_isolation
from autograder.sandbox.sandbox import Sandbox

sandbox = Sandbox(choose_isolation("bubblewrap"))
session = sandbox.open()
outputs, _, _ = session.run(sys.stdin.read(), 30)
session.close()
sandbox.close()
print(json.dumps(outputs))
"""
# What a submission would do to find the answers, wherever they may lie.
FIND = """
import glob, sys
import course, numpy
places = [*sys.path, "/sandbox/autograder", {package!r}]
found = [path for place in places for path in glob.glob(f"{{place}}/reference/*") + glob.glob(f"{{place}}/autograder/*")]
try:
    import autograder.reference.relu
    found.append("imported")
except ImportError:
    pass
print(found, "autograder.sandbox.inside.channel" in sys.modules)
"""


@pytest.fixture(scope="module")
def needs_bubblewrap():
    need(BUBBLEWRAP)


def installed_copy(folder):
    """This environment once more, with the autograder in it as a package among others, and not as a link to the sources."""
    prefix = folder / "environment"
    copied = subprocess.run(["cp", "-al", sys.prefix, prefix], capture_output=True).returncode == 0
    if not copied:  # another disk, or a cp that makes no links
        shutil.rmtree(prefix, ignore_errors=True)
        shutil.copytree(sys.prefix, prefix, symlinks=True)
    (packages,) = prefix.glob("lib/python3*/site-packages")
    for link in packages.glob("__editable__*"):
        link.unlink()
    for name in ("autograder", "course"):
        shutil.copytree(ROOT / name, packages / name, ignore=shutil.ignore_patterns("__pycache__", "lessons"))
    return prefix, packages / "autograder"


def test_an_installed_copy_hides_all_of_itself(tmp_path, needs_bubblewrap):
    if sys.prefix == sys.base_prefix:
        missing("a virtual environment, to make a copy of")
    prefix, package = installed_copy(tmp_path)
    done = subprocess.run(
        [prefix / "bin/python", "-c", LOOK],
        input=FIND.format(package=str(package)),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(Path.home())},
    )
    assert done.returncode == 0, done.stderr
    assert "".join(one.get("text", str(one)) for one in json.loads(done.stdout)) == "[] True\n"


def test_the_readme_says_what_the_backends_promise():
    text = (ROOT / "autograder/README.md").read_text(encoding="utf-8")
    rows = promises_table()
    assert len(rows) >= 8 and all(len(one.promises) == len(rows) for one in BACKENDS.values())
    assert [row for row in rows if row not in text] == []


def test_what_works_is_chosen_in_the_order_of_the_table(monkeypatch):
    monkeypatch.setattr(type(BACKENDS["bubblewrap"]), "trouble", lambda self: "it is not here")
    assert choose_isolation() == "process"
    monkeypatch.setattr(type(BACKENDS["bubblewrap"]), "trouble", lambda self: "")
    assert choose_isolation() == "bubblewrap"


@pytest.mark.parametrize("command", ["grade", "doctor"])
def test_a_course_that_is_its_own_environment_is_refused(tmp_path, needs_bubblewrap, command):
    """Every submission may read the environment, and its sources would stand there."""
    root = tmp_path / "course"
    root.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--system-site-packages", root], check=True)
    for name in ("source", "release", "course", "autograder", "nbgrader_config.py"):
        (root / name).symlink_to(ROOT / name)
    (site,) = root.glob("lib/python3*/site-packages")
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "ours.pth").write_text(f"{ours}\n{ROOT}\n", encoding="utf-8")
    done = subprocess.run(
        [root / "bin/python", "-m", "autograder", command, "--isolation", "bubblewrap", "--course-dir", root],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert f"the course folder {root} lies within {root}" in done.stderr and done.stderr.count("\n") == 1
