"""00-start-here: known mistakes, a module an exercise."""
