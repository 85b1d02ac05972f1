"""A widget, and the still picture that stands for it wherever the widget cannot live.

The two are outputs of their own: first the picture, then the widget, which hides the picture as long as it lives. One output that
holds both would not do: JupyterLab takes the widget out of it, and where its kernel has gone (run, restart, save, reload) says
"model not found" in the place of the picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from IPython.display import display
from ipywidgets import DOMWidget

STATIC = Path(__file__).parent / "static"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# Without its model the output behind a still picture holds one sentence and no element: nothing anybody could act on.
HIDE_THE_LOST = (
    "<style>.jp-OutputArea-child:has(.course-still) + .jp-OutputArea-child"
    " > .jp-OutputArea-output:not(:has(*)) { display: none }</style>"
)


def script(name: str) -> str:
    """The script of a widget, with what all of them share: see static/live.js."""
    return "\n".join((STATIC / one).read_text(encoding="utf-8") for one in ("live.js", name))


def still_output(still_html: str) -> str:
    """What stands still as it is kept in a notebook."""
    return f'<div class="course-still">{still_html}{HIDE_THE_LOST}</div>'


def display_live(widget: DOMWidget, still_html: str, text: str, kept: Mapping[str, str] | None = None) -> None:
    """Show what stands still, then the widget.

    still_html : what is kept where nothing runs. text : the same as plain text. kept : what else is stored beside it,
    by media type; no notebook shows it.
    """
    display({"text/html": still_output(still_html), "text/plain": text, **(kept or {})}, raw=True)
    view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    display({WIDGET_VIEW: view}, raw=True)
