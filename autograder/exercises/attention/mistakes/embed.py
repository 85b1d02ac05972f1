"""15-attention: known mistakes of `embed`."""

import numpy as np

from autograder.exercises.attention.cases import embed


@embed.mistake(
    "columns-for-rows",
    "Which axis of the table does a token choose from: the first, with a row for each token, or the second?",
    "A table (4, 2) and six tokens: six rows of 2 come out, shape (6, 2).",
    "X[place] is row number tokens[place] of the table.",
)
def _(tokens, table):
    return table[:, tokens]


@embed.mistake(
    "whole-table-flat",
    "You took single numbers out of the table. How many numbers does one token stand for?",
    "Table [[0.5, -1], [2, 3.5]], token 1: [2, 3.5], two numbers. np.take without an axis reads the table as one long row.",
    "X[place] is a whole row, so X has shape tokens.shape + (D,).",
)
def _(tokens, table):
    return np.take(table, tokens)


@embed.mistake(
    "counted-from-one",
    "Is token 0 the first row of the table, or is token 1?",
    "Table with rows 0.5, 2, -4: token 0 gives 0.5. Yours gives the last row.",
    "X[place] is row number tokens[place], counted from 0.",
)
def _(tokens, table):
    return table[tokens - 1]


@embed.mistake(
    "axes-of-the-tokens-lost",
    "Two sequences of three tokens went in. What shape has what came out?",
    "Tokens (2, 3) and a table (6, 4): X is (2, 3, 4), not (6, 4).",
    "X has shape tokens.shape + (D,): every axis of the tokens stays.",
)
def _(tokens, table):
    return table[tokens.ravel()]


@embed.mistake(
    "each-token-once",
    "A word may use a letter three times. How often does its row appear in your result?",
    "banana has six letters, so X has six rows, though only three different ones.",
    "One row for every place, not for every different token.",
)
def _(tokens, table):
    return table[np.unique(tokens)]


@embed.mistake(
    "first-sequence-only",
    "What became of the second sequence?",
    "Tokens (2, 3): the result is (2, 3, D), and its row 1 comes from tokens[1].",
    "Every axis of the tokens is kept: X has shape tokens.shape + (D,).",
)
def _(tokens, table):
    return table[tokens if tokens.ndim == 1 else tokens[0]]


@embed.mistake(
    "looked-up-in-order",
    "Did you use the tokens, or just take the first rows of the table, one after the other?",
    "Tokens [2, 0]: the first row of X is row 2 of the table, the second is row 0.",
    "X[place] is row number tokens[place] of the table, whatever the place.",
)
def _(tokens, table):
    return np.resize(table, (tokens.size, table.shape[1])).reshape(*tokens.shape, -1)


@embed.mistake(
    "rows-added",
    "Did you add up the rows that were looked up? What tells the places apart then?",
    "Tokens [1, 0]: X has two rows, not their sum.",
    "X has shape tokens.shape + (D,): a row for each place.",
)
def _(tokens, table):
    return table[tokens].sum(axis=-2)


@embed.mistake(
    "rows-by-place",
    "Which number chooses the row: the token, or the place where it stands?",
    "Tokens [1, 0] and rows [5, 6], [7, 8]: [[7, 8], [5, 6]]. In yours the rows come in the table's order.",
    "X[place] = table[tokens[place]]: the token is the index.",
)
def _(tokens, table):
    places = np.arange(np.size(tokens)).reshape(np.shape(tokens))
    return table[places % np.shape(tokens)[-1] % len(table)]


@embed.mistake(
    "token-times-its-row",
    "A token says which row is meant. Is it also a number to multiply by?",
    "Tokens [1, 0] and rows [5, 6], [7, 8]: [[7, 8], [5, 6]]. Is your second row [0, 0]?",
    "X[place] = table[tokens[place]], as it stands in the table.",
)
def _(tokens, table):
    return np.asarray(tokens)[..., None] * table[tokens]
