"""10-training: known mistakes of `SGD`."""

import numpy as np

from autograder.exercises.training.cases import SGD
from autograder.exercises.training.sgd_parts import Stepper


@SGD.mistake(
    "uphill",
    "After your step, does the loss rise or fall?",
    "Weight 2, gradient 1, rate 0.1: the weight should become 1.9.",
    "v = momentum v - learning_rate gradient, then parameter + v: one minus.",
)
class _(Stepper):
    def velocity(self, old, gradient):
        return self.momentum * old + self.rate * gradient


@SGD.mistake(
    "uphill-and-no-momentum",
    "After your step, does the loss rise or fall?",
    "Weight 2, gradient 1, rate 0.1: the weight should become 1.9.",
    "v = momentum v - learning_rate gradient, with v kept from step to step; then parameter + v: one minus.",
)
class _(Stepper):
    def velocity(self, old, gradient):
        return self.rate * gradient


@SGD.mistake(
    "momentum-ignored",
    "What does your step still know of the step before it?",
    "Slope 1, rate 0.1, momentum 0.9: the steps are -0.1, -0.19, -0.271. Yours are all alike.",
    "v = momentum v - learning_rate gradient, where v is kept from step to step and starts at 0 once.",
)
class _(Stepper):
    def velocity(self, old, gradient):
        return -self.rate * gradient


@SGD.mistake(
    "velocity-turned-round",
    "Does your momentum carry on in the old direction, or push back?",
    "Slope 1, rate 0.1, momentum 0.9: the second step is -0.19. Yours is -0.01.",
    "v = + momentum v - learning_rate gradient.",
)
class _(Stepper):
    def velocity(self, old, gradient):
        return -self.momentum * old - self.rate * gradient


@SGD.mistake(
    "moves-before-the-velocity-is-new",
    "Which velocity moves the parameter: the one before this gradient, or the one after?",
    "Weight 2, gradient 1, rate 0.1: after the first step 1.9. Yours has not moved.",
    "First v = momentum v - learning_rate gradient, then parameter + v with this new v.",
)
class _(Stepper):
    def move(self, layer, name, old, new):
        setattr(layer, name, getattr(layer, name) + old)


@SGD.mistake(
    "looks-ahead",
    "You apply momentum once more when you move, which is Nesterov's variant. What is asked here?",
    "Weight 2, gradient 1, rate 0.1, momentum 0.9: after the first step 1.9. Yours is 1.81.",
    "parameter + v, with v = momentum v - learning_rate gradient, and nothing added.",
)
class _(Stepper):
    def move(self, layer, name, old, new):
        setattr(layer, name, getattr(layer, name) + new + self.momentum * (new - old))


@SGD.mistake(
    "averaged-gradient",
    "You weigh the gradient with 1 - momentum. How long is the first step then?",
    "Slope 1, rate 0.1, momentum 0.9: the first step is -0.1. Yours is -0.01.",
    "v = momentum v - learning_rate gradient: the gradient enters whole.",
)
class _(Stepper):
    def velocity(self, old, gradient):
        return self.momentum * old - (1 - self.momentum) * self.rate * gradient


@SGD.mistake(
    "momentum-on-the-gradient",
    "Which of the two does momentum multiply: what is remembered, or what is new?",
    "Slope 1, rate 0.1, momentum 0.9: the first step is -0.1. Yours is shorter.",
    "v = momentum v - learning_rate gradient: momentum is the share of the old velocity that stays.",
)
class _(Stepper):
    def velocity(self, old, gradient):
        return old - self.momentum * self.rate * gradient


@SGD.mistake(
    "velocity-never-fades",
    "Your velocity only piles up. Which part of it should be lost in each step?",
    "Slope 1, rate 0.1, momentum 0.9: steps -0.1, -0.19, -0.271. Yours are -0.1, -0.2, -0.3.",
    "v = momentum v - learning_rate gradient.",
)
class _(Stepper):
    def velocity(self, old, gradient):
        return old - self.rate * gradient


@SGD.mistake(
    "rate-on-the-whole-velocity",
    "How often does your learning rate multiply the gradient?",
    "Weight 2, gradient 1, rate 0.1: after the first step 1.9. Yours is 1.99.",
    "The rate stands in v = momentum v - learning_rate gradient, and not once more in the move.",
)
class _(Stepper):
    def move(self, layer, name, old, new):
        setattr(layer, name, getattr(layer, name) + self.rate * new)


@SGD.mistake(
    "rate-on-the-old-velocity",
    "You multiply the remembered velocity by the rate as well. How often has it been through that?",
    "Slope 1, rate 0.1, momentum 0.9: the second step is -0.19. Yours is -0.109.",
    "v = momentum v - learning_rate gradient: the rate belongs to the gradient alone.",
)
class _(Stepper):
    def velocity(self, old, gradient):
        return self.rate * (self.momentum * old - gradient)


@SGD.mistake(
    "rate-forgotten",
    "Is your step the gradient itself?",
    "Weight 2, gradient 1, rate 0.1: after the first step 1.9. Yours is 1.",
    "v = momentum v - learning_rate gradient.",
)
class _(Stepper):
    def velocity(self, old, gradient):
        return self.momentum * old - gradient


@SGD.mistake(
    "biases-stand-still",
    "List every parameter of a dense layer. Did all of them move?",
    "Bias 0.5, gradient -2, rate 0.1: after the first step 0.7.",
    "Weights and biases take the same kind of step, each with its own velocity.",
)
class _(Stepper):
    names = ("weights",)


