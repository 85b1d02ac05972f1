"""08-network: known mistakes of `Dense.weights`, in how a new layer starts. Each is the right layer with one thing changed."""

import numpy as np

from autograder.exercises.network.cases import Dense_weights
from autograder.reference.network import Dense as Right


def draw(weights=None, biases=None):
    """A mistake in `__init__` alone: what the weights and the biases start as, given n_inputs, n_neurons and rng."""

    class Drawn(Right):
        def __init__(self, n_inputs, n_neurons, rng=None):
            super().__init__(n_inputs, n_neurons, np.random.default_rng(0))  # the caller's is left for what follows
            if weights:
                self.weights = weights(n_inputs, n_neurons, np.random.default_rng() if rng is None else rng)
            if biases:
                self.biases = biases(n_inputs, n_neurons, np.random.default_rng() if rng is None else rng)

    return Drawn


# ---------------------------------------------------------------- __init__ itself

Dense_weights.mistake(
    "init-misspelled",
    "Python says that Dense takes no arguments. Is it spelled `__init__`, two underscores on each side?",
    "Try Dense(4, 2) by itself: a class whose `__init__` goes by another name has none, and takes nothing.",
    "Dense(4, 2) calls `__init__` with 4 and 2, and no other method.",
)(type("Dense", (), {"_init_": Right.__init__, "forward": Right.forward, "backward": Right.backward}))


@Dense_weights.mistake(
    "weights-under-another-name",
    "A new layer of yours has no attribute `weights`. Under which name do you keep them, or not at all?",
    "Try Dense(4, 2).weights: the exercise asks for this name, and every step downhill will.",
    "What the layer keeps belongs to self, under the names weights and biases.",
)
class _(Right):
    def __init__(self, n_inputs, n_neurons, rng=None):
        super().__init__(n_inputs, n_neurons, rng)
        del self.weights


# ---------------------------------------------------------------- the weights

Dense_weights.mistake(
    "weights-start-at-zero",
    "If every weight is 0, what does each neuron say, and what can tell one neuron from another?",
    "Try lesson 08's XOR with all weights 0: which gradient of the first layer is not 0?",
    "Random draws make neurons different; zeros are for the biases.",
)(draw(lambda d, m, rng: np.zeros((d, m))))

Dense_weights.mistake(
    "weights-start-equal",
    "If all weights start equal, what can ever make two neurons of a layer differ?",
    "Try lesson 08's XOR with every weight 0.5: its eight hidden neurons stay one neuron, eight times.",
    "Equal neurons get equal gradients and stay equal: draw each weight by itself.",
)(draw(lambda d, m, rng: np.full((d, m), np.sqrt(2 / d))))

Dense_weights.mistake(
    "weights-not-scaled",
    "How large is a neuron's sum if it adds a hundred inputs, and how large if it adds ten thousand?",
    "Try Dense(50, 400): the standard deviation of its weights should be near 0.2, yours is near 1.",
    "The draws of a standard normal are multiplied by sqrt(2 / n_inputs).",
)(draw(lambda d, m, rng: rng.normal(size=(d, m))))

Dense_weights.mistake(
    "scale-without-root",
    "Which of the two has the factor 2 / n_inputs: the variance of the weights, or their standard deviation?",
    "Try Dense(50, 400): 2/50 is 0.04, its root 0.2. Which should weights.std() be near?",
    "What multiplies the draws is a standard deviation, sqrt(2 / n_inputs); its square is the variance.",
)(draw(lambda d, m, rng: rng.normal(size=(d, m)) * 2 / d))

Dense_weights.mistake(
    "root-of-two-alone",
    "What stands under your root: 2, or 2 / n_inputs?",
    "Try Dense(50, 400): sqrt(2)/50 is 0.028, sqrt(2/50) is 0.2. Which should weights.std() be near?",
    "sqrt(2 / n_inputs): the root covers the whole quotient.",
)(draw(lambda d, m, rng: rng.normal(size=(d, m)) * np.sqrt(2) / d))

