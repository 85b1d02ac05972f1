"""Do the pinned versions install on every Python that the project names, in both editions? `python tests/every_python.py`.

uv resolves the constraints, extras included, as each Python on each system would, with wheels only. Exit status 0 if all of them
have a solution and everything in the ones for Linux is pinned in constraints.txt. Not collected by `make test`: it asks the
package index about two hundred packages.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.course_dir import CourseDir
from autograder.publish.student_edition import edition
from environment import find_uv
from tests.support.grading import ROOT
from tests.test_environment import pins

PYTHONS = ("3.11.0", "3.11.2", "3.12.0", "3.13.0", "3.14.0")  # the oldest; Debian 12's own; one of each newer kind
UV = find_uv(Path(sys.prefix))
TRIES = 3  # a package index that did not answer once may do so the next time; what has no solution has none then either
SYSTEMS = ("linux", "macos", "windows")


def resolved(project: Path, extras: bool, python: str, system: str) -> list[str]:
    """What would be installed, "numpy==2.4.6" each. RuntimeError with what uv said if there is no solution."""
    arguments = ["--no-annotate", "--no-header", "--only-binary", ":all:", *["--all-extras"] * extras]
    arguments += [
        "--constraint",
        str(ROOT / "constraints.txt"),
        "--python-version",
        python,
        "--python-platform",
        system,
    ]
    for _ in range(TRIES):
        done = subprocess.run(
            [UV, "pip", "compile", "--quiet", *arguments, str(project)], capture_output=True, text=True
        )
        if done.returncode == 0:
            return [line for line in done.stdout.splitlines() if line.strip()]
    raise RuntimeError(f"Python {python} on {system}: uv ended with {done.returncode}, {TRIES} times.\n{done.stderr}")


def unpinned(lines: list[str]) -> list[str]:
    """Those of which constraints.txt names no version."""
    return [line for line in lines if canonicalize_name(Requirement(line).name) not in pins()]


def main() -> int:
    problems = 0
    with tempfile.TemporaryDirectory() as folder:
        students = Path(folder, "pyproject.toml")
        students.write_bytes(edition(CourseDir(ROOT))["pyproject.toml"])
        for name, project, extras in (("instructors", ROOT / "pyproject.toml", True), ("students", students, False)):
            for python in PYTHONS:
                for system in SYSTEMS:
                    try:
                        lines = resolved(project, extras, python, system)
                    except RuntimeError as why:
                        print(f"{name}' edition: {why}")
                        problems += 1
                        continue
                    loose = unpinned(lines) if system == "linux" else []
                    problems += bool(loose)
                    said = f", without a pin: {', '.join(loose)}" if loose else ""
                    print(f"{name}' edition, Python {python}, {system}: {len(lines)} packages{said}", flush=True)
    print(f"{problems} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
