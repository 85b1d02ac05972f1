"""Arrays by their shape, for the signatures of the reference. All are dimensionless; floats are float64.

Letters in docstrings: N samples, D inputs, M neurons, C classes; a batch has a row a sample, a layer a column a neuron.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

type_of_float = np.dtype[np.float64]
type_of_label = np.dtype[np.int_]

Vector = np.ndarray[tuple[int], type_of_float]  # (D,): one sample's inputs, one neuron's weights
Matrix = np.ndarray[tuple[int, int], type_of_float]  # (N, D), (D, M): a batch, a layer's weights
Row = np.ndarray[tuple[int, int], type_of_float]  # (1, M): biases, as they are added to a batch
Array = np.ndarray[tuple[int, ...], type_of_float]  # any shape
RowOrBatch = TypeVar("RowOrBatch", Vector, Matrix)  # one sample or a batch, and what comes back is the same
Labels = np.ndarray[tuple[int], type_of_label]  # (N,): the right class of each sample, 0 to C - 1
Tokens = np.ndarray[tuple[int, ...], type_of_label]  # any shape: rows of a table, 0 to C - 1
OneHot = np.ndarray[tuple[int, int], np.dtype]  # (N, C): a 1 in the right class's column, else 0
Targets = Labels | OneHot

Curve = Callable[[float], float]  # a number to a number
Landscape = Callable[[Array], float]  # an array to a number
