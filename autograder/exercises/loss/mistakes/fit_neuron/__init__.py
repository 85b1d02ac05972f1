"""04-loss: known mistakes of `fit_neuron`, by theme, in the order in which they are tried."""

THEMES = ("steps", "loop")
