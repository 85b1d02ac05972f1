"""Make or refresh the environment of this course: `python3 environment.py .venv --editable .`

With uv, which takes seconds: the one on PATH or, where there is none, one that pip puts into the environment. Where uv cannot be
had, or fails, pip does the same in more time. Only what Python brings along is imported, since nothing else is there yet.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import threading
import time
import venv
from pathlib import Path

OLDEST = (3, 11)  # as pyproject.toml says
if sys.version_info < OLDEST:  # which can read this file, but not run what follows
    has, needs = [".".join(map(str, version)) for version in (sys.version_info[:3], OLDEST)]
    print(
        f"{sys.executable} is Python {has}, and {needs} or later is needed: as in `make lab PYTHON=python3.13`.",
        file=sys.stderr,
    )
    sys.exit(2)

CONSTRAINTS = Path(__file__).with_name("constraints.txt")
UV = next((line for line in CONSTRAINTS.read_text(encoding="utf-8").split() if line.startswith("uv==")), "uv")
SILENCE = 2  # seconds until the next word of life
WIDTH = 70


class Problem(Exception):
    """What is wrong, and what to do about it: one line."""


def make_environment(folder: Path, wanted: list[str], compiled: bool) -> None:
    """Put `wanted`, as pip's command line names it, and pip into an environment in `folder`, which is made if need be.

    compiled : with bytecode for everything; else Python makes it of what it imports, when it does.
    """
    make_folder(folder)
    python = program(folder, "python")
    asked = ["install", "--constraint", str(CONSTRAINTS), *wanted]
    uv = find_uv(folder)
    if uv and watched(
        f"installing what {CONSTRAINTS.name} lists, with uv",
        [uv, "pip", *asked, "pip", "--python", python, *["--compile-bytecode"] * compiled],
    ):
        return
    pip = find_pip(python)
    if not pip:
        raise Problem(
            f"{sys.executable} has no pip, and there is no uv. On Debian and Ubuntu: sudo apt install python3-venv. Then again."
        )
    if not watched(
        "installing with pip, which takes longer", [*pip, *asked, "pip", *["--no-compile"] * (not compiled)]
    ):
        raise Problem("nothing could be installed: is there a network? What pip said stands above. Then again.")


def make_folder(folder: Path) -> None:
    """An empty environment of this Python in `folder`; one that is there, works and is of the same version stays."""
    if not (folder / "pyvenv.cfg").is_file():
        if folder.exists() and any(folder.iterdir()):
            raise Problem(
                f"{folder} is there and is no environment of Python: remove it, or name another with VENV=FOLDER."
            )
    else:
        code = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
        if runs([program(folder, "python"), "-c", code]):
            return
    print(f"making an environment in {folder}, of Python {'.'.join(map(str, sys.version_info[:3]))}", flush=True)
    venv.EnvBuilder(clear=True, symlinks=os.name != "nt").create(folder)


def find_uv(folder: Path) -> str | None:
    """uv: the environment's own, else that of the machine, else one that pip fetches now; None if none can be had."""
    for uv in (program(folder, "uv"), shutil.which("uv")):
        if uv and runs([uv, "--version"]):
            return uv
    pip = find_pip(program(folder, "python"))
    if pip:
        watched("fetching uv, which installs the rest", [*pip, "install", "--no-compile", UV])
    return program(folder, "uv")


def find_pip(python: str) -> list[str] | None:
    """The command that is pip for that environment: its own, else this Python's, else the one that Python brings along."""
    own = [python, "-m", "pip"]
    if runs([*own, "--version"]):
        return own
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", python]
    return own if importlib.util.find_spec("ensurepip") and runs([python, "-m", "ensurepip"]) else None


def program(folder: Path, name: str) -> str | None:
    """The path of a program in the environment."""
    return shutil.which(name, path=str(folder / ("Scripts" if os.name == "nt" else "bin")))


def runs(command: list[str]) -> bool:
    """Does it end well? Nothing of what it says is shown."""
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True).returncode == 0
    except OSError:
        return False


def watched(doing: str, command: list[str]) -> bool:
    """Run a command and say, every other second, where it is. Does it end well? If not, all that it said is shown."""
    print(f"{doing} ...", flush=True)
    started, said = time.monotonic(), []
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen(command, **pipes, text=True, encoding="utf-8", errors="replace")
    reader = threading.Thread(target=lambda: [said.append(line.strip()) for line in process.stdout], daemon=True)
    reader.start()
    while True:
        try:
            process.wait(SILENCE)
            break
        except subprocess.TimeoutExpired:
            last = next((line for line in reversed(said) if line), "")
            print(f"{time.monotonic() - started:5.0f} s  {last[:WIDTH]}", flush=True)
    reader.join()
    if process.returncode:
        print("\n".join(said), file=sys.stderr)
    return process.returncode == 0


def main(arguments: list[str]) -> int:
    compiled = "--compile" in arguments
    folder, *wanted = [word for word in arguments if word != "--compile"]
    started = time.monotonic()
    try:
        make_environment(Path(folder), wanted, compiled)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; the same command again goes on from here.", file=sys.stderr)
        return 130
    print(f"the environment is ready, after {time.monotonic() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
