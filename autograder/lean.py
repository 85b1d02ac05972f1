"""Import this first where a command's own start counts.

`jsonschema`, which nbformat imports, compiles a grammar for internationalised addresses if the package for it is installed, as
it is beside JupyterLab. That takes over a second, and no notebook holds such an address to check.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # an import of it fails, which jsonschema expects
