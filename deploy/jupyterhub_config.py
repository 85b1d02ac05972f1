"""JupyterHub 5 for one course, run by root in /srv/backprop/hub. README.md beside this file lays out the folders it names."""

import grp
from pathlib import Path

HUB = Path(__file__).parent
COURSE, STUDENTS = HUB.parent / "course", HUB.parent / "students"
STAFF = "backprop-staff"  # the group of those who see solutions and grade; everybody else is a student

c = get_config()  # noqa: F821 (JupyterHub puts it there)

c.JupyterHub.bind_url = "http://127.0.0.1:8000"  # put a web server that speaks HTTPS before it
c.JupyterHub.db_url = f"sqlite:///{HUB}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = f"{HUB}/cookie_secret"
c.ConfigurableHTTPProxy.command = [f"{HUB}/node_modules/.bin/configurable-http-proxy"]
c.ConfigurableHTTPProxy.pid_file = f"{HUB}/proxy.pid"

c.Authenticator.allow_all = True  # whoever has an account and a password on this machine


def own_server(spawner) -> None:
    """Staff get JupyterLab in the course's folder, with its environment; students in a folder of their own, with theirs."""
    if spawner.user.name in grp.getgrnam(STAFF).gr_mem:
        programs = COURSE / ".venv/bin"
        # What one of the staff writes there the others may change: umask 002, and groupshared in nbgrader_config.py.
        start = (
            f'umask 002 && cd {COURSE} && PATH={programs}:$PATH exec {programs}/python -m jupyterhub.singleuser "$@"'
        )
        spawner.cmd = ["/bin/sh", "-c", start, "sh"]
        spawner.notebook_dir = str(COURSE)
        spawner.default_url = "/lab"
    else:
        spawner.cmd = [f"{STUDENTS}/.venv/bin/python", "-m", "course.on_a_hub"]


c.Spawner.pre_spawn_hook = own_server
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 60
