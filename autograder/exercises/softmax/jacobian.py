"""09-softmax: known mistakes in `softmax_jacobian` and `softmax_backward`."""

import numpy as np

from autograder.exercises.softmax.cases import softmax_backward, softmax_jacobian

# ---------------------------------------------------------------- all slopes of one row


@softmax_jacobian.mistake(
    "one-slope-a-class",
    "You give every class one slope, that by its own score. What do the other probabilities do when a score rises?",
    "Take p = [0.7, 0.2, 0.1] and raise score 0: p[0] rises, so p[1] and p[2] must fall. Nine slopes, not three.",
    "J[j, k] is how far p[j] moves for z[k], for every pair j, k: shape (C, C). s (1 - s) is its diagonal.",
    catalogue=47,
)
def _(p):
    return p * (1 - p)


@softmax_jacobian.mistake(
    "others-do-not-move",
    "Add up one row of your table. All scores raised together change nothing: what must each row add up to?",
    "Take p = [0.7, 0.2, 0.1] and raise score 0 by 0.01: p[1] falls by 0.0014. Yours lets it stand still.",
    "The denominator fans out to every class: off the diagonal J[j, k] = -p[j] p[k], not 0.",
    catalogue=(47, 49),
)
def _(p):
    return np.diag(p * (1 - p))


@softmax_jacobian.mistake(
    "denominator-held-still",
    "You let the numerator of p[j] move. Does z[k] stand anywhere else?",
    "Take p = [0.7, 0.2, 0.1] and raise score 0 by 0.01: p[0] rises by 0.0021, not by 0.007.",
    "z[k] is in the denominator of every p[j] too: that adds -p[j] p[k] in all C x C places.",
    catalogue=49,
)
def _(p):
    return np.diag(p)


@softmax_jacobian.mistake(
    "numerator-held-still",
    "You have what comes through the denominator. When j = k, is there a second way?",
    "Take p = [0.7, 0.2, 0.1] and raise score 0: p[0] must rise. In yours it falls.",
    "J[j, k] = p[j] ([j = k] - p[k]): on the diagonal the numerator's own slope p[j] comes on top.",
    catalogue=49,
)
def _(p):
    return -np.outer(p, p)


@softmax_jacobian.mistake(
    "others-rise",
    "When one score rises, do the other probabilities rise or fall?",
    "Take p = [0.7, 0.2, 0.1] and raise score 0 by 0.01: p[1] goes from 0.2 to 0.1986.",
    "Off the diagonal J[j, k] = -p[j] p[k]: what one class gains, the others lose.",
)
def _(p):
    return np.diag(p - 2 * p**2) + np.outer(p, p)


@softmax_jacobian.mistake(
    "all-signs-turned",
    "Raise one score. Does its own probability rise or fall? And in your table?",
    "Take p = [0.5, 0.5]: J[0, 0] is +0.25.",
    "J[j, k] = p[j] ([j = k] - p[k]): positive on the diagonal, negative off it.",
)
def _(p):
    return np.outer(p, p) - np.diag(p)


@softmax_jacobian.mistake(
    "diagonal-rule-everywhere",
    "You use p (1 - p) for every pair. When j and k differ, where does the 1 come from?",
    "Take p = [0.7, 0.2, 0.1]: J[1, 0] is -0.2 x 0.7 = -0.14. Yours is 0.06.",
    "J[j, k] = p[j] ([j = k] - p[k]): the bracket is 1 only on the diagonal, 0 elsewhere.",
)
def _(p):
    return np.outer(p, 1 - p)


@softmax_jacobian.mistake(
    "a-one-for-each-diagonal-entry",
    "On the diagonal you start from 1. How far does p[j] move for its own numerator: by 1, or by its own share?",
    "Take p = [0.5, 0.5]: J[0, 0] is 0.5 - 0.25 = 0.25. Yours is 0.75.",
    "J[j, k] = p[j] ([j = k] - p[k]): the factor p[j] stands outside the bracket.",
)
def _(p):
    return np.eye(len(p)) - np.outer(p, p)


one_index = softmax_jacobian.mistake(
    "one-index-used-twice",
    "Two classes meet in an entry off the diagonal. How often does each of them occur in yours?",
    "Take p = [0.7, 0.2, 0.1]: J[0, 1] and J[1, 0] are both -0.14, the product of the two, not a square.",
    "Off the diagonal J[j, k] = -p[j] p[k]: the class that moves and the class whose score was raised.",
)


