"""The graded class as a table for people and as JSON for programs."""

from __future__ import annotations

from rich.table import Table

from autograder.demo.run import Mark, Report
from autograder.demo.students import CHAPTERS, CLASS


def marks_table(report: Report) -> Table:
    """Students by chapters, with the total and what each hand-in shows."""
    maxima = {chapter: mark.maximum for chapter, mark in report.marks[CLASS[0].id].items()}
    table = Table(title="Marks", show_footer=True)
    table.add_column("student", footer="out of", no_wrap=True)
    for chapter in CHAPTERS:
        table.add_column(chapter.split("-", 1)[1], footer=f"{maxima[chapter]:g}", justify="right")
    table.add_column("total", footer=f"{sum(maxima.values()):g}", justify="right", style="bold")
    table.add_column("what this hand-in shows")
    for student in CLASS:
        marks = report.marks[student.id]
        cells = [mark_text(marks[chapter]) for chapter in CHAPTERS]
        name = f"{student.first_name} {student.last_name}"
        table.add_row(name, *cells, f"{total(marks):g}", student.about)
    return table


def summary(report: Report) -> str:
    """Who was late, how long the grading took, and where the class is to be looked at."""
    graded = sum(mark.graded for marks in report.marks.values() for mark in marks.values())
    lines = [
        *late_lines(report),
        f"{graded} hand-ins graded in {report.seconds:.0f} s. The class is in {report.folder}",
        "Feedback: feedback/STUDENT/CHAPTER there; marks: grades.csv. Remove the folder when you have seen it.",
    ]
    return "\n".join(lines)


def mark_text(mark: Mark) -> str:
    """A mark in a few characters: a dash where there was nothing to grade."""
    if not mark.graded:
        return "-"
    return f"{mark.score:g} late" if mark.seconds_late else f"{mark.score:g}"


def late_lines(report: Report) -> list[str]:
    """One line for every late hand-in."""
    return [
        f"late: {student.first_name} {student.last_name}, {chapter}, {delay(mark.seconds_late)} after the due date"
        for student in CLASS
        for chapter, mark in report.marks[student.id].items()
        if mark.seconds_late
    ]


def delay(seconds: float) -> str:
    """`2 d 3 h`."""
    hours = int(seconds // 3600)
    return f"{hours // 24} d {hours % 24} h" if hours >= 24 else f"{hours} h {int(seconds % 3600 // 60)} min"


def total(marks: dict[str, Mark]) -> float:
    """The sum over the chapters."""
    return sum(mark.score for mark in marks.values())


def as_data(report: Report) -> dict:
    """What `marks_table` shows, for programs."""
    return {
        "folder": str(report.folder),
        "seconds": round(report.seconds, 1),
        "students": {
            student: {
                "total": total(marks),
                "chapters": {
                    chapter: {
                        "score": mark.score,
                        "max_score": mark.maximum,
                        "handed_in": mark.graded,
                        "seconds_late": mark.seconds_late,
                    }
                    for chapter, mark in marks.items()
                },
            }
            for student, marks in report.marks.items()
        },
    }
