"""15-attention: known mistakes of `embed_backward`."""

import numpy as np

from autograder.exercises.attention.cases import embed_backward
from autograder.reference.attention import embed_backward as right

TWICE = "banana, with 1 to 6 coming back: a has looked up its row three times and hears 2 + 4 + 6 = 12."


@embed_backward.mistake(
    "last-one-wins",
    "A row is read at three places. Does your line write to it three times, or add to it three times?",
    f"{TWICE} Yours keeps 6: with repeated places numpy reads all, adds, and writes, and the last writer wins.",
    "dtable[c] is the sum of dvalues over all places whose token is c; they must be added one after the other.",
)
def _(dvalues, tokens, table_shape):
    dtable = np.zeros(table_shape)
    dtable[tokens] += dvalues
    return dtable


@embed_backward.mistake(
    "mean-over-repeats",
    "A row that is used three times hears three messages. Are they added, or is their mean taken?",
    f"{TWICE} Yours has 4.",
    "dtable[c] is a sum, as everywhere where something forks.",
)
def _(dvalues, tokens, table_shape):
    times = np.bincount(tokens.ravel(), minlength=table_shape[0])
    return right(dvalues, tokens, table_shape) / np.maximum(times, 1)[:, None]


@embed_backward.mistake(
    "used-rows-only",
    "What shape has the gradient of a table: that of the table, or of what was used of it?",
    "A table of 4 rows, of which row 3 was never read: dtable has 4 rows, and row 3 is 0.",
    "A gradient has the shape of the thing it is for: (C, D).",
)
def _(dvalues, tokens, table_shape):
    return right(dvalues, tokens, table_shape)[np.unique(tokens)]


@embed_backward.mistake(
    "first-sequence-only",
    "What became of what the second sequence sends back?",
    "Tokens (2, 3), token 1 in both rows: its gradient has a share of each.",
    "dtable[c] is the sum over all places of all sequences whose token is c.",
)
def _(dvalues, tokens, table_shape):
    return right(*((dvalues, tokens) if tokens.ndim == 1 else (dvalues[0], tokens[0])), table_shape)


@embed_backward.mistake(
    "last-sequence-only",
    "You go through the sequences. Does each begin with an empty table again?",
    "Tokens (2, 3), token 1 in both rows: its gradient has a share of each.",
    "dtable[c] is the sum over all places of all sequences whose token is c: one table for all.",
)
def _(dvalues, tokens, table_shape):
    return right(*((dvalues, tokens) if tokens.ndim == 1 else (dvalues[-1], tokens[-1])), table_shape)


@embed_backward.mistake(
    "uses-counted",
    "Did you count how often a row was used? What does the upstream say at each of these places?",
    f"{TWICE} Yours has 3.",
    "dtable[c] is the sum of dvalues over the places whose token is c.",
)
def _(dvalues, tokens, table_shape):
    return right(np.ones(dvalues.shape), tokens, table_shape)


@embed_backward.mistake(
    "sequences-averaged",
    "What divides by the number of sequences: a table that they share, or the loss, once?",
    "Two sequences that send 3 and 5 to one row: 8. Yours is 4.",
    "Layers add; the loss's backward pass holds the 1/N.",
)
def _(dvalues, tokens, table_shape):
    return right(dvalues, tokens, table_shape) / (len(tokens) if tokens.ndim > 1 else 1)


@embed_backward.mistake(
    "table-turned",
    "Which axis of the gradient is for the tokens?",
    "A table of shape (6, 4): its gradient has shape (6, 4).",
    "A gradient has the shape of the thing it is for: (C, D).",
)
def _(dvalues, tokens, table_shape):
    return right(dvalues, tokens, table_shape).T


@embed_backward.mistake(
    "looked-up-again",
    "Going back, who is read and who is written to: the upstream, or the table?",
    "banana: token 1 stands at place 0, so row 1 gets what place 0 sends.",
    "dtable[c] is the sum of dvalues over the places whose token is c: tokens say where to write.",
)
def _(dvalues, tokens, table_shape):
    flat = dvalues.reshape(tokens.size, -1)
    dtable = np.zeros(table_shape)
    for place, token in enumerate(tokens.ravel()):
        dtable[place % table_shape[0]] += flat[token]
    return dtable


@embed_backward.mistake(
    "first-one-wins",
    "A row is read at three places. What becomes of the second and the third message?",
    f"{TWICE} Yours keeps 2.",
    "dtable[c] is the sum of dvalues over all places whose token is c.",
)
def _(dvalues, tokens, table_shape):
    dtable = np.zeros(table_shape)
    dtable[tokens.ravel()[::-1]] = dvalues.reshape(tokens.size, -1)[::-1]
    return dtable


@embed_backward.mistake(
    "first-axis-walked-alone",
    "tokens may have two axes. What is `tokens[0]` then: one token, or a row of them, some perhaps alike?",
    "Tokens [[2, 2]], upstream [[[1.0], [10.0]]]: row 2 hears 11. Does yours say 10?",
    "Every place sends its row to the token that stands there, whatever the shape of tokens.",
)
def _(dvalues, tokens, table_shape):
    dtable = np.zeros(table_shape)
    for token, upstream in zip(tokens, dvalues, strict=True):
        dtable[token] = dtable[token] + upstream
    return dtable


@embed_backward.mistake(
    "whole-row-in-one-number",
    "A row of the table has D numbers. Does each of them hear its own number of the upstream, or all the same one?",
    "One token 0, upstream [[1.0, 10.0]]: the row hears [1, 10]. Does yours hear [11, 11]?",
    "dtable[c] is a sum over places, number by number; the D numbers of a row are never added to each other.",
)
def _(dvalues, tokens, table_shape):
    dtable = np.zeros(table_shape)
    for place in np.ndindex(tokens.shape):
        dtable[tokens[place]] += np.sum(dvalues[place])
    return dtable
