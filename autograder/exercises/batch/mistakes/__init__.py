"""06-batch: known mistakes, a module an exercise."""
