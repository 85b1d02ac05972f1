"""08-network: known mistakes of `Dense`. Each is the right layer with one thing changed."""

import numpy as np

from autograder.exercises.network.cases import Dense
from autograder.exercises.network.inputs_not_kept import kept_under_another_name, not_kept_at_all
from autograder.exercises.network.mistakes.dense_weights import Dense_weights, draw
from autograder.exercises.network.other_courses import declare_habits
from autograder.reference.network import Dense as Right

# ---------------------------------------------------------------- forward


@Dense.mistake(
    "output-remembered",
    "What does the slope of xw with respect to w need: what went in, or what came out?",
    "With inputs of shape (3, 4) and two neurons, dweights should be (4, 2). Yours is (2, 2): which array has 2 columns?",
    "dL/dW sums X times dL/dZ over samples, so what forward keeps is X.",
)
class _(Right):
    def forward(self, inputs):
        self.inputs = super().forward(inputs)
        return self.inputs


@Dense.mistake(
    "first-inputs-kept",
    "forward is called a second time, with other inputs. Which ones does backward then use?",
    "Call forward on [[1., 1.]], then on [[5., 5.]], and print layer.inputs.",
    "Every forward pass replaces what the layer remembers.",
)
class _(Right):
    def forward(self, inputs):
        outputs = super().forward(inputs)
        self.first = getattr(self, "first", inputs)
        self.inputs = self.first
        return outputs


@Dense.mistake(
    "memory-shared-by-all-layers",
    "Two layers are at work in turn. Where do you keep the inputs: with this layer, or where all of them write?",
    "Build a and b, call a.forward on [[1., 1.]] and b.forward on [[5., 5.]], then print a.inputs.",
    "What is remembered belongs to self. A global name or one of the class is the same for every layer.",
)
class _(Right):
    seen = None

    @property
    def inputs(self):
        return type(self).seen

    @inputs.setter
    def inputs(self, value):
        type(self).seen = value


not_kept = Dense.mistake(
    "inputs-not-kept",
    "After `forward`, your layer has no attribute `inputs`. Where will backward, and others, find them?",
    "Call forward, then print layer.inputs: the exercise asks for them under this name.",
    "What backward needs of the forward pass, X, stays with the layer, as its attribute inputs.",
)


not_kept(kept_under_another_name(Right))
not_kept(not_kept_at_all(Right))


@Dense.mistake(
    "biases-left-out",
    "Two things are added up in Z. Which one is missing?",
    "Set biases to [[10., 20.]] and call forward on zeros: every row should be 10, 20.",
    "Z = XW + b: the product, and the biases added to every row.",
)
class _(Right):
    def forward(self, inputs):
        return super().forward(inputs) - self.biases


@Dense.mistake(
    "relu-inside-dense",
    "What may come out of a dense layer below 0? Who takes care of that here?",
    "With weights [[1.]], biases [[0.]] and inputs [[-3.]] Dense says -3.",
    "Dense is Z = XW + b and no more; ReLU is a layer of its own, so that a last layer can do without.",
)
class _(Right):
    def forward(self, inputs):
        return np.clip(super().forward(inputs), 0, None)


@Dense.mistake(
    "forward-changes-the-biases",
    "forward says what comes out. Which of its lines writes into the layer's own parameters?",
    "Call forward and print layer.biases before and after: they should be the same, in shape (1, M).",
    "Z = XW + b is a new array; W and b stay as they are until a step downhill is taken.",
)
class _(Right):
    def forward(self, inputs):
        self.biases = super().forward(inputs)
        return self.biases


# ---------------------------------------------------------------- backward


def changed(**results):
    """A mistake in backward: some of dinputs, dweights, dbiases made otherwise, from (layer, dvalues)."""

    class Changed(Right):
        def backward(self, dvalues):
            super().backward(dvalues)
            for name, made in {name: make(self, dvalues) for name, make in results.items()}.items():
                setattr(self, name, made)
            return self.dinputs

    return Changed


