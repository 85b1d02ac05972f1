"""02-gates: five gates, a circuit of two of them, and the sigmoid neuron made of them all."""
