"""11-clinic: known mistakes, a module an exercise."""
