"""06-batch: known mistakes of `batch_dweights`."""

import numpy as np

from autograder.exercises.batch.cases import batch_dweights
from autograder.exercises.batch.hints import NEVER_WRITTEN, OTHER_COURSES


def spread(column, dvalues):
    """One column, shown as the gradient of every neuron."""
    return np.repeat(np.reshape(column, (-1, 1)), dvalues.shape[1], axis=1)


no_transpose = batch_dweights.mistake(
    "no-transpose",
    "dweights must look like the weights, (D, M). Which axes meet in your product, and which are left?",
    "Try shapes (3, 4) and (3, 2), and ask for (4, 2): the two 3s have to meet. With as many samples as inputs, numpy"
    " lets you get away without it.",
    "dweights[i, j] = sum over n of inputs[n, i] dvalues[n, j]: the axis to sum over, N, has to be on the inside.",
)
no_transpose(lambda dvalues, inputs: inputs @ dvalues)
no_transpose(lambda dvalues, inputs: np.dot(inputs, dvalues))


@batch_dweights.mistake(
    "transposed",
    "The sums are right and stand in the wrong place. What are the rows of `weights`: inputs or neurons?",
    "Name each axis of your product, left and right: M, N times N, D leaves (M, D). With 4 inputs and 2 neurons that"
    " is (2, 4).",
    "dweights[i, j] has i for the input first, then j for the neuron, as in weights[i, j].",
)
def _(dvalues, inputs):
    return np.dot(dvalues.T, inputs)


both_turned = batch_dweights.mistake(
    "both-transposed",
    "Your product sums over an axis. Is the same axis meant on both sides?",
    "Try 3 samples and 2 neurons: the 3 of one and the 2 of the other meet, and numpy refuses. With 3 and 3 it is"
    " silent: samples meet neurons, and the numbers are wrong.",
    "dweights[i, j] = sum over n of inputs[n, i] dvalues[n, j]: n stands in both, so N has to meet N.",
)
both_turned(lambda dvalues, inputs: inputs.T @ dvalues.T)
both_turned(lambda dvalues, inputs: np.dot(inputs.T, dvalues.T))

upstream_in_front = batch_dweights.mistake(
    "upstream-in-front",
    "In a matrix product the order decides which axes meet. Which two meet in yours?",
    "Try shapes: (3, 2) followed by (3, 4) puts the 2 neurons beside the 3 samples. With 3 and 3 numpy is silent.",
    "dweights is (D, M): D has to stay on the left, M on the right, and N has to meet N in between.",
)
upstream_in_front(lambda dvalues, inputs: dvalues @ inputs)
upstream_in_front(lambda dvalues, inputs: np.dot(dvalues, inputs))

columns = batch_dweights.mistake(
    "samples-as-columns",
    "This is the formula of a course that keeps its samples in columns. Where are the samples here?",
    "Try shapes: (3, 2) followed by (4, 3) puts the neurons beside the inputs, and no sample meets a sample.",
    "Rows are samples: N has to be the axis that meets N and vanishes.",
)
columns(lambda dvalues, inputs: dvalues @ inputs.T)
columns(lambda dvalues, inputs: np.dot(dvalues, inputs.T))


other_turned = batch_dweights.mistake(
    "wrong-factor-transposed",
    "You turned dvalues. Which axis has to be on the left of the result, and which axes meet in your product?",
    "Try shapes: (3, 4) followed by (2, 3) puts the 4 inputs beside the 2 neurons. With 4 and 4 numpy is silent.",
    "dweights is (D, M): D has to be on the left, M on the right, and N has to meet N in between. Which factor has N on"
    " the wrong side?",
)
other_turned(lambda dvalues, inputs: inputs @ dvalues.T)
other_turned(lambda dvalues, inputs: np.dot(inputs, dvalues.T))

