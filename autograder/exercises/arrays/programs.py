"""13-arrays: how a case for a student's `Tensor` is written, and the arrays that several of them share."""

A, B, C = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[10.0, 20.0, 30.0]], [[7.0], [-3.0]]
UP = [[1.0, -2.0, 0.5], [3.0, 1.0, -1.0]]
CUBE = [[[1.0, -2.0], [0.5, 3.0], [-1.0, 4.0]], [[2.5, 0.5], [-3.0, 1.5], [6.0, -0.5]]]  # (2, 3, 2), for upstreams
BOX = [[[1, -2, 3, 0.5], [4, 2, -1, 3], [2, 5, 7, -6]], [[3, 1, -4, 2], [-5, 2, 6, 8], [0.5, -3, 9, 1]]]  # (2, 3, 4)


def two(program, x, y, upstream=None):
    found = {"program": program, "x": x, "y": y}
    return found if upstream is None else {**found, "upstream": upstream}


def one(program, x, upstream):
    return {"program": program, "x": x, "upstream": upstream}
