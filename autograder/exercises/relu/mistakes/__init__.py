"""07-relu: known mistakes, a module an exercise."""
