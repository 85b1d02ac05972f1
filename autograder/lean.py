"""Import this first where a command's own start counts, in a program that runs nothing but that command.

`jsonschema`, which nbformat imports, compiles a grammar for internationalised addresses if the package for it is installed, as
it is beside JupyterLab. That takes over a second, and no notebook holds such an address to check. And the package `nbgrader`
imports its extensions for Jupyter's server, with all its commands, for whoever wants no more than its database.
"""

import sys
from types import ModuleType

sys.modules.setdefault("rfc3987_syntax", None)  # an import of it fails, which jsonschema expects


def _nothing(*_) -> None:
    """What an extension does that is not there."""


if "nbgrader" not in sys.modules:
    for name in ("assignment_list", "course_list", "formgrader", "validate_assignment"):
        extension = ModuleType(f"nbgrader.server_extensions.{name}")
        extension.load_jupyter_server_extension = _nothing
        sys.modules[extension.__name__] = extension
