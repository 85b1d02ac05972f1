"""What the course's nbgrader_config.py says."""

from __future__ import annotations

from pathlib import Path

from jupyter_core.paths import jupyter_config_path
from traitlets.config import Config, PyFileConfigLoader

from autograder.course_dir import BadInput, CourseDir


def nbgrader_settings(course: CourseDir) -> Config:
    """The nbgrader_config.py of the course over those of Jupyter's configuration folders, as nbgrader's own commands read them."""
    settings = Config()
    for folder in [*reversed(jupyter_config_path()), str(course.root)]:
        path = Path(folder) / "nbgrader_config.py"
        if path.exists():
            try:
                settings.merge(PyFileConfigLoader(path.name, path=folder).load_config())
            except Exception as error:
                raise BadInput(f"{path} cannot be read: {type(error).__name__}: {error}") from None
    return settings
