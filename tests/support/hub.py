"""A JupyterHub for one course on this machine, with people of flesh and uid: laid out by the commands of deploy/README.md.

Its names get an ending of their own and its folder another place, so that nothing of the machine is touched; at the end the
servers, the people and the folder are gone.
"""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.first_lab import instructors_edition
from tests.support.browser import free_port
from tests.support.grading import ROOT
from tests.support.needs import MAKE, NPM, need

PAGE = ROOT / "deploy/README.md"
PLACE, GROUP, PEOPLE = "/srv/backprop", "backprop-staff", ("teacher", "tutor", "ada", "ben")
PASSWORD = secrets.token_urlsafe(12)
PATIENCE = 60  # seconds
# What another program may have told this one about itself.
LEFT_OUT = re.compile(r"PYTHON|VIRTUAL_ENV|JUPYTER|IPYTHON|MAKE|MFLAGS|PYTEST|UV_LINK_MODE|XDG_")


def commands(language: str, *, heading: str) -> list[str]:
    """The blocks of the page that are written in that language under a heading: `bash` is for root, `sh` for the staff."""
    text = PAGE.read_text(encoding="utf-8").split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


class Hub:
    """Where everything is, who the people are, and how each of them runs a command."""

    def __init__(self, place: Path):
        self.place, self.tag = place, secrets.token_hex(2)
        self.people = {name: f"{name}-{self.tag}" for name in PEOPLE}
        self.group = f"{GROUP}-{self.tag}"
        self.port = free_port()

    @property
    def course(self) -> Path:
        return self.place / "course"

    def home(self, name: str) -> Path:
        return Path(pwd.getpwnam(self.people[name]).pw_dir)

    def here(self, text: str) -> str:
        """The page's words with this hub's place and people."""
        text = text.replace(PLACE, str(self.place)).replace(GROUP, self.group)
        return re.sub(rf"\b({'|'.join(PEOPLE)})\b(?!-)", lambda name: self.people[name[0]], text)

    def set_up(self) -> None:
        """Everything that the page has root do."""
        instructors_edition(self.course)
        for name in ("nbgrader_config.py", "deploy/jupyterhub_config.py"):
            path = self.course / name
            path.write_text(self.here(path.read_text(encoding="utf-8")), encoding="utf-8")
        run(self.here("\n".join(commands("bash", heading="Set up"))), PYTHON=python_for_everybody())
        names = "\n".join(f"{name}:{PASSWORD}" for name in self.people.values())
        subprocess.run(["chpasswd"], input=names, encoding="utf-8", check=True)

    def as_(self, name: str, script: str, good: bool = True) -> str:
        """Run commands as one of the people, in their home; what was said. RuntimeError if they fail (or, not good, do not)."""
        return run(script, "runuser", "-l", self.people[name], "-c", 'exec bash -euo pipefail -c "$0"', good=good)

    def as_staff(self, name: str, script: str) -> str:
        """Commands of the page, as one of the staff in the course's folder."""
        begin = f"umask 002 && cd {self.course} && . .venv/bin/activate"
        return self.as_(name, f"{begin}\n{script}")

    @contextmanager
    def running(self) -> Iterator[str]:
        """The hub; its address. The page's own configuration, on ports that are free."""
        folder, log = self.place / "hub", self.place / "hub/hub.log"
        ports = {"JupyterHub.bind_url": self.port, "JupyterHub.hub_bind_url": free_port()}
        ports["ConfigurableHTTPProxy.api_url"] = free_port()
        lines = ["c = get_config()", "load_subconfig('jupyterhub_config.py')"]
        lines += [f"c.{name} = 'http://127.0.0.1:{port}'" for name, port in ports.items()]
        (folder / "on_free_ports.py").write_text("\n".join(lines), encoding="utf-8")
        command = [folder / ".venv/bin/jupyterhub", "-f", "on_free_ports.py"]
        with log.open("w") as said:
            hub = subprocess.Popen(
                command, cwd=folder, env=plain(), stdout=said, stderr=subprocess.STDOUT, start_new_session=True
            )
            try:
                wait_for(f"http://127.0.0.1:{self.port}/hub/api/", hub, log)
                yield f"http://127.0.0.1:{self.port}"
            except BaseException:
                print(log.read_text()[-6000:], file=sys.stderr)
                raise
            finally:
                hub.terminate()  # it ends the students' servers and the proxy
                with suppress(subprocess.TimeoutExpired):
                    hub.wait(timeout=30)
                with suppress(ProcessLookupError):
                    os.killpg(hub.pid, signal.SIGKILL)

    def clear_away(self) -> None:
        """No process, no person and no folder is left."""
        for name in self.people.values():
            with suppress(KeyError):
                end_all_of(pwd.getpwnam(name).pw_uid)
                subprocess.run(["userdel", "--remove", name], capture_output=True)
        subprocess.run(["groupdel", self.group], capture_output=True)
        shutil.rmtree(self.place, ignore_errors=True)
        left = [
            name for name in self.people.values() if subprocess.run(["id", name], capture_output=True).returncode == 0
        ]
        left += [str(path) for path in (self.place, *Path("/home").glob(f"*-{self.tag}")) if path.exists()]
        if left:
            raise RuntimeError(f"left behind: {', '.join(left)}")


@contextmanager
def hub() -> Iterator[Hub]:
    """A hub that is set up, not running yet; afterwards nothing of it is left. The needs are those of the page."""
    need(MAKE), need(NPM)
    place = Path(tempfile.mkdtemp(prefix="hub-"))
    place.chmod(0o755)
    made = Hub(place)
    try:
        made.set_up()
        yield made
    finally:
        made.clear_away()


def run(script: str, *words: str, good: bool = True, **environment: str) -> str:
    """Run commands with bash, through what the words name; all that was said."""
    command = [*words, script] if words else ["bash", "-euo", "pipefail", "-c", script]
    done = subprocess.run(
        command, env=plain() | environment, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8"
    )
    if (done.returncode == 0) != good:
        raise RuntimeError(f"exit status {done.returncode}:\n{script}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def plain() -> dict[str, str]:
    """This process's environment without what speaks of this project."""
    return {name: value for name, value in os.environ.items() if not LEFT_OUT.match(name)}


def python_for_everybody() -> str:
    """A Python that not only root may run, as environments for others need it."""
    for python in ("/usr/bin/python3", "/usr/local/bin/python3", os.path.realpath(sys.executable)):
        asked = ["runuser", "-u", "nobody", "--", python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
        if subprocess.run(asked, capture_output=True).returncode == 0:
            return python
    raise RuntimeError("there is no Python 3.11 or later that other people of this machine may run")


def wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(address, timeout=5).close()
            return
        time.sleep(0.2)
    raise RuntimeError(f"the hub did not come up; it said:\n{log.read_text()}")


def end_all_of(uid: int) -> None:
    """End whatever somebody of ours still runs, until nothing is left."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        theirs = [int(path.name) for path in Path("/proc").glob("[0-9]*") if owner(path) == uid]
        if not theirs:
            return
        for process in theirs:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        time.sleep(0.1)


def owner(path: Path) -> int | None:
    try:
        return path.stat().st_uid
    except OSError:
        return None
