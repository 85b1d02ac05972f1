"""05-layer: several neurons beside each other: a layer, and what comes back through it."""
