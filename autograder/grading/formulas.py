"""Formulas of a text as MathML, which browsers draw by themselves: nbconvert's pages fetch MathJax from the network for them.

What is written to the page is made anew from a list of elements and attributes; text in it is text.
"""

from __future__ import annotations

import html
import re
from itertools import pairwise
from xml.etree.ElementTree import Element

LIMIT = 1_000  # characters of a formula; the longest of the course has 150
DEPTH = 60  # of elements in elements

ELEMENTS = re.compile(
    "math|mfrac|mi|mn|mo|mover|mpadded|mroot|mrow|mspace|msqrt|mstyle|msub|msubsup|msup|mtable|mtd|mtext|mtr|munder|munderover"
)
ATTRIBUTES = {
    "accent": {"true", "false"},
    "display": {"block", "inline"},
    "displaystyle": {"true", "false"},
    "form": {"prefix"},
    "mathvariant": {"normal"},
    "scriptlevel": set("0123"),
    "stretchy": {"true", "false"},
}
SIZES = {"width", "minsize", "maxsize"}
SIGNS, CLOSING = ("-", "+", "\N{MINUS SIGN}"), (")", "]", "}", "|", "!")
# The letters of `\mathtt`, which MathML has as characters of their own: the first of each kind.
MONOSPACE = {"A": 0x1D670, "a": 0x1D68A, "0": 0x1D7F6}


def as_mathml(formula: str, block: bool) -> str | None:
    """The formula, written as in LaTeX, as an element of a page; None for one that is too long, or none that is known."""
    from latex2mathml.converter import convert_to_element

    if len(formula) > LIMIT:
        return None
    try:
        return _written(convert_to_element(formula, display="block" if block else "inline"), DEPTH)
    except Exception:  # of the converter, at what is no formula
        return None


def _written(element: Element, deep: int) -> str:
    if not ELEMENTS.fullmatch(element.tag) or not deep:
        raise ValueError(element.tag)
    text = _text(element)
    if element.get("mathvariant") == "monospace":
        text = "".join(map(_monospace, text))
    for before, sign in pairwise(element):
        if {before.tag, sign.tag} == {"mo"} and _text(sign) in SIGNS and _text(before) not in CLOSING:
            sign.set("form", "prefix")  # the minus of z = -3 stands close to its number
    attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items() if _plain(name, value))
    within = "".join(_written(one, deep - 1) for one in element)
    return f"<{element.tag}{attributes}>{html.escape(text)}{within}</{element.tag}>"


def _text(element: Element) -> str:
    """Without the converter's own form of characters."""
    return html.unescape(element.text or "")


def _plain(name: str, value: str) -> bool:
    if name in SIZES:
        return value.endswith("em") and value.removesuffix("em").replace(".", "", 1).removeprefix("-").isdecimal()
    return value in ATTRIBUTES.get(name, ())


def _monospace(letter: str) -> str:
    for first, there in MONOSPACE.items():
        if letter.isascii() and letter.isalnum() and 0 <= (place := ord(letter) - ord(first)) < 26:
            return chr(there + place)
    return letter
