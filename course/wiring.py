"""What a computational graph is made of: inputs, nodes, and the wires between them. No number is computed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wire:
    """From a node or input to the `slot`-th argument of a node; the wire that carries the result has no target."""

    source: str
    target: str | None
    slot: int = 0


@dataclass(frozen=True)
class Wiring:
    """inputs: name to number. nodes: name to (operation, source, ...), in an order in which they can be computed.

    The last node is the result.
    """

    inputs: Mapping[str, float]
    nodes: Mapping[str, tuple[str, ...]]

    @property
    def result(self) -> str:
        """The name of the last node."""
        return next(reversed(self.nodes))

    def depth(self) -> dict[str, int]:
        """The column of every name: 0 for inputs, for a node one more than its deepest source."""
        depth = dict.fromkeys(self.inputs, 0)
        for name, (_, *sources) in self.nodes.items():
            depth[name] = 1 + max(depth[source] for source in sources)
        return depth

    def wires(self) -> list[Wire]:
        """All wires from right to left: the order in which a backward pass learns their gradients."""
        depth = self.depth()
        backward = sorted(self.nodes, key=lambda name: -depth[name])  # stable: nodes of one column stay in order
        return [Wire(self.result, None)] + [
            Wire(source, name, slot) for name in backward for slot, source in enumerate(self.nodes[name][1:])
        ]
