"""A command on a bare machine: with bubblewrap, every Chromium and the like out of sight, also where they are installed.

`python tests/bare.py make test`. Each folder of PATH that holds one of these programs is replaced by a folder of links to
everything else in it. What is hidden is declared in tests/support/needs.py.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.support.needs import BEYOND

HIDDEN = {name for need in BEYOND for name in need.programs}
PYTHON = re.compile(r"python[\d.]*")


def bare_environment(folder: Path) -> dict[str, str]:
    """This process's environment without a way to any of the programs; `folder` is an empty one that outlives the command."""
    places = [place for place in os.environ["PATH"].split(os.pathsep) if place]
    shown = [str(_shown(Path(place), folder / str(number))) for number, place in enumerate(places)]
    hidden = {"PATH": os.pathsep.join(shown), "PLAYWRIGHT_BROWSERS_PATH": str(folder / "no-browser")}
    return {name: value for name, value in os.environ.items() if name not in ("CHROMIUM", "REQUIRE_ALL")} | hidden


def _shown(place: Path, links: Path) -> Path:
    """The place itself if it holds nothing to hide, else a folder of links to the rest of it."""
    if not any((place / name).exists() for name in HIDDEN):
        return place
    links.mkdir()
    for program in place.iterdir():
        if PYTHON.fullmatch(program.name):  # an environment made by a link would remember the link
            (links / program.name).write_text(f'#!/bin/sh\nexec "{program}" "$@"\n', encoding="utf-8")
            (links / program.name).chmod(0o755)
        elif program.name not in HIDDEN:
            (links / program.name).symlink_to(program)
    return links


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bare-") as folder:
        os.chmod(folder, 0o755)  # another user, whom a test becomes, finds programs by these links, too
        return subprocess.run(sys.argv[1:], env=bare_environment(Path(folder))).returncode


if __name__ == "__main__":
    sys.exit(main())
