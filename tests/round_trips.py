"""Model hand-ins through the tools that people use on notebooks, then through the grader: `python tests/round_trips.py`.

Not collected by `make test`: it installs a dozen tools, each in an environment of its own, at the versions below. Every chapter's
model notebook goes through every route and is graded by `autograder grade`; one chapter also by nbgrader's own `autograde`.
Exit status 0 if every hand-in earns what the model earns without a tool, or what `DESTROYED` says, with the reason.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from autograder.course_dir import CourseDir  # noqa: E402
from autograder.demo.handin import fill_in, model_answers  # noqa: E402
from course.probes import CHAPTERS  # noqa: E402
from tests.support.grading import autograder_grade, exported_scores, nbgrader, scratch_course  # noqa: E402

TOOLS = {
    "jupytext": ("jupytext==1.19.6", "nbformat"),
    "nbstripout": ("nbstripout==0.9.1",),
    "nb-clean": ("nb-clean==5.0.0",),
    "databooks": ("databooks==1.4.0",),
    "marimo": ("marimo==0.25.2", "nbformat"),
    "black": ("black[jupyter]==25.1.0",),
    "ruff": ("ruff==0.15.0",),
    "nbconvert": ("nbconvert==7.16.6", "jupytext==1.19.6"),
}
BY_NBGRADER = "06-batch"  # a second opinion costs a second a hand-in
# Route to chapter to what the tool destroyed: nobody could grade it.
DESTROYED: dict[str, dict[str, str]] = {}


class Absent(Exception):
    """The tool could not be installed here: its routes are left out, and that is said."""


class Tools:
    """The tools' environments, made when asked for."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.missing: dict[str, str] = {}

    def make(self, name: str) -> None:
        uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
        done = subprocess.run(
            [uv, "venv", "-q", "--python", sys.executable, str(self.folder / name)], capture_output=True, text=True
        )
        python = self.folder / name / "bin" / "python"
        done = subprocess.run(
            [uv, "pip", "install", "-q", "--python", str(python), *TOOLS[name]], capture_output=True, text=True
        )
        if done.returncode:
            self.missing[name] = done.stderr.strip().splitlines()[-1]

    def run(self, tool: str, command: str, *words: str, cwd: Path) -> bytes:
        """Run a tool; what it printed."""
        if tool in self.missing:
            raise Absent(tool)
        path = os.pathsep.join([str(self.folder / tool / "bin"), "/usr/bin", "/bin"])
        words = [str(self.folder / tool / "bin" / command), *words]
        done = subprocess.run(words, cwd=cwd, env={"PATH": path, "HOME": str(cwd)}, capture_output=True)
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stderr.decode(errors='replace').strip().splitlines()[-1:]}")
        return done.stdout


def jupytext(form: str, *more: str) -> Callable[[Tools, Path], None]:
    """To a text form and back into a new notebook."""
    ends = {"md": "md", "Rmd": "Rmd", "qmd": "qmd", "md:myst": "md"}

    def route(tools: Tools, path: Path) -> None:
        text = path.with_suffix(f".{ends.get(form, 'py')}")
        tools.run("jupytext", "jupytext", "--to", form, *more, "-o", text.name, path.name, cwd=path.parent)
        path.unlink()
        tools.run("jupytext", "jupytext", "--to", "ipynb", "-o", path.name, text.name, cwd=path.parent)
        text.unlink()

    return route


def in_place(tool: str, command: str, *words: str) -> Callable[[Tools, Path], None]:
    """A tool that rewrites the notebook where it stands."""
    return lambda tools, path: tools.run(tool, command, *words, path.name, cwd=path.parent) and None


def nbconvert_to_notebook(tools: Tools, path: Path) -> None:
    tools.run("nbconvert", "jupyter-nbconvert", "--to", "notebook", "--output", "again", path.name, cwd=path.parent)
    path.with_name("again.ipynb").replace(path)


def nbconvert_to_script(tools: Tools, path: Path) -> None:
    tools.run("nbconvert", "jupyter-nbconvert", "--to", "python", path.name, cwd=path.parent)
    path.unlink()
    script = path.with_suffix(".py")
    tools.run("nbconvert", "jupytext", "--to", "ipynb", "-o", path.name, script.name, cwd=path.parent)
    script.unlink()


def marimo(tools: Tools, path: Path) -> None:
    script = path.with_suffix(".py")
    tools.run("marimo", "marimo", "-y", "convert", path.name, "-o", script.name, cwd=path.parent)
    path.unlink()
    tools.run(
        "marimo", "marimo", "-y", "export", "ipynb", "--sort", "top-down", script.name, "-o", path.name, cwd=path.parent
    )
    script.unlink()


def nb_clean_then_nbstripout(tools: Tools, path: Path) -> None:
    tools.run("nb-clean", "nb-clean", "clean", path.name, cwd=path.parent)
    tools.run("nbstripout", "nbstripout", path.name, cwd=path.parent)


