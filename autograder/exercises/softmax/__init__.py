"""09-softmax: softmax and cross-entropy, each with its backward pass, and both in one."""
