"""What the students' README says of the chapters: it fits those that the course has."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.course_dir import CourseDir
from course.book.chosen import HEART, lesson_names

LEARNED = {"03-neuron": "a neuron", "05-layer": "a layer", "06-batch": "a batch"}
NETWORK = ("08-network", "09-softmax", "10-training")
AUTOGRAD = "12-autograd"
ARRAYS = "13-arrays"
ATTENTION = "15-attention"
EXAMPLE = "06-batch"


def gaps(course: CourseDir) -> dict[str, str]:
    """The gaps of README.md.in that depend on the chapters, and what fills them."""
    names = course.chapters
    learned = _and([phrase for name, phrase in LEARNED.items() if name in names]) or "small functions"
    ends = ["every step of training a small network"] * (set(NETWORK) <= set(names))
    arrays = " of whole arrays" * (ARRAYS in names)
    ends += [f"the program that finds gradients{arrays} by itself"] * (AUTOGRAD in names)
    ends += ["a small transformer of which no line is borrowed"] * (ATTENTION in names)
    reviews = [f"after {one[:2]}" for one in lesson_names(names) if "review" in one]
    example = EXAMPLE if EXAMPLE in names else names[-1]
    return {
        "learned": learned,
        "end": f" At the end you have written {_and(ends)}." if ends else "",
        "which": ", and says which ones to take if you are short of time" if set(HEART) < set(names) else "",
        "reviews": f" a review {_and(reviews)}," if reviews else "",
        "example": example,
        "example_stem": course.source_notebook(example).stem,
        "example_file": course.source_notebook(example).name,
        "own": _own(course),
    }


def _own(course: CourseDir) -> str:
    """A sentence on the instructor's own assignments, if there are any."""
    if not course.own:
        return ""
    places = [
        f"`exercises/{path.relative_to(course.source).as_posix()}`"
        for one in course.own
        for path in course.notebooks(one)
    ]
    return f"\n\nWithout a lesson, from your instructor: {_and(places)}."


def _and(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
