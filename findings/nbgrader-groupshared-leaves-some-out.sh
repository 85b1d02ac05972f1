#!/usr/bin/env bash
# nbgrader 0.9.6: `groupshared = True` leaves out the gradebook and each student's folder below autograded/ and feedback/.
#
# Expected: with CourseDirectory.groupshared, everything nbgrader makes can be written by the group: several people grade one course.
# Seen (umask 022, one person's run of generate_assignment, autograde and generate_feedback): folders and files of release/, autograded/
# and feedback/ are group-writable, but gradebook.db is not (SQLite makes it, with the umask), nor are autograded/STUDENT and feedback/STUDENT: whoever
# grades second can record nothing, and can add no second assignment of that student. `chmod g+w` on both (g+ws on folders) mends it.
set -euo pipefail
umask 022
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export JUPYTER_CONFIG_DIR="$folder/configuration"
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q nbgrader==0.9.6 setuptools==80.9.0
export PATH="$folder/env/bin:$PATH"
mkdir -p "$folder/course/source/one" "$folder/course/submitted/ada/one"
cd "$folder/course"
printf 'c = get_config()\nc.CourseDirectory.groupshared = True\n' >nbgrader_config.py
python - <<'PYTHON'
import nbformat

cell = nbformat.v4.new_code_cell("assert True")
cell.metadata["nbgrader"] = dict(grade=True, solution=False, locked=True, grade_id="a", points=1, schema_version=3, cell_type="code", task=False)
notebook = nbformat.v4.new_notebook(cells=[cell])
notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
nbformat.write(notebook, "source/one/one.ipynb")
PYTHON
nbgrader generate_assignment one --quiet
cp release/one/one.ipynb submitted/ada/one/
nbgrader autograde one --quiet
nbgrader generate_feedback one --quiet
python - <<'PYTHON'
import pathlib, stat, sys

made = ["gradebook.db", "release/one", "release/one/one.ipynb", "autograded/ada", "autograded/ada/one", "autograded/ada/one/one.ipynb"]
made += ["feedback/ada", "feedback/ada/one", "feedback/ada/one/one.html"]
seen = {name: bool(pathlib.Path(name).stat().st_mode & stat.S_IWGRP) for name in made}
for name, writable in seen.items():
    print(f"{name:<30} the group {'can' if writable else 'cannot'} write")
sys.exit([name for name in made if not seen[name]] != ["gradebook.db", "autograded/ada", "feedback/ada"])
PYTHON