both_turned_in_front = batch_dweights.mistake(
    "upstream-in-front-both-transposed",
    "Two arrays are turned and have changed places. Which axes meet in the middle now?",
    "Try shapes: (2, 3) followed by (4, 3) puts the 3 samples beside the 4 inputs. With 3 and 3 numpy is silent.",
    "dweights is (D, M): D has to stay on the left, M on the right, and N has to meet N in between.",
)
both_turned_in_front(lambda dvalues, inputs: dvalues.T @ inputs.T)
both_turned_in_front(lambda dvalues, inputs: np.dot(dvalues.T, inputs.T))


@batch_dweights.mistake(
    "elementwise-product",
    "`*` multiplies entry by entry. With how many neurons is each input connected?",
    "Try one sample, inputs = np.array([[1., 2.]]) and dvalues = np.array([[10., 100.]]): four weights, so four"
    " products, 10, 100, 20 and 200.",
    "Each sample gives a times table, every input with every neuron; the tables of the N samples are added.",
)
def _(dvalues, inputs):
    return inputs * dvalues


@batch_dweights.mistake(
    "one-column-for-all",
    "The lesson's rows of dvalues are constant, so all columns of dweights agree. Do they in general?",
    "Make the neurons disagree: one sample, inputs = np.array([[2.]]), dvalues = np.array([[1., 10.]]) gives [[2., 20.]]."
    " Yours gives [[2., 2.]].",
    "Column j of dweights is made with column j of dvalues, and no other.",
)
def _(dvalues, inputs):
    return spread(np.dot(inputs.T, dvalues[:, 0]), dvalues)


@batch_dweights.mistake(
    "columns-reversed",
    "The right columns, in the wrong order: who is neuron 0?",
    "Try one sample, inputs = np.array([[2.]]), dvalues = np.array([[1., 10.]]): [[2., 20.]], and yours is [[20., 2.]].",
    "Column j of dweights belongs to neuron j, as column j of dvalues does.",
)
def _(dvalues, inputs):
    return np.dot(inputs.T, dvalues[:, ::-1])


@batch_dweights.mistake(
    "neurons-averaged",
    "Each weight ends in one neuron. Why would it hear the average of them all?",
    "Try one sample, inputs = np.array([[2.]]), dvalues = np.array([[1., 10.]]): [[2., 20.]], and yours is [[11., 11.]].",
    "dweights[i, j] holds dvalues[n, j] with that j only. Averages over neurons pass where every row is constant.",
)
def _(dvalues, inputs):
    return spread(np.dot(inputs.T, dvalues.mean(axis=1)), dvalues)


neurons_added = batch_dweights.mistake(
    "neurons-added",
    "Each weight ends in one neuron. What do the other neurons' complaints do in its gradient?",
    "Try one sample, inputs = np.array([[2.]]), dvalues = np.array([[1., 10.]]): [[2., 20.]]; adding the neurons gives 22.",
    "The sum goes over samples n, not over neurons j: dweights[i, j] keeps its j.",
)
neurons_added(lambda dvalues, inputs: np.dot(inputs.T, dvalues.sum(axis=1)))
neurons_added(lambda dvalues, inputs: np.dot(inputs.T, dvalues.sum(axis=1, keepdims=True)))
neurons_added(lambda dvalues, inputs: spread(np.dot(inputs.T, dvalues.sum(axis=1)), dvalues))


@batch_dweights.mistake(
    "mean-for-sum",
    "Your values are right up to the number of samples. Where in the course does 1/N live?",
    "Votes of +1, +4 and -4.5 make 0.5 together. Yours makes 0.1667.",
    "Layers sum over samples; the loss divides by N, once, and dvalues holds that already."
    f" {OTHER_COURSES.format('dW')}",
)
def _(dvalues, inputs):
    return np.dot(inputs.T, dvalues) / len(inputs)


