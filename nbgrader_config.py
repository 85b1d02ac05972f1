"""nbgrader for this course. Run nbgrader's own commands in this folder, for example: nbgrader autograde 06-batch"""

from autograder.seed import run_seed

c = get_config()  # noqa: F821 (nbgrader puts it there)

c.CourseDirectory.course_id = "backprop"

# What stands in a student's notebook where the solution stood.
c.ClearSolutions.code_stub = {"python": "# your answer here"}

# Feedback shows hints, never the hidden part of a test cell, nor a traceback that quotes it.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.ClearHiddenTests",
    "autograder.feedback.PlainErrors",
    "nbgrader.preprocessors.GetGrades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# One seed a run: kernels inherit it, so every student meets the same hidden cases.
run_seed()
