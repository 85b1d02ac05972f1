"""nbgrader's exchange beside work that did not come through it: placed in `submitted/` by hand, or from an LMS."""

from __future__ import annotations

import glob
import os
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect, ExchangeReleaseFeedback

TIME, SECRET = "timestamp.txt", "submission_secret.txt"  # what the exchange puts into every hand-in


class Collect(ExchangeCollect):
    """Collect what is new, and never in the place of work that somebody put there."""

    def init_src(self):
        """As nbgrader's own, without the students whose work was placed by hand."""
        super().init_src()
        kept = [record for record in self.src_records if self._placed_by_hand(record["username"])]
        self.src_records = [record for record in self.src_records if record not in kept]
        for record in kept:
            self.log.warning(
                "%s is left as it is, since it did not come from the exchange, where a hand-in of %s waits. "
                "To collect that one, move the folder elsewhere first.",
                self._folder(record["username"]),
                f"{record['timestamp']:%Y-%m-%d %H:%M:%S} UTC",
            )

    def _folder(self, student: str) -> Path:
        course = self.coursedir
        return Path(course.format_path(course.submitted_directory, student, course.assignment_id))

    def _placed_by_hand(self, student: str) -> bool:
        folder = self._folder(student)
        return folder.is_dir() and not (folder / TIME).exists()


class ReleaseFeedback(ExchangeReleaseFeedback):
    """Release the pages of those who handed in through the exchange; say whose page has to go another way."""

    def copy_files(self):
        """As nbgrader's own, which gives up for the whole class at the first page without a time and a secret beside it."""
        excluded = set(filter(None, self.coursedir.student_id_exclude.split(",")))
        try:
            left_out = sorted(self._without_way_back() - excluded)
            self.coursedir.student_id_exclude = ",".join(sorted(excluded) + left_out)
            super().copy_files()
        finally:
            self.coursedir.student_id_exclude = ",".join(sorted(excluded))
        for student in left_out:
            page = self.coursedir.format_path(self.coursedir.feedback_directory, student, self.coursedir.assignment_id)
            self.log.warning("%s did not hand in through the exchange: send the page in %s another way.", student, page)

    def _without_way_back(self) -> set[str]:
        pages = {Path(page).parent for page in glob.glob(os.path.join(self.src_path, "*.html"))}
        # feedback/STUDENT/CHAPTER, as nbgrader lays a course out
        return {folder.parent.name for folder in pages if not all((folder / name).is_file() for name in (TIME, SECRET))}
