"""01-slopes: known mistakes, a module an exercise."""
