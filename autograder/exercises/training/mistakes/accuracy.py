"""10-training: known mistakes of `accuracy`."""

import numpy as np

from autograder.exercises.softmax.targets import classes
from autograder.exercises.training.cases import accuracy


@accuracy.mistake(
    "best-sample-of-each-class",
    "argmax along axis 0 walks down the samples. Who competes with whom here?",
    "Three samples with four classes should give three decisions. How many do you get?",
    "Each row is one sample: its decision is the place of the largest entry along axis 1.",
)
def _(p, t):
    return float(np.mean(np.argmax(p, axis=0) == classes(t)))


@accuracy.mistake(
    "best-sample-of-each-class-in-both",
    "You look for the largest entry down the columns, in p and in one-hot targets. What does a column hold?",
    "Two samples, three classes: there should be two decisions to compare, not three.",
    "A sample is a row. Both p and one-hot targets are read along axis 1.",
)
def _(p, t):
    t = np.asarray(t)
    return float(np.mean(np.argmax(p, axis=0) == (t if t.ndim == 1 else t.argmax(axis=0))))


@accuracy.mistake(
    "one-hot-targets-as-labels",
    "Targets may come one-hot, with shape (N, C). What do you compare them with?",
    "p = [[0.2, 0.8]], t = [[0, 1]]: all right, so 1.0.",
    "For one-hot rows the label is the place of the 1: the largest entry along axis 1.",
)
def _(p, t):
    return np.mean(np.argmax(p, axis=1) == t)


@accuracy.mistake(
    "labels-as-one-hot",
    "Targets may also be plain labels, of shape (N,). Have they an axis 1?",
    "p = [[0.2, 0.8]], t = [1]: all right, so 1.0.",
    "Look at the number of axes of t first: one axis, labels; two, one-hot rows.",
)
def _(p, t):
    return np.mean(np.argmax(p, axis=1) == np.argmax(t, axis=1))


@accuracy.mistake(
    "counted-not-shared",
    "In the cell to try, two of four samples are right, and yours says 2. Is 2 a good accuracy? Out of how many?",
    "The lesson's four samples: two are right, so 0.5.",
    "The number of right decisions over the number of samples N.",
)
def _(p, t):
    return float(np.sum(np.argmax(p, axis=1) == classes(t)))


@accuracy.mistake(
    "per-cent",
    "Which range should the result have: 0 to 1, or 0 to 100?",
    "The lesson's four samples, two of them right: 0.5, not 50.",
    "Right decisions over N, and nothing more.",
)
def _(p, t):
    return float(np.mean(np.argmax(p, axis=1) == classes(t)) * 100)


@accuracy.mistake(
    "share-of-errors",
    "Does yours rise or fall when the network gets better?",
    "All right should give 1.0.",
    "Count the rows where decision and label agree.",
)
def _(p, t):
    return float(np.mean(np.argmax(p, axis=1) != classes(t)))


@accuracy.mistake(
    "mean-probability",
    "That is how much probability the right class was given on average. How often was it the largest?",
    "p = [[0.6, 0.4]], t = [0]: the decision is right, so 1.0, not 0.6.",
    "Only the place of the largest entry counts, not its size.",
)
def _(p, t):
    return float(np.mean(np.asarray(p)[np.arange(len(p)), classes(t)]))


one_half = accuracy.mistake(
    "more-than-one-half",
    "With three classes, must the winner hold more than one half?",
    "p = [0.4, 0.35, 0.25] decides for class 0.",
    "The decision is the class with the largest entry, however small that is.",
)


@one_half
def _(p, t):
    return float(np.mean(np.asarray(p)[np.arange(len(p)), classes(t)] > 0.5))


@one_half
def _(p, t):  # scores, too, of which several may be above one half
    return float(np.mean(((np.asarray(p) > 0.5) == np.eye(np.shape(p)[1])[classes(t)]).all(axis=1)))


