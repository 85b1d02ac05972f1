"""JupyterLab as a person meets it: the server of `make lab`, Chromium, and a notebook worked with keys and mouse."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, FrameLocator, Locator, Page, expect, sync_playwright

from autograder.course_dir import CourseDir
from tests.support.grading import ROOT, scratch_course
from tests.support.needs import CHROMIUM, MAKE, missing, need, program

SETTINGS = ROOT / "autograder/publish/edition_files/settings/notebooks.json"
TOKEN = "a-test-on-this-machine"
FRONT_ENDS = {"JupyterLab": "lab/tree", "Notebook 7": "notebooks"}  # where each opens a notebook
VIEWPORT = {"width": 1400, "height": 1000}  # as wide as most screens
PATIENCE = 30  # seconds; three workers share two cores
expect.set_options(timeout=PATIENCE * 1000)
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]  # no traffic but the test's own
# What stands between a person and the page: a dialog, or a note that slides in (the news, an error).
IN_THE_WAY = ".jp-Dialog, .Toastify__toast"


def find_chromium() -> str | None:
    """The browser to use: $CHROMIUM, else the system's; None leaves the choice to playwright."""
    return os.environ.get("CHROMIUM") or program(CHROMIUM)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium without a window. Its first context keeps what it has compiled of a page, as a person's does.

    A context of `new_context` is a private window: it compiles JupyterLab anew each time, which takes half as long again.
    """
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        try:
            context = playwright.chromium.launch_persistent_context(
                profile,
                executable_path=find_chromium(),
                args=QUIET + as_root,
                timeout=PATIENCE * 1000,
                viewport=VIEWPORT,
            )
        except Error as error:
            there = "Executable doesn't exist" not in str(error)
            why = f"Chromium does not start ({str(error).splitlines()[0]})" if there else "Chromium is not installed"
            missing(why, CHROMIUM.how)
        context.set_default_timeout(PATIENCE * 1000)
        yield context.browser
        context.close()


def forget(context: BrowserContext) -> None:
    """Close the pages of a context, with all that they have stored; what was compiled for them stays."""
    session = context.new_cdp_session(context.new_page())
    addresses = [urlsplit(frame.url) for page in context.pages for frame in page.frames]
    for origin in {f"{one.scheme}://{one.netloc}" for one in addresses if one.scheme in ("http", "https", "file")}:
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    for page in context.pages:
        page.close()
    context.clear_cookies()
    context.clear_permissions()
    context.unroute_all()


def instructors_course(folder: Path) -> Path:
    """A scratch course with the lesson that `make lab` opens."""
    scratch_course(folder)
    lesson = CourseDir(folder).lessons / "00-start-here.ipynb"
    lesson.parent.mkdir(parents=True)
    shutil.copy(CourseDir(ROOT).lessons / lesson.name, lesson)
    return folder


def students_course(folder: Path) -> Path:
    """A fresh copy of what somebody who learns with `make lab` has."""
    for name in ("course", "release"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    return folder


@contextmanager
def jupyter_lab(course: Path, own: Path, lent: bool = True) -> Iterator[str]:
    """`make lab` in `course`, with settings and log in `own`; the address to open.

    lent: with this Python's packages and this project; else with the environment that `make` has made in the folder.
    """
    need(MAKE)
    port = free_port()
    # A lent environment is there already: `make` is told not to build it again.
    environment = [f"VENV={sys.prefix}", f"--old-file={sys.prefix}/.lab"] if lent else []
    own.mkdir(parents=True, exist_ok=True)
    if lent:  # what `make lab` needs in the folder, and what `make` lays into an environment that it builds
        (course / "course").mkdir(exist_ok=True)
        for name in ("Makefile", "course/lab.py"):
            shutil.copy(ROOT / name, course / name)
        (own / "jupyter_config_dir/labconfig").mkdir(parents=True, exist_ok=True)
        shutil.copy(SETTINGS, own / "jupyter_config_dir/labconfig/default_setting_overrides.json")
    with (own / "lab.log").open("w") as log:
        server = subprocess.Popen(
            ["make", "lab", *environment, f"LAB_ARGS={lab_arguments(port)}"],
            cwd=course,
            env=lab_environment(own, lent),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_until_ready(server, f"http://127.0.0.1:{port}/api/status?token={TOKEN}", own / "lab.log")
            yield f"http://127.0.0.1:{port}/?token={TOKEN}"
        finally:
            stop(server)


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def lab_arguments(port: int) -> str:
    """LAB_ARGS for a server that a test talks to."""
    arguments = f"--no-browser --ServerApp.port={port} --ServerApp.port_retries=0 --IdentityProvider.token={TOKEN}"
    return arguments + " --allow-root" * (hasattr(os, "geteuid") and os.geteuid() == 0)


def lab_environment(own: Path, lent: bool = True) -> dict[str, str]:
    """The environment of a person who has never started Jupyter: no settings but those of the installation.

    lent: with this Python's packages and this project; else without a trace of either.
    """
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR")
    folders += ("JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR", "MPLCONFIGDIR")
    environment = {**os.environ, **{name: str(own / name.lower()) for name in folders}}
    if lent:
        environment["PYTHONPATH"] = str(ROOT)
        environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    else:  # nor of the `make` that may run the tests
        for name in ("PYTHONPATH", "JUPYTER_PATH", "VIRTUAL_ENV", "MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"):
            environment.pop(name, None)
    return environment


def wait_until_ready(server: subprocess.Popen, status: str, log: Path) -> None:
    """Until a server answers at that address; RuntimeError with its log if it ends, or does not in a minute."""
    until = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(status, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the server did not come up:\n{log.read_text()}")


def stop(server: subprocess.Popen) -> None:
    """Ask make and the server to end (the server ends its kernels), and insist after a while."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, sign)
            server.wait(timeout=15)
            return
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


