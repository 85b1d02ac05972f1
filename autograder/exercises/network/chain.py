"""08-network: known mistakes in `Network`."""

import copy

from autograder.exercises.network.cases import Network
from autograder.reference.network import Network as Right


@Network.mistake(
    "backward-from-the-front",
    "Which layer hears the upstream gradient first: the first, or the last?",
    "With two layers, which one's output does dvalues belong to?",
    "dvalues is the gradient of the last output, so the last layer begins, and each hands its dinputs to the one before.",
    catalogue=7,
)
class _(Right):
    def backward(self, dvalues):
        for layer in self.layers:
            dvalues = layer.backward(dvalues)
        return dvalues


@Network.mistake(
    "one-upstream-for-all",
    "What is the upstream gradient of the layer before the last one?",
    "With two layers: what the last one's backward returns should go into the first one's backward.",
    "Chain rule: each layer's dinputs is the dvalues of the layer before it.",
    catalogue=2,
)
class _(Right):
    def backward(self, dvalues):
        for layer in reversed(self.layers):
            dinputs = layer.backward(dvalues)
        return dinputs


@Network.mistake(
    "every-layer-sees-x",
    "What goes into the second layer: the network's inputs, or what the first layer made of them?",
    "Two layers that each double: 1 should come out as 4.",
    "Each layer gets what the one before it gave.",
)
class _(Right):
    def forward(self, inputs):
        for layer in self.layers:
            outputs = layer.forward(inputs)
        return outputs


@Network.mistake(
    "forward-from-the-back",
    "Which layer sees the inputs first?",
    "Network([a, b]) gives b.forward(a.forward(x)).",
    "Forward goes through layers in their order, backward the other way round.",
)
class _(Right):
    def forward(self, inputs):
        for layer in reversed(self.layers):
            inputs = layer.forward(inputs)
        return inputs


@Network.mistake(
    "reverses-the-list-for-good",
    "reverse() turns the list round. Who turns it back before the next forward pass?",
    "Print network.layers before and after backward: the order should be the same.",
    "list.reverse changes the list itself; go through it backward without changing it.",
    catalogue=76,
)
class _(Right):
    def backward(self, dvalues):
        self.layers.reverse()
        for layer in self.layers:
            dvalues = layer.backward(dvalues)
        return dvalues


@Network.mistake(
    "iterator-used-up",
    "How often can you walk through the result of reversed(...)?",
    "Try r = reversed([1, 2]); list(r); list(r): the second time it is empty.",
    "reversed gives an iterator for one walk. Make it anew in every backward pass.",
    catalogue=76,
)
class _(Right):
    def __init__(self, layers):
        super().__init__(layers)
        self.back = reversed(layers)

    def backward(self, dvalues):
        for layer in self.back:
            dvalues = layer.backward(dvalues)
        return dvalues


@Network.mistake(
    "layers-copied",
    "The caller keeps the layers as well, to read their gradients. Are yours the same objects?",
    "Build layers = [Dense(2, 3)], network = Network(layers), and ask: network.layers[0] is layers[0]?",
    "Keep the layers themselves; a deep copy learns, and the caller's never hear of it.",
)
class _(Right):
    def __init__(self, layers):
        super().__init__(copy.deepcopy(layers))


@Network.mistake(
    "last-layer-left-out",
    "How many layers does your loop visit, counted from the end?",
    "With one layer only: what should backward return?",
    "Every layer has a backward pass, the last one included; dvalues goes into it first.",
)
class _(Right):
    def backward(self, dvalues):
        for layer in self.layers[-2::-1]:
            dvalues = layer.backward(dvalues)
        return dvalues


@Network.mistake(
    "first-layer-left-out",
    "What is the gradient with respect to the network's own inputs? Has the first layer had its turn?",
    "With one layer only: range(len(layers) - 1, 0, -1) visits nobody.",
    "Every layer has a backward pass, the first one included, and its dinputs is what the network returns.",
)
class _(Right):
    def backward(self, dvalues):
        for number in range(len(self.layers) - 1, 0, -1):
            dvalues = self.layers[number].backward(dvalues)
        return dvalues


@Network.mistake(
    "returns-the-upstream",
    "What should come out of the network's backward: what went into it, or what the first layer hands back?",
    "Print network.backward(dvalues) beside dvalues: they should differ.",
    "Carry each layer's dinputs on under the name that the next turn of the loop reads.",
)
class _(Right):
    def backward(self, dvalues):
        super().backward(dvalues)
        return dvalues


@Network.mistake(
    "backward-returns-nothing",
    "What does whoever put this network behind another one get from backward?",
    "Print network.backward(dvalues): it should be the gradient of the inputs.",
    "The last dinputs of the walk, that of the first layer, is returned.",
)
class _(Right):
    def backward(self, dvalues):
        super().backward(dvalues)


@Network.mistake(
    "forward-returns-nothing",
    "What does whoever calls forward get?",
    "Print network.forward(X): it should be the last layer's outputs.",
    "After the loop the last outputs are returned.",
)
class _(Right):
    def forward(self, inputs):
        super().forward(inputs)


@Network.mistake(
    "three-layers-only",
    "How many layers does your network expect? What if it is given two, or five?",
    "Try Network([layer]) with a single one.",
    "A loop over self.layers goes through any number of them.",
)
class _(Right):
    def forward(self, inputs):
        a, b, c = self.layers[0], self.layers[1], self.layers[2]
        return c.forward(b.forward(a.forward(inputs)))

    def backward(self, dvalues):
        a, b, c = self.layers[0], self.layers[1], self.layers[2]
        return a.backward(b.backward(c.backward(dvalues)))


@Network.mistake(
    "returns-after-one-layer",
    "Where does your `return` stand: behind the loop, or inside it?",
    "Put a print into the loop: how often is it reached with three layers?",
    "A return inside the loop ends it in its first turn.",
)
class _(Right):
    def forward(self, inputs):
        for layer in self.layers:
            return layer.forward(inputs)

    def backward(self, dvalues):
        for layer in reversed(self.layers):
            return layer.backward(dvalues)