Dense_weights.mistake(
    "divided-by-the-scale",
    "The longer the sum, the smaller its terms should be. Do yours get smaller with n_inputs, or larger?",
    "Try Dense(50, 400): weights.std() should be near 0.2; yours is near 5.",
    "The draws of a standard normal are multiplied by sqrt(2 / n_inputs).",
)(draw(lambda d, m, rng: rng.normal(size=(d, m)) / np.sqrt(2 / d)))

Dense_weights.mistake(
    "scaled-by-neurons",
    "A neuron adds up its inputs. Whose number decides how large that sum gets?",
    "Try Dense(50, 400): weights.std() should be near sqrt(2/50) = 0.2; sqrt(2/400) is 0.071.",
    "The factor is sqrt(2 / n_inputs): the longer the sum, the smaller its terms.",
)(draw(lambda d, m, rng: rng.normal(size=(d, m)) * np.sqrt(2 / m)))

Dense_weights.mistake(
    "scaled-for-no-relu",
    "sqrt(1 / n_inputs) keeps a sum's size. What does the ReLU behind it then do to the mean square?",
    "Try Dense(50, 400): weights.std() should be near sqrt(2/50) = 0.2; yours is near 0.141.",
    "ReLU drops one half, the 2 in sqrt(2 / n_inputs) brings it back.",
)(draw(lambda d, m, rng: rng.normal(size=(d, m)) * np.sqrt(1 / d)))

small = Dense_weights.mistake(
    "fixed-small-scale",
    "A factor such as 0.01 is the same for a layer of 4 inputs and one of 10000. Should it be?",
    "Try Dense(2, 3) and Dense(200, 3): weights.std() should be near 1, and near 0.1.",
    "The factor depends on the layer: sqrt(2 / n_inputs).",
)
small(draw(lambda d, m, rng: rng.normal(size=(d, m)) * 0.01))
small(draw(lambda d, m, rng: rng.normal(size=(d, m)) * 0.1))
small(draw(lambda d, m, rng: rng.normal(size=(d, m)) * 0.05))

evenly = Dense_weights.mistake(
    "weights-drawn-evenly",
    "Which of rng's methods draws from the bell curve?",
    "Plot a histogram of Dense(50, 400).weights.ravel(): a bell, or a box?",
    "The draws are normal, with mean 0 and standard deviation 1, before the factor sqrt(2 / n_inputs).",
)
evenly(draw(lambda d, m, rng: rng.uniform(-1, 1, size=(d, m)) * np.sqrt(2 / d)))
evenly(draw(lambda d, m, rng: rng.uniform(-1, 1, size=(d, m))))
evenly(draw(lambda d, m, rng: rng.random((d, m)) - 0.5))
evenly(draw(lambda d, m, rng: (2 * rng.random((d, m)) - 1) * np.sqrt(2 / d)))

Dense_weights.mistake(
    "started-as-in-pytorch",
    "From -1/sqrt(n_inputs) to 1/sqrt(n_inputs), evenly: so `torch.nn.Linear` starts (PyTorch 2.13). What does the sheet"
    " ask for here?",
    "Try Dense(50, 400): weights.std() should be near sqrt(2/50) = 0.2; yours is near 0.082, and a histogram is a box.",
    "Here the draws are normal, times sqrt(2 / n_inputs): what ReLU halves, the 2 brings back.",
)(draw(lambda d, m, rng: rng.uniform(-1 / np.sqrt(d), 1 / np.sqrt(d), size=(d, m))))

glorot = Dense_weights.mistake(
    "scaled-for-both-sides",
    "You count inputs and neurons together, as Glorot and Bengio do for tanh. Which of the two does a neuron's sum run over?",
    "Try Dense(50, 400): weights.std() should be near sqrt(2/50) = 0.2; sqrt(2/450) is 0.067.",
    "For ReLU, and as the sheet asks, the factor is sqrt(2 / n_inputs): the number of terms in one neuron's sum.",
)
glorot(draw(lambda d, m, rng: rng.normal(size=(d, m)) * np.sqrt(2 / (d + m))))
glorot(draw(lambda d, m, rng: rng.uniform(-1, 1, size=(d, m)) * np.sqrt(6 / (d + m))))