class Notebook:
    """The notebook in front, in JupyterLab."""

    def __init__(self, page: Page):
        self.page = page
        self.panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def opened(self, title: str) -> Notebook:
        """Wait until the notebook with that heading is there and its kernel is ready."""
        expect(self.panel.locator("h1").first).to_contain_text(title, timeout=PATIENCE * 1000)
        self.settled()
        return self

    def open_beside(self, name: str) -> None:
        """Open another notebook of the folder that the list of files shows; the page need not be loaded again."""
        self.page.locator(".jp-DirListing-item", has_text=name).dblclick()
        expect(self.page.locator(".lm-DockPanel-tabBar .lm-mod-current")).to_contain_text(name)

    def settled(self) -> None:
        """Wait until the kernel has nothing to do."""
        indicator = self.panel.locator(".jp-Notebook-ExecutionIndicator")
        expect(indicator).to_have_attribute("data-status", "idle", timeout=PATIENCE * 1000)

    def cell(self, text: str) -> Locator:
        """The code cell with this text in its source."""
        editor = self.page.locator(".jp-InputArea-editor", has_text=text)
        return self.panel.locator(".jp-CodeCell", has=editor)

    def rewrite(self, cell: Locator, line: str, new: str) -> None:
        """Put other words in the place of a line's, keeping its indentation."""
        editor = cell.locator(".cm-content")
        for _ in range(3):  # a page that is still busy with itself may take the focus away
            cell.locator(".cm-line", has_text=line).click()
            with suppress(AssertionError):
                expect(editor).to_be_focused(timeout=PATIENCE * 1000 / 6)
                break
        editor.press("Home")
        editor.press("Shift+End")
        editor.press_sequentially(new)
        expect(self.panel.locator(".cm-line", has_text=new)).not_to_have_count(0)  # a cell is found by the words it had

    def run(self, cell: Locator) -> str:
        """Run a cell with Shift+Enter and wait; what it shows."""
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        for _ in range(3):  # a page that is still busy with itself may lose the first keys
            cell.locator(".jp-InputArea-editor").click()
            self.page.keyboard.press("Shift+Enter")
            with suppress(AssertionError):
                expect(prompt).not_to_have_text(before, timeout=PATIENCE * 1000 / 3)
                break
        expect(prompt).to_have_text(re.compile(r"^\[\d+\]:$"), timeout=2 * PATIENCE * 1000)
        expect(prompt).not_to_have_text(before)
        self.settled()
        return self.output(cell)

    def output(self, cell: Locator) -> str:
        """What a cell shows."""
        # Not the inner text: what has scrolled out of sight is not laid out, and has none.
        return "\n".join(cell.locator(".jp-OutputArea-output").all_text_contents())

    def run_all(self) -> None:
        """Run > Run All Cells, and wait until the kernel has done what it could."""
        numbered = re.compile(r"^\[\d+\]:$")
        for patience in (PATIENCE / 2, 2 * PATIENCE):  # a page that is still busy with itself may lose the first click
            self.menu("Run", "Run All Cells")
            with suppress(AssertionError):
                expect(self.prompts().last).to_have_text(numbered, timeout=patience * 1000)
                break
        expect(self.prompts().last).to_have_text(numbered)
        self.settled()
        self.page.wait_for_timeout(500)  # the last cell is selected after its answer has come

    def prompts(self) -> Locator:
        """The numbers beside the code cells."""
        return self.panel.locator(
            ".jp-CodeCell .jp-InputPrompt:not(.jp-Placeholder-prompt)"
        )  # a folded cell shows none

    def menu(self, bar: str, item: str) -> None:
        """Choose from the menu bar."""
        for label, text in ((".lm-MenuBar-itemLabel", bar), (".lm-Menu-itemLabel", item)):
            self.page.locator(label, has_text=re.compile(f"^{text}$")).click()

    def save(self) -> None:
        """Ctrl+S, and wait until nothing is unsaved."""
        self.page.keyboard.press("ControlOrMeta+s")
        expect(self.page.locator(".lm-DockPanel-tabBar .lm-mod-current.jp-mod-dirty")).to_have_count(0)

    def validate(self) -> str:
        """Press nbgrader's Validate, read what its dialog says, and close it."""
        self.panel.locator(".validate-button").click()
        dialog = self.page.locator(".jp-Dialog", has_text="Validation Results")
        expect(dialog).to_be_visible(timeout=2 * PATIENCE * 1000)
        said = dialog.inner_text()
        dialog.get_by_role("button", name="Ok").click()
        expect(dialog).to_have_count(0)
        return said


