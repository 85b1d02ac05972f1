"""Front ends for notebooks, each with a server, and if need be an environment, of its own; and the cells that JupyterLab shows."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support import browser

SETTINGS = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},  # all cells are in the page, seen or not
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
}


@dataclass(frozen=True)
class FrontEnd:
    """A program with a page for notebooks.

    packages : of its own environment; none: those of this project. command : how its server starts. place : of a notebook, in
    its address. arguments : what the server is told; {} stands for the port, [] for the token.
    """

    packages: tuple[str, ...]
    command: str
    place: str
    arguments: tuple[str, ...] = ("--ServerApp.port={}", "--IdentityProvider.token=[]", "--ServerApp.port_retries=0")


FRONT_ENDS = {
    "lab": FrontEnd((), "jupyterlab", "lab/tree"),
    "notebook-7": FrontEnd((), "notebook", "notebooks"),
    "collaboration": FrontEnd(
        ("jupyterlab==4.6.6", "jupyter-collaboration==5.0.4", "ipykernel==7.4.0"), "jupyterlab", "lab/tree"
    ),
    "notebook-6": FrontEnd(
        ("notebook==6.5.7", "ipykernel==6.29.5", "setuptools==75.8.0"),
        "notebook",
        "notebooks",
        ("--NotebookApp.port={}", "--NotebookApp.token=[]", "--NotebookApp.port_retries=0"),
    ),
}


def python_of(name: str, own: Path) -> str:
    return str(own / "environment/bin/python") if FRONT_ENDS[name].packages else sys.executable


def install(name: str, own: Path) -> str:
    """Make a front end's environment; why it could not be made ("" if it is there)."""
    own.mkdir()
    if not FRONT_ENDS[name].packages:
        return ""
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    make = [uv, "venv", "-q", "--python", sys.executable, str(own / "environment")]
    fill = [uv, "pip", "install", "-q", "--python", python_of(name, own), *FRONT_ENDS[name].packages]
    for words in (make, fill):
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode:
            return done.stderr.strip().splitlines()[-1]
    return ""


@contextmanager
def served(name: str, folder: Path, own: Path) -> Iterator[Callable[[str], str]]:
    """A server on a folder; what gives a notebook's address there."""
    front_end, python = FRONT_ENDS[name], python_of(name, own)
    settings = own / "jupyter_config_dir/labconfig/default_setting_overrides.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(SETTINGS))
    port = browser.free_port()
    told = [one.replace("{}", str(port)).replace("[]", browser.TOKEN) for one in front_end.arguments]
    told += ["--no-browser", *["--allow-root"] * (os.geteuid() == 0)]
    environment = browser.lab_environment(own, lent=not front_end.packages)
    environment["PATH"] = os.pathsep.join([str(Path(python).parent), environment["PATH"]])
    address, log = f"http://127.0.0.1:{port}", own / "server.log"
    with log.open("w") as file:
        server = subprocess.Popen(
            [python, "-m", front_end.command, *told],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            browser.wait_until_ready(server, f"{address}/api/status?token={browser.TOKEN}", log)
            yield lambda path: f"{address}/{front_end.place}/{path}?reset&token={browser.TOKEN}"
        finally:
            browser.stop(server)


class Cells:
    """The cells of a notebook in JupyterLab or Notebook 7, by their place."""

    def __init__(self, page: Page):
        self.page, self.all = page, page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")

    def choose(self, at: int) -> None:
        """Select a cell; keys are commands then."""
        self.all.nth(at).locator(".jp-InputArea-prompt").first.click()
        expect(self.all.nth(at)).to_contain_class("jp-mod-selected")
        self.page.keyboard.press("Escape")

    def keys(self, at: int, *keys: str) -> None:
        self.choose(at)
        for key in keys:
            self.page.keyboard.press(key)

    def split(self, at: int, line: str | re.Pattern) -> None:
        """Before the first line with these words."""
        count = self.all.count()
        self.all.nth(at).locator(".cm-line", has_text=line).first.click()
        self.page.keyboard.press("Home")
        self.page.keyboard.press("Control+Shift+Minus")
        expect(self.all).to_have_count(count + 1)

    def write_below(self, at: int, text: str, markdown: bool = False) -> None:
        """A new cell."""
        count = self.all.count()
        self.keys(at, "b")
        expect(self.all).to_have_count(count + 1)
        self.keys(at + 1, *["m"] * markdown, "Enter")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Escape")
