"""14-deep: known mistakes, a module an exercise."""
