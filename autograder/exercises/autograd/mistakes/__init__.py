"""12-autograd: known mistakes, a module an exercise."""
