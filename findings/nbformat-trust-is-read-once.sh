#!/usr/bin/env bash
# nbformat's `NotebookNotary.check_cells` says something else the second time: asking takes the marks away.
#
# Expected: a method that answers whether all cells of a notebook are trusted leaves them as they are.
# Seen with nbformat 5.11.1: it removes `trusted` from each cell's metadata as it looks, so that a notebook just marked with
# `mark_cells(notebook, True)` is trusted when it is asked first and not when it is asked again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q nbformat==5.11.1
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
import sys

from nbformat.sign import MemorySignatureStore, NotebookNotary
from nbformat.v4 import new_code_cell, new_notebook, new_output

shown = new_output("display_data", {"text/html": "<b>1</b>"})
notebook = new_notebook(cells=[new_code_cell("show()", outputs=[shown])])
notary = NotebookNotary(store_factory=MemorySignatureStore)
notary.mark_cells(notebook, True)
seen = [notary.check_cells(notebook) for _ in range(2)]
print("asked twice:", seen, "; metadata left:", dict(notebook.cells[0].metadata))
sys.exit(seen != [True, False] or "trusted" in notebook.cells[0].metadata)
PYTHON
