"""10-training: known mistakes of `train`, by theme, in the order in which they are tried."""

THEMES = ("gradient", "rows", "orders")
