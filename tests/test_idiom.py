"""What is said after "passed" to somebody who wrote loops: numpy's form of the same sum, and true."""

import inspect
import re

import numpy as np
import pytest

from course.checking import check
from course.idiom import in_numpy

A, B = np.arange(1.0, 13).reshape(3, 4), np.arange(2.0, 8).reshape(3, 2)
W, V, U = np.arange(1.0, 9).reshape(4, 2), np.arange(1.0, 5), np.array([3.0, -1.0])


def table_by_pairs(A, B):
    t = np.zeros((4, 2))
    for i in range(4):
        for j in range(2):
            for n in range(3):
                t[i, j] += A[n, i] * B[n, j]
    return t


def turned_table(A, B):
    t = np.zeros((2, 4))
    for i in range(4):
        for j in range(2):
            for n in range(len(A)):
                t[j][i] = A[n][i] * B[n][j] + t[j][i]
    return t


def back_through(B, W):
    t = np.zeros((3, 4))
    for n in range(3):
        for i in range(4):
            total = 0.0
            for j in range(2):
                total += B[n, j] * W[i, j]
            t[n, i] = total
    return t


def forward(A, W):
    t = np.zeros((3, 2))
    for n in range(3):
        for j in range(2):
            t[n, j] = sum(A[n, i] * W[i, j] for i in range(4))
    return t


def table_and_row(W, U):
    t = np.zeros(4)
    for i in range(4):
        for j in range(2):
            t[i] += W[i, j] * U[j]
    return t


def row_and_table(W, V):
    t = np.zeros(2)
    for i in range(4):
        for j in range(2):
            t[j] += V[i] * W[i, j]
    return t


def pairs(V, U):
    t = np.zeros((2, 4))
    for i in range(4):
        for j in range(2):
            t[j, i] = V[i] * U[j]
    return t


def down(A):
    t = np.zeros(4)
    for n in range(3):
        for i in range(4):
            t[i] += A[n, i]
    return t


def down_and_kept(A):
    t = np.zeros((1, 4))
    for n in range(3):
        for i in range(4):
            t[0, i] += A[n, i]
    return t


def along(A):
    t = np.zeros(3)
    for n in range(3):
        for i in range(4):
            t[n] += A[n, i] * A[n, i]
    return t


LOOPS = {
    table_by_pairs: "A.T @ B",
    turned_table: "B.T @ A",
    back_through: "B @ W.T",
    forward: "A @ W",
    table_and_row: "W @ U",
    row_and_table: "W.T @ V",
    pairs: "np.outer(U, V)",
    down: "A.sum(axis=0)",
    down_and_kept: "A.sum(axis=0, keepdims=True)",
    along: "(A * A).sum(axis=1)",
}


@pytest.mark.parametrize(("loops", "short"), LOOPS.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_a_sum_in_loops_is_told_in_numpys_words(loops, short):
    said = in_numpy(loops)
    assert said.endswith(f"`{short}`.")
    given = {name: globals()[name] for name in inspect.signature(loops).parameters}
    np.testing.assert_array_equal(eval(short, {"np": np, **given}), loops(**given))


def part_of_an_axis(A):
    t = np.zeros(4)
    for n in range(1, 3):
        for i in range(4):
            t[i] += A[n, i]
    return t


def with_a_condition(A):
    t = np.zeros((3, 4))
    for n in range(3):
        for i in range(4):
            t[n, i] = A[n, i] if A[n, i] > 2 else 0.0
    return t


def three_factors(A, B, W):
    t = np.zeros((4, 2))
    for n in range(3):
        for i in range(4):
            for j in range(2):
                t[i, j] += A[n, i] * B[n, j] * W[i, j]
    return t


def diagonal(A):
    t = np.zeros(3)
    for n in range(3):
        for i in range(4):
            t[n] += A[n, n] * A[n, i]
    return t


@pytest.mark.parametrize(
    "answer", [part_of_an_axis, with_a_condition, three_factors, diagonal, lambda x: 2 * x, np.sum, max]
)
def test_nothing_is_said_where_no_short_form_is_known(answer):
    assert in_numpy(answer) is None


def batch_dweights(dvalues, inputs):
    dweights = np.zeros((inputs.shape[1], dvalues.shape[1]))
    for n in range(inputs.shape[0]):
        for i in range(inputs.shape[1]):
            for j in range(dvalues.shape[1]):
                dweights[i, j] += inputs[n, i] * dvalues[n, j]
    return dweights


def test_check_says_it_after_passed(capsys):
    check(batch_dweights)
    said = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert "passed: batch_dweights" in said and "`inputs.T @ dvalues`" in said


class Table:
    def turn(self, A, B):
        t = np.zeros((4, 2))
        for i in range(4):
            for j in range(2):
                t[i, j] = sum(A[n, i] * B[n, j] for n in range(3))
        return t


def test_a_source_is_read_only_where_something_goes_round(monkeypatch):
    assert "`A.T @ B`" in in_numpy(Table)  # of a class only its source tells
    read = []
    monkeypatch.setattr(inspect, "getsource", lambda answer: read.append(answer.__name__) or "pass")
    for answer in (lambda A, B: A.T @ B, np.sum, table_by_pairs, lambda A: sum(a for a in A)):
        in_numpy(answer)
    assert read == ["table_by_pairs", "<lambda>"]
