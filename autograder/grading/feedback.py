"""What feedback and formgrader may show of a submission: named in nbgrader_config.py.

Pages are cleaned when they are made, not when a notebook is graded: `autograded/` keeps what the student did, and a notebook that
came there in another way is cleaned as well.
"""

from __future__ import annotations

import base64
import html
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jinja2 import pass_context
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

from autograder.grading.harmless import TooMuch, as_text, harmless_html, harmless_markdown, is_base64
from autograder.grading.pictures import Pictures
from autograder.grading.words import writable
from course.diagnose import public_name

OUR_OWN = ("Hint", "NoScore", "NotRun", "TimeLimit")  # errors in the grader's words
NOTES_LIMIT = 30
GRADE_ID = re.compile(r"[A-Za-z0-9_-]+")  # as nbgrader defines it
TEXT_LIMIT = 100_000  # characters of an output; what is longer is shown by its beginning and its end
CODE_LIMIT = 10_000  # of a code cell: to colour some texts takes a time that grows with the square
MESSAGE_LIMIT = 4_000  # characters of an error's name, and of its words
PICTURE_LIMIT = 8 * 2**20  # characters of a picture
FILES_PREFIX = re.compile(r"(src|href)=(['\"]?)/?files/")
SPACE = re.compile(r"\s{201,}")  # from each place in which the lexer looks for its end
CUT = "\n... {} characters left out of this page; they stand in the notebook itself ...\n"
SHOWN = ("text/html", "text/markdown", "image/svg+xml", "text/latex", "image/png", "image/jpeg", "text/plain")


@dataclass
class Budget:
    """How much of a notebook is still made into markup: what takes seconds once must not be there a hundred times."""

    markdown: int = 200_000  # characters; the longest notebook of the course has 20,000
    tags: int = 30_000
    code: int = 60_000  # characters; the longest notebook of the course has 17,000 before it is filled in
    text: int = 300_000  # characters of plain outputs
    pictures: int = 24 * 2**20  # characters

    def take_markdown(self, text: str) -> bool:
        self.markdown -= len(text)
        return self.markdown >= 0

    def take_html(self, text: str) -> bool:
        self.tags -= text.count("<")
        return self.tags >= 0

    def take_picture(self, text: str) -> bool:
        self.pictures -= len(text)
        return self.pictures >= 0 and len(text) <= PICTURE_LIMIT

    def take_text(self, text: str) -> str:
        """The text, without its middle if it is too long."""
        text = _shortened(text, min(TEXT_LIMIT, self.text))
        self.text -= len(text)
        return text

    def take_code(self, text: str) -> str:
        """The same of code."""
        text = _shortened(SPACE.sub(lambda found: found[0][:200], text), min(CODE_LIMIT, self.code))
        self.code -= len(text)
        return text


def _shortened(text: str, room: int) -> str:
    half = max(0, room) // 2
    return text if len(text) <= room else text[:half] + CUT.format(len(text) - 2 * half) + text[len(text) - half :]


class Safe(Preprocessor):
    """A notebook of which nothing runs in the page: outputs made anew from what is harmless in them.

    Markdown stays markdown here, and is cleaned once it is HTML: by `markdown2html`.
    """

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        nb.metadata.pop("widgets", None)
        left = Budget()
        for cell in nb.cells:
            metadata = cell.metadata.get("nbgrader")
            known = isinstance(metadata, dict) and GRADE_ID.fullmatch(str(metadata.get("grade_id", "")))
            cell.metadata = nbformat.from_dict({"nbgrader": metadata} if known else {})
            cell.source = writable(cell.source)
            if cell.cell_type == "code":
                cell.source = left.take_code(cell.source)
                cell.execution_count = _number(cell.get("execution_count"))
                shown = [_shown(output, cell.execution_count, left) for output in cell.outputs]
                cell.outputs = [output for output in shown if output is not None]
            elif cell.cell_type == "raw":
                cell.source = as_text(cell.source)
            elif not left.take_markdown(cell.source):
                cell.source = "*Not shown: this notebook holds too much text. It stands in the notebook itself.*"
        return nb, resources


@pass_context
def markdown2html(context, source: str) -> str:
    """In place of nbconvert's filter of this name: the same markdown, harmless, with the pictures that were handed in."""
    attachments = context.get("cell", {}).get("attachments")
    folder = context.get("resources", {}).get("metadata", {}).get("path")
    pictures = Pictures(attachments if isinstance(attachments, dict) else {}, Path(folder) if folder else None)
    return harmless_markdown(source, pictures)


