"""What may be asked of a submission's process: a message, and the arrays that go with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from autograder.sandbox.inside.channel import Arrays, pack
from autograder.sandbox.inside.observations import write_cases


@dataclass(frozen=True)
class Request:
    """Something to ask a submission's process, and the arrays that go with it."""

    message: dict
    arrays: Arrays = field(default_factory=dict, compare=False)

    @cached_property
    def packed(self) -> bytes:
        return pack(self.message, self.arrays)

    @classmethod
    def run(cls, source: str) -> Request:
        """Run a cell."""
        return cls({"do": "run", "source": source})

    @classmethod
    def letter(cls, variable: str) -> Request:
        """Say which short text a variable holds."""
        return cls({"do": "letter", "variable": variable})

    @classmethod
    def probe(cls, probe: str, variable: str, cases: list[Arrays], careful: bool) -> Request:
        """Say what the named answer does on each case. careful: in forked copies; slower, and a crash ends only the copy."""
        message = {"do": "probe", "probe": probe, "variable": variable, "cases": len(cases), "careful": careful}
        return cls(message, write_cases(cases))

    @classmethod
    def files(cls, files: dict[str, bytes]) -> Request:
        """Lay files beside the notebook: relative path to contents."""
        return cls({"do": "files"}, {name: np.frombuffer(text, dtype=np.uint8) for name, text in files.items()})
