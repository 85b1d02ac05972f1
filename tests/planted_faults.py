"""Does the suite find a fault? `python tests/planted_faults.py [AREA ...]` plants one at a time and runs its tests.

Each fault is one that a tired person could write: it is planted into a copy of the project, with an environment of its own. A fault
that no test finds is an area without a guard. Not part of CI: a run takes about ten minutes.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Fault:
    """In `file`, `before` becomes `after`. tests : the files that are run, the first that fails ends it."""

    area: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]


FAULTS = (
    Fault(
        "a gradient of the reference",
        "autograder/reference/relu.py",
        "np.where(z > 0, dvalues, 0.0)",
        "np.where(z >= 0, dvalues, 0.0)",
        ("test_reference.py",),
    ),
    Fault(
        "what counts as right",
        "course/compare.py",
        "floor = rtol * ROUNDING * scale if scale",
        "floor = rtol * scale if scale",
        ("test_agreement.py", "test_hints.py", "test_check.py"),
    ),
    Fault(
        "an answer that changes its argument",
        "course/diagnose.py",
        "if seen.trouble or seen.changed(case.inputs):",
        "if seen.trouble:",
        ("test_check.py",),
    ),
    Fault(
        "an answer that remembers its last call",
        "course/diagnose.py",
        "        and compare.alike(seen.again[name], seen.results[name], rtol)\n",
        "",
        ("test_agreement.py", "test_check.py"),
    ),
    Fault(
        "hidden inputs differ from run to run",
        "autograder/examination/seed.py",
        'key = f"{seed or run_seed()}/{exercise}".encode()',
        'key = f"{exercise}".encode()',
        ("test_examiner.py",),
    ),
    Fault(
        "what the sandbox does not show",
        "autograder/sandbox/isolation.py",
        'arguments += ["--tmpfs", path] if os.path.isdir(path) else',
        "arguments += [] if os.path.isdir(path) else",
        ("test_sandbox_promises.py", "test_isolation.py"),
    ),
    Fault(
        "a message is as long as it says",
        "autograder/sandbox/inside/channel.py",
        "if size != length or total + length > ARRAYS_LIMIT:",
        "if size != length:",
        ("test_channel.py",),
    ),
    Fault(
        "who waits for a neighbour is given the time back",
        "autograder/sandbox/session.py",
        "more = min(self.sandbox.processor()[1] - self.lent, left)",
        "more = 0.0",
        ("test_sandbox_promises.py",),
    ),
    Fault(
        "of two cells of one name the one with the work",
        "autograder/grading/matching.py",
        "return (defining or numbers)[-1]",
        "return (defining or numbers)[0]",
        ("test_matching.py", "test_repair.py"),
    ),
    Fault(
        "a student's file does not replace ours",
        "autograder/grading/hand_in.py",
        "return kept | ours",
        "return ours | files",
        ("test_hand_in_folders.py",),
    ),
    Fault(
        "a mark by hand stands",
        "autograder/grading/recording.py",
        "return score, manual is not None or score is None",
        "return score, score is None",
        ("test_engine.py",),
    ),
    Fault(
        "who changed the hand-in is graded again",
        "autograder/grading/keeping.py",
        'all(one["digest"] == digest for one in stored.values())',
        "all(stored.values())",
        ("test_engine.py",),
    ),
    Fault(
        "a late hand-in has its penalty",
        "autograder/grading/lateness.py",
        "if late > 0 else None",
        "if late > 86400 else None",
        ("test_term.py", "test_times.py", "test_extensions.py", "test_engine.py"),
    ),
    Fault(
        "a time zone's direction",
        "autograder/grading/times.py",
        '(1 if name[0] == "+" else -1)',
        '(-1 if name[0] == "+" else 1)',
        ("test_times.py",),
    ),
    Fault(
        "feedback runs nothing of a hand-in",
        "autograder/grading/harmless.py",
        'return tag == "a" and LINK.fullmatch(value) is not None',
        'return tag == "a"',
        ("test_feedback.py",),
    ),
    Fault(
        "a job that no worker could grade is tried once more",
        "autograder/grading/cluster.py",
        "TRIES = 2 ",
        "TRIES = 1 ",
        ("test_cluster.py",),
    ),
    Fault(
        "a mark is never below nothing",
        "autograder/classroom/records.py",
        "return max(0.0, self.score - self.penalty)",
        "return self.score - self.penalty",
        ("test_report.py", "test_lms.py", "test_extensions.py"),
    ),
    Fault(
        "a solution in what is handed out",
        "autograder/publish/leaks.py",
        '    elif path.suffix == ".json":',
        '    elif path.suffix == ".jsonl":',
        ("test_release.py", "test_student_edition.py"),
    ),
    Fault(
        "a translation of a text that has changed",
        "autograder/publish/translate.py",
        '["fuzzy"], [f"It was: {stale.id}"]',
        '[], [f"It was: {stale.id}"]',
        ("test_translations.py",),
    ),
    Fault(
        "progress counts what passes",
        "course/progress_table.py",
        "return sum(check.points for check in self.checks if check.verdict == PASSED)",
        "return sum(check.points for check in self.checks if check.verdict != TO_DO)",
        ("test_progress.py",),
    ),
    Fault(
        "what one's own code needs is carried along",
        "course/own_code.py",
        "sources += [one for one in known if current in one.grows]",
        "sources += []",
        ("test_bringing.py",),
    ),
    Fault(
        "the book folds its answers",
        "course/book/pages.py",
        'FOLDED = {"outputs_hidden": "hide-output", ',
        "FOLDED = {",
        ("test_book.py",),
    ),
    Fault(
        "a trial touches no real course",
        "autograder/scratch.py",
        'return kept | {"JUPYTER_CONFIG_DIR": str(folder / ".jupyter")}',
        "return kept",
        ("test_scratch.py",),
    ),
    Fault(
        "a process that was lost is tried once more",
        "autograder/grading/mark.py",
        "if died.why.gone and suspect != number:",
        "if died.why.gone and suspect == number:",
        ("test_marks.py",),
    ),
    Fault(
        "an interrupted run keeps its seed",
        "autograder/grading/run.py",
        'return str(json.loads(path.read_text(encoding="utf-8"))["seed"])',
        'str(json.loads(path.read_text(encoding="utf-8"))["seed"])',
        ("test_engine.py",),
    ),
    Fault(
        "a test cell stands after its work",
        "autograder/grading/repair.py",
        "        if at < last:\n",
        "        if at < last - 1:\n",
        ("test_matching.py",),
    ),
    Fault(
        "a stored lesson keeps no widget",
        "autograder/publish/tidy.py",
        "output.data.pop(WIDGET_VIEW, None)",
        'output.data.pop("", None)',
        ("test_notebooks.py",),
    ),
    Fault(
        "nbgrader's own time limit goes for the sandbox",
        "autograder/grading/nbgrader_steps.py",
        'self.config.Execute.get("timeout") or self.cell_seconds',
        "self.cell_seconds",
        ("test_plugin.py",),
    ),
    Fault(
        "what may take long is begun early",
        "autograder/grading/order.py",
        "(len(long) + len(short)) // (2 * len(long)) - 1",
        "(len(long) + len(short)) // len(long) - 1",
        ("test_order.py",),
    ),
)


def copy_of_the_project(folder: Path) -> Path:
    """The files that git knows, as they are now, with an environment of their own; its Python."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in listed.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)  # some tests ask git what the project is
    subprocess.run(["make", ".venv/.test"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder / ".venv" / "bin" / "python"


def tested(folder: Path, python: Path, tests: tuple[str, ...]) -> list[str]:
    """The tests that failed, at most one."""
    command = [str(python), "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider", "-n", "0"]
    command.append(f"--basetemp={folder.parent / 'of-pytest'}")
    done = subprocess.run([*command, *(f"tests/{name}" for name in tests)], cwd=folder, capture_output=True, text=True)
    failed = [line.split(" ")[1] for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    if done.returncode not in (0, 1) or bool(done.returncode) != bool(failed):
        raise SystemExit(f"pytest could not run {', '.join(tests)}:\n{done.stdout}{done.stderr}")
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("areas", nargs="*", metavar="AREA", help="part of an area's name; all, if none is given")
    wanted = parser.parse_args().areas
    chosen = [one for one in FAULTS if not wanted or any(part in one.area for part in wanted)]
    missed = []
    with tempfile.TemporaryDirectory(prefix="planted-") as name:
        folder = Path(name) / "project"
        folder.mkdir()
        python = copy_of_the_project(folder)
        for fault in chosen:
            path = folder / fault.file
            sound = path.read_text(encoding="utf-8")
            if sound.count(fault.before) != 1:
                raise SystemExit(f"{fault.file}: {fault.before!r} stands there {sound.count(fault.before)} times")
            path.write_text(sound.replace(fault.before, fault.after), encoding="utf-8")
            found = tested(folder, python, fault.tests)
            path.write_text(sound, encoding="utf-8")
            missed += [] if found else [fault.area]
            print(
                f"{'found ' if found else 'MISSED'}  {fault.area}: {found[0] if found else ', '.join(fault.tests)}",
                flush=True,
            )
    print(f"{len(chosen) - len(missed)} of {len(chosen)} planted faults found")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
