"""Import this before JupyterLab or nbformat: each starts in little more than half the time.

`jsonschema`, which both import, compiles 39 grammars for internationalised addresses (1.3 s), and reads durations, if the packages
for that are installed, as they are beside JupyterLab. No notebook and no setting holds such a thing to check.
"""

import sys

for name in ("rfc3987_syntax", "isoduration"):
    sys.modules.setdefault(name, None)  # an import of it fails, which jsonschema expects
