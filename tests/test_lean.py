"""What starts in less time does the same: JupyterLab and our commands without grammars that nobody asks, a gradebook's version."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.grading import ROOT

SEEN = """
import json, sys
{before}
import nbformat, nbgrader.api
heavy = [name for name in ("rfc3987_syntax", "lark", "isoduration") if sys.modules.get(name)]
gradebook = nbgrader.api.Gradebook("sqlite:///" + sys.argv[1])
with gradebook.engine.connect() as line:
    version = line.exec_driver_sql("select version_num from alembic_version").scalar()
gradebook.close()
print(json.dumps({{"heavy": heavy, "version": version, "asked": nbgrader.api.get_alembic_version.__module__}}))
"""


def seen(before, gradebook):
    command = [sys.executable, "-c", SEEN.format(before=before), str(gradebook)]
    programs = str(Path(sys.executable).parent)  # where nbgrader itself looks for `alembic`
    environment = os.environ | {"PATH": os.pathsep.join([programs, os.environ["PATH"]])}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_new_gradebook_has_the_version_that_nbgrader_itself_gives_it(tmp_path):
    """nbgrader's migrations go on from it."""
    ours, theirs = seen("import autograder.lean", tmp_path / "ours.db"), seen("", tmp_path / "theirs.db")
    assert (ours["asked"], theirs["asked"]) == ("autograder.lean", "nbgrader.api")
    assert ours["version"] == theirs["version"] != ""


@pytest.mark.parametrize("start", ["autograder.lean", "course.lab"])
def test_neither_our_commands_nor_jupyterlab_compile_grammars(start, tmp_path):
    assert seen(f"import {start}", tmp_path / "gradebook.db")["heavy"] == []


def test_a_new_gradebook_needs_no_environment_that_is_activated(tmp_path):
    """As a job of cron has it: our program by its full path."""
    gradebook = tmp_path / "gradebook.db"
    command = [sys.executable, "-c", SEEN.format(before="import autograder.lean"), str(gradebook)]
    done = subprocess.run(command, cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, encoding="utf-8")
    assert done.returncode == 0 and gradebook.exists(), done.stderr