def end_kernels(page: Page, address: str) -> None:
    """End every kernel of a server. address : any of its pages."""
    server = urlsplit(address)
    sessions, token = f"{server.scheme}://{server.netloc}/api/sessions", f"token={TOKEN}"
    for one in page.request.get(f"{sessions}?{token}").json():
        page.request.delete(f"{sessions}/{one['id']}?{token}")


def drawn(image: Locator, wider_than: int = 100) -> None:
    """Wait until an image shows a picture. Not by `decode()`: that fails if the next picture comes meanwhile."""
    shown = "([image, width]) => image.complete && image.naturalWidth > width"
    image.page.wait_for_function(shown, arg=[image.element_handle(), wider_than])


def open_formgrader(page: Page, lab: str) -> FrameLocator:
    """Nbgrader > Formgrader; its pages."""
    page.goto(lab)
    Notebook(page).opened("00 Start here").menu("Nbgrader", "Formgrader")
    return page.frame_locator("iframe >> visible=true")


def follow(link: Locator, shows: Locator) -> None:
    """Click a link until it has led to what it should show: formgrader lays its tables out anew when they are there already."""
    for _ in range(3):
        link.click()
        with suppress(AssertionError):
            expect(shows).to_be_visible()
            return
    expect(shows).to_be_visible()


def choose_theme(page: Page, theme: str) -> None:
    """Settings > Theme."""
    for label, text in ((".lm-MenuBar-itemLabel", "Settings"), (".lm-Menu-itemLabel", "Theme")):
        page.locator(label, has_text=re.compile(f"^{text}$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{theme}$")).click()
    expect(page.locator("body")).to_have_attribute("data-jp-theme-name", theme)
