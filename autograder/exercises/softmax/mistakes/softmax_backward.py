"""09-softmax: known mistakes of `softmax_backward`."""

import numpy as np

from autograder.exercises.softmax.cases import softmax_backward


@softmax_backward.mistake(
    "each-class-alone",
    "You multiply each upstream gradient by its own slope. Which other probabilities does z[k] move?",
    "Try p = [[0.5, 0.5]], dvalues = [[1., 1.]]: the two probabilities always add up to 1, so the gradient is 0, 0.",
    "z[k] reaches every p[j], so dz[k] adds over j: sum over j of dvalues[j] p[j] ([j = k] - p[k]).",
)
def _(dvalues, p):
    return dvalues * p * (1 - p)


@softmax_backward.mistake(
    "denominator-held-still",
    "What you have comes through the numerators. Does the denominator not move when z[k] does?",
    "Try p = [[0.5, 0.5]], dvalues = [[1., 1.]]: the gradient is 0, 0. Yours is 0.5, 0.5.",
    "dz[k] = p[k] (dvalues[k] - sum over j of dvalues[j] p[j]): the second part comes through the denominator.",
)
def _(dvalues, p):
    return dvalues * p


@softmax_backward.mistake(
    "numerator-held-still",
    "What you have comes through the denominator. And the numerator of p[k]?",
    "Try p = [[0.5, 0.5]], dvalues = [[1., 0.]]: score 0 gets 0.5 x (1 - 0.5) = 0.25. Yours is -0.25.",
    "dz[k] = p[k] (dvalues[k] - sum over j of dvalues[j] p[j]).",
)
def _(dvalues, p):
    return -p * (dvalues * p).sum(axis=1, keepdims=True)


@softmax_backward.mistake(
    "plain-sum-of-the-upstream",
    "You take the upstream gradients together. Does a class with p = 0.01 count as much as one with 0.9?",
    "Try p = [[0.7, 0.2, 0.1]], dvalues = [[1., -2., 3.]]: 0.7 - 0.4 + 0.3 = 0.6 is to be subtracted, not 2.",
    "dz[k] = p[k] (dvalues[k] - sum over j of dvalues[j] p[j]): a sum weighted by p.",
)
def _(dvalues, p):
    return p * (dvalues - dvalues.sum(axis=1, keepdims=True))


@softmax_backward.mistake(
    "plain-mean-of-the-upstream",
    "You subtract a mean. Does a class with p = 0.01 count as much in it as one with 0.9?",
    "Try p = [[0.7, 0.2, 0.1]], dvalues = [[1., -2., 3.]]: 0.7 - 0.4 + 0.3 = 0.6 is to be subtracted, not 2/3.",
    "dz[k] = p[k] (dvalues[k] - sum over j of dvalues[j] p[j]): the weights of the mean are the p themselves.",
)
def _(dvalues, p):
    return p * (dvalues - dvalues.mean(axis=1, keepdims=True))


@softmax_backward.mistake(
    "divided-by-the-classes-as-well",
    "The weights p add up to 1 already. By what do you still divide?",
    "Try p = [[0.5, 0.5]], dvalues = [[1., 1.]]: the weighted mean of 1 and 1 is 1, so the gradient is 0, 0.",
    "dz[k] = p[k] (dvalues[k] - sum over j of dvalues[j] p[j]): the weighted mean is the sum itself.",
)
def _(dvalues, p):
    return p * (dvalues - (dvalues * p).mean(axis=1, keepdims=True))


@softmax_backward.mistake(
    "factor-p-forgotten",
    "The bracket is right. What stands in front of it?",
    "Try p = [[0.5, 0.5]], dvalues = [[1., 0.]]: 0.5 x (1 - 0.5) = 0.25. Yours is 0.5.",
    "dz[k] = p[k] (dvalues[k] - sum over j of dvalues[j] p[j]).",
)
def _(dvalues, p):
    return dvalues - (dvalues * p).sum(axis=1, keepdims=True)


@softmax_backward.mistake(
    "parts-added",
    "Raise one score: through the denominator, do the probabilities rise or fall?",
    "Try p = [[0.5, 0.5]], dvalues = [[1., 1.]]: the gradient is 0, 0, since the row always adds up to 1.",
    "dz[k] = p[k] (dvalues[k] - sum over j of dvalues[j] p[j]), with a minus.",
)
def _(dvalues, p):
    return p * (dvalues + (dvalues * p).sum(axis=1, keepdims=True))


@softmax_backward.mistake(
    "all-signs-turned",
    "If p[0] is good for the final number, which way should score 0 push it?",
    "Try p = [[0.5, 0.5]], dvalues = [[1., 0.]]: raising score 0 raises p[0], so its gradient is +0.25.",
    "dz[k] = p[k] (dvalues[k] - sum over j of dvalues[j] p[j]), in this order.",
)
def _(dvalues, p):
    return p * ((dvalues * p).sum(axis=1, keepdims=True) - dvalues)


