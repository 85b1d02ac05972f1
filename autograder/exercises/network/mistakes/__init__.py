"""08-network: known mistakes, a module an exercise."""
