"""A sample class, handed in and graded with nbgrader's own commands: `autograder demo`."""
