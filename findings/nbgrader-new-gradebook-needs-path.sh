#!/usr/bin/env bash
# nbgrader 0.9.6 makes a new gradebook only where a program named `alembic` is on PATH.
#
# Expected: a Python of an environment that is called by its full path (by cron, by a service, by another program) works as when the
# environment is activated.
# Seen: whoever opens a gradebook that is not there yet gets "FileNotFoundError: 'alembic'", since nbgrader asks that program for the
# version of its tables; the file is there by then, with its tables and without the version, so that the next opening says nothing,
# and `nbgrader db upgrade` finds no version to go on from. With the environment's programs on PATH all is well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q nbgrader==0.9.6 setuptools==80.9.0
cd "$folder"
cat >open.py <<'PYTHON'
import sqlite3, sys

from nbgrader.api import Gradebook

try:
    Gradebook("sqlite:///" + sys.argv[1]).close()
    said = "opened"
except FileNotFoundError as wrong:
    said = f"FileNotFoundError: {wrong.filename}"
tables = [name for (name,) in sqlite3.connect(sys.argv[1]).execute("select name from sqlite_master where type = 'table'")]
print(f"{said}; {len(tables)} tables, {'with' if 'alembic_version' in tables else 'without'} a version")
PYTHON
first=$(PATH=/usr/bin:/bin "$folder/env/bin/python" open.py one.db)
again=$(PATH=/usr/bin:/bin "$folder/env/bin/python" open.py one.db)
activated=$(PATH="$folder/env/bin:$PATH" "$folder/env/bin/python" open.py two.db)
printf '%s\n' "by full path: $first" "again: $again" "activated: $activated"
[[ $first == "FileNotFoundError: alembic;"*" without a version" && $again == "opened;"*" without a version" &&
    $activated == "opened;"*" with a version" ]]
