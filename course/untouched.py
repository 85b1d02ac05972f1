"""A notebook that nobody has touched closes without a question.

JupyterLab writes into an opened notebook which Python its kernel is, finds the notebook changed, and asks "Save changes?" when
it is closed. The server of the course hands notebooks out with that already in them; the files stay as they are.
"""

from __future__ import annotations

import sys

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

OUR_KERNEL = "python3"
NOT_TRUSTED = "is not trusted"  # said at each opening and saving
LANGUAGE = {  # what ipykernel says of itself (its `language_info`); importing it would hold up the first page
    "name": "python",
    "version": sys.version.split()[0],
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": 3},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}


class Notebooks(AsyncLargeFileManager):
    """The server's files, as usual; a notebook for this Python says so before its kernel does.

    The terminal does not say of each new notebook that it is not trusted: nobody can act on that there. What is trusted is
    Jupyter's business, as ever.
    """

    def __init__(self, **settings):
        super().__init__(**settings)
        self.log.addFilter(lambda record: NOT_TRUSTED not in str(record.msg))

    async def get(self, path, content=True, type=None, format=None, **more):
        """The model of a file or folder, as in Jupyter's contents API."""
        model = await super().get(path, content, type, format, **more)
        if model["type"] == "notebook" and model["content"]:
            metadata = model["content"]["metadata"]
            if metadata.get("kernelspec", {}).get("name") == OUR_KERNEL:
                metadata["language_info"] = dict(LANGUAGE)
        return model
