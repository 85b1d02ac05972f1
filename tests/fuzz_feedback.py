"""Outputs drawn at random, from hand-ins to feedback pages: `python tests/fuzz_feedback.py [OUTPUTS] [SEED]`.

Not collected by `make test`, which has a short version: 2,000 outputs take some minutes. They go the two ways there are: made by
cells that run in the sandbox, and found in `autograded/` as another grader might leave them. Exit status 0 if every hand-in earns
what its answers earn, has its page after both, and none took `nbgrader generate_feedback`, or formgrader, longer than SECONDS.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
import urllib.request
from itertools import pairwise
from pathlib import Path
from random import Random

import nbformat

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from autograder.course_dir import CourseDir  # noqa: E402
from autograder.demo.handin import fill_in, model_answers  # noqa: E402
from tests.support import odd_outputs  # noqa: E402
from tests.support.grading import POINTS, autograder_grade, generate_release, nbgrader, scratch_course  # noqa: E402

CHAPTER = "07-relu"
FIRST = "a-plain-one"  # its page is the first: until it is there, the command starts
OUTPUTS, EACH = 2_000, 20  # of all hand-ins, and of one
SECONDS = 10.0
SHOW = """import json, sys
from IPython.display import display
with open("odd.json") as file:
    ODD = json.load(file)
class Odd(Exception):
    def _render_traceback_(self):
        return self.lines
def show(number):
    one = ODD[number]
    if one["output_type"] == "stream":
        getattr(sys, one["name"]).write(one["text"])
    elif one["output_type"] == "error":
        fault = type(one["ename"].replace("\\0", ""), (Odd,), {})(one["evalue"])
        fault.lines = one["traceback"]
        raise fault
    else:
        display(one["data"], metadata=one["metadata"], raw=True)"""


def code(source: str, outputs: list[dict], draw: Random) -> dict:
    """A code cell as a file holds it."""
    told = {"cell_type": "code", "metadata": odd_outputs.metadata(draw), "source": source, "outputs": outputs}
    return told | {"id": f"odd-{draw.getrandbits(40):x}", "execution_count": draw.choice([None, 3])}


def markdown(draw: Random) -> dict:
    """A text with what is pasted into it."""
    told = {"cell_type": "markdown", "id": f"odd-{draw.getrandbits(40):x}", "metadata": odd_outputs.metadata(draw)}
    names = odd_outputs.attachments(draw)
    source = odd_outputs.text(draw) + "".join(f"\n\n![a](attachment:{name})" for name in names)
    return told | {"source": source, "attachments": names}


def hand_in(course: Path, name: str, model: dict, outputs: list[dict], draw: Random) -> None:
    """A right hand-in, and below its answers cells that make these outputs, texts, and code that is none."""
    folder = course / "submitted" / name / CHAPTER
    folder.mkdir(parents=True)
    odd = [code(SHOW, [], draw), *(code(f"show({at})", [one], draw) for at, one in enumerate(outputs))]
    odd += [markdown(draw) for _ in range(3)] + [code(odd_outputs.text(draw), [], draw)]
    stored = model | {"cells": model["cells"] + odd, "metadata": model["metadata"] | odd_outputs.metadata(draw)}
    (folder / "odd.json").write_text(json.dumps(outputs))
    (folder / "relu.ipynb").write_text(json.dumps(stored))


def put_in(course: Path, name: str, outputs: list[dict]) -> None:
    """The outputs as they are, into what was graded: as any other program that runs notebooks may leave them there."""
    path = course / "autograded" / name / CHAPTER / "relu.ipynb"
    stored = json.loads(path.read_text(encoding="utf-8"))
    shows = [cell for cell in stored["cells"] if "".join(cell["source"]).startswith("show(")]
    for cell, output in zip(shows, outputs, strict=True):
        cell["outputs"] = [output]
    path.write_text(json.dumps(stored))


def pages(course: Path, names: list[str]) -> tuple[dict[str, float], str]:
    """`nbgrader generate_feedback`: seconds from one page to the next, by hand-in, and what the command printed."""
    shutil.rmtree(course / "feedback", ignore_errors=True)
    done = nbgrader("generate_feedback", CHAPTER, cwd=course, good=False)
    finished = {name: course / "feedback" / name / CHAPTER / "relu.html" for name in [FIRST, *names]}
    made = sorted((path.stat().st_mtime, name) for name, path in finished.items() if path.exists())
    return {name: when - before for (before, _), (when, name) in pairwise(made)}, done.stdout + done.stderr


def formgraders_pages(course: Path, names: list[str]) -> dict[str, float]:
    """Seconds of formgrader's page of each hand-in, asked of a real server as a browser does."""
    from nbgrader.api import Gradebook

    from tests.support.browser import jupyter_lab

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        ids = {name: gradebook.find_submission_notebook("relu", CHAPTER, name).id for name in names}
    seconds = {}
    with jupyter_lab(course, course.with_name("jupyter")) as lab:
        for name in [names[0], *names]:  # the first page that a server makes takes longer
            start = time.monotonic()
            address = lab.replace("/?", f"/formgrader/submissions/{ids[name]}/?")
            with urllib.request.urlopen(address, timeout=120) as page:
                if b"test-relu-backward" not in page.read():
                    raise RuntimeError(f"formgrader shows another page than {name}'s")
            seconds[name] = time.monotonic() - start
    return seconds


