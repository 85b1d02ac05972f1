"""13-arrays: known mistakes, a module an exercise."""
