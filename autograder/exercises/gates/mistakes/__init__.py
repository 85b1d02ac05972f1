"""02-gates: known mistakes, a module an exercise."""
