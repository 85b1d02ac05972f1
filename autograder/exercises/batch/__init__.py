"""06-batch: a dense layer on a batch, its three gradients one by one and together."""
