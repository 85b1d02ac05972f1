"""From opening a lesson's address in a browser until its kernel is idle: JupyterLab as each checkout starts it, one server each."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

TOKEN = "a-bench-on-this-machine"
PATIENCE = 60  # seconds for a server, and for a page
IDLE = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-ExecutionIndicator[data-status=idle]"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync")


def why_no_page() -> str:
    """What is missing to open one; "" if nothing is."""
    try:
        import playwright  # noqa: F401
    except ModuleNotFoundError:
        return "playwright is not installed: make .venv/.test"
    return "" if _browser() else "Chromium is not installed, or name one in CHROMIUM"


def _browser() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


@contextlib.contextmanager
def lab(root: Path, python: str, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """JupyterLab of a checkout on a folder; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = root / "course" / "lab.py"  # older checkouts start JupyterLab as it is
    command = [python, "-P", str(ours)] if ours.exists() else [python, "-m", "jupyterlab"]
    command += ["--no-browser", f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}"]
    command += ["--allow-root"] * (hasattr(os, "geteuid") and os.geteuid() == 0)
    own = {name: str(folder / name.lower()) for name in ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    with (folder / "lab.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=folder, env=environment | own, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        _wait_for(server, f"http://127.0.0.1:{port}/api/status?token={TOKEN}", folder / "lab.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        for ask in (signal.SIGTERM, signal.SIGKILL):  # the first lets it end its kernels
            server.send_signal(ask)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(15)
                break


def _wait_for(server: subprocess.Popen, address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not come up: {log.read_text(errors='replace')[-500:]}")


@contextlib.contextmanager
def opening() -> Iterator[Callable[[str, str], float]]:
    """A function that opens a notebook of a server in a fresh profile, and gives the seconds until its kernel is idle."""
    from playwright.sync_api import sync_playwright

    as_root = ["--no-sandbox"] * (hasattr(os, "geteuid") and os.geteuid() == 0)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_browser(), args=[*QUIET, *as_root])

        def seconds(address: str, notebook: str) -> float:
            with browser.new_context() as context:
                page = context.new_page()
                start = time.perf_counter()
                page.goto(f"{address}/lab/tree/{notebook}?token={TOKEN}")
                page.locator(IDLE).wait_for(timeout=PATIENCE * 1000)
                return time.perf_counter() - start

        yield seconds
        browser.close()
