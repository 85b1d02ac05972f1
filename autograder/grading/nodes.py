"""Notebooks as nbformat has them, made in a fraction of the time: its `from_dict` wraps each value once more where it is put in."""

from __future__ import annotations

from nbformat import NotebookNode

_HOLDS = frozenset({dict, list, tuple, NotebookNode})  # types of values that hold others


def as_node(value):
    """JSON values with every table a `NotebookNode`, in lists and tables of their own: what `nbformat.from_dict` gives."""
    if isinstance(value, dict):
        node = NotebookNode.__new__(NotebookNode)
        dict.update(node, {key: as_node(item) if type(item) in _HOLDS else item for key, item in value.items()})
        return node
    if isinstance(value, (list, tuple)):
        return [as_node(item) if type(item) in _HOLDS else item for item in value]
    return value


def shallow_copy(node: NotebookNode) -> NotebookNode:
    """A node of its own whose values are shared. `node.copy()` gives another type of node."""
    copied = NotebookNode.__new__(NotebookNode)
    dict.update(copied, node)
    return copied
