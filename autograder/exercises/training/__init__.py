"""10-training: accuracy, standardized inputs, gradient descent with momentum, and the loop around it all."""
