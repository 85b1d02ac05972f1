"""In place of nbgrader's table of marks: the same columns, in which no name breaks a row or is a formula to a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student
from nbgrader.plugins import CsvExportPlugin

from autograder.classroom.lms.table import harmless

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)


class CsvExport(CsvExportPlugin):
    """What `nbgrader export` writes."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the marks of the chosen students and assignments, of all if none are named."""
        path = self.to or "grades.csv"
        self.log.info("Exporting grades to %s", path)
        with open(path, "w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(COLUMNS)
            rows.writerows(self._rows(gradebook))

    def _rows(self, gradebook: Gradebook) -> Iterator[list[str]]:
        assignments, students = {str(one) for one in self.assignment}, {str(one) for one in self.student}
        for assignment in gradebook.assignments:
            for student in gradebook.students:
                if (not assignments or assignment.name in assignments) and (not students or student.id in students):
                    yield _row(gradebook, assignment, student)


def _row(gradebook: Gradebook, assignment: Assignment, student: Student) -> list[str]:
    """One student's marks for one assignment; zeros where nothing was handed in, as nbgrader has it."""
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
        moment, raw, penalty = submission.timestamp, submission.score, submission.late_submission_penalty
    except MissingEntry:
        moment, raw, penalty = None, 0.0, 0.0
    named = [
        assignment.name,
        assignment.duedate,
        moment,
        student.id,
        student.last_name,
        student.first_name,
        student.email,
    ]
    marks = [raw, penalty, max(0.0, raw - penalty), assignment.max_score]
    return [*("" if one is None else harmless(str(one)) for one in named), *map(str, marks)]
