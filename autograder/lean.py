"""Import this first where a command's own start counts, in a program that runs nothing but that command.

What nbgrader and nbformat import for other commands than ours takes longer than all of SQLAlchemy:

- `jsonschema`, which nbformat imports, compiles a grammar for internationalised addresses and reads durations, if the packages
  for that are installed, as they are beside JupyterLab. No notebook holds such a thing to check.
- the package `nbgrader` imports its extensions for Jupyter's server, with all its commands, for whoever wants its database.
- `nbgrader.utils` imports setuptools to unpack archives, `nbgrader.auth` requests to ask JupyterHub. Both come when they are used.
"""

import importlib.util
import sys
from types import ModuleType

for name in ("rfc3987_syntax", "isoduration"):
    sys.modules.setdefault(name, None)  # an import of it fails, which jsonschema expects


def _nothing(*_) -> None:
    """What an extension does that is not there."""


def _unpack(name: str):
    """A function of setuptools that imports it when it is called."""

    def unpack(*arguments, **more):
        sys.modules.pop(ARCHIVES, None)
        return getattr(importlib.import_module(ARCHIVES), name)(*arguments, **more)

    return unpack


ARCHIVES = "setuptools.archive_util"
if "nbgrader" not in sys.modules:
    for name in ("assignment_list", "course_list", "formgrader", "validate_assignment"):
        extension = ModuleType(f"nbgrader.server_extensions.{name}")
        extension.load_jupyter_server_extension = _nothing
        sys.modules[extension.__name__] = extension
    if "setuptools" not in sys.modules:
        archives = ModuleType(ARCHIVES)
        for name in ("unpack_archive", "unpack_tarfile", "unpack_zipfile"):
            setattr(archives, name, _unpack(name))
        sys.modules[ARCHIVES] = archives
    if "requests" not in sys.modules and (found := importlib.util.find_spec("requests")):
        found.loader = importlib.util.LazyLoader(found.loader)
        sys.modules["requests"] = importlib.util.module_from_spec(found)
        found.loader.exec_module(sys.modules["requests"])