@one_index
def _(p):
    return p[:, None] * (np.eye(len(p)) - p[:, None])


@one_index
def _(p):
    return p[None, :] * (np.eye(len(p)) - p[None, :])


@softmax_jacobian.mistake(
    "inner-product-for-outer",
    "p has one axis. What does .T do to it, and what does p times p then give: a table or a number?",
    "Print np.dot(p, p.T).shape for p = np.array([0.7, 0.2, 0.1]): it is (). A table of all pairs has shape (3, 3).",
    "p[j] p[k] for every pair is the times table of p with itself, shape (C, C).",
    catalogue=41,
)
def _(p):
    return np.diag(p) - np.dot(p, p.T)


@softmax_jacobian.mistake(
    "softmax-of-the-probabilities",
    "What comes into this function: scores, or probabilities that softmax has made already?",
    "With p = [0.7, 0.2, 0.1] J[0, 0] is 0.7 x 0.3 = 0.21. Yours takes softmax of p first.",
    "J is written in the output p alone: J[j, k] = p[j] ([j = k] - p[k]). No exponential is needed any more.",
    catalogue=48,
)
def _(p):
    e = np.exp(p)
    q = e / e.sum()
    return np.diag(q) - np.outer(q, q)


@softmax_jacobian.mistake(
    "rounded",
    "Your numbers look right on the page. How many digits do they have?",
    "Try p = [0.000002, 0.249998, 0.75]: J[0, 0] is small, and it is not 0.",
    "Rounding is for printing. Slopes are multiplied again, so they keep all their digits.",
)
def _(p):
    return np.round(np.diag(p) - np.outer(p, p), 4)


# ---------------------------------------------------------------- an upstream gradient through softmax


@softmax_backward.mistake(
    "each-class-alone",
    "You multiply each upstream gradient by its own slope. Which other probabilities does z[k] move?",
    "Try p = [[0.5, 0.5]], dvalues = [[1., 1.]]: the two probabilities always add up to 1, so the gradient is 0, 0.",
    "z[k] reaches every p[j], so dz[k] adds over j: sum over j of dvalues[j] p[j] ([j = k] - p[k]).",
    catalogue=47,
)
def _(dvalues, p):
    return dvalues * p * (1 - p)


@softmax_backward.mistake(
    "denominator-held-still",
    "What you have comes through the numerators. Does the denominator not move when z[k] does?",
    "Try p = [[0.5, 0.5]], dvalues = [[1., 1.]]: the gradient is 0, 0. Yours is 0.5, 0.5.",
    "dz[k] = p[k] (dvalues[k] - sum over j of dvalues[j] p[j]): the second part comes through the denominator.",
    catalogue=49,
)
def _(dvalues, p):
    return dvalues * p


@softmax_backward.mistake(
    "numerator-held-still",
    "What you have comes through the denominator. And the numerator of p[k]?",
    "Try p = [[0.5, 0.5]], dvalues = [[1., 0.]]: score 0 gets 0.5 x (1 - 0.5) = 0.25. Yours is -0.25.",
    "dz[k] = p[k] (dvalues[k] - sum over j of dvalues[j] p[j]).",
    catalogue=49,
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
    catalogue=46,
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
    catalogue=50,
)
def _(dvalues, p):
    return (p - dvalues) / len(p)


@softmax_backward.mistake(
    "divided-by-the-batch",
    "Your values are right up to the number of samples. Who divides by N in this course?",
    "Put a second sample below the first: its presence must not change the first one's row. Yours is halved.",
    "The loss divides by N once, and dvalues holds that already.",
    catalogue=38,
)
def _(dvalues, p):
    return p * (dvalues - (dvalues * p).sum(axis=1, keepdims=True)) / len(p)


@softmax_backward.mistake(
    "softmax-of-the-probabilities",
    "What is the second argument: the scores, or what softmax made of them?",
    "Try p = [[0.5, 0.5]], dvalues = [[1., 0.]], then p = [[0.9, 0.1]]: 0.25 and 0.09.",
    "The slopes are written in the output p alone; softmax has been taken already.",
    catalogue=48,
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
    catalogue=21,
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
    catalogue=23,
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
