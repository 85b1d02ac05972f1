"""JupyterLab, started as `make lab` does: it says that it is coming. Before its own first words there are seconds of silence."""

import sys
import threading
import time
from pathlib import Path

import course.without_grammars  # noqa: F401 (before all that imports jsonschema)
from course.corrected import offer
from course.progress_table import find_folder

SILENCE = 3  # seconds until the next word of life
# What the server is told; in the student edition settings/etc/jupyter_server_config.json says the same to a plain `jupyter lab`.
SERVER = (
    "--ServerApp.contents_manager_class=course.untouched.Notebooks",
    "--MappingKernelManager.transport_encryption=auto",  # else each kernel warns in the terminal that nothing is encrypted
    "--LanguageServerManager.autodetect=False",  # else it lists two dozen language servers that are not installed
)


def say_so(came: threading.Event) -> None:
    """Until it came."""
    print("JupyterLab is starting; to end it, press Ctrl+C twice ...", flush=True)
    started = time.monotonic()
    while not came.wait(SILENCE):
        print(f"{time.monotonic() - started:5.0f} s  still starting", flush=True)


def main() -> None:
    """JupyterLab with the command line's own arguments. First a word on exercises that were corrected since they were copied."""
    folder = find_folder(Path.cwd())
    if folder:
        offer(folder)
    came = threading.Event()
    threading.Thread(target=say_so, args=[came], daemon=True).start()
    import nbgrader  # noqa: F401 (its extension would be imported in silence)
    from jupyterlab.labapp import main as jupyterlab

    came.set()
    sys.exit(jupyterlab([*SERVER, *sys.argv[1:]]))


if __name__ == "__main__":
    main()
