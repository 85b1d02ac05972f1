"""10-training: known mistakes, a module an exercise."""
