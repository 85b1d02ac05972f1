"""09-softmax: known mistakes, a module an exercise."""
