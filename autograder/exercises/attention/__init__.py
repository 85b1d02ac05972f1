"""15-attention: rows of a table, attention forward and backward, and a block made of both."""
