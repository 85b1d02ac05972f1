"""The graphs that step, in the book: the stored frames and questions, and the script that JupyterLab runs, without a kernel.

What a graph asks, takes for right and says is made by course/stepping.py and judged by course/static/step_graph.js, here as
there. A browser loads no module from a file on disk, so the script stands in the page.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from pathlib import Path

from nbformat import NotebookNode

from course.live import script
from course.stepping import STEPS

GLUE = Path(__file__).with_name("stepping.js")
ANSWERS = "The gradients, from right to left"
STILL_END = "</div>"


def steps_of(cell: NotebookNode) -> list[NotebookNode]:
    """The outputs of a cell that hold a graph to step through."""
    return [output for output in cell.get("outputs", []) if STEPS in output.get("data", {})]


def bring_to_life(outputs: list[NotebookNode]) -> None:
    """Let the graphs of a page step.

    Where no script runs, and on paper, each stays the still picture, with its gradients folded below it.
    """
    for output in outputs:
        state = json.loads(output.data.pop(STEPS))
        still = output.data["text/html"].removesuffix(STILL_END) + answers(state) + STILL_END
        output.data["text/html"] = (
            f'{still}<script type="application/json" class="course-steps">{embedded(state)}</script>'
        )
    if outputs:
        code = f"{script('step_graph.js')}\n{GLUE.read_text(encoding='utf-8')}"
        outputs[-1].data["text/html"] += f'<script type="module">\n{code}</script>'


def embedded(state: Mapping) -> str:
    """JSON that ends no element of the page, whatever its words hold."""
    return json.dumps(state, ensure_ascii=False).replace("<", "\\u003c")


def answers(state: Mapping) -> str:
    """What is folded below the still picture: every gradient that it does not show yet."""
    rest = state["questions"][state["shown"] :]
    items = "".join(f"<li>{html.escape(one['place'])}: {html.escape(one['printed'])}</li>" for one in rest)
    return f'<details class="steps"><summary>{ANSWERS}</summary><ol>{items}</ol></details>' if rest else ""