def strip_files_prefix(page: str) -> str:
    """In place of nbconvert's filter of this name, which looks for markdown, too: on what is HTML by now that finds nothing, and
    a text of thousands of `[` takes it minutes."""
    return FILES_PREFIX.sub(r"\1=\2", page)


def _number(count) -> int | None:
    return count if type(count) is int else None


def _shown(output: NotebookNode, count: int | None, left: Budget) -> NotebookNode | None:
    """An output made anew; None if it is none."""
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        fields = {"name": name, "text": left.take_text(_text(output.get("text")))}
    elif kind == "error":
        lines = output.get("traceback")
        lines = [writable(line) for line in lines if isinstance(line, str)] if isinstance(lines, list) else []
        lines = left.take_text("\n".join(lines)).split("\n")
        fields = {
            "ename": _text(output.get("ename"))[:MESSAGE_LIMIT],
            "evalue": _text(output.get("evalue"))[:MESSAGE_LIMIT],
        }
        fields["traceback"] = lines
    elif kind in ("display_data", "execute_result"):
        stored = output.get("data")
        fields = {"data": _data(stored if isinstance(stored, dict) else {}, left), "metadata": {}}
        if kind == "execute_result":
            fields["execution_count"] = count
    else:
        return None
    return nbformat.from_dict({"output_type": kind, **fields})


def _text(value) -> str:
    return writable(value) if isinstance(value, str) else ""


def _data(stored: dict, left: Budget) -> dict[str, str]:
    """The forms of an output that may be shown, each cleaned; a word on it if none is left."""
    kept: dict[str, str] = {}
    for kind in SHOWN:
        text = stored.get(kind)
        if not isinstance(text, str):
            continue
        text = writable(text)
        if kind == "text/html":
            with suppress(TooMuch):
                if left.take_html(text):
                    kept[kind] = harmless_html(text)
        elif kind == "text/markdown":
            if left.take_markdown(text):
                kept[kind] = text
        elif kind == "image/svg+xml":
            if left.take_picture(text):
                picture = base64.b64encode(text.encode()).decode()
                kept.setdefault("text/html", f'<img alt="A drawing" src="data:image/svg+xml;base64,{picture}">')
        elif kind in ("image/png", "image/jpeg"):
            if left.take_picture(text) and is_base64(text):
                kept[kind] = text
        else:
            kept[kind] = left.take_text(text)
    return kept or {"text/plain": "(an output that cannot be shown in this page)"}


class BeforeGrading(Preprocessor):
    """First thing in the feedback: what was repaired in the hand-in, and which cells were left out or interrupted."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        record = nb.metadata.get("autograder")
        listed = [record.get(key) for key in ("hand_in_notes", "notes")] if isinstance(record, dict) else []
        notes = [note for notes in listed if isinstance(notes, list) for note in notes if isinstance(note, str)]
        notes = list(dict.fromkeys(notes))
        if notes:
            more = len(notes) - NOTES_LIMIT
            lines = [*notes[:NOTES_LIMIT], *([f"and {more} more"] if more > 0 else [])]
            listed = "".join(f"<li>{html.escape(' '.join(line.split()))}</li>" for line in lines)
            box = f"<blockquote><b>Before grading:</b><ul>{listed}</ul></blockquote>"
            cell = {"cell_type": "markdown", "id": "before-grading", "metadata": {}, "source": box}
            nb.cells.insert(0, nbformat.from_dict(cell))
        return nb, resources


class PlainErrors(NbGraderPreprocessor):
    """In test cells, an error becomes one sentence; hints, and why a cell was not run, stay as they are.

    A traceback quotes the lines around the one that failed, and those may be hidden tests.
    """

    def preprocess_cell(self, cell: NotebookNode, resources, cell_index: int):
        if cell.cell_type == "code" and is_grade(cell):
            for output in cell.outputs:
                if output.output_type == "error" and output.ename not in OUR_OWN:
                    output.evalue = sentence(output.ename, output.evalue)
                    output.traceback = [output.evalue]
        return cell, resources


def sentence(name: str, message: str) -> str:
    """The error in words that quote no input: only the messages of errors that a student's code cannot word."""
    if name == "NameError":
        return f"NameError: {message}. Did the cell that defines it run? Look for an error further up."
    if name == "CellTimeoutError":
        return "CellTimeoutError: this cell took too long. Look for a loop that does not end."
    return f"This cell raised {public_name(name)}."
