"""05-layer: known mistakes of `layer_dinputs`."""

import numpy as np

from autograder.exercises.layer.cases import layer_dinputs


@layer_dinputs.mistake(
    "nothing-comes-back",
    "Your function returns None. Are both blanks filled in, the line inside the loops and the last one?",
    "Call it on the lesson's layer and print the result: four numbers should appear, not None.",
    "dinputs_i = sum over j of dvalues_j W_ij: collect it in dinputs, then hand dinputs to the caller.",
)
def _(dvalues, weights):
    dinputs = np.zeros(len(weights))
    for i in range(len(weights)):
        dinputs[i] = sum(dvalues * weights[i])


@layer_dinputs.mistake(
    "every-entry-still-0",
    "Every entry of dinputs is still 0. Does a line inside the loops write into `dinputs[i]`? And 0 times anything "
    "stays 0.",
    "A wire of weight 0.5 from x0 to neuron 1, and neuron 1's upstream is 10: if x0 rises by 1, z1 rises by 0.5, and "
    "the final number by 10 times that.",
    "dinputs_i = sum over j of dvalues_j W_ij.",
)
def _(dvalues, weights):
    return np.zeros(len(weights))


@layer_dinputs.mistake(
    "upstream-ignored",
    "Does it matter to your result how loudly each neuron complains? Every input answers with the sum of its weights.",
    "Try dvalues = [1, 10, 100] on the row [0.2, 0.5, -0.26]: 0.2 + 5 - 26 = -20.8, not 0.44.",
    "dinputs_i = sum over j of dvalues_j W_ij: each weight is multiplied by the upstream of its own neuron.",
)
def _(dvalues, weights):
    return weights.sum(axis=1)


@layer_dinputs.mistake(
    "fork-not-added",
    "You have one number for every wire. How many numbers does an input need to know by how much it matters?",
    "With dvalues = [1, 10, 100], x0 receives 0.2, 5 and -26. It moves all three neurons at once: what is their sum?",
    "dinputs_i = sum over j of dvalues_j W_ij: what fans out going forward adds up going backward.",
)
def _(dvalues, weights):
    return weights * dvalues


@layer_dinputs.mistake(
    "last-neuron-only",
    "What happens in your loop to the number an earlier neuron has left there?",
    "With dvalues = [1, 10, 100], x0 receives 0.2, then 5, then -26: -20.8 in all, not -26.",
    "dinputs_i = dvalues_0 W_i0 + dvalues_1 W_i1 + ...: every neuron joins, none replaces another.",
)
def _(dvalues, weights):
    return dvalues[-1] * weights[:, -1]


@layer_dinputs.mistake(
    "returns-too-early",
    "Input 0 has its answer and every other input has 0. How often does the outer loop come round before `return`?",
    "With the lesson's weights and dvalues = [1, 1, 1] it should be 0.44, -0.38, -0.07, 1.37; you stop after 0.44.",
    "dinputs_i = sum over j of dvalues_j W_ij for every i: the function ends when both loops have.",
)
def _(dvalues, weights):
    dinputs = np.zeros(len(weights))
    for i in range(len(weights)):
        for j in range(len(dvalues)):
            dinputs[i] += dvalues[j] * weights[i, j]
        return dinputs


@layer_dinputs.mistake(
    "returns-after-one-wire",
    "Input 0 has one message and no other input has any. How often does the inner loop come round before `return`?",
    "With dvalues = [1, 10, 100], x0 receives 0.2, 5 and -26, so -20.8; you stop after 0.2.",
    "dinputs_i = sum over j of dvalues_j W_ij for every i: the function ends when both loops have.",
)
def _(dvalues, weights):
    dinputs = np.zeros(len(weights))
    for i in range(len(weights)):
        for j in range(len(dvalues)):
            dinputs[i] += dvalues[j] * weights[i, j]
            return dinputs


@layer_dinputs.mistake(
    "stored-at-the-neuron",
    "The message from neuron j travels to input i. In which entry does your line put it?",
    "With dvalues = [1, 10, 100], neuron 2 sends -26 to x0: it belongs in dinputs[0], not in dinputs[2].",
    "dinputs_i = sum over j of dvalues_j W_ij: the index on the left is that of the input, i.",
)
def _(dvalues, weights):
    n_inputs, n_neurons = weights.shape  # in the stub's words: what raises is told from a stub by its length
    dinputs = np.zeros(n_inputs)
    for i in range(n_inputs):
        for j in range(n_neurons):
            dinputs[j] += dvalues[j] * weights[i, j]
    return dinputs


@layer_dinputs.mistake(
    "i-for-j-in-dvalues",
    "dvalues holds one number for each neuron. Which of the two loop variables counts neurons, and which of them stands "
    "in your dvalues[...]?",
    "Along the wire from x3 to neuron 1 comes back what neuron 1 says: dvalues[1]. There is no dvalues[3].",
    "dinputs_i = sum over j of dvalues_j W_ij: dvalues goes with j, dinputs with i.",
)
def _(dvalues, weights):
    n_inputs, n_neurons = weights.shape  # in the stub's words: what raises is told from a stub by its length
    dinputs = np.zeros(n_inputs)
    for i in range(n_inputs):
        for j in range(n_neurons):
            dinputs[i] += dvalues[i] * weights[i, j]
    return dinputs


@layer_dinputs.mistake(
    "every-message-for-every-input",
    "All your entries are equal. Which input is a message for: one of them, or all?",
    "With dvalues = [1, 10, 100], x0 receives 0.2, 5 and -26, and x1's 0.8 is not among them.",
    "dinputs_i = sum over j of dvalues_j W_ij: what travels along the wires of row i goes into entry i alone.",
)
def _(dvalues, weights):
    dinputs = np.zeros(len(weights))
    for i in range(len(weights)):
        for j in range(len(dvalues)):
            dinputs += dvalues[j] * weights[i, j]
    return dinputs


