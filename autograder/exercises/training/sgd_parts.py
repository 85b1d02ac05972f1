"""10-training: a right `SGD` made of parts, any of which a mistake replaces."""


class Stepper:
    """A right optimizer made of parts, of which a mistake replaces one."""

    names = ("weights", "biases")
    default = 0.0

    def __init__(self, learning_rate, momentum=None):
        self.rate, self.momentum = learning_rate, self.default if momentum is None else momentum
        self.velocities = {}

    def having(self, network):
        return [layer for layer in network.layers if hasattr(layer, "weights")]

    def key(self, place, name):
        return place, name

    def velocity(self, old, gradient):
        return self.momentum * old - self.rate * gradient

    def move(self, layer, name, old, new):
        setattr(layer, name, getattr(layer, name) + new)

    def step(self, network):
        for place, layer in enumerate(self.having(network)):
            for name in self.names:
                old = self.velocities.get(self.key(place, name), 0.0)
                new = self.velocity(old, getattr(layer, f"d{name}"))
                self.velocities[self.key(place, name)] = new
                self.move(layer, name, old, new)
