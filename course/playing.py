"""Pictures with controls: move a slider, and the picture is drawn anew.

    play(lambda rate: descent(rate), rate=slider("learning rate", 0.0, 0.2, step=0.01, start=0.05))

Where no kernel runs (a notebook just opened, exported HTML, the book) the same output is the picture at the first values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from anywidget import AnyWidget
from ipywidgets import Dropdown, FloatSlider, Layout, ValueWidget, VBox
from traitlets import Dict, Int

from course.live import STATIC, display_live, script
from course.picture import Picture

FRAME = "course-play"  # the class by which static/play.js finds the controls
LABELS = {"description_width": "initial"}  # as wide as the words, never cut


class Stage(AnyWidget):
    """Where the picture stands. One `<img>` stays and gets new contents, so nothing blinks or jumps while one drags.

    It also looks after the controls around it, for which ipywidgets leaves three things undone. JupyterLab takes arrow
    keys, Enter and single letters for its own commands (move the selection, delete the cell) even while a control has
    the focus, unless that asks it not to; a slider's handle has no name that a screen reader could say; and
    nothing shows which control the keyboard has reached.
    """

    _esm = script("play.js")
    _css = (STATIC / "play.css").read_text(encoding="utf-8")
    picture = Dict().tag(sync=True)
    heard = Int(0).tag(sync=True)  # how often the script has asked whether the kernel is there

    def __init__(self):
        super().__init__()
        self.on_msg(self._answer)

    def _answer(self, *_message: object) -> None:
        self.heard += 1


class Play(VBox):
    """The controls above the picture. `picture` is the one shown now."""

    def __init__(self, draw: Callable[..., Picture], controls: dict[str, ValueWidget]):
        self._draw, self._controls = draw, controls
        self._stage = Stage()
        self._redraw()
        super().__init__([*controls.values(), self._stage])
        self.add_class(FRAME)
        for control in controls.values():
            control.observe(self._redraw, names="value")

    def _redraw(self, _change: object = None) -> None:
        self.picture = self._draw(**{name: control.value for name, control in self._controls.items()})
        self._stage.picture = {
            "svg": self.picture.svg,
            "alt": self.picture.alt,
            "least_width": self.picture.least_width,
        }

    def _ipython_display_(self) -> None:
        display_live(self, self.picture.html, str(self.picture))


def play(draw: Callable[..., Picture], **controls: ValueWidget) -> Play:
    """`draw(**values)` with a control for each of its arguments: any ipywidgets widget with a value."""
    return Play(draw, controls)


def slider(label: str, low: float, high: float, *, step: float, start: float, slow: bool = False) -> FloatSlider:
    """A slider for one number, moved with the mouse or the arrow keys; its number can be typed over.

    slow: draw only when it is let go, for pictures that take longer than a blink.
    """
    return FloatSlider(
        value=start,
        min=low,
        max=high,
        step=step,
        description=label,
        continuous_update=not slow,
        readout_format=f".{_decimals(step)}f",
        style=LABELS,
        layout=Layout(width="min(32em, 100%)"),
    )


def choice(label: str, options: Sequence[str], *, start: str) -> Dropdown:
    """One of several words, from a list."""
    return Dropdown(
        options=list(options), value=start, description=label, style=LABELS, layout=Layout(width="max-content")
    )


def _decimals(step: float) -> int:
    """As many digits as the step has: 0.25 has two."""
    return len(f"{step:.10f}".rstrip("0").split(".")[1])
