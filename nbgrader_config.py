"""nbgrader for this course. Run nbgrader's own commands in this folder, for example: nbgrader autograde 06-batch"""

import sys

from autograder.examination.seed import run_seed
from autograder.grading.sharing import share_with_group

c = get_config()  # noqa: F821 (nbgrader puts it there)

# Our chapters that your course has: "all", or their names in a list. ["00", "03", "05", "06", "07"] hold together on their own.
# Then run `autograder release`.
CHAPTERS = "all"

# The language of hints and predictions: "en", or one whose files `autograder translate LANGUAGE` wrote and you filled in.
# Then run `autograder release`.
LANGUAGE = "en"

c.CourseDirectory.course_id = "backprop"

# On a hub (deploy/README.md): the folder through which work is handed out and in, and that several people grade in this one.
# c.Exchange.root = "/srv/backprop/exchange"
# c.CourseDirectory.groupshared = True

# `nbgrader export`: no name of a student is a formula to a spreadsheet, or breaks a row.
c.ExportApp.plugin_class = "autograder.classroom.export.CsvExport"

# What was handed in again is collected, too; work that did not come through the exchange is neither replaced nor in the way.
c.ExchangeCollect.update = True
c.ExchangeFactory.collect = "autograder.grading.exchange.Collect"
c.ExchangeFactory.release_feedback = "autograder.grading.exchange.ReleaseFeedback"

# What stands in a student's notebook where the solution stood.
c.ClearSolutions.code_stub = {"python": "# your answer here"}

# The mark scheme of a written answer stands in the locked cell that asks the question: releases lack it, formgrader shows it.
c.ClearMarkScheme.enforce_metadata = False

# Exercises say nothing of chapters that your course does not have.
c.GenerateAssignment.preprocessors.insert(0, "autograder.publish.chosen.OnlyChosen")

# Feedback shows hints, never the hidden part of a test cell, nor a traceback that quotes it.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "autograder.grading.feedback.PlainErrors",
    "autograder.grading.feedback.BeforeGrading",
    "autograder.grading.due.DueDate",
    "nbgrader.preprocessors.GetGrades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# Feedback pages and formgrader run nothing that a submission wrote: both make their pages with this exporter.
c.HTMLExporter.preprocessors = ["autograder.grading.feedback.Safe"]
c.HTMLExporter.filters = {
    "markdown2html": "autograder.grading.feedback.markdown2html",
    "strip_files_prefix": "autograder.grading.feedback.strip_files_prefix",
}

# Submissions run in a sandbox that holds no answers, and are judged from outside (see autograder/README.md). Without these two
# lists nbgrader runs them itself, in the reach of the hidden tests and of the gradebook.
if sys.platform != "win32":
    c.Autograde.sanitize_preprocessors = [
        "autograder.grading.nbgrader_steps.RepairHandIn",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.DeduplicateIds",
        "nbgrader.preprocessors.OverwriteKernelspec",
        "nbgrader.preprocessors.OverwriteCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        "autograder.grading.nbgrader_steps.RunInSandbox",
        "nbgrader.preprocessors.IgnorePattern",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        "nbgrader.preprocessors.LimitOutput",
        "nbgrader.preprocessors.SaveAutoGrades",
        "autograder.grading.nbgrader_steps.AssignLateness",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
else:
    # One seed a run, which kernels inherit: every student meets the same hidden cases. The sandbox's steps have their own.
    run_seed()

# With `groupshared`: what one of several graders makes here, the gradebook included, the others may change.
share_with_group(c, __file__)