def hand_ins(course: Path, outputs: int, seed: int) -> dict[str, list[dict]]:
    """All of them, handed in after a plain one; the outputs of each by its name."""
    source = CourseDir(course).source_notebook(CHAPTER)
    release = nbformat.read(course / "release" / CHAPTER / source.name, as_version=4)
    model = json.loads(nbformat.writes(fill_in(release, model_answers(nbformat.read(source, as_version=4)))))
    hand_in(course, FIRST, model, [], Random(0))
    odd = {}
    for at in range(-(-outputs // EACH)):
        draw, name = Random(f"{seed} {at}"), f"odd-{at:04}"
        odd[name] = [odd_outputs.output(draw) for _ in range(min(EACH, outputs - at * EACH))]
        hand_in(course, name, model, odd[name], draw)
    return odd


def compared(course: Path, outputs: int, seed: int, longest: float, *, formgrader: bool = False) -> list[str]:
    """Both ways, with as many outputs as are asked for; a line for whatever is not as it should be, or takes longer."""
    odd, points = hand_ins(course, outputs, seed), POINTS[CHAPTER]
    start = time.time()
    report = autograder_grade(course, CHAPTER, "--workers", "2")
    print(f"seed {seed}: {outputs} outputs in {len(odd)} hand-ins, graded in {time.time() - start:.0f} s")
    scores = {one["student"]: one["score"] for one in report["submissions"]}
    wrong = [f"{name}: {scores.get(name)} of {points} points" for name in odd if scores.get(name) != points]
    for way in ("made in the sandbox", "put into autograded/"):
        if way.startswith("put"):
            for name in odd:
                put_in(course, name, odd[name])
        seconds, said = pages(course, list(odd))
        if seconds:
            worst = max(seconds, key=seconds.__getitem__)
            whole = sum(seconds.values())
            print(f"{way}: {len(seconds)} pages in {whole:.0f} s, the slowest {worst}: {seconds[worst]:.1f} s")
        wrong += [f"{way}: {name} has no page: {said[-2_000:]}" for name in odd if name not in seconds]
        wrong += [f"{way}: {name} took {took:.1f} s" for name, took in seconds.items() if took > longest]
        if formgrader:
            seconds = formgraders_pages(course, list(odd))
            worst = max(seconds, key=seconds.__getitem__)
            print(f"{way}: formgrader, {len(seconds)} pages, the slowest {worst}: {seconds[worst]:.1f} s")
            wrong += [
                f"{way}: formgrader took {took:.1f} s for {name}" for name, took in seconds.items() if took > longest
            ]
    return wrong


def main(outputs: int = OUTPUTS, seed: int = 1) -> int:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as scratch:
        course = generate_release(scratch_course(Path(scratch) / "course"), CHAPTER)
        wrong = compared(course, outputs, seed, SECONDS, formgrader=True)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
