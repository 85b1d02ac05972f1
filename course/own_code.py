"""What a notebook defines, read from its text: an answer with the helpers it calls. Nothing is run here."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Collection, Iterator
from dataclasses import dataclass

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)
MAGIC = re.compile(r"^[ \t]*[%!?].*$", re.MULTILINE)  # IPython's own lines, which Python cannot read
NOTE = re.compile(r"^[ \t]*# your answer here\n?", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Statement:
    """One statement at the margin of a cell.

    binds: the names it gives a value. grows: the classes that it gives a method. reads: the names it looks up outside itself.
    """

    text: str
    binds: frozenset[str]
    grows: frozenset[str]
    reads: frozenset[str]
    imports: bool = False


def statements(notebook: object) -> list[Statement]:
    """The definitions of all code cells, in their order. A cell that Python cannot read has none."""
    found: list[Statement] = []
    for source in code_cells(notebook):
        try:
            found += _of_cell(MAGIC.sub("", source))
        except (SyntaxError, ValueError, RecursionError):
            continue
    return found


def code_cells(notebook: object) -> Iterator[str]:
    """The sources of the code cells, as far as the file makes sense."""
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    for cell in cells if isinstance(cells, list) else []:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source = cell.get("source", "")
            yield "".join(map(str, source)) if isinstance(source, list) else str(source)


def is_unreadable(notebook: object, name: str) -> bool:
    """Whether a cell begins to define this name and is no Python."""
    begins = re.compile(rf"^(def|class) +{re.escape(name)}\b", re.MULTILINE)
    for source in code_cells(notebook):
        if begins.search(source):
            try:
                ast.parse(MAGIC.sub("", source))
            except (SyntaxError, ValueError, RecursionError):
                return True
    return False


def needed(known: list[Statement], name: str, there: Collection[str]) -> list[Statement]:
    """The statements that give `name` its value, and what those need in turn; [] if nothing does.

    there : imported names that need no second import.
    """
    last = {bound: one for one in known for bound in one.binds}  # of two definitions the later one counts
    if name not in last:
        return []
    chosen: set[int] = set()
    wanted = [name]
    while wanted:
        current = wanted.pop()
        sources = [last[current]] if current in last else []
        sources += [one for one in known if current in one.grows]
        for one in sources:
            if id(one) not in chosen and not (one.imports and current in there):
                chosen.add(id(one))
                wanted += sorted(one.reads)
    return [one for one in known if id(one) in chosen]


def _of_cell(source: str) -> Iterator[Statement]:
    lines = source.splitlines()
    end = 0
    for node in ast.parse(source).body:
        text = NOTE.sub("", "\n".join(lines[end : node.end_lineno])).strip("\n")  # with the comment above it
        end = node.end_lineno
        if isinstance(node, DEFINITIONS):
            yield Statement(text, frozenset([node.name]), frozenset(), _reads(text))
        elif isinstance(node, IMPORTS):
            bound = {(one.asname or one.name).split(".")[0] for one in node.names}
            yield Statement(text, frozenset(bound), frozenset(), frozenset(), imports=True)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            parts = [part for target in targets for part in ast.walk(target)]
            bound = {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
            owners = [part.value for part in parts if isinstance(part, ast.Attribute)]
            grows = {owner.id for owner in owners if isinstance(owner, ast.Name)}
            yield Statement(text, frozenset(bound), frozenset(grows), _reads(text))


def _reads(text: str) -> frozenset[str]:
    """The names that a statement looks up in the notebook: its functions' local names are none of them."""
    found: set[str] = set()
    tables = [symtable.symtable(text, "a cell", "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        outermost = table.get_type() == "module"
        found |= {
            one.get_name() for one in table.get_symbols() if one.is_referenced() and (outermost or one.is_global())
        }
    return frozenset(found)
