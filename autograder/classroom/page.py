"""The report as pages that stand alone: words and tables for the templates, which need nothing from the network."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from statistics import fmean, median

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from autograder.classroom.changes import Changes
from autograder.classroom.examples import example
from autograder.classroom.figures import ENOUGH, ChapterFigures, Question, Shared, in_trouble, most_shared
from autograder.classroom.plots import answer_counts, answers_chart, marks_histogram
from autograder.classroom.records import Classroom
from autograder.classroom.report import Label, without_names
from autograder.classroom.sections import section
from autograder.exercises import all_exercises, all_predictions
from autograder.translations import wording_of
from autograder.wording import Wording
from course.diagnose import title

TEMPLATES = Path(__file__).parent / "templates"
# The general kinds of difference, in words.
DIFFERENCES = {
    "shape": "a result of the wrong shape",
    "values": "other numbers",
    "sign": "the wrong sign",
    "factor": "off by a factor",
    "transpose": "transposed",
    "integers": "whole numbers where fractions belong",
    "nan": "not a number",
    "changed": "changes the caller's arrays",
    "again": "two calls give two results",
    "raised": "raises an error",
    "none": "returns None",
    "count": "returns another number of results",
    "type": "returns no numbers",
    "missing": "not defined when it is tested",
    "crashed": "ends its process",
}


@cache
def templates() -> Environment:
    """The templates of pages that stand alone, with their style and script."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"code": code_marked, "share": share, "mark": mark, "delay": delay}
    found.globals |= {
        name: (TEMPLATES / f"report.{end}").read_text("utf-8") for name, end in (("style", "css"), ("script", "js"))
    }
    return found


def code_marked(text: str) -> Markup:
    """Words in which what stands in backticks is code, in double stars strong, and between dollars a symbol."""
    safe = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text)))
    safe = re.sub(r"\$([^$<]+)\$", lambda found: f"<i>{found[1].replace('-', chr(0x2212))}</i>", safe)
    safe = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", safe)
    return Markup(re.sub(r"(?<![\w*])\*(\w[^*<]*\w|\w)\*(?![\w*])", r"<em>\1</em>", safe))


def share(part: float, whole: float) -> str:
    """`73 %`."""
    return f"{100 * part / whole:.0f} %" if whole else "–"


def mark(value: float | None) -> str:
    """A mark with one decimal at most."""
    return "–" if value is None else f"{value:.1f}".removesuffix(".0")