@softmax_backward.mistake(
    "sum-over-samples",
    "Whose upstream gradients do you add up: those of one sample, or those of one class?",
    "Put a second sample below the first: the first one's row must not change.",
    "The sum over j runs over the classes of one sample. Nothing crosses samples.",
)
def _(dvalues, p):
    return p * (dvalues - (dvalues * p).sum(axis=0, keepdims=True))


@softmax_backward.mistake(
    "one-sum-for-all-samples",
    "Your sum is one number. How many samples share it?",
    "Put a second sample below the first: the first one's row must not change.",
    "The sum over j runs over the classes of one sample: N sums, one beside each row.",
)
def _(dvalues, p):
    return p * (dvalues - (dvalues * p).sum())


@softmax_backward.mistake(
    "the-row-axis-is-lost",
    "One sum a row has shape (N,). How does numpy line that up beside (N, C)?",
    "Compare np.ones((2, 3)).sum(axis=1).shape with the same and keepdims=True.",
    "One number a sample has to stand beside that sample's row: shape (N, 1).",
)
def _(dvalues, p):
    return p * (dvalues - (dvalues * p).sum(axis=1))


@softmax_backward.mistake(
    "upstream-taken-for-targets",
    "What are dvalues here: the targets, or the gradient that comes from behind?",
    "Try dvalues, then 2 * dvalues: the result has to double.",
    "p - T belongs to softmax and cross-entropy together. Softmax alone: upstream times local, added over j.",
)
def _(dvalues, p):
    return (p - dvalues) / len(p)


@softmax_backward.mistake(
    "divided-by-the-batch",
    "Your values are right up to the number of samples. Who divides by N in this course?",
    "Put a second sample below the first: its presence must not change the first one's row. Yours is halved.",
    "The loss divides by N once, and dvalues holds that already.",
)
def _(dvalues, p):
    return p * (dvalues - (dvalues * p).sum(axis=1, keepdims=True)) / len(p)


@softmax_backward.mistake(
    "softmax-of-the-probabilities",
    "What is the second argument: the scores, or what softmax made of them?",
    "Try p = [[0.5, 0.5]], dvalues = [[1., 0.]], then p = [[0.9, 0.1]]: 0.25 and 0.09.",
    "The slopes are written in the output p alone; softmax has been taken already.",
)
def _(dvalues, p):
    e = np.exp(p)
    q = e / e.sum(axis=1, keepdims=True)
    return q * (dvalues - (dvalues * q).sum(axis=1, keepdims=True))


first_row = softmax_backward.mistake(
    "one-jacobian-for-all",
    "How many Jacobians does a batch of N samples have?",
    "Try p = [[0.5, 0.5], [0.9, 0.1]], dvalues = [[1., 0.], [1., 0.]]: the rows are 0.25 and 0.09.",
    "Each sample has its own p, so its own slopes: dz[n, k] holds p[n, k] and p[n, j] of the same row n.",
)


@first_row
def _(dvalues, p):
    return dvalues @ (np.diag(p[0]) - np.outer(p[0], p[0]))


@first_row
def _(dvalues, p):
    return dvalues @ (np.diag(p[-1]) - np.outer(p[-1], p[-1]))


@softmax_backward.mistake(
    "buffer-made-like-the-upstream",
    "What dtype has the array you write the rows into, when dvalues holds whole numbers?",
    "Try out = np.empty_like(np.array([[2, -3]])); out[0] = [0.28, -0.52]; then print out.",
    "An array made like a whole-number one cuts off everything behind the point. Gradients are float64.",
)
def _(dvalues, p):
    dz = np.empty_like(dvalues)
    for n in range(len(p)):
        dz[n] = (np.diag(p[n]) - np.outer(p[n], p[n])) @ dvalues[n]
    return dz


@softmax_backward.mistake(
    "changes-the-callers-upstream",
    "In-place arithmetic writes into dvalues. Whose array is that, and can it hold fractions?",
    "Try g = np.array([[1., -2.]]); softmax_backward(g, np.array([[0.5, 0.5]])); then print g.",
    "Build a new array: whoever called you still needs the upstream gradient as it was.",
)
def _(dvalues, p):
    dvalues -= (dvalues * p).sum(axis=1, keepdims=True)
    return p * dvalues


@softmax_backward.mistake(
    "rounded",
    "Your numbers look right on the page. How many digits do they have?",
    "Try an upstream of 0.000001: the gradient is small, and it is not 0.",
    "Rounding is for printing. A gradient is handed on and multiplied again, so it keeps all its digits.",
)
def _(dvalues, p):
    return np.round(p * (dvalues - (dvalues * p).sum(axis=1, keepdims=True)), 4)


@softmax_backward.mistake(
    "arguments-exchanged",
    "Which argument comes first: the upstream gradient, or what the forward pass gave?",
    "Try dvalues = [[1., 0.]], p = [[0.5, 0.5]]: 0.25 and -0.25. Yours are 0 and 0.",
    "dz[n, k] = p[n, k] (dvalues[n, k] - sum over j of dvalues[n, j] p[n, j]): p stands outside the bracket.",
)
def _(dvalues, p):
    return dvalues * (p - (dvalues * p).sum(axis=1, keepdims=True))