@layer_dinputs.mistake(
    "one-complaint-for-all",
    "Whose upstream do you use for neuron 1, its own or that of neuron 0?",
    "Try dvalues = [0, 1]: neuron 0 is silent, so only the weights of neuron 1 may come back.",
    "dinputs_i = sum over j of dvalues_j W_ij: j is the same in both factors.",
)
def _(dvalues, weights):
    return dvalues[0] * weights.sum(axis=1)


@layer_dinputs.mistake(
    "weights-from-the-wrong-side",
    "Which axis of the weights belongs to the neurons, rows or columns? That is the axis that must meet dvalues.",
    "Take D = 2, M = 3: dvalues is (3,), weights (2, 3). The 3 of dvalues can meet only the second axis of the "
    "weights.",
    "dinputs_i = sum over j of dvalues_j W_ij: the sum runs along row i, over the M neurons.",
)
def _(dvalues, weights):
    return np.dot(dvalues, weights)


@layer_dinputs.mistake(
    "row-and-column-swapped",
    "In W[i, j], which index names the input and which the neuron?",
    "x0's wires weigh 0.2, 0.5 and -0.26: they stand in row 0. Column 0 is everything neuron 0 listens to.",
    "dinputs_i = sum over j of dvalues_j W_ij: the input's index comes first.",
)
def _(dvalues, weights):
    n_inputs, n_neurons = weights.shape  # in the stub's words: what raises is told from a stub by its length
    dinputs = np.zeros(n_inputs)
    for i in range(n_inputs):
        for j in range(n_neurons):
            dinputs[i] += dvalues[j] * weights[j, i]
    return dinputs


@layer_dinputs.mistake(
    "summed-over-the-inputs",
    "Your result has one number for each neuron. Whom is dinputs for?",
    "Take D = 4, M = 3: the messages make a table of 4 rows and 3 columns. Four numbers should be left, one for each "
    "row.",
    "dinputs_i = sum over j of dvalues_j W_ij: the neurons, j, vanish; the inputs, i, stay.",
)
def _(dvalues, weights):
    return (weights * dvalues).sum(axis=0)


@layer_dinputs.mistake(
    "everything-in-one-sum",
    "Whose blame is this one number? A sum without an axis adds all inputs together.",
    "With the lesson's weights and dvalues = [1, 1, 1] four numbers should be left, 0.44 the first of them, not 1.36.",
    "dinputs_i = sum over j of dvalues_j W_ij: one sum for each i.",
)
def _(dvalues, weights):
    return (weights * dvalues).sum()


@layer_dinputs.mistake(
    "mean-for-sum",
    "If two neurons each push by 5, how hard is x0 pushed: by 10 or by 5?",
    "Try dvalues = [1, 1] and weights [[5, 5]]: x0 up by 1 lifts both z by 5, so the final number rises by 10.",
    "dinputs_i = sum over j of dvalues_j W_ij: changes add, nothing is divided by the number of neurons.",
)
def _(dvalues, weights):
    return (weights * dvalues).mean(axis=1)


@layer_dinputs.mistake(
    "product-of-sums",
    "When you add the upstreams first, which of them still knows its own wire?",
    "Try dvalues = [1, -1] and weights [[3, 2]]: 3 - 2 = 1 comes back. Your two sums are 0 and 5.",
    "dinputs_i = sum over j of dvalues_j W_ij: a sum of products, not a product of sums.",
)
def _(dvalues, weights):
    return dvalues.sum() * weights.sum(axis=1)


@layer_dinputs.mistake(
    "added-not-multiplied",
    "A wire of weight 0 carries nothing forward. What should come back along it?",
    "Try dvalues = [10] and weights [[0]]: x0 cannot move that neuron, so its gradient is 0.",
    "dinputs_i = sum over j of dvalues_j W_ij: rates along a path multiply, paths add.",
)
def _(dvalues, weights):
    return (weights + dvalues).sum(axis=1)


@layer_dinputs.mistake(
    "row-axis-too-early",
    "A gradient has the shape of the thing it is for. What is the shape of x?",
    "Compare the shapes: np.array([1., 2.]) is (2,); with a second pair of brackets it is (1, 2).",
    "dvalues (M,) and weights (D, M) give dinputs (D,). The axis of the samples arrives in chapter 06.",
)
def _(dvalues, weights):
    return np.dot(dvalues.reshape(1, -1), weights.T)


@layer_dinputs.mistake(
    "integer-buffer",
    "What dtype has the array you collect the sums in? One made like an integer array holds whole numbers only.",
    "Try a = np.zeros_like(np.array([3, 4])); a[0] += 0.75; print(a). The 0.75 is lost without a word.",
    "dinputs_i is a float even where every weight is whole: collect it in an array of floats, such as np.zeros gives.",
)
def _(dvalues, weights):
    dinputs = np.zeros_like(weights[:, 0])
    for i in range(len(weights)):
        for j in range(len(dvalues)):
            dinputs[i] += dvalues[j] * weights[i, j]
    return dinputs


@layer_dinputs.mistake(
    "changes-the-callers-weights",
    "The numbers that come back are right the first time. What has happened to the weights that went in?",
    "Call your function twice on the same arrays: the second result should equal the first.",
    "dinputs_i = sum over j of dvalues_j W_ij needs the weights only to read them; `*=` writes into them.",
)
def _(dvalues, weights):
    weights *= dvalues
    return weights.sum(axis=1)
