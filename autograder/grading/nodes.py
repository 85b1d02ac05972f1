"""Notebooks as nbformat has them, made in a fraction of the time: its `from_dict` wraps each value once more where it is put in."""

from __future__ import annotations

from nbformat import NotebookNode


def as_node(value):
    """JSON values with every table a `NotebookNode`, in lists and tables of their own: what `nbformat.from_dict` gives."""
    if isinstance(value, dict):
        node = NotebookNode()
        dict.update(node, {key: as_node(item) for key, item in value.items()})
        return node
    return [as_node(item) for item in value] if isinstance(value, (list, tuple)) else value


def shallow_copy(node: NotebookNode) -> NotebookNode:
    """A node of its own whose values are shared. `node.copy()` gives another type of node."""
    copied = NotebookNode()
    dict.update(copied, node)
    return copied
