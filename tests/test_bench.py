"""The benchmark runs what it says it runs: small here, so that its figures mean nothing; that they are there is what is asked."""

import sys

import pytest

from autograder.bench.grading import bench
from autograder.course_dir import CourseDir
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
