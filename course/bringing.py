"""`bring("Dense", "ReLU")`: your own earlier answers, put into the cell that asks for them.

They are read from the saved notebooks beside this one, tried on the public cases, and written into the cell in the place of
the call. So a notebook that is handed in holds all it needs: who marks it sees the text of the cell and nothing else.
"""

from __future__ import annotations

import ast
import difflib
import json
import linecache
import os
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from pathlib import Path
from types import ModuleType

from course.checking import try_public_cases
from course.hint import Hint, wrap
from course.observe import SECONDS
from course.own_code import is_unreadable, needed, statements
from course.probes import all_probes, chapters_here
from course.progress_table import find_folder, notebook_name
from course.quiet import quiet
from course.time_limit import TooLong, time_limit

SAVED = "They are read from the saved notebooks: save there first (Ctrl+S)."
LEFT_OUT = "which your course leaves out"
_numbers = count(1)


@dataclass(frozen=True)
class Brought:
    """One earlier answer. parts: its code, with what it calls; empty if there is nothing to bring, and `trouble` says why."""

    name: str
    path: str  # of its notebook, from here
    parts: tuple[str, ...] = ()
    trouble: str = ""


def bring(*names: str) -> None:
    """Put your own earlier answers, by their names, into this cell, and say what is missing or fails its check.

    What else stands in the cell stays, and an answer that already stands there is not brought again. Hint if a name is none
    of an exercise.
    """
    chapters = {name.split(".")[0]: chapter for name, (chapter, _) in all_probes().items()}
    for name in names:
        if name not in chapters:
            near = difflib.get_close_matches(str(name), chapters, n=1)
            raise Hint(f"bring: there is no exercise {name!r}." + (f" Did you mean {near[0]}?" if near else ""))
    if not names:
        raise Hint('bring: which answers? Name them, as in bring("Dense", "ReLU").')
    shell = _shell()
    cell = _cell_text(shell, sys._getframe(1).f_lineno) if shell else None
    if cell is None:
        print("bring works in a notebook's cell: there is none here, so nothing was brought.")
        return
    before, after = cell
    there = {name for one in statements(_as_notebook(before + after)) for name in one.binds}
    modules = {name: value for name, value in shell.user_ns.items() if isinstance(value, ModuleType)}
    found = [find(name, chapters[name], modules) for name in names if name not in there]
    if stays := [name for name in names if name in there]:
        print("\n".join(wrap(f"In this cell already, and left as it is: {', '.join(stays)}.")))
    _say(found)
    if any(one.parts for one in found):
        shell.set_next_input("\n".join([*before, *new_lines(found, there), *after]), replace=True)
        print("\nYour code stands in this cell now. Run the cell once more: only then is it defined.")


def find(name: str, chapter: str, modules: dict[str, ModuleType]) -> Brought:
    """The answer in the notebook beside, else in the folder of exercises; the first that somebody has filled in."""
    if chapter not in chapters_here():
        return Brought(name, "", trouble=f"it is of {chapter}, {LEFT_OUT}; write it into this cell yourself")
    tried = []
    for path in _places(chapter):
        tried.append(_from_notebook(name, path, modules))
        if tried[-1].parts:
            return tried[-1]
    return next(iter(tried), Brought(name, "", trouble=f"{notebook_name(chapter)} is not here"))


def new_lines(found: Sequence[Brought], there: Collection[str]) -> list[str]:
    """What replaces the call: the code, notebook by notebook, each part once, and the call for what is still missing."""
    lines: list[str] = []
    seen: set[str] = set()
    for path, group in groupby([one for one in found if one.parts], key=lambda one: one.path):
        lines += [f"# From {path}"]
        for one in group:
            for part in one.parts:
                if part not in seen and not _defined(part) & set(there):
                    seen.add(part)
                    lines += [*part.splitlines(), "", ""]
    missing = [one.name for one in found if not one.parts]
    if missing:
        return [*lines, f"bring({', '.join(json.dumps(name) for name in missing)})"]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _from_notebook(name: str, path: Path, modules: dict[str, ModuleType]) -> Brought:
    where = Path(os.path.relpath(path)).as_posix()
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Brought(name, where, trouble=f"{where} cannot be read")
    parts = tuple(one.text for one in needed(statements(notebook), name, modules))
    if not parts:
        why = "the cell that defines it is no Python yet" if is_unreadable(notebook, name) else "nothing defines it"
        return Brought(name, where, trouble=f"{why}, in {where}")
    verdict = _tried(name, "\n\n\n".join(parts), modules)
    if verdict == "stub":
        return Brought(name, where, trouble=f"not filled in yet, in {where}")
    return Brought(name, where, parts, verdict)


