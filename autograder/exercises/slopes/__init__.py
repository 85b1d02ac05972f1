"""01-slopes: the derivative of a function, the gradient of many, and how far two gradients are apart."""
