"""08-network: three classes that keep state, and the check of a whole network's gradients."""