@batch_dweights.mistake(
    "last-sample-only",
    "The loop visits every sample. What happens to the table of the one before?",
    "Votes of +1, +4 and -4.5 make 0.5 together. Yours says -4.5, the last one.",
    "dweights adds the tables of all N samples: each one goes on top of what is there.",
)
def _(dvalues, inputs):
    for x, g in zip(inputs, dvalues, strict=True):
        dweights = np.outer(x, g)
    return dweights


@batch_dweights.mistake(
    "first-sample-only",
    "Which samples does your result depend on? Change the second one and look.",
    "Votes of +1, +4 and -4.5 make 0.5 together. Yours says 1, the first one: is a `return` inside the loop?",
    "dweights adds the tables of all N samples.",
)
def _(dvalues, inputs):
    return np.outer(inputs[0], dvalues[0])


left_out = batch_dweights.mistake(
    "one-sample-left-out",
    "Nearly all samples are in your sums. Which one does your result not hear?",
    "Try three samples, inputs = np.array([[1.], [1.], [1.]]) and dvalues = np.array([[1.], [10.], [100.]]): together"
    " 111. Which digit is missing in yours?",
    "dweights[i, j] = sum over n of inputs[n, i] dvalues[n, j], for n from 0 to N - 1, both included.",
)
left_out(lambda dvalues, inputs: np.dot(inputs[:-1].T, dvalues[:-1]))
left_out(lambda dvalues, inputs: np.dot(inputs[1:].T, dvalues[1:]))


@batch_dweights.mistake(
    "tables-not-added",
    "Your result has three axes. Which of them must vanish?",
    "With 3 samples, 4 inputs, 2 neurons yours is (3, 4, 2): one times table a sample. One weight wants one number.",
    "dweights[i, j] = sum over n: the table of every sample, added entry by entry.",
)
def _(dvalues, inputs):
    return inputs[:, :, None] * dvalues[:, None, :]


@batch_dweights.mistake(
    "upstream-twice",
    "Your result has no axis D. Which array did not come in at all?",
    "Try it with 4 inputs and 2 neurons: (4, 2) is wanted, and two neuron axes leave (2, 2).",
    "A weight's slope is its input: what backward needs from the forward pass is the input, not anything on the output"
    " side.",
)
def _(dvalues, inputs):
    return np.dot(dvalues.T, dvalues)


vector_turned = batch_dweights.mistake(
    "transpose-of-a-vector",
    "You turn one sample, a row with a single axis. What does `.T` do to it?",
    "Print np.array([1., 2., 3.]).T.shape, then that of np.array([[1., 2., 3.]]).T.",
    "One sample's table is (D, M): a column (D, 1) times a row (1, M). A one-dimensional array has no second axis to"
    " turn.",
)


@vector_turned
def _(dvalues, inputs):
    dweights = np.zeros((inputs.shape[1], dvalues.shape[1]))
    for x, g in zip(inputs, dvalues, strict=True):
        dweights += np.dot(x.T, g)
    return dweights


@vector_turned
def _(dvalues, inputs):
    dweights = np.zeros((inputs.shape[1], dvalues.shape[1]))
    for x, g in zip(inputs, dvalues, strict=True):
        dweights += x.T @ g
    return dweights


@vector_turned
def _(dvalues, inputs):
    dweights = np.zeros((inputs.shape[1], dvalues.shape[1]))
    for x, g in zip(inputs, dvalues, strict=True):
        dweights += x.T * g
    return dweights


@batch_dweights.mistake(
    "product-of-sums",
    "You add the samples up first and multiply afterwards. Is the product of sums the sum of products?",
    "Try two samples, inputs = np.array([[1.], [-1.]]) and dvalues = np.array([[1.], [-1.]]): 1 + 1 = 2, but 0 times 0"
    " is 0.",
    "dweights[i, j] = sum over n of inputs[n, i] dvalues[n, j]: multiply within a sample, then add.",
)
def _(dvalues, inputs):
    return np.outer(inputs.sum(axis=0), dvalues.sum(axis=0))


