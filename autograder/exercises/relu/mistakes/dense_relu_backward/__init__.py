"""07-relu: known mistakes of `dense_relu_backward`, by theme, in the order in which they are tried."""

THEMES = ("gate", "layer")
