#!/usr/bin/env bash
# nbgrader 0.9.6: partial credit that is a number of numpy's becomes full credit as soon as numpy is 2.
#
# A test cell's last line may give the points earned, as a number. nbgrader reads it from the cell's printed result, and takes what it
# cannot read as a number for full credit. numpy 2 prints its own numbers with their type.
# Expected: a cell of 4 points that ends in `4 * np.mean([True, False, False, False])` gives 1 point with every numpy.
# Seen: 1.0 with numpy 1.26.4, 4.0 with numpy 2.4.6; what says so is one warning in the log. `float(...)` around it gives 1.0 with both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export JUPYTER_CONFIG_DIR="$folder/configuration"
failed=0
for numpy in 1.26.4 2.4.6; do
    python3 -m venv "$folder/$numpy"
    "$folder/$numpy/bin/pip" install -q nbgrader==0.9.6 setuptools==80.9.0 numpy==$numpy
    mkdir -p "$folder/course-$numpy"
    cd "$folder/course-$numpy"
    PATH="$folder/$numpy/bin:$PATH" "$folder/$numpy/bin/python" - $numpy <<'PYTHON' || failed=1
import pathlib, subprocess, sys

import nbformat
from nbgrader.api import Gradebook

numpy = sys.argv[1]


def test_cell(name, last):
    cell = nbformat.v4.new_code_cell(f"import numpy as np\n{last}")
    cell.metadata["nbgrader"] = dict(grade=True, solution=False, locked=True, grade_id=name, points=4, schema_version=3, cell_type="code", task=False)
    return cell


share = "4 * np.mean([True, False, False, False])"
notebook = nbformat.v4.new_notebook(cells=[test_cell("of-numpy", share), test_cell("a-float", f"float({share})")])
notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
source = pathlib.Path("source/one/one.ipynb")
source.parent.mkdir(parents=True)
nbformat.write(notebook, source)
for words in (["generate_assignment", "one"], ["autograde", "one"]):
    if words[0] == "autograde":
        hand_in = pathlib.Path("submitted/ada/one/one.ipynb")
        hand_in.parent.mkdir(parents=True)
        hand_in.write_bytes(pathlib.Path("release/one/one.ipynb").read_bytes())
    done = subprocess.run(["nbgrader", *words, "--quiet"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
with Gradebook("sqlite:///gradebook.db") as book:
    seen = {grade.name: grade.auto_score for grade in book.find_submission_notebook("one", "one", "ada").grades}
print(f"numpy {numpy}: of 4 points, np.mean gives {seen['of-numpy']}, float(np.mean) gives {seen['a-float']}")
sys.exit(seen != {"of-numpy": 1.0 if numpy.startswith("1.") else 4.0, "a-float": 1.0})
PYTHON
done
exit $failed
