"""04-loss: known mistakes, a module an exercise."""
