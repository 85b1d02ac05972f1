"""14-deep: a residual, gradients by layer, and the norms over a batch and over a row."""
