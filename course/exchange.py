"""Where exercises come through nbgrader's exchange: Assignment List, and one folder for what it fetches.

A server extension, switched on with the student edition. Where there is no exchange, as on a student's own computer, it does
nothing. Where there is one, students get nbgrader's Assignment List, and everything is fetched to the `exercises` that the
lessons' links lead to.
"""

from __future__ import annotations

import os
from pathlib import Path

EXERCISES = "exercises"
ON_A_HUB = "backprop"  # what a hub makes in a student's home (course/on_a_hub.py)
EXCHANGE = "COURSE_EXCHANGE"  # tells the notebooks that exercises are fetched, and from where
ASSIGNMENT_LIST = {"@jupyter/nbgrader:assignment-list", "@jupyter/nbgrader:menu"}


def exercises_folder(start: Path | None = None) -> Path:
    """The folder of a student's exercises: the nearest from `start` (default: here) upwards with `course` beside it, the one on
    a hub, or one here.

    The path is absolute: nbgrader changes to this folder before it reads a second time where it is.
    """
    start = (start or Path.cwd()).absolute()
    for above in (start, *start.parents, Path.home() / ON_A_HUB):
        if (above / EXERCISES).is_dir() and (above / "course").is_dir():
            return above / EXERCISES
    return start if start.name == EXERCISES else start / EXERCISES


def exchange_root() -> Path | None:
    """The exchange that nbgrader's configuration names, if it is on this machine."""
    from nbgrader.apps import NbGrader
    from nbgrader.exchange import ExchangeFactory

    app = NbGrader()
    app.load_config_file()
    root = Path(ExchangeFactory(config=app.config).List(config=app.config).root)
    return root if root.is_dir() else None


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "course.exchange"}]


def _load_jupyter_server_extension(server) -> None:
    """Switch Assignment List on if there is an exchange."""
    root = exchange_root()
    if root is None:
        return
    from nbgrader.server_extensions import assignment_list

    exercises_folder(Path(server.root_dir)).mkdir(exist_ok=True)
    assignment_list.load_jupyter_server_extension(server)
    os.environ[EXCHANGE] = str(root)


async def _start_jupyter_server_extension(server) -> None:
    """Once all is loaded: JupyterHub puts a hook of its own in the place of every other."""
    if os.environ.get(EXCHANGE):
        settings = server.web_app.settings
        settings["page_config_hook"] = _with_assignment_list(settings.get("page_config_hook"))


def _with_assignment_list(before):
    """A hook for the pages of JupyterLab and Notebook that leaves Assignment List on."""

    def hook(handler, page_config):
        if before:
            page_config = before(handler, page_config)
        off = page_config.get("disabledExtensions", [])
        return {**page_config, "disabledExtensions": [name for name in off if name not in ASSIGNMENT_LIST]}

    return hook