Dense_weights.mistake(
    "hes-spread-drawn-evenly",
    "The spread of your weights is right. Is their shape: a bell, or a box?",
    "Plot a histogram of Dense(50, 400).weights.ravel().",
    "Both starts are in use; the sheet asks for normal draws, times sqrt(2 / n_inputs).",
)(draw(lambda d, m, rng: rng.uniform(-1, 1, size=(d, m)) * np.sqrt(6 / d)))

never_negative = Dense_weights.mistake(
    "weights-never-negative",
    "How many of your starting weights are below 0? How many should be?",
    "Try (Dense(50, 400).weights < 0).mean(): it should be near one half.",
    "rng.random draws from 0 to 1; a normal draw has mean 0 and both signs.",
)
never_negative(draw(lambda d, m, rng: rng.random((d, m)) * np.sqrt(2 / d)))
never_negative(draw(lambda d, m, rng: rng.random((d, m))))
never_negative(draw(lambda d, m, rng: rng.random((d, m)) * 0.1))
never_negative(draw(lambda d, m, rng: rng.random((d, m)) * 0.01))

Dense_weights.mistake(
    "weights-turned",
    "`weights` of your new Dense(4, 2) has shape (2, 4); it should have shape (4, 2). Which axis counts inputs, which neurons?",
    "Try Dense(4, 3).weights.shape: it should be (4, 3).",
    "weights is (D, M): one row an input, one column a neuron, so that (N, D) times (D, M) docks.",
)(draw(lambda d, m, rng: rng.normal(size=(m, d)) * np.sqrt(2 / d)))

one_number = Dense_weights.mistake(
    "one-number-for-all-weights",
    "`weights` of your new Dense(4, 2) is a single number. How many should be drawn, and where do you say so?",
    "Try np.random.default_rng(0).normal(4, 2): one number, drawn around 4. What do its two arguments mean?",
    "weights is (D, M), each entry drawn by itself. normal takes mean, standard deviation and size, in this order.",
)
one_number(draw(lambda d, m, rng: rng.normal(d, m) * np.sqrt(2 / d)))
one_number(draw(lambda d, m, rng: rng.normal(0, np.sqrt(2 / d))))

Dense_weights.mistake(
    "generator-ignored",
    "The caller hands over a generator, so that a run can be repeated. Do you draw from it?",
    "Build two layers, each with rng=np.random.default_rng(7): their weights should be equal.",
    "Draw from rng where there is one; make one of your own only where rng is None.",
)(draw(lambda d, m, rng: np.random.default_rng().normal(size=(d, m)) * np.sqrt(2 / d)))

Dense_weights.mistake(
    "always-the-same-seed",
    "The caller hands over a generator. What if two callers hand over two different ones?",
    "Build layers with rng=np.random.default_rng(7) and rng=np.random.default_rng(8): their weights should differ.",
    "Draw from rng where there is one; make one of your own only where rng is None.",
)(draw(lambda d, m, rng: np.random.default_rng(0).normal(size=(d, m)) * np.sqrt(2 / d)))


no_generator = Dense_weights.mistake(
    "no-generator-of-its-own",
    "What is rng if the caller gives none?",
    "Try Dense(3, 2, rng=None), which is what Dense(3, 2) means: None cannot draw.",
    "Where rng is None, np.random.default_rng() makes one.",
)


@no_generator
class _(Right):
    def __init__(self, n_inputs, n_neurons, rng=None):
        self.weights = rng.normal(size=(n_inputs, n_neurons)) * np.sqrt(2 / n_inputs)
        self.biases = np.zeros((1, n_neurons))


@no_generator
class _(Right):
    def __init__(self, n_inputs, n_neurons, rng=None):
        self.weights = rng.standard_normal((n_inputs, n_neurons)) * np.sqrt(2 / n_inputs)
        self.biases = np.zeros((1, n_neurons))


@no_generator
class _(Right):
    def __init__(self, n_inputs, n_neurons, rng=np.random.default_rng()):  # noqa: B008
        self.weights = rng.normal(size=(n_inputs, n_neurons)) * np.sqrt(2 / n_inputs)
        self.biases = np.zeros((1, n_neurons))