every_cell = accuracy.mistake(
    "every-cell-counted",
    "You compare N x C cells. How many decisions does the network make?",
    "p = [[0.9, 0.1, 0.0]], t = [1]: the only decision is wrong, so 0.0, though one zero agrees.",
    "One decision a sample: the place of the largest entry in its row.",
)


@every_cell
def _(p, t):
    one_hot = np.eye(np.shape(p)[1])[classes(t)]
    return float(np.mean(np.round(p) == one_hot))


@every_cell
def _(p, t):
    one_hot = np.eye(np.shape(p)[1])[classes(t)]
    return float(np.mean((np.asarray(p) > 0.5) == one_hot))


@accuracy.mistake(
    "divided-by-all-cells",
    "You divide by the number of cells in p. How many decisions were there?",
    "Two samples of three classes, both right: 1.0, not 0.333.",
    "A mean over the N samples: p has N rows.",
)
def _(p, t):
    return float(np.sum(np.argmax(p, axis=1) == classes(t)) / np.size(p))


@accuracy.mistake(
    "largest-value-not-place",
    "max gives the largest probability. Which of its properties names the class?",
    "p = [[0.2, 0.8]]: the decision is class 1, since the 0.8 stands in place 1.",
    "argmax gives places, max gives values; labels are places.",
)
def _(p, t):
    return float(np.mean(np.max(p, axis=1) == classes(t)))


@accuracy.mistake(
    "one-decision-for-all",
    "Without an axis, argmax returns one number for the whole table. Did you want one a row?",
    "Print np.argmax(p) for two samples.",
    "axis=1: among the classes of each sample.",
)
def _(p, t):
    return float(np.mean(np.argmax(p) == classes(t)))


verdicts = accuracy.mistake(
    "one-verdict-a-sample",
    "You return which decisions were right. What share of them is it?",
    "Four samples, two right: one number, 0.5.",
    "The mean of the verdicts is the share.",
)


@verdicts
def _(p, t):
    return (np.argmax(p, axis=1) == classes(t)).astype(float)


@verdicts
def _(p, t):
    return np.argmax(p, axis=1) == classes(t)


@accuracy.mistake(
    "the-least-likely-class",
    "Which class does the network decide for: that with the largest entry, or the smallest?",
    "p = [[0.1, 0.9]] decides for class 1.",
    "argmax, along axis 1.",
)
def _(p, t):
    return float(np.mean(np.argmin(p, axis=1) == classes(t)))


@accuracy.mistake(
    "divided-by-the-classes",
    "You have counted the right decisions. Out of how many decisions: one a sample, or one a class?",
    "The lesson's four samples and three classes: two of four are right, so 0.5, not 0.667.",
    "The mean over the N rows: p.shape[0] of them.",
)
def _(p, t):
    return float(np.sum(np.argmax(p, axis=1) == classes(t)) / p.shape[1])


@accuracy.mistake(
    "one-target-for-all",
    "Without an axis, argmax of the one-hot targets is one number for the whole table. How many labels are wanted?",
    "Try np.array([[0, 1], [1, 0]]).argmax(): 1. The two labels are 1 and 0.",
    "A label for each row: the class axis is the one to search along.",
)
def _(p, t):
    return float(np.mean(np.argmax(p, axis=1) == (t if t.ndim == 1 else t.argmax())))


by_cells = accuracy.mistake(
    "cells-counted",
    "You compare a table with a table. How often does one wrong decision count, and how many cells agree all the same?",
    "Try p = [[0.9, 0.1, 0.0]], t = [[0, 1, 0]]: one decision, and it is wrong: 0. In yours one cell of three agrees.",
    "One decision a sample: its class against the label, N comparisons.",
)


@by_cells
def _(p, t):
    return float(np.mean(np.eye(p.shape[1])[np.argmax(p, axis=1)] == np.eye(p.shape[1])[classes(t)]))


@by_cells
def _(p, t):
    return float(np.mean((p == np.max(p, axis=1, keepdims=True)) == np.eye(p.shape[1])[classes(t)]))
