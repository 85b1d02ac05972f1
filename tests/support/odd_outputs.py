"""Outputs, texts, attachments and metadata as no sensible notebook has them, drawn from a seed."""

from __future__ import annotations

import base64
from random import Random

PARTS = """< </ <div> <table><tr><td> <b> <p%style='color: <img%src=" <svg><g> <script> <style> <details> <!-- --> &# &amp; http://
[ ]( ![ ![]( $ $$ \\[ \\( \\\\[ \\begin{a} \\frac ` ``` * _ > - 1. # | |-| ~~ = : ( ) ' " ''' \"\"\" 0 a A== _a_ def% class%A:
lambda%x: f'{ javascript: attachment: data:image/png;base64, 😀 é"""
PARTS = [part.replace("%", " ") for part in PARTS.split()]
PARTS += [
    "\x1b[31m",
    "\x1b[1;38;5;200m",
    "\x1b[",
    "\x1b[0m",
    "\x1b]0;t\x07",
    "\u202e",
    "\u2028",
    "\ud800",
    "\x00",
    "\x08",
]
PARTS += ["\n", "\n\n", "\r", "\t", " ", "\\", "%"]
TEXTS = ["text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml", "application/javascript", "text/x"]
PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"]
VIEW, STATE = "application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json"
JSON = [
    "application/json",
    "application/geo+json",
    "application/vnd.plotly.v1+json",
    "application/vnd.vegalite.v5+json",
    STATE,
]
LONGEST = 200_000  # characters of a text, about; a sandbox lets through as much


def text(draw: Random) -> str:
    """A few parts, each again and again; now and then one of them to the end."""
    if draw.random() < 0.15:
        return repeated(draw.choice(PARTS), draw.randint(1, LONGEST))
    chosen = draw.choices(PARTS, k=draw.randint(1, 12))
    joined = "".join(repeated(part, draw.choice([1, 1, 2, 9, draw.randint(1, 20_000)])) for part in chosen)
    return repeated(joined, draw.choice([1, 1, 1, 40 * len(joined)]))


def repeated(part: str, characters: int) -> str:
    return (part * (characters // len(part) + 1))[: max(len(part), min(characters, LONGEST))]


def value(draw: Random, depth: int = 0):
    """A JSON value of any kind: lists in lists, odd keys, numbers that are none."""
    kind = draw.choice(
        ["text", "number", "word", "list", "table", "list", "table"] if depth < 8 else ["word", "number"]
    )
    if kind == "text":
        return text(draw)[:2_000]
    if kind == "number":
        return draw.choice([0, -1, 2**70, 1e308, 0.1, float("nan"), float("inf")])
    if kind == "word":
        return draw.choice([None, True, False, "", "a", "\ud800"])
    if draw.random() < 0.1:
        return nested(draw.randint(1, 200))
    inner = [value(draw, depth + 1) for _ in range(draw.randint(0, 5))]
    return inner if kind == "list" else {text(draw)[:20]: one for one in inner}


def nested(levels: int) -> list:
    """A list in a list in a list."""
    found: list = []
    for _ in range(levels):
        found = [found]
    return found


def picture(draw: Random) -> str:
    """One that is none, of a length between nothing and a megabyte; or text in its place."""
    whole = base64.b64encode(draw.randbytes(draw.choice([0, 60, 5_000, 700_000]))).decode()
    return draw.choice([whole, whole, whole + draw.choice(["=", " ", "'", "<", "\n" * 3_000]), text(draw)])


def bundle(draw: Random) -> dict:
    """The forms of an output, one to four."""
    data: dict = {}
    for _ in range(draw.randint(1, 4)):
        kind = draw.choice([*TEXTS, *TEXTS, *PICTURES, *JSON, VIEW, text(draw)[:40]])
        if kind == VIEW:
            data[kind] = {"model_id": draw.choice(["a", "", 5, text(draw)[:200]]), "version_major": 2}
        elif kind in JSON or draw.random() < 0.05:
            data[kind] = value(draw)
        else:
            data[kind] = picture(draw) if kind in PICTURES else text(draw)
    return data


def metadata(draw: Random) -> dict:
    """Of an output, a cell or a notebook: what looks at it may expect something else."""
    size = {"width": draw.choice([1, -5, "9em", text(draw)[:60]]), "height": value(draw)}
    tags = draw.choice([["raises-exception", "hide-input"], text(draw)[:60], value(draw)])
    known = {
        "image/png": size,
        "text/html": {"isolated": True},
        "tags": tags,
        "scrolled": True,
        "slideshow": {"slide_type": value(draw)},
    }
    known |= {
        "widgets": {STATE: {"state": value(draw)}},
        "editable": False,
        text(draw)[:30]: value(draw),
        "jupyter": None,
    }
    return {key: known[key] for key in draw.sample(list(known), draw.randint(0, 4))}


def output(draw: Random) -> dict:
    """One output of the four kinds that a notebook has."""
    kind = draw.choice(["stream", "error", "display_data", "display_data", "execute_result"])
    if kind == "stream":
        return {"output_type": kind, "name": draw.choice(["stdout", "stderr"]), "text": text(draw)}
    if kind == "error":
        lines = [text(draw) for _ in range(draw.randint(0, 30))] if draw.random() < 0.3 else [text(draw)]
        return {"output_type": kind, "ename": text(draw), "evalue": text(draw), "traceback": lines}
    counted = {"execution_count": draw.choice([None, 1])} if kind == "execute_result" else {}
    return {"output_type": kind, "data": bundle(draw), "metadata": metadata(draw), **counted}


def attachments(draw: Random) -> dict:
    """Pictures pasted into a cell, by name."""
    names = ["image.png", "a b.jpg", text(draw)[:50], "../a.svg"]
    return {
        draw.choice(names): {draw.choice([*PICTURES, "image/svg+xml"]): picture(draw)}
        for _ in range(draw.randint(0, 3))
    }
