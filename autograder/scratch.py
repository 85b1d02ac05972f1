"""Scratch courses: what is graded in them touches no other course, whatever somebody's configuration of nbgrader says."""

from __future__ import annotations

from pathlib import Path

CONFIG = "nbgrader_config.py"
# nbgrader reads the file in the current folder after those of Jupyter's folders of configuration, so these lines count.
FORCED = """

# A scratch course: whatever is said above or in a home, its folders and its gradebook are those beside this file, its chapters any.
import pathlib

_here = pathlib.Path(__file__).resolve().parent
c = get_config()  # noqa: F821
c.CourseDirectory.root = str(_here)
c.CourseDirectory.db_url = f"sqlite:///{(_here / 'gradebook.db').as_posix()}"
for _name in ("source", "release", "submitted", "autograded", "feedback", "solution"):
    setattr(c.CourseDirectory, f"{_name}_directory", _name)
c.Exchange.root = str(_here / "exchange")
c.Exchange.cache = str(_here / "cache")
c.NbGrader.logfile = ".nbgrader.log"
CHAPTERS = "all"
LANGUAGE = "en"
"""


def write_config(folder: Path, settings: str) -> None:
    """The nbgrader_config.py of a scratch course: the settings, and then what keeps the course to its own folder."""
    (folder / CONFIG).write_text(settings + FORCED, encoding="utf-8")


def own_settings(environment: dict[str, str], folder: Path) -> dict[str, str]:
    """The environment with a folder of its own for Jupyter's configuration, in place of the one in the home."""
    kept = {name: value for name, value in environment.items() if name != "JUPYTER_CONFIG_PATH"}
    return kept | {"JUPYTER_CONFIG_DIR": str(folder / ".jupyter")}