def added(name):
    """The same with one gradient added to all those before."""

    def add(layer, dvalues):
        total = layer.__dict__.get(f"all_{name}", 0) + getattr(layer, name)
        setattr(layer, f"all_{name}", total)
        return total

    return add


Dense.mistake(
    "gradients-pile-up",
    "backward is called a second time. Is the second gradient its own, or the sum of both?",
    "Call forward once and backward twice with the same dvalues, and print dweights after each.",
    "backward sets dweights and dbiases anew each time; nothing is left of an earlier call.",
)(changed(dweights=added("dweights"), dbiases=added("dbiases")))

Dense.mistake(
    "dweights-pile-up",
    "backward is called a second time. Is the second dweights its own, or the sum of both?",
    "Call forward once and backward twice with the same dvalues, and print dweights after each.",
    "backward sets dweights anew each time; nothing is left of an earlier call.",
)(changed(dweights=added("dweights")))

Dense.mistake(
    "averaged-over-samples",
    "Where does your 1/N live? And if the loss is a mean already, how often is it paid?",
    "Put every sample in twice, with the same upstream each: dweights and dbiases should double.",
    "A layer sums over samples; 1/N is paid once, in the loss's backward pass. (Some courses pay it in the layer, with "
    "samples as columns; then their loss does not.)",
)(changed(dweights=lambda one, g: one.dweights / len(g), dbiases=lambda one, g: one.dbiases / len(g)))

Dense.mistake(
    "dweights-averaged",
    "dbiases is a sum over samples. Is dweights?",
    "Put every sample in twice, with the same upstream each: dweights should double.",
    "A layer sums over samples; 1/N is paid once, in the loss's backward pass.",
)(changed(dweights=lambda one, g: one.dweights / len(g)))

Dense.mistake(
    "last-sample-only",
    "How many samples have a say in your dweights?",
    "With inputs [[1.], [10.]] and dvalues [[1.], [1.]] dweights should be [[11.]].",
    "dL/dW adds one times table a sample: in a loop over samples that is +=, not =.",
)(changed(dweights=lambda one, g: np.outer(one.inputs[-1], g[-1]), dbiases=lambda one, g: g[-1:] * 1.0))

Dense.mistake(
    "dbiases-of-one-dimension",
    "Which shape have the biases? And dbiases?",
    "With two neurons print layer.biases.shape and layer.dbiases.shape: both should be (1, 2).",
    "A gradient has the shape of the thing it is for: the sum over samples keeps its axis, with length 1.",
)(changed(dbiases=lambda one, g: one.dbiases[0]))

Dense.mistake(
    "dbiases-not-summed",
    "How often was one bias used in the forward pass?",
    "With three samples and two neurons dbiases should be (1, 2); yours has a row for every sample.",
    "The biases were copied down N rows; going backward the copies add up.",
)(changed(dbiases=lambda one, g: g * 1.0))

Dense.mistake(
    "dbiases-over-neurons",
    "One bias belongs to one neuron and serves all samples. Which axis must vanish?",
    "With dvalues [[1., 10.], [2., 20.]] dbiases should be [[3., 30.]].",
    "Sum over samples, axis 0; neurons stay apart.",
)(changed(dbiases=lambda one, g: np.sum(g, axis=1)[:, np.newaxis]))

Dense.mistake(
    "dbiases-times-biases",
    "If a bias rises by 0.01, how far does z move? Does that depend on the bias?",
    "Set a bias to 0.5 and then to 7: dbiases should not change.",
    "The slope of z by b is 1, whatever b is.",
)(changed(dbiases=lambda one, g: one.dbiases * one.biases))

Dense.mistake(
    "dbiases-forgotten",
    "List every parameter of the layer. Does each get a gradient?",
    "Call backward and print layer.dbiases: zeros would mean that no bias ever learns.",
    "dbiases sums dvalues over the samples.",
)(changed(dbiases=lambda one, g: np.zeros_like(one.biases)))

Dense.mistake(
    "dweights-transposed",
    "Which shape have the weights? And dweights?",
    "With four inputs and two neurons print layer.dweights.shape: it should be (4, 2).",
    "dweights is (D, M), as weights is: N meets N and vanishes, D stays on the left.",
)(changed(dweights=lambda one, g: one.dweights.T))

