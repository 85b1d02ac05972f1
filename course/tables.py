"""Small HTML tables for lessons."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence


class Table:
    """A table with alternative plain text, the same in every theme."""

    def __init__(self, head: Sequence[str], rows: Sequence[Sequence[str]]):
        self.head, self.rows = head, rows

    def _repr_mimebundle_(self, include=None, exclude=None):
        def row(cells, tag):
            first, *rest = (html.escape(str(cell)) for cell in cells)
            return (
                f"<tr><{tag} style='text-align:left'>{first}</{tag}>"
                + "".join(f"<{tag} style='text-align:center'>{cell}</{tag}>" for cell in rest)
                + "</tr>"
            )

        body = "".join(row(cells, "td") for cells in self.rows)
        markup = f"<table><thead>{row(self.head, 'th')}</thead><tbody>{body}</tbody></table>"
        width = max(len(str(cells[0])) for cells in [self.head, *self.rows])
        plain = "\n".join(
            f"{cells[0]:<{width}}  "
            + "  ".join(f"{cell!s:^{len(str(title))}}" for cell, title in zip(cells[1:], self.head[1:], strict=True))
            for cells in [self.head, *self.rows]
        )
        return {"text/html": markup, "text/plain": plain}


def tick_table(title: str, verdicts: Mapping[str, Sequence[bool]], columns: Sequence[str]) -> Table:
    """Rows of wrong versions, columns of data: "passes" where the wrong version is not noticed, "caught" where it is.

    verdicts: name of the version to one truth value a column, True where its numbers agree with the right ones.
    """
    rows = [
        [name, *("passes" if agrees else "\N{CHECK MARK} caught" for agrees in row)] for name, row in verdicts.items()
    ]
    return Table([title, *columns], rows)
