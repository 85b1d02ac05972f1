"""The stored form of notebooks: what git should see, and nothing that changes from run to run."""

from __future__ import annotations

import os
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course_dir import BadInput, CourseDir
from autograder.exercise import Prediction
from autograder.exercises import chapter_of, chapter_predictions, find_prediction
from autograder.notebooks import KERNELSPEC, read_notebook, stored_text
from autograder.translations import wording_of
from autograder.wording import Wording
from course import cases
from course.probes import CHAPTERS

KEPT = ("nbgrader", "tags", "jupyter")  # "jupyter" folds the output that answers a question until it is opened
PREDICT = re.compile(r"predict\(\"([\w-]+)\"\)")  # the whole cell in which a lesson asks one
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def tidy_course(course: CourseDir, chapters: list[str]) -> list[Path]:
    """Bring the source notebooks and lessons of some chapters into the stored form; the paths that changed."""
    changed = {}
    for chapter in chapters:
        for path in (*course.notebooks(chapter), *course.lesson_notebooks(chapter)):
            if path.exists() and (text := stored_form(course, chapter, path)) != path.read_text(encoding="utf-8"):
                changed[path] = text
    for path in changed:  # only now: an error in one notebook leaves all as they were
        if not os.access(path, os.W_OK):
            raise BadInput(
                f"{path} cannot be written: change its permissions, or those of its folder. Nothing was tidied."
            )
    for path, text in changed.items():
        _write(path, text)
    return list(changed)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as why:  # a disk that is full, or mounted to be read only
        raise BadInput(f"{path} cannot be written: {why.strerror}.") from None


def stored_form(course: CourseDir, chapter: str, path: Path) -> str:
    """The text that one notebook of a chapter should have: its exercises or a lesson, with predictions in the course's language."""
    notebook = read_notebook(path)
    if chapter not in CHAPTERS:
        pictures = [
            cell.get("attachments") for cell in notebook.cells
        ]  # the release refuses them; nothing takes them away
        for cell, attached in zip(tidied(notebook, keep_outputs=False).cells, pictures, strict=True):
            cell.update({"attachments": attached} if attached else {})
        return stored_text(notebook)
    is_exercise = path == course.source_notebook(chapter)
    if is_exercise:
        fill_predictions(notebook, chapter_predictions(chapter), path, wording_of(course, chapter))
    else:
        fill_stills(notebook, course)
    return stored_text(tidied(notebook, keep_outputs=not is_exercise))


def tidied(notebook: NotebookNode, keep_outputs: bool) -> NotebookNode:
    """A notebook in stored form: kernelspec, cell ids, no times, no widget state; outputs only where asked."""
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNELSPEC})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    executed = 0
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({key: cell.metadata[key] for key in KEPT if key in cell.metadata})
        cell.pop("attachments", None)
        if cell.cell_type != "code":
            continue
        if not keep_outputs:
            cell.outputs, cell.execution_count = [], None
            continue
        executed += 1
        cell.execution_count = executed
        cell.outputs = merged_streams(cell.outputs)
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = executed
            if "metadata" in output:
                output.metadata = nbformat.from_dict({})
            if "data" in output:
                output.data.pop(WIDGET_VIEW, None)
        cell.outputs = [one for one in cell.outputs if one.get("data", True)]  # of a widget, its still picture is kept
    return notebook


def merged_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Neighbouring pieces of one stream as one: the kernel sends a long print in pieces, now here, now there."""
    merged: list[NotebookNode] = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            merged.append(output)
    return merged


def fill_predictions(notebook: NotebookNode, predictions: tuple[Prediction, ...], path: Path, wording: Wording) -> None:
    """Write question, choices, answer and test of every prediction from its declaration into the cells kept for it."""
    cells = {cell.get("id"): cell for cell in notebook.cells}
    for one in predictions:
        for cell_id, text in prediction_cells(one, wording).items():
            if cell_id not in cells:
                raise BadInput(f"{path} has no cell {cell_id!r}, which the prediction {one.name!r} needs.")
            cells[cell_id].source = text


def fill_stills(notebook: NotebookNode, course: CourseDir) -> None:
    """What a lesson stores of its predictions, where nothing runs, as it is asked now."""
    found_cells = [(cell, found[1]) for cell in notebook.cells if (found := PREDICT.fullmatch(cell.source.strip()))]
    if not found_cells:
        return
    from course.predicting import stored_still  # the widgets take their time

    for cell, name in found_cells:
        try:
            wording = wording_of(course, chapter_of(name))
        except KeyError:
            continue  # running the lesson says so
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                output["data"]["text/html"] = stored_still(for_students(find_prediction(name), wording))


def for_students(one: Prediction, wording: Wording) -> cases.Prediction:
    """A prediction as a student's machine knows it."""
    choices = one.choices(wording)
    replies = {letter: (right, reply) for letter, (_, reply, right) in choices.items()}
    return cases.Prediction(
        one.name, wording.say(one.question), {letter: said for letter, (said, _, _) in choices.items()}, replies
    )


def prediction_cells(prediction: Prediction, wording: Wording) -> dict[str, str]:
    """Cell id to source."""
    variable = prediction.name.replace("-", "_")
    patient = prediction.name.removeprefix("diagnosis-")
    diagnosis = patient != prediction.name
    title = "Diagnose" if diagnosis else "Predict"
    about = f"diagnosis of patient {patient}" if diagnosis else f"prediction for {prediction.name}"
    choices = "\n".join(f"- **{letter}.** {text}" for letter, (text, _, _) in prediction.choices(wording).items())
    return {
        f"predict-{prediction.name}": f"**{title}.** {wording.say(prediction.question)}\n\n{choices}",
        prediction.name: (
            f'# Write one letter, a, b, c or d, between the quotes.\n{variable} = ""\n'
            f'### BEGIN SOLUTION\n{variable} = "{prediction.letter}"\n### END SOLUTION'
        ),
        f"test-{prediction.name}": (
            f'"""Your {about}."""\ncheck("{prediction.name}", {variable})\n'
            "### BEGIN HIDDEN TESTS\nfrom autograder import examine\n\n"
            f'examine("{prediction.name}", {variable})\n### END HIDDEN TESTS'
        ),
    }
