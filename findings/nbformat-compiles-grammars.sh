#!/usr/bin/env bash
# nbformat 5.11.1 beside JupyterLab 4.6.6: each `import nbformat` compiles 39 grammars of addresses, and takes several times as long.
#
# Expected: jupyter_events asks for jsonschema's extra `format-nongpl`, which adds checks of some formats, for whoever asks for them.
# Seen: jsonschema 4.26.0 imports rfc3987-syntax 1.1.0 at once, and that compiles 39 grammars with lark 1.3.1 while it is imported,
# although no notebook holds an internationalised address. Every server, every nbgrader command and every converter pays for it.
# With `sys.modules["rfc3987_syntax"] = None` before the import none is compiled, and jsonschema goes without those formats.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q nbformat==5.11.1 jsonschema==4.26.0 jupyter-events==0.12.1 rfc3987-syntax==1.1.0 lark==1.3.1
cat >"$folder/count.py" <<'PYTHON'
import sys, time

import lark

if "without" in sys.argv:
    sys.modules["rfc3987_syntax"] = None
made = []
init = lark.Lark.__init__
lark.Lark.__init__ = lambda self, *words, **more: (made.append(1), init(self, *words, **more))[1]
started = time.process_time()
import nbformat

print(len(made), f"grammars compiled, {time.process_time() - started:.2f} s of processor time")
sys.exit(len(made) != (0 if "without" in sys.argv else 39))
PYTHON
"$folder/env/bin/python" "$folder/count.py" >/dev/null # with bytecode from here on
"$folder/env/bin/python" "$folder/count.py"
"$folder/env/bin/python" "$folder/count.py" without
