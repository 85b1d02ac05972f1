"""The benchmark runs what it says it runs: small here, so that its figures mean nothing; that they are there is what is asked."""

import importlib.util
import re
import shutil
import sys

import pytest

from autograder.bench.beside import beside
from autograder.bench.costs import measure_costs, real_rate
from autograder.bench.grading import bench
from autograder.bench.page import why_no_page
from autograder.course_dir import BadInput, CourseDir
from autograder.sandbox.isolation import choose_isolation
from tests.support.grading import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

LESSON = re.compile(r"(0[1-9]|1\d)\w*-.*\.ipynb|glossary\.ipynb")


def test_grading_is_measured_side_by_side():
    told = []
    measured = bench(CourseDir(ROOT), 1, (1,), told.append, rounds=1)
    assert measured["scores equal"] is True
    for table in ("plain", "with a figure"):
        names = [row["what"] for row in measured[table]]
        assert names == ["stock nbgrader", "autograder, 1 worker", "autograder, 2 workers", "bare exec (the floor)"]
        assert all(row["wall"] > 0 and row["processor"] > 0 and row["memory"] > 2**20 for row in measured[table])
    assert [row["hand_ins"] for row in measured["growth"]] == [1]
    assert measured["ratio"] == measured["plain"][0]["wall"] / measured["plain"][2]["wall"]
    assert "cores" in measured["machine"] and len(told) >= 8


def test_another_checkout_is_measured_in_turns_with_this_one(tmp_path):
    """With one lesson, since each is run; what only one of them has is left out."""
    other = tmp_path / "other"
    for name in ("autograder", "course", "release", "source"):  # with their bytecode
        shutil.copytree(ROOT / name, other / name, ignore=lambda _, names: [one for one in names if LESSON.match(one)])
    shutil.copy(ROOT / "nbgrader_config.py", other)
    python = other / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    before = kept(other)

    told = []
    found = beside(other, (1,), 1, told.append)
    assert found["scores equal"] is True
    rows = {one.what: one for one in found["rows"]}
    lessons = [what for what in rows if what.startswith("lesson ")]
    assert lessons == ["lesson 00-start-here"]
    assert {"import course", "progress()", "grading 1 hand-ins"} < set(rows)
    assert any(what.startswith("first check, ") for what in rows)
    assert any("page" in what for what in rows) or why_no_page() in " ".join(told)
    assert all(min(*one.there, *one.here) > 0 for one in rows.values())
    graded, one = rows["grading 1 hand-ins"], rows["import course"]
    assert min(graded.memory) > 2**20 and one.memory is None
    assert one.ratios() == (one.here[0] / one.there[0], one.here[1] / one.there[1])
    assert kept(other) == before


def kept(folder):
    return sorted(path for path in folder.rglob("*") if "__pycache__" not in path.parts)


@pytest.mark.parametrize(
    ("folders", "why"), [((), "no checkout of this course"), (("course/probes",), "no environment")]
)
def test_what_is_no_checkout_is_told(tmp_path, folders, why):
    for one in folders:
        (tmp_path / one).mkdir(parents=True)
    with pytest.raises(BadInput, match=why):
        beside(tmp_path, (1,), 1, print)


def test_what_a_hand_in_costs_is_measured_part_by_part():
    costs = measure_costs(CourseDir(ROOT), 2, choose_isolation("auto"))
    assert min(costs.read, costs.record, costs.judged, costs.sandboxed) > 0
    assert costs.sent > 10_000 and costs.received > 1000  # the notebook goes out, with its template, and comes back
    with_dask = importlib.util.find_spec("distributed") is not None
    assert (costs.client > 0) == (costs.scheduler > 0) == with_dask


def test_a_real_run_has_a_rate():
    assert real_rate(CourseDir(ROOT), 1, 2, rounds=1) > 0
