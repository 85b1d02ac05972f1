"""What the course says to people, in the language of the course: a text of ours, or what a translator wrote for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

NONE = "en"  # the language in which the project is written: nothing is translated


@dataclass(frozen=True)
class Wording:
    """The translations of one chapter: pairs of our text and theirs. Plain values, which go with a job to any machine."""

    language: str = NONE
    pairs: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _by_text(self) -> dict[str, str]:
        return dict(self.pairs)

    def say(self, text: str) -> str:
        """The text in the course's language; as it is where nobody has translated it."""
        return self._by_text.get(text, text)


ENGLISH = Wording()