def _tried(name: str, code: str, modules: dict[str, ModuleType]) -> str:
    """The code by itself, on the public cases: "" if it passes, "stub" if it is empty, else what is wrong."""
    filename = f"<brought {next(_numbers)}>"
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)  # a check reads the source
    space = {"__name__": "__main__", **modules}
    try:
        with quiet(), time_limit(SECONDS):
            exec(compile(code, filename, "exec"), space)
    except TooLong:
        return f"its cell did not end within {SECONDS:g} seconds"
    except (Exception, SystemExit) as error:
        return f"by itself it stops with {type(error).__name__}: {error}"
    if name not in space:
        return "its cell takes it away again"
    exercises = [one for one in all_probes() if one.split(".")[0] == name]
    findings = [try_public_cases(one, space[name]).finding for one in exercises]
    wrong = [one for one in findings if one is not None]
    if wrong and all(one.kind == "stub" for one in wrong):
        return "stub" if len(wrong) == len(findings) else "a part of it is not filled in yet"
    return "it does not pass its check yet" if wrong else ""


def _say(found: Sequence[Brought]) -> None:
    """One line a notebook for what passes, one for each answer that is missing or does not."""
    right = [one for one in found if one.parts and not one.trouble]
    lines = []
    for path, group in groupby(right, key=lambda one: one.path):
        lines.append(f"From {path}: {', '.join(one.name for one in group)}. Tried again: passed.")
    for one in found:
        if one.trouble and one.parts:
            lines.append(
                f"{one.name}: {one.trouble}. It is brought from {one.path} as it is; better mend it there first."
            )
        elif one.trouble:
            lines.append(f"{one.name} is missing: {one.trouble}.")
    if any(not one.parts and LEFT_OUT not in one.trouble for one in found):
        lines.append(SAVED)
    print("\n".join(part for line in lines for part in wrap(line)))


def _places(chapter: str) -> list[Path]:
    """Where a chapter's notebook may lie: beside this one's folder, or in the folder of exercises above."""
    here = Path.cwd()
    exercises = find_folder(here)
    folders = dict.fromkeys(one.resolve() for one in (here.parent, exercises) if one)
    return [path for folder in folders if (path := folder / notebook_name(chapter)).is_file()]


def _shell():
    """The notebook's IPython, if its front end can be told to rewrite a cell."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell if hasattr(shell, "set_next_input") and hasattr(shell, "history_manager") else None


def _cell_text(shell, line: int) -> tuple[list[str], list[str]] | None:
    """The lines of the running cell before the call and after it; None if the cell's text is not at hand."""
    text = (shell.history_manager.input_hist_raw or [""])[-1]
    try:
        body = ast.parse(text).body
    except SyntaxError:
        return None
    calls = [one for one in body if isinstance(one, ast.Expr) and _is_call(one.value)]
    if len(calls) > 1:
        raise Hint("bring: call it once in a cell, with all names in its brackets.")
    if not calls or not calls[0].lineno <= line <= calls[0].end_lineno:
        return None
    lines = text.splitlines()
    return lines[: calls[0].lineno - 1], lines[calls[0].end_lineno :]


def _is_call(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "bring"


def _as_notebook(lines: Sequence[str]) -> dict:
    return {"cells": [{"cell_type": "code", "source": "\n".join(lines)}]}


def _defined(part: str) -> set[str]:
    return {name for one in statements(_as_notebook(part.splitlines())) for name in one.binds}
