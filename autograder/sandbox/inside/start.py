"""Where the fork server starts: `python -P start.py SETTINGS`, from whatever place this folder has in the sandbox.

What runs here bears the names it has outside, so that there is one class of each error. But of the autograder only this folder
is there: `autograder` and `autograder.sandbox` are empty here, wherever the real ones may be installed.
"""

import sys
from pathlib import Path
from types import ModuleType

for name, folders in (("autograder", []), ("autograder.sandbox", [str(Path(__file__).parent.parent)])):
    sys.modules[name] = ModuleType(name)
    sys.modules[name].__path__ = folders
sys.modules["autograder"].sandbox = sys.modules["autograder.sandbox"]

from autograder.sandbox.inside.server import main  # noqa: E402

main()
