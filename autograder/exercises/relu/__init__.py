"""07-relu: ReLU on a batch, a dense layer behind it, and a case that exposes a wrong gate."""