def delay(seconds: float) -> str:
    """`2 d 3 h`, `3 h 5 min`."""
    hours, minutes = int(seconds // 3600), int(seconds % 3600 // 60)
    return f"{hours // 24} d {hours % 24} h" if hours >= 24 else f"{hours} h {minutes} min"


def chapter_page(
    classroom: Classroom,
    chapter: ChapterFigures,
    names: list[str],
    other: Changes,
    label: Label,
    since: str,
    now: datetime,
    anonymous: bool,
) -> str:
    """The page of one chapter."""
    marks = list(chapter.marks.values())
    reasons = {
        label(student): [without_names(one) if anonymous else one for one in why]
        for student, why in chapter.needs_person.items()
    }
    return templates().get_template("chapter.html.jinja").render(
        title=chapter.name,
        names=names,
        here=chapter.name,
        when=_time(now),
        chapter=chapter,
        enough=ENOUGH,
        mean=fmean(marks) if marks else None,
        median=median(marks) if marks else None,
        histogram=Markup(marks_histogram(chapter)),
        answers=Markup(answers_chart(chapter.name, chapter.exercises)) if chapter.exercises else "",
        shared=[_shared_mistake(classroom, one) for one in most_shared({chapter.name: chapter})],
        exercises=[_exercise(classroom, chapter, one) for one in chapter.exercises],
        predictions=[_prediction(one, wording_of(classroom.course, chapter.name)) for one in chapter.predictions],
        reasons=dict(sorted(reasons.items())),
        late=sorted((label(student), seconds) for student, seconds in chapter.late.items()),
        extended=sorted((label(student), seconds) for student, seconds in chapter.extended.items()),
        untouched=sorted(map(label, chapter.untouched)),
        absent=sorted(map(label, chapter.not_handed_in)),
        changes=_changes(other, label),
        since=_time(datetime.fromisoformat(since)) if since else "",
    )  # fmt: skip


def course_page(
    classroom: Classroom,
    chapters: dict[str, ChapterFigures],
    other: dict[str, Changes],
    label: Label,
    since: str,
    now: datetime,
) -> str:
    """The page of the course."""
    trouble = in_trouble(chapters)
    rows = [(one, fmean(one.marks.values()) if one.marks else None) for one in chapters.values()]
    return templates().get_template("course.html.jinja").render(
        title="The course",
        names=list(chapters),
        here="",
        when=_time(now),
        students=len(classroom.persons),
        rows=rows,
        hardest=_hardest(chapters),
        shared=[_shared_mistake(classroom, one) for one in most_shared(chapters)],
        histograms={name: Markup(marks_histogram(one)) for name, one in chapters.items()},
        trouble=[(label(student), names, _marks_of(student, chapters)) for student, names in trouble.items()],
        changes={name: _changes(one, label) for name, one in other.items() if one},
        since=_time(datetime.fromisoformat(since)) if since else "",
    )  # fmt: skip


def _time(when: datetime) -> str:
    return f"{when.astimezone(UTC):%d %B %Y, %H:%M} UTC".lstrip("0")


def _marks_of(student: str, chapters: dict[str, ChapterFigures]) -> dict[str, float | None]:
    return {name: one.marks.get(student) for name, one in chapters.items()}


def _hardest(chapters: dict[str, ChapterFigures], count: int = 10) -> list[tuple[str, Question]]:
    """The exercises with the smallest shares of right answers."""
    everything = [(name, one) for name, chapter in chapters.items() for one in chapter.exercises if one.handed_in]
    return sorted(everything, key=lambda pair: (pair[1].share, pair[0], pair[1].name))[:count]


def _shared_mistake(classroom: Classroom, shared: Shared) -> dict:
    """A shared mistake in words, with what to ask, and where the lesson speaks of it."""
    wording = wording_of(classroom.course, shared.chapter)
    hints = _hints(shared.exercise, shared.mistake, wording)
    return {
        "chapter": shared.chapter,
        "exercise": shared.exercise,
        "mistake": wording.say(title(shared.mistake)),
        "count": shared.count,
        "handed_in": shared.handed_in,
        "hint": hints[0] if hints else "",
        "number": hints[1] if len(hints) > 1 else "",
        "section": section(shared.exercise),
    }


def _hints(exercise: str, mistake: str, wording: Wording) -> tuple[str, ...]:
    found = all_exercises().get(exercise)
    hints = next((known.hints for known in found.mistakes if known.name == mistake), ()) if found else ()
    return tuple(map(wording.say, hints))


def _exercise(classroom: Classroom, chapter: ChapterFigures, question: Question) -> dict:
    wording = wording_of(classroom.course, chapter.name)
    mistakes = [
        {
            "title": wording.say(title(name)),
            "count": count,
            "hint": (_hints(question.name, name, wording) or ("",))[0],
            "example": example(classroom, chapter.name, question.name, question.holders[name]),
        }
        for name, count in sorted(question.mistakes.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    differences = [(DIFFERENCES.get(name, title(name)), count) for name, count in question.differences.most_common()]
    right, known, wrong, empty = answer_counts(question)
    return {
        "question": question,
        "counts": {"right": right, "known": known, "other": wrong, "empty": empty},
        "mistakes": mistakes,
        "differences": differences + list(question.others.most_common()),
        "section": section(question.name),
    }


def _prediction(question: Question, wording: Wording) -> dict:
    found = all_predictions().get(question.name)
    choices = found.choices(wording) if found else {}
    letters = [
        (
            letter,
            count,
            choices[letter][0] if letter in choices else "",
            choices[letter][1] if letter in choices else "",
        )
        for letter, count in sorted(question.letters.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return {"question": question, "asked": wording.say(found.question) if found else "", "letters": letters}


def _changes(other: Changes, label: Label) -> list[str]:
    """What changed, a line each."""
    lines = []
    if other.new:
        lines.append(f"handed in since: {', '.join(sorted(map(label, other.new)))}")
    if other.gone:
        lines.append(f"no longer there: {', '.join(sorted(label(one) for one in other.gone))}")
    marks = sorted((label(one), before, now) for one, before, now in other.marks)
    lines += [f"{who}: {mark(before)} → {mark(now)} points" for who, before, now in marks]
    return lines + [f"{name.replace('-', ' ')}: made by {before} → {now}" for name, before, now in other.mistakes]
