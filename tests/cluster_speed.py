"""How much longer a cluster on this machine takes than `--workers 2`: a real scheduler, two workers, in turns with a run without.

    python tests/cluster_speed.py [HAND-INS] [ROUNDS]

The workers have graded once before, as those of a cluster that stands have; that first run is printed as well.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from autograder.bench.grading import CHAPTER, PYTHON, make_class, released, run
from autograder.course_dir import CourseDir
from autograder.grading.gradebook import all_scores
from tests.support.dask_cluster import dask_cluster
from tests.support.grading import ROOT


def main(hand_ins: int = 1000, rounds: int = 5) -> int:
    """0 if the scores are equal."""
    grade = [*PYTHON, "autograder", "grade", CHAPTER, "--json"]
    with tempfile.TemporaryDirectory(prefix="cluster-speed-") as name:
        folder = Path(name)
        made = make_class(released(CourseDir(ROOT), folder / "released"), folder / "class", hand_ins, False)
        with dask_cluster(folder / "dask") as cluster:
            ways = {"--workers 2": ["--workers", "2"], "cluster": ["--scheduler-file", str(cluster.file)]}
            first = run("cluster", made, hand_ins, [*grade, *ways["cluster"]]).wall
            walls = {way: [] for way in ways}
            for _ in range(rounds):
                for way, words in ways.items():
                    walls[way].append(run(way, made, hand_ins, [*grade, *words]).wall)
                print(*(f"{way} {times[-1]:.1f} s" for way, times in walls.items()), sep=", ", flush=True)
        scores = [all_scores(made.with_name(f"class-{way.replace(' ', '-')}") / "gradebook.db") for way in ways]
    here, there = (median(times) for times in walls.values())
    print(
        f"{hand_ins} hand-ins: {here:.1f} s with --workers 2, {there:.1f} s on the cluster ({there / here:.2f} times);"
    )
    print(f"{first:.1f} s on workers that had graded nothing yet; scores equal: {scores[0] == scores[1]}")
    return int(scores[0] != scores[1])


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
