"""15-attention: known mistakes, a module an exercise."""