Dense.mistake(
    "dweights-reshaped",
    "The shape is right. Did the numbers get there by turning the array, or by pouring them into another form?",
    "Try np.array([[1, 2, 3], [4, 5, 6]]).reshape(3, 2) beside .T: only one of them turns rows into columns.",
    "Entry [i, j] of dweights sums X[n, i] dvalues[n, j]; a reshape moves entries elsewhere.",
)(changed(dweights=lambda one, g: one.dweights.T.reshape(one.weights.shape)))

Dense.mistake(
    "upstream-ignored",
    "Which number reaches this layer from behind, and where does it enter your gradients?",
    "Call backward with dvalues and with 2 * dvalues: everything should double.",
    "All three gradients are made from dvalues; ones in its place are right only by luck.",
)(
    changed(
        dinputs=lambda one, g: np.ones(g.shape) @ one.weights.T,
        dweights=lambda one, g: one.inputs.T @ np.ones(g.shape),
        dbiases=lambda one, g: np.full((1, g.shape[1]), len(g)),
    )
)

Dense.mistake(
    "dinputs-from-row-sums",
    "All neurons complain alike in your dinputs. Do they?",
    "With weights [[1., 10.]] and dvalues [[1., 2.]] dinputs should be [[21.]].",
    "Each neuron's dvalue travels back along its own weight: a sum over neurons of the products.",
)(changed(dinputs=lambda one, g: np.outer(np.mean(g, axis=1), np.sum(one.weights, axis=1))))


@Dense.mistake(
    "dinputs-use-starting-weights",
    "Somebody sets layer.weights anew, as every training step does. Which weights does backward then use?",
    "Build a layer, set its weights to ones, call forward and backward: dinputs should be row sums of dvalues.",
    "There is one self.weights, and both passes read it when they are called.",
)
class _(Right):
    def __init__(self, n_inputs, n_neurons, rng=None):
        super().__init__(n_inputs, n_neurons, rng)
        self.turned = self.weights.T

    def backward(self, dvalues):
        super().backward(dvalues)
        self.dinputs = dvalues @ self.turned
        return self.dinputs


@Dense.mistake(
    "steps-inside-backward",
    "backward finds gradients. Who turns the knobs, and when?",
    "Call backward and compare layer.weights before and after: they should be the same.",
    "Backward everything first, then step: a layer that changes its weights in between hands on a wrong dinputs.",
)
class _(Right):
    def backward(self, dvalues):
        super().backward(dvalues)
        self.weights = self.weights - 0.01 * self.dweights
        self.dinputs = dvalues @ self.weights.T
        return self.dinputs


@Dense.mistake(
    "steps-inside-backward-in-place",
    "backward finds gradients. Who turns the knobs, and when?",
    "Call backward and compare a copy of layer.weights, made before, with layer.weights: they should be the same.",
    "Backward everything first, then step: the layer only says which way, and weights and biases stay as they are.",
)
class _(Right):
    def backward(self, dvalues):
        super().backward(dvalues)
        self.weights -= 0.01 * self.dweights
        self.biases -= 0.01 * self.dbiases
        return self.dinputs


@Dense.mistake(
    "returns-all-three",
    "The layer before this one wants one upstream gradient. How many arrays do you hand it?",
    "Print len(layer.backward(dvalues)): a network passes the result on as it is.",
    "backward returns dinputs; dweights and dbiases stay with the layer, as attributes.",
)
class _(Right):
    def backward(self, dvalues):
        return super().backward(dvalues), self.dweights, self.dbiases


@Dense.mistake(
    "returns-nothing",
    "What does the layer before this one get as its upstream gradient?",
    "Print layer.backward(dvalues): None cannot travel on.",
    "backward sets self.dinputs and returns it as well.",
)
class _(Right):
    def backward(self, dvalues):
        super().backward(dvalues)


