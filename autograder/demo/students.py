"""The class: who hands in what, and when. Data; the answers themselves are in `right`, `wrong` and `copied`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.demo import copied, right, wrong
from autograder.exercise import Prediction
from autograder.exercises import chapter_predictions

CHAPTERS = ("00-start-here", "03-neuron", "05-layer", "06-batch", "07-relu")  # the heart of the course
DUE = {"06-batch": "2025-03-14 18:00:00 UTC"}
ON_TIME = "2025-03-12 16:40:00 UTC"
TWO_DAYS_AND_THREE_HOURS_LATE = "2025-03-16 21:00:00 UTC"

Answers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Student:
    """A student, and how their hand-ins differ from the model's.

    answers : chapter to cell id to source; every other solution cell holds the model answer, or is left as it was
        released where `knows_the_rest` is false.
    absent : chapters not handed in. forgets_notebook : chapters handed in as a folder without the notebook.
    handed_in : chapter to time, where it is not `ON_TIME`.
    """

    id: str
    first_name: str
    last_name: str
    about: str
    answers: Answers = field(default_factory=dict)
    knows_the_rest: bool = True
    absent: frozenset[str] = frozenset()
    forgets_notebook: frozenset[str] = frozenset()
    handed_in: Mapping[str, str] = field(default_factory=dict)

    def handed_in_at(self, chapter: str) -> str:
        return self.handed_in.get(chapter, ON_TIME)

    def hands_in(self, chapter: str) -> bool:
        """Whether there is a notebook to grade."""
        return chapter not in self.absent | self.forgets_notebook


def wrong_choice(prediction: Prediction) -> str:
    """The source of a prediction's cell with a wrong letter in it."""
    letter = next(letter for letter, (_, _, is_right) in prediction.choices().items() if not is_right)
    return f'{prediction.name.replace("-", "_")} = "{letter}"'


def wrong_choices() -> Answers:
    """Every prediction of the course, wrong."""
    return {
        chapter: {prediction.name: wrong_choice(prediction) for prediction in chapter_predictions(chapter)}
        for chapter in CHAPTERS
    }


CLASS = (
    Student("ada", "Ada", "Okafor", "the model: all right"),
    Student("bruno", "Bruno", "Lindqvist", "right, with loops, lists and einsum", right.LOOPS_AND_LISTS),
    Student("chen", "Chen", "Wei", "handed in as released", knows_the_rest=False),
    Student("dilek", "Dilek", "Aydın", "db = b; bias left out of the step", wrong.BIAS_MISUNDERSTOOD),
    Student("emil", "Emil", "Novák", "upstream gradient ignored", wrong.UPSTREAM_IGNORED),
    Student("farah", "Farah", "Haddad", "dx and dw exchanged", wrong.DATA_AND_WEIGHTS_EXCHANGED),
    Student("goran", "Goran", "Petrović", "ReLU on the weight, and before the bias", wrong.RELU_MISPLACED),
    Student(
        "hana",
        "Hana",
        "Sato",
        "integer mask; inputs summed first; late",
        wrong.INTEGER_MASK_AND_SUMMED_INPUTS,
        handed_in={"06-batch": TWO_DAYS_AND_THREE_HOURS_LATE},
    ),
    Student(
        "ivan",
        "Ivan",
        "Costa",
        "05 not handed in; 07 without its notebook",
        absent=frozenset({"05-layer"}),
        forgets_notebook=frozenset({"07-relu"}),
    ),
    Student("julia", "Julia", "Mbeki", "syntax errors; overwrites dvalues", wrong.SYNTAX_ERRORS),
    Student("kofi", "Kofi", "Mensah", "the printed numbers, typed in", copied.PRINTED_NUMBERS),
    Student("lena", "Lena", "Brandt", "right, but prints and warns", right.PRINTS_AND_WARNS),
    Student("marek", "Marek", "Zieliński", "right code, wrong predictions", wrong_choices()),
    Student("nadia", "Nadia", "Rossi", "transposed until it ran; gates the upstream", wrong.TRANSPOSED_UNTIL_IT_RAN),
    Student("omar", "Omar", "Farouk", "ReLU's slope left out; upstream clipped", wrong.SLOPE_LEFT_OUT),
    Student(
        "petra",
        "Petra",
        "Lund",
        "looks up the visible check's answers",
        copied.LOOKS_THE_ANSWERS_UP,
        absent=frozenset(CHAPTERS) - {"05-layer"},
    ),
)
