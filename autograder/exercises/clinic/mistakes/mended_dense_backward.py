"""11-clinic: known mistakes of `mended_dense_backward`."""

import numpy as np

from autograder.exercises.batch.mistakes.dense_backward import dense_backward
from autograder.exercises.clinic.cases import mended_dense_backward
from autograder.exercises.clinic.mends import as_it_came_in, inherit
from autograder.reference import clinic as reference

as_it_came_in(
    mended_dense_backward,
    "One gradient of three is still ill, and only when there are several samples. What does a sum over samples add up?",
    "One input, one neuron, two samples: inputs 1 and -1, upstreams 1 and -1. Each sample says +1, so 2. What do the two "
    "sums say?",
    "dweights[i, j] = sum over n of inputs[n, i] dvalues[n, j]: first each sample's product, then the sum.",
)


@mended_dense_backward.mistake(
    "product-of-means",
    "Dividing makes it smaller. Does it make it a sum of products?",
    "One input, one neuron, two samples: inputs 1 and -1, upstreams 1 and -1. Each sample says +1, so 2. Yours is 0.",
    "dweights[i, j] = sum over n of inputs[n, i] dvalues[n, j]; no 1/N, that is paid in the loss.",
)
def _(dvalues, inputs, weights):
    dinputs, _, dbiases = reference.mended_dense_backward(dvalues, inputs, weights)
    return dinputs, np.outer(inputs.sum(axis=0), dvalues.sum(axis=0)) / len(inputs), dbiases


@mended_dense_backward.mistake(
    "upstreams-twice",
    "Each sample's input meets its upstream now. What is the product multiplied by after that?",
    "One input, one neuron, two samples: inputs 1 and -1, upstreams 1 and -1. Each sample says +1, so 2. Yours is 0.",
    "dweights[i, j] = sum over n of inputs[n, i] dvalues[n, j]: the sum of the upstreams alone is dbiases[0, j].",
)
def _(dvalues, inputs, weights):
    dinputs, dweights, dbiases = reference.mended_dense_backward(dvalues, inputs, weights)
    return dinputs, dweights * dvalues.sum(axis=0), dbiases


inherit(mended_dense_backward, dense_backward, patient="dweights-product-of-sums")
