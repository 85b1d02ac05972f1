"""05-layer: known mistakes, a module an exercise."""
