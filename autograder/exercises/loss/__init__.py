"""04-loss: half a squared error, a neuron that learns by it, and neurons that have died."""
