"""Measure what a student waits for, and grading beside stock nbgrader."""
