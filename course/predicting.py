"""A prediction where the lesson asks it: four choices, what the chosen one assumes, and then what follows.

    predict("three-votes")

It keeps no marks: the graded choice is made in the exercise notebook, by the same name. All that is said is sent at once, so
that it works when the kernel has gone. Where nothing runs (a notebook just opened, the book) it is a list with a folded answer. The
script is `static/predict.js`.
"""

from __future__ import annotations

import html
import re

import anywidget
import traitlets

from course import cases
from course.hint import Hint
from course.live import STATIC, display_live, script, still_output
from course.picture import MINUS

ANSWER = "answer, once you have chosen"


class Prediction(anywidget.AnyWidget):
    """The widget. `chosen` is the letter chosen last, "" before that."""

    _esm = script("predict.js")
    _css = (STATIC / "predict.css").read_text(encoding="utf-8")

    name = traitlets.Unicode().tag(sync=True)
    question = traitlets.List().tag(sync=True)  # in pieces, see `pieces`, like all that follows
    choices = traitlets.Dict().tag(sync=True)  # by letter
    replies = traitlets.Dict().tag(sync=True)  # by letter: [whether it is right, what to say]
    chosen = traitlets.Unicode("").tag(sync=True)

    def __init__(self, prediction: cases.Prediction):
        super().__init__(
            name=prediction.name,
            question=pieces(prediction.question),
            choices={letter: pieces(words) for letter, words in prediction.choices.items()},
            replies={letter: [right, pieces(words)] for letter, (right, words) in prediction.replies.items()},
        )

    def _ipython_display_(self) -> None:
        display_live(self, self.still(), f"<Prediction: {self.name}>")

    def still(self) -> str:
        """The question as a list, with the right choice (by its words, not by its letter) and its reason folded away."""
        choices = {letter: as_html(words) for letter, words in self.choices.items()}
        items = "".join(f"<li><strong>{letter}.</strong> {words}</li>" for letter, words in choices.items())
        right, why = next((letter, as_html(words)) for letter, (is_right, words) in self.replies.items() if is_right)
        return (
            '<div style="overflow-wrap: anywhere">'  # a phone is narrower than an array
            f"<p><strong>Predict.</strong> {as_html(self.question)}</p>"
            f'<ul style="list-style: none">{items}</ul>'
            f"<details><summary>{ANSWER}</summary><p>{choices[right]}</p><p>{why}</p></details></div>"
        )


def stored_still(prediction: cases.Prediction) -> str:
    """What a notebook keeps of a prediction, as HTML."""
    return still_output(Prediction(prediction).still())


def predict(name: str) -> Prediction:
    """The prediction of that name, to be made here. Hint if there is none."""
    prediction = cases.prediction(name)
    if prediction is None:
        raise Hint(f'There is no prediction "{name}".')
    return Prediction(prediction)


def pieces(text: str) -> list[list[str]]:
    """The Markdown that questions, choices and replies use, as [element, words]: "code", "em", or "" for plain words.

    A formula, which is a letter and a number at most, is set like emphasis.
    """
    found = []
    for at, part in enumerate(re.split(r"`([^`]+)`", text)):
        if at % 2:
            found.append(["code", part])
        else:
            for number, words in enumerate(re.split(r"\$([^$]+)\$", part)):
                found += [["em", words.replace("-", MINUS)]] if number % 2 else _with_emphasis(words)
    return found


def _with_emphasis(text: str) -> list[list[str]]:
    parts = re.split(r"(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])", text)
    return [["em" if number % 2 else "", words] for number, words in enumerate(parts) if words]


def as_html(found: list[list[str]]) -> str:
    """Pieces as HTML."""
    return "".join(f"<{name}>{html.escape(words)}</{name}>" if name else html.escape(words) for name, words in found)
