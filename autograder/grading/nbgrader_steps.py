"""The sandbox and the judge inside nbgrader's own `autograde` and formgrader: two preprocessors, named in nbgrader_config.py.

nbgrader makes its preprocessors anew for every notebook; the sandbox is therefore kept here, for as long as the process lives.
"""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum, Float

from autograder.examination.seed import run_seed
from autograder.grading.gradebook import Book
from autograder.grading.hand_in import support_files
from autograder.grading.mark import Examiner, mark
from autograder.grading.notebook_file import read_hand_in
from autograder.grading.repair import repair
from autograder.grading.verdicts import of_notebook
from autograder.sandbox.isolation import choose_isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox


class RepairHandIn(NbGraderPreprocessor):
    """First of `Autograde.sanitize_preprocessors`: mend cells and metadata, so that nothing after it meets a surprise."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        told = resources["nbgrader"]
        # nbgrader works in the course's folder.
        source = Path(self.config.CourseDirectory.get("source_directory", "source")) / told["assignment"]
        book = Book(told["db_url"])
        try:
            template = next(
                one for one in book.templates(told["assignment"], source) if one.notebook == told["notebook"]
            )
        finally:
            book.close()
        mended, notes = repair(read_hand_in(nbformat.writes(nb).encode()), template)
        for note in notes:
            self.log.warning("Repaired %s of %s: %s", told["notebook"], told["student"], note)
        mended.metadata["autograder"] = nbformat.from_dict({"notes": notes})
        return mended, resources


class RunInSandbox(NbGraderPreprocessor):
    """In place of `Execute` in `Autograde.autograde_preprocessors`: run in the sandbox, examine from outside."""

    isolation = Enum(["auto", "bubblewrap", "process"], "auto", help="Where submissions run.").tag(config=True)
    cell_seconds = Float(Limits.cell_seconds, help="Wall time of a cell.").tag(config=True)
    submission_seconds = Float(Limits.submission_seconds, help="Wall time of a notebook.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        seconds = (
            self.config.Execute.get("timeout") or self.cell_seconds
        )  # what nbgrader's own step is told, goes for ours
        limits = Limits(cell_seconds=float(seconds), submission_seconds=self.submission_seconds)
        sandbox, seed = _sandbox(self.isolation, limits), run_seed()
        files = support_files(Path(resources["metadata"]["path"]))
        marked = mark(nb, sandbox, _examiner(seed), files)
        for note in marked.notes:
            self.log.warning("%s of %s: %s", resources["nbgrader"]["notebook"], resources["nbgrader"]["student"], note)
        told = dict(nb.metadata.get("autograder", {}))
        told |= {"isolation": sandbox.isolation, "seed": seed, "notes": [*told.get("notes", []), *marked.notes]}
        told |= of_notebook(nb, marked.verdicts, told["notes"])
        nb.metadata["autograder"] = nbformat.from_dict(told)
        return nb, resources


@cache
def _sandbox(isolation: str, limits: Limits) -> Sandbox:
    sandbox = Sandbox(choose_isolation(isolation), limits)
    atexit.register(sandbox.close)
    return sandbox


@cache
def _examiner(seed: str) -> Examiner:
    return Examiner(seed)
