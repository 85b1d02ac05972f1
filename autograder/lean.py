"""Import this first where a command's own start counts, in a program that runs nothing but that command.

What nbgrader and nbformat import for other commands than ours takes longer than all of SQLAlchemy:

- `jsonschema`, which nbformat imports, compiles grammars (course/without_grammars.py).
- the package `nbgrader` imports its extensions for Jupyter's server, with all its commands, for whoever wants its database.
- `nbgrader.utils` imports setuptools to unpack archives, `nbgrader.auth` requests to ask JupyterHub. Both come when they are used.
- `nbgrader.api` starts another Python, which imports all of this, to learn the version that it writes into a new gradebook.
"""

import importlib.abc
import importlib.util
import sys
from types import ModuleType

import course.without_grammars  # noqa: F401


def _nothing(*_) -> None:
    """What an extension does that is not there."""


def _unpack(name: str):
    """A function of setuptools that imports it when it is called."""

    def unpack(*arguments, **more):
        sys.modules.pop(ARCHIVES, None)
        return getattr(importlib.import_module(ARCHIVES), name)(*arguments, **more)

    return unpack


def schema_version() -> str:
    """What `alembic heads` prints for nbgrader's gradebook: the version of its tables. 0.2 s; the command takes 4."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import _temp_alembic_ini

    with _temp_alembic_ini("sqlite://") as settings:
        return ScriptDirectory.from_config(Config(settings)).get_current_head()


class _Gradebooks(importlib.abc.MetaPathFinder):
    """Finds `nbgrader.api`, once, and has it ask `schema_version`."""

    def find_spec(self, name, path, target=None):
        if name != "nbgrader.api":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        execute = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            execute(module)
            module.get_alembic_version = schema_version

        spec.loader.exec_module = exec_module
        return spec


ARCHIVES = "setuptools.archive_util"
if "nbgrader" not in sys.modules:
    sys.meta_path.insert(0, _Gradebooks())
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
