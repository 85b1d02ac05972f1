#!/usr/bin/env bash
# In nbgrader 0.9.6 an exception in pre_convert_hook stops nothing: it is logged at level INFO, and the conversion goes on.
#
# Expected: a hook that runs before a submission is converted, and raises, keeps that submission from being converted, as an
# exception in a preprocessor does.
# Seen: `nbgrader generate_assignment` with a hook that raises writes the release all the same and exits with status 0. A check
# that is put there guards nothing; it has to be a preprocessor.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q nbgrader==0.9.6 setuptools==80.9.0
export PATH="$folder/env/bin:$PATH" JUPYTER_CONFIG_DIR="$folder/no-configuration"
mkdir -p "$folder/course/source/one"
cd "$folder/course"
cat > nbgrader_config.py <<'PYTHON'
c = get_config()


def refuse(**_):
    raise RuntimeError("this one is not to be converted")


c.GenerateAssignment.pre_convert_hook = refuse
PYTHON
python - <<'PYTHON'
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

notebook = new_notebook(cells=[new_code_cell("1 + 1")])
notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
nbformat.write(notebook, "source/one/one.ipynb")
PYTHON
status=0
nbgrader generate_assignment one > said.txt 2>&1 || status=$?
grep -c "this one is not to be converted" said.txt | sed 's/^/times the exception is logged: /'
echo "exit status: $status"
ls release/one
test "$status" = 0 && test -f release/one/one.ipynb && grep -q "Pre-convert hook failed" said.txt
