"""03-neuron: known mistakes, a module an exercise."""
