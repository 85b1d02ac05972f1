"""Nodes made by us are nbformat's, key for key and type for type."""

from __future__ import annotations

import nbformat
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading.nodes import as_node, shallow_copy

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)


def forms(value):
    """The value with the type of everything in it."""
    if isinstance(value, dict):
        return type(value), {key: forms(item) for key, item in value.items()}
    if isinstance(value, list):
        return type(value), [forms(item) for item in value]
    return type(value), value


@given(VALUES)
def test_a_node_is_what_nbformat_makes(value):
    expected = nbformat.from_dict(value)
    assert forms(as_node(value)) == forms(expected)
    assert forms(as_node(expected)) == forms(expected)


def test_a_node_can_be_changed_by_attribute_and_leaves_what_it_was_made_of_alone():
    given = {"cells": [{"metadata": {"tags": ["a"]}}]}
    node = as_node(given)
    node.cells[0].metadata.tags.append("b")
    node.cells[0].source = "1"
    assert given == {"cells": [{"metadata": {"tags": ["a"]}}]}
    assert node == {"cells": [{"metadata": {"tags": ["a", "b"]}, "source": "1"}]}


def test_a_shallow_copy_is_a_node_whose_own_keys_can_be_changed():
    node = as_node({"source": "1", "metadata": {"tags": []}})
    copied = shallow_copy(node)
    copied.source = "2"
    assert type(copied) is nbformat.NotebookNode
    assert node.source == "1"
    assert copied.metadata is node.metadata
