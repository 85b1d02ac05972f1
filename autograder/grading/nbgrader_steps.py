"""The sandbox and the judge inside nbgrader's own `autograde` and formgrader: three preprocessors, named in nbgrader_config.py.

nbgrader makes its preprocessors anew for every notebook; the sandbox is therefore kept here, for as long as the process lives.
"""

from __future__ import annotations

import atexit
import os
import secrets
from functools import cache, lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties, NbGraderPreprocessor
from traitlets import Enum, Float

from autograder.course_dir import CourseDir
from autograder.examination.seed import VARIABLE
from autograder.grading.examiner import Examiner
from autograder.grading.gradebook import CourseGradebook
from autograder.grading.hand_in import HandIn, left_alone, links_in, read, support_files
from autograder.grading.mark import mark
from autograder.grading.notebook_file import read_hand_in
from autograder.grading.repair import repair
from autograder.grading.surroundings import of_surroundings
from autograder.grading.times import read_time
from autograder.grading.verdicts import of_notebook
from autograder.sandbox.isolation import choose_isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from autograder.translations import wording_of
from autograder.wording import Wording


class NotGraded(Exception):
    """Why nbgrader is to leave a hand-in alone; it takes away what it has copied of it."""


class RepairHandIn(NbGraderPreprocessor):
    """First of `Autograde.sanitize_preprocessors`: mend cells and metadata, so that nothing after it meets a surprise."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        submission = resources["nbgrader"]
        folder = Path(resources["metadata"]["path"])
        if why := left_alone(folder):
            raise NotGraded(f"{submission['assignment']} of {submission['student']} is not graded: {why}")
        # nbgrader works in the course's folder.
        source = Path(self.config.CourseDirectory.get("source_directory", "source")) / submission["assignment"]
        gradebook = CourseGradebook(submission["db_url"])
        try:
            templates = gradebook.templates(submission["assignment"], source)
        finally:
            gradebook.close()
        template = next(one for one in templates if one.notebook == submission["notebook"])
        # The notebook that nbgrader found may be untouched, with the work beside it.
        hand_in = read(submission["student"], folder, submission["assignment"], templates)
        raw = hand_in.notebooks[template.notebook]
        mended, notes = repair(read_hand_in(nbformat.writes(nb).encode() if raw is None else raw), template)
        for note in [*hand_in.notes, *notes]:
            self.log.warning("Repaired %s of %s: %s", submission["notebook"], submission["student"], note)
        mended.metadata["autograder"] = nbformat.from_dict({"notes": notes, "hand_in_notes": hand_in.notes})
        self._add_support_files(hand_in)
        return mended, resources

    def _add_support_files(self, hand_in: HandIn) -> None:
        """nbgrader copies the folder as it stands, and reads through links: those copies go. What was found with the notebook
        elsewhere is added beside it."""
        graded = Path(self.config.CourseDirectory.get("autograded_directory", "autograded"))
        for name in links_in(hand_in.folder):
            (graded / hand_in.student / hand_in.assignment / name).unlink(missing_ok=True)
        for name, content in hand_in.files.items():
            if not os.path.lexists(hand_in.folder / name):
                target = graded / hand_in.student / hand_in.assignment / name
                target.parent.mkdir(parents=True, exist_ok=True)
                if not os.path.lexists(target):
                    target.write_bytes(content)


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
        sandbox, seed = _sandbox(self.isolation, limits), _seed_of(self.parent)
        files = support_files(Path(resources["metadata"]["path"]))
        course = CourseDir(Path(self.config.CourseDirectory.get("root") or "."))
        wording = wording_of(course, resources["nbgrader"]["assignment"])
        marked = mark(nb, sandbox, _examiner(seed, wording), files)
        nb = marked.notebook
        marked.notes += of_surroundings(nb)
        for note in marked.notes:
            self.log.warning("%s of %s: %s", resources["nbgrader"]["notebook"], resources["nbgrader"]["student"], note)
        record = dict(nb.metadata.get("autograder", {}))
        record |= {"isolation": sandbox.isolation, "seed": seed, "notes": [*record.get("notes", []), *marked.notes]}
        record |= of_notebook(nb, marked.verdicts, record["notes"])
        nb.metadata["autograder"] = nbformat.from_dict(record)
        return nb, resources


class AssignLateness(AssignLatePenalties):
    """In place of nbgrader's step of the same work: the time of `timestamp.txt` as `read_time` reads it."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        submission = resources["nbgrader"]
        stated = support_files(Path(resources["metadata"]["path"])).get("timestamp.txt", b"")
        moment, _ = read_time(stated.decode("utf-8", "replace").strip())
        if moment is not None:
            with Gradebook(submission["db_url"]) as gradebook:
                gradebook.update_or_create_submission(submission["assignment"], submission["student"], timestamp=moment)
        return super().preprocess(nb, resources)


_seeds: WeakKeyDictionary[object, str] = WeakKeyDictionary()


def _seed_of(run: object) -> str:
    """The seed of one grading: nbgrader makes one exporter a run, and formgrader's server lives through many of them."""
    return os.environ.get(VARIABLE) or _seeds.setdefault(run, secrets.token_hex(8))


@cache
def _sandbox(isolation: str, limits: Limits) -> Sandbox:
    sandbox = Sandbox(choose_isolation(isolation), limits)
    atexit.register(sandbox.close)
    return sandbox


@lru_cache(maxsize=4)
def _examiner(seed: str, wording: Wording) -> Examiner:
    return Examiner(seed, wording)