def only_an_id_in_the_metadata(_: Tools, path: Path) -> None:
    """As an old Colab saved: no cell ids, no nbgrader; `metadata.id` alone."""
    stored = json.loads(path.read_text())
    stored["nbformat_minor"] = 0
    for cell in stored["cells"]:
        cell["metadata"] = {"id": cell.pop("id")}
    path.write_text(json.dumps(stored))


def pasted_into_a_new_notebook(_: Tools, path: Path) -> None:
    """Sources only, as copied cell by cell."""
    stored = json.loads(path.read_text())
    for cell in stored["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    path.write_text(json.dumps(stored | {"nbformat_minor": 4, "metadata": {}}))


ROUTES: dict[str, Callable[[Tools, Path], None]] = {
    "as-it-is": lambda tools, path: None,
    "jupytext-percent": jupytext("py:percent"),
    "jupytext-light": jupytext("py:light"),
    "jupytext-sphinx": jupytext("py:sphinx"),
    "jupytext-hydrogen": jupytext("py:hydrogen"),
    "jupytext-md": jupytext("md"),
    "jupytext-rmd": jupytext("Rmd"),
    "jupytext-myst": jupytext("md:myst"),
    "jupytext-percent-no-metadata": jupytext("py:percent", "--opt", "cell_metadata_filter=-all"),
    "jupytext-md-no-metadata": jupytext("md", "--opt", "cell_metadata_filter=-all"),
    "nbstripout": in_place("nbstripout", "nbstripout"),
    "nbstripout-ids": in_place("nbstripout", "nbstripout", "--extra-keys", "cell.metadata.nbgrader"),
    "nb-clean": in_place("nb-clean", "nb-clean", "clean"),
    "nb-clean-nbstripout": nb_clean_then_nbstripout,
    "databooks": in_place("databooks", "databooks", "meta", "--yes"),
    "marimo": marimo,
    "black": in_place("black", "black", "-q"),
    "ruff": in_place("ruff", "ruff", "format", "-q", "--isolated"),
    "nbconvert-notebook": nbconvert_to_notebook,
    "nbconvert-script": nbconvert_to_script,
    "old-colab": only_an_id_in_the_metadata,
    "pasted": pasted_into_a_new_notebook,
}


def hand_in(course: Path, tools: Tools, route: str, chapter: str) -> str:
    """One hand-in through one route; why it could not be made ("" if it was)."""
    source = CourseDir(course).source_notebook(chapter)
    release = nbformat.read(ROOT / "release" / source.relative_to(course / "source"), as_version=4)
    filled = fill_in(release, model_answers(nbformat.read(source, as_version=4)))
    path = course / "submitted" / route / chapter / source.name
    path.parent.mkdir(parents=True)
    nbformat.write(filled, path)
    try:
        ROUTES[route](tools, path)
    except Absent:
        shutil.rmtree(path.parent)
        return ""
    except (RuntimeError, OSError) as why:
        shutil.rmtree(path.parent)
        return f"{route}, {chapter}: {why}"
    return "" if path.exists() else f"{route}, {chapter}: the tool left no notebook"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="round-trips-") as scratch:
        tools = Tools(Path(scratch) / "tools")
        course = scratch_course(Path(scratch) / "course")
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(tools.make, TOOLS))
        for name, why in tools.missing.items():
            print(f"{name} could not be installed: {why}")
        nbgrader("generate_assignment", "--assignment=*", cwd=course)
        todo = [(route, chapter) for route in ROUTES for chapter in CHAPTERS]
        with ThreadPoolExecutor(2) as pool:
            troubles = [one for one in pool.map(lambda one: hand_in(course, tools, *one), todo) if one]
        report = autograder_grade(course, "--workers", "2")
        scores = {(one["student"], one["assignment"]): one["score"] for one in report["submissions"]}
        lost = [*troubles, *compared(scores, "autograder grade")]
        nbgrader("autograde", BY_NBGRADER, "--force", cwd=course)
        again = {one: score for one, score in exported_scores(course).items() if one[1] == BY_NBGRADER}
        lost += compared(again, "nbgrader autograde")
        notes = [one for one in report["submissions"] if one["student"] not in ("as-it-is",) and one["notes"]]
    for line in lost:
        print(line)
    print(
        f"{len(ROUTES)} routes, {len(CHAPTERS)} chapters, {len(scores)} hand-ins, {len(notes)} with notes: {len(lost)} earned less"
    )
    return 1 if lost else 0


def compared(scores: dict[tuple[str, str], float], grader: str) -> list[str]:
    """One line for every hand-in that did not earn what the model earns."""
    found = []
    for (route, chapter), score in sorted(scores.items()):
        wanted, reason = scores["as-it-is", chapter], DESTROYED.get(route, {}).get(chapter)
        if (score == wanted) == bool(reason):
            found.append(
                f"{grader}: {route}, {chapter}: {score} of {wanted} points{f'; it was said to lose {reason}' if reason else ''}"
            )
    return found


if __name__ == "__main__":
    sys.exit(main())
