"""The benchmark runs what it says it runs: small here, so that its figures mean nothing; that they are there is what is asked."""

import importlib.util
import sys

import pytest

from autograder.bench.costs import measure_costs, real_rate
from autograder.bench.grading import bench
from autograder.course_dir import CourseDir
from autograder.sandbox.isolation import choose_isolation
from tests.support.grading import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")


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


def test_what_a_hand_in_costs_is_measured_part_by_part():
    costs = measure_costs(CourseDir(ROOT), 2, choose_isolation("auto"))
    assert min(costs.read, costs.record, costs.judged, costs.sandboxed) > 0
    assert costs.sent > 10_000 and costs.received > 1000  # the notebook goes out, with its template, and comes back
    with_dask = importlib.util.find_spec("distributed") is not None
    assert (costs.client > 0) == (costs.scheduler > 0) == with_dask


def test_a_real_run_has_a_rate():
    assert real_rate(CourseDir(ROOT), 1, 2, rounds=1) > 0