@batch_dweights.mistake(
    "reshaped-not-transposed",
    "The shape is right now. Did reshaping move the numbers where they belong?",
    "Compare np.array([[1, 2], [3, 4], [5, 6]]).reshape(2, 3) with the same array transposed.",
    "Reshaping breaks the lines elsewhere and leaves the order alone. Entry [i, j] has to be the sum over n of"
    " inputs[n, i] dvalues[n, j].",
)
def _(dvalues, inputs):
    return np.dot(dvalues.T, inputs).reshape(inputs.shape[1], dvalues.shape[1])


whole_outer = batch_dweights.mistake(
    "outer-of-whole-batches",
    "An outer product multiplies everything with everything. Should sample 0's input meet sample 1's upstream?",
    "Print the shape of your result for 3 samples, 4 inputs and 2 neurons: one weight each would be (4, 2).",
    "One outer product a sample, (D, M) each, then the sum of them: n is the same on both sides.",
)
whole_outer(lambda dvalues, inputs: np.outer(inputs, dvalues))
whole_outer(lambda dvalues, inputs: np.outer(dvalues, inputs))


@batch_dweights.mistake(
    "upstream-ignored",
    "Your result is the same whatever the upstream gradient says. Where does it enter?",
    "Run it with dvalues, then with 2 * dvalues: the result has to double.",
    "Upstream times local, sample by sample: dweights[i, j] = sum over n of inputs[n, i] dvalues[n, j].",
)
def _(dvalues, inputs):
    return spread(inputs.sum(axis=0), dvalues)


@batch_dweights.mistake(
    "inputs-ignored",
    "All rows of your result are equal. What should tell the weight of input 0 from that of input 1?",
    "Try one sample, inputs = np.array([[1., 5.]]), dvalues = np.array([[10.]]): [[10.], [50.]].",
    "A weight's slope is its input. A slope of 1 belongs to the bias.",
)
def _(dvalues, inputs):
    return np.dot(np.ones_like(inputs).T, dvalues)


@batch_dweights.mistake(
    "rounded",
    "Your numbers look right on the page. How many digits do they have?",
    "Try dvalues of 0.000001: the gradient is small, and it is not 0.",
    "Rounding is for printing. A gradient is used in a step, so it keeps all its digits.",
)
def _(dvalues, inputs):
    return np.round(np.dot(inputs.T, dvalues), 2)


@batch_dweights.mistake(
    "np-empty-is-not-zeros",
    *NEVER_WRITTEN,
    "dweights[i, j] starts at 0; then inputs[n, i] dvalues[n, j] is added for every sample n.",
)
def _(dvalues, inputs):
    dweights = np.empty((inputs.shape[1], dvalues.shape[1]))
    for x, g in zip(inputs, dvalues, strict=True):
        dweights += np.outer(x, g)
    return dweights


@batch_dweights.mistake(
    "reshaped-for-transposed",
    "You give the inputs another shape. Is sample 1's input 0 where it has to stand now?",
    "Print np.arange(6).reshape(2, 3).reshape(3, 2), then np.arange(6).reshape(2, 3).T: the same shape, and which numbers?",
    "Turning exchanges the axes, entry [n, i] goes to [i, n]; a reshape reads on row by row and mixes the samples.",
)
def _(dvalues, inputs):
    return np.reshape(inputs, (inputs.shape[1], -1)) @ dvalues


@batch_dweights.mistake(
    "divided-by-inputs",
    "Something is divided by the number of inputs, D. Does a weight share its votes with the other inputs?",
    "Try one sample, two inputs [1, 1] and an upstream of 1: each weight has slope 1. Yours says 0.5.",
    "dweights[i, j] = sum over n of inputs[n, i] dvalues[n, j], and nothing is divided.",
)
def _(dvalues, inputs):
    return inputs.T @ dvalues / inputs.shape[1]