@Dense.mistake(
    "returns-dweights",
    "Which of the three gradients is the upstream of the layer before?",
    "With inputs of shape (3, 4) what backward returns should be (3, 4) as well.",
    "dinputs is passed on; dweights and dbiases are for the update and stay.",
)
class _(Right):
    def backward(self, dvalues):
        super().backward(dvalues)
        return self.dweights


def without(*names):
    """The right layer, which keeps nothing under these names."""

    class Without(Right):
        def backward(self, dvalues):
            dinputs = super().backward(dvalues)
            for name in names:
                delattr(self, name)
            return dinputs

    return Without


Dense.mistake(
    "dinputs-not-kept",
    "After `backward`, your layer has no attribute `dinputs`. Under which name do you keep it, or not at all?",
    "Call backward, then print layer.dinputs: it should be what backward returned.",
    "dinputs is returned, and becomes an attribute of self as well.",
)(without("dinputs"))

Dense.mistake(
    "dweights-not-kept",
    "After `backward`, your layer has no attribute `dweights`. Under which name do you keep it, or not at all?",
    "Call backward, then print layer.dweights: the exercise asks for this name, and the step downhill will.",
    "dinputs, dweights and dbiases all become attributes of self.",
)(without("dweights"))

Dense.mistake(
    "dbiases-not-kept",
    "After `backward`, your layer has no attribute `dbiases`. Under which name do you keep it, or not at all?",
    "Call backward, then print layer.dbiases: the exercise asks for this name, and the step downhill will.",
    "dinputs, dweights and dbiases all become attributes of self.",
)(without("dbiases"))

Dense.mistake(
    "gradients-not-kept",
    "backward is over. Where does the step downhill find dweights?",
    "Call backward, then print layer.dweights: a local name is gone by then.",
    "dinputs, dweights and dbiases all become attributes of self.",
)(without("dinputs", "dweights", "dbiases"))


# ---------------------------------------------------------------- how a new layer starts

# Whatever is wrong with the weights of a new layer is wrong with the layer. What it lacks comes before what it holds.
LACKING = ("init-misspelled", "weights-under-another-name")
Dense.mistakes += [known for known in Dense_weights.mistakes if known.name in LACKING]


@Dense.mistake(
    "biases-under-another-name",
    "A new layer of yours has no attribute `biases`. Under which name do you keep them, or not at all?",
    "Try Dense(4, 2).biases: the exercise asks for this name, and every step downhill will.",
    "What the layer keeps belongs to self, under the names weights and biases.",
)
class _(Right):
    def __init__(self, n_inputs, n_neurons, rng=None):
        super().__init__(n_inputs, n_neurons, rng)
        del self.biases


Dense.mistakes += [known for known in Dense_weights.mistakes if known.name not in LACKING]

Dense.mistake(
    "biases-one-dimensional",
    "Biases are one row of M columns. How many axes have yours?",
    "Try Dense(4, 3).biases.shape: it should be (1, 3).",
    "biases is (1, M), as in lesson 06, and dbiases has the same shape.",
)(draw(biases=lambda d, m, rng: np.zeros(m)))

Dense.mistake(
    "biases-in-a-column",
    "`biases` of your new Dense(4, 2) has shape (2, 1); it should have shape (1, 2). Is yours a row, or a column?",
    "Try Dense(4, 3).biases.shape: it should be (1, 3), to stand under Z of shape (N, 3).",
    "biases is (1, M), as in lesson 06: numpy copies the one row down N rows.",
)(draw(biases=lambda d, m, rng: np.zeros((m, 1))))

Dense.mistake(
    "biases-start-at-one",
    "Which neurons would you like to favour before any training, and by how much?",
    "Try Dense(4, 3).biases: three zeros, in one row.",
    "Weights start random, which is enough to tell neurons apart; biases start at 0.",
)(draw(biases=lambda d, m, rng: np.ones((1, m))))

Dense.mistake(
    "biases-random",
    "The weights already tell neurons apart. What should the biases start as?",
    "Try Dense(4, 3).biases: three zeros, in one row.",
    "Weights are random, biases start at 0.",
)(draw(biases=lambda d, m, rng: np.random.default_rng(0).normal(size=(1, m))))

declare_habits(Dense, Right)
