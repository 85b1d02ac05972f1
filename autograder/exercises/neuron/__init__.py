"""03-neuron: one ReLU neuron, forward and backward, and a step downhill."""
