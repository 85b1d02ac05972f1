"""nbgrader's own tests of `nbgrader autograde`, run against the sandbox and the judge: `python tests/nbgrader_own.py`.

Not collected by `make test`: it takes some minutes, and tests nbgrader's files as much as ours. Exit status 0 if exactly the
tests in `DIFFERENT` fail, each for the reason that stands there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parent.parent
MODULE = "nbgrader.tests.apps.test_nbgrader_autograde"
DIFFERENT = {
    "test_side_effects": "files that a notebook writes stay in the sandbox, and do not reach autograded/",
    "test_no_execute": "outputs that came with a hand-in are never used, with or without --no-execute",
    "test_handle_failure": "a notebook with the wrong cells is repaired and gets no points; stock nbgrader refuses it",
    "test_handle_failure_single_notebook": "the same, of one notebook",
    "test_missing_source_kernelspec": "every notebook runs in the sandbox's Python, whatever kernel it names",
    "test_incorrect_source_kernelspec": "the same, of a source that names an unknown kernel",
}


def run(folder: Path) -> dict[str, str]:
    """Every test by name: "passed", "skipped" or "failed"."""
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    lists = config[config.index("if sys.platform") : config.index("\nelse:")]  # the rest is this course's own
    (folder / "nbgrader_config.py").write_text(f"import sys\n\nc = get_config()\n{lists}", encoding="utf-8")
    report = folder / "report.xml"
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])  # nbgrader calls `alembic`
    words = ["-p", "no:cacheprovider", "--pyargs", MODULE, "-n", "2", "-q", "--tb=no", f"--junit-xml={report}"]
    subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=folder,
        env=dict(os.environ, PATH=path, PYTHONPATH=str(ROOT), JUPYTER_CONFIG_DIR=str(folder)),
    )
    results = {}
    for case in ElementTree.parse(report).iter("testcase"):
        states = {"failure": "failed", "error": "failed", "skipped": "skipped"}
        results[case.get("name")] = next((states[child.tag] for child in case if child.tag in states), "passed")
    return results


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        results = run(Path(folder))
    failed = {name for name, state in results.items() if state == "failed"}
    for name in sorted(failed | set(DIFFERENT)):
        if name not in failed:
            print(f"{name}: no longer fails; it was said to, because {DIFFERENT[name]}")
        else:
            print(f"{name}: {DIFFERENT.get(name, 'fails, and should not')}")
    states = list(results.values())
    print(", ".join(f"{states.count(state)} {state}" for state in ("passed", "skipped", "failed")))
    return 0 if results and failed == set(DIFFERENT) else 1


if __name__ == "__main__":
    sys.exit(main())
