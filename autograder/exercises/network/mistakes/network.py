"""08-network: known mistakes of `Network`."""

import copy

from autograder.exercises.network.cases import Network
from autograder.reference.network import Network as Right


@Network.mistake(
    "backward-from-the-front",
    "Which layer hears the upstream gradient first: the first, or the last?",
    "With two layers, which one's output does dvalues belong to?",
    "dvalues is the gradient of the last output, so the last layer begins, and each hands its dinputs to the one before.",
)
class _(Right):
    def backward(self, dvalues):
        for layer in self.layers:
            dvalues = layer.backward(dvalues)
        return dvalues


more = Network.mistake(
    "multiplied-once-more",
    "The layer's `backward` has multiplied by its slope already. What do you multiply by, or add?",
    "One layer that triples: its backward makes 3 of dvalues 1. From 2 it makes 6; with one more factor 2 that is 12.",
    "Chain rule: what a layer's backward returns is the whole upstream gradient of the layer before it.",
)


@more
class _(Right):
    def backward(self, dvalues):
        for layer in reversed(self.layers):
            dvalues = dvalues * layer.backward(dvalues)
        return dvalues


@more
class _(Right):
    def backward(self, dvalues):
        for layer in reversed(self.layers):
            dvalues = dvalues + layer.backward(dvalues)
        return dvalues


@more
class _(Right):
    def backward(self, dvalues):
        result = dvalues
        for layer in reversed(self.layers):
            result = result * layer.backward(dvalues)
        return result


@more
class _(Right):
    def backward(self, dvalues):
        result = 1.0
        for layer in reversed(self.layers):
            result = result * layer.backward(dvalues)
        return result


@more
class _(Right):
    def backward(self, dvalues):
        result = 1.0
        for layer in reversed(self.layers):
            dvalues = layer.backward(dvalues)
            result = result * dvalues
        return result


another_order = Network.mistake(
    "another-order",
    "In which order do your layers come in backward? Is it the last, the one before, and so on to the first?",
    "Print the number that you put between the brackets in each turn: with three layers it should be 2, 1, 0.",
    "Of M layers, numbers 0 to M - 1, the last is M - 1; an index below 0 counts from the end, and -1 is the last.",
)


@another_order
class _(Right):
    def backward(self, dvalues):
        for i in range(len(self.layers)):
            dvalues = self.layers[i - 1].backward(dvalues)
        return dvalues


@another_order
class _(Right):
    def backward(self, dvalues):
        for i in range(len(self.layers)):
            dvalues = self.layers[-i].backward(dvalues)
        return dvalues


@Network.mistake(
    "one-upstream-for-all",
    "What is the upstream gradient of the layer before the last one?",
    "With two layers: what the last one's backward returns should go into the first one's backward.",
    "Chain rule: each layer's dinputs is the dvalues of the layer before it.",
)
class _(Right):
    def backward(self, dvalues):
        for layer in reversed(self.layers):
            dinputs = layer.backward(dvalues)
        return dinputs


every_layer_sees_x = Network.mistake(
    "every-layer-sees-x",
    "What goes into the second layer: the network's inputs, or what the first layer made of them?",
    "Two layers that each double: 1 should come out as 4.",
    "Each layer gets what the one before it gave.",
)


@every_layer_sees_x
class EveryLayerSeesX(Right):
    def forward(self, inputs):
        for layer in self.layers:
            outputs = layer.forward(inputs)
        return outputs


@every_layer_sees_x
class _(EveryLayerSeesX):
    def backward(self, dvalues):
        for layer in reversed(self.layers):
            dinputs = layer.backward(dvalues)
        return dinputs


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


returns_early = Network.mistake(
    "returns-after-one-layer",
    "Where does your `return` stand: behind the loop, or inside it?",
    "Put a print into the loop: how often is it reached with three layers?",
    "A return inside the loop ends it in its first turn.",
)


class ForwardReturnsEarly(Right):
    def forward(self, inputs):
        for layer in self.layers:
            return layer.forward(inputs)


class BackwardReturnsEarly(Right):
    def backward(self, dvalues):
        for layer in reversed(self.layers):
            return layer.backward(dvalues)


class BothReturnEarly(ForwardReturnsEarly, BackwardReturnsEarly):
    pass


returns_early(BackwardReturnsEarly)
returns_early(ForwardReturnsEarly)
returns_early(BothReturnEarly)


@Network.mistake(
    "layers-under-another-name",
    "Your network has no attribute `layers`. Under which name do you keep them?",
    "Try Network([]).layers: the exercise asks for this name, and the step downhill will look there for the weights.",
    "What `__init__` is given stays with the network, as its attribute layers.",
)
class _(Right):
    def __init__(self, layers):
        self.given = layers

    def forward(self, inputs):
        for layer in self.given:
            inputs = layer.forward(inputs)
        return inputs

    def backward(self, dvalues):
        for layer in reversed(self.given):
            dvalues = layer.backward(dvalues)
        return dvalues


Network.mistake(
    "init-misspelled",
    "Python says that Network takes no arguments. Is it spelled `__init__`, two underscores on each side?",
    "Try Network([]) by itself: a class whose `__init__` goes by another name has none, and takes nothing.",
    "Network(layers) calls `__init__` with the layers, and no other method.",
)(type("Network", (), {"_init_": Right.__init__, "forward": Right.forward, "backward": Right.backward}))