@SGD.mistake(
    "biases-without-momentum",
    "The weights have a velocity. And the biases?",
    "Bias 0.5, slope -2, rate 0.1, momentum 0.9: 0.7, then 1.08. Yours is 0.9 then.",
    "Every parameter has a velocity of its own, biases included.",
)
class _(Stepper):
    def step(self, network):
        self.names = ("weights",)
        super().step(network)
        for layer in self.having(network):
            layer.biases = layer.biases - self.rate * layer.dbiases


@SGD.mistake(
    "first-layer-only",
    "How many layers with parameters has the network, and how many of them moved?",
    "Put a print into the loop: how often is it reached with two such layers?",
    "Every layer that has weights takes its step; look for a `return` or a `break` inside the loop.",
)
class _(Stepper):
    def having(self, network):
        return super().having(network)[:1]


@SGD.mistake(
    "last-layer-only",
    "Which layers moved? Look at the first one, too.",
    "Print layer.weights of every layer before and after a step.",
    "Every layer that has weights takes its step.",
)
class _(Stepper):
    def having(self, network):
        return super().having(network)[-1:]


@SGD.mistake(
    "every-layer-has-weights",
    "A ReLU has no weights. What does your loop do when it meets one?",
    'hasattr(layer, "weights") tells the two kinds apart.',
    "Only layers that have weights take a step; the others are passed over.",
)
class _(Stepper):
    def having(self, network):
        return network.layers


@SGD.mistake(
    "one-velocity-for-all-layers",
    "Two layers, both with weights. Do they share a velocity in your optimizer?",
    "After layer 0 has stored its velocity, layer 1 finds it. With other shapes this would raise.",
    "One velocity for each parameter of each layer.",
)
class _(Stepper):
    def key(self, place, name):
        return name


one_for_all = SGD.mistake(
    "one-velocity-for-everything",
    "How many velocities does your optimizer remember, and how many parameters does it move?",
    "Weight slope 1, bias slope -2, rate 0.1, momentum 0.9: the first steps are -0.1 and 0.2. Does yours know of the weight "
    "when it moves the bias?",
    "One velocity for each parameter, weights and biases of every layer, each of its own shape.",
)


@one_for_all
class _(Stepper):
    def key(self, place, name):
        return "v"


@one_for_all
class _(Stepper):
    def key(self, place, name):
        return "v"

    def move(self, layer, name, old, new):
        array = getattr(layer, name)
        array += new


@SGD.mistake(
    "nothing-moves",
    "You work out new parameters. Does the network hear of them?",
    "In `w = layer.weights`, then `w = w - 0.1`, the name w gets a new array; layer.weights keeps the old one.",
    "Assign to layer.weights, or change that array in place.",
)
class _(Stepper):
    def move(self, layer, name, old, new):
        parameter = getattr(layer, name)
        parameter = parameter + new


@SGD.mistake(
    "gradient-scaled-in-place",
    "After your step, is the layer's dweights still the gradient?",
    "Print layer.dweights before and after a step.",
    "The product learning_rate times gradient is a new array; `*=` would write into the layer's own.",
)
class _(Stepper):
    def velocity(self, old, gradient):
        gradient *= self.rate
        return self.momentum * old - gradient


@SGD.mistake(
    "momentum-by-default",
    "SGD(0.1), with nothing said of momentum: how much is there?",
    "Two steps with slope 1 and SGD(0.1): 2, 1.9, 1.8.",
    "The default is momentum=0.0.",
)
class _(Stepper):
    default = 0.9


@SGD.mistake(
    "sign-of-the-gradient",
    "Should a slope of 4 and a slope of 0.25 move a weight equally far?",
    "Bias 0.5, gradient -2, rate 0.1: 0.7. Yours is 0.6.",
    "v = momentum v - learning_rate gradient, with its size.",
)
class _(Stepper):
    def velocity(self, old, gradient):
        return self.momentum * old - self.rate * np.sign(gradient)


@SGD.mistake(
    "weights-and-biases-share-a-velocity",
    "Weights and biases have different shapes. Can one velocity serve both?",
    "Weight slope 1, bias slope -2: two velocities, -0.1 and 0.2.",
    "One velocity for each parameter: keep them under different names.",
)
class _(Stepper):
    def key(self, place, name):
        return place


one_layer = SGD.mistake(
    "a-step-for-one-layer",
    "Some courses call optimizer.step(layer), once for each layer. What is step given here?",
    "Print type(network).__name__ inside step: is it a layer, or what holds them all?",
    "step(network) walks through network.layers itself, and takes a step wherever a layer has weights.",
)


@one_layer
class _(Stepper):
    def step(self, layer):
        layer.weights -= self.rate * layer.dweights
        layer.biases -= self.rate * layer.dbiases


@one_layer
class _(Stepper):
    def step(self, layer):
        layer.biases = layer.biases - self.rate * layer.dbiases


@one_layer
class _(Stepper):
    def step(self, layer):
        layer.weights = layer.weights - self.rate * layer.dweights


@one_layer
class _(Stepper):
    def step(self, layer):
        layer.weights = layer.weights + self.velocity(0.0, layer.dweights)


@one_layer
class _(Stepper):
    def step(self, layer):
        if not hasattr(layer, "velocity"):
            layer.velocity = np.zeros_like(layer.weights)
        layer.weights = layer.weights + self.velocity(layer.velocity, layer.dweights)
