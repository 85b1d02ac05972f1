"""What a submission wrote, as markup that runs nothing and fetches nothing. Text in, HTML out.

An allow-list: what is not named here does not reach the page.
"""

from __future__ import annotations

import html
import re
from collections import Counter

from bleach.sanitizer import Cleaner
from mistune import import_plugin
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.token import STANDARD_TYPES

from autograder.grading.formulas import as_mathml
from autograder.grading.pictures import Pictures

MARKDOWN_LIMIT = 20_000  # characters of a cell; the longest of the course has 8,000
HTML_LIMIT = 500_000  # characters of an output, pictures not counted
TAGS_LIMIT = 4_000  # in an output: a table of 60 rows and 20 columns has 2,600
FORMULAS_LIMIT = 300  # of a text; most of the course have 20
DEPTH_LIMIT = 300  # of tags in tags, about: the time that cleaning takes grows with its square
NESTING_LIMIT = 200  # of what the parsers look for the end of, from every place where it begins


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


TAGS = _set(
    """a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre progress q s samp small span strong
    sub summary sup table tbody td tfoot th thead tr u ul var"""
)
# Of highlighted code, and of a table. No others: the page's own scripts find its buttons and fields by their classes and ids.
CLASSES = {*STANDARD_TYPES.values(), "highlight", "dataframe"}
EMPTY = _set("br col hr img")
WORDS = _set("alt title aria-label align valign scope dir lang open")
NUMBERS = _set("colspan rowspan span start border width height value max")
STYLES = _set(
    """width height max-width max-height min-width color background-color border border-collapse padding
    font-family font-size font-style font-weight text-align text-decoration vertical-align white-space"""
)

BASE64 = re.compile(r"[A-Za-z0-9+/\s]+={0,2}")  # stripped: no two parts of it may want the same spaces
# An <img> runs no script of an SVG.
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}")
# Not to this server; nbconvert then drops a `files/` in front.
LINK = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+")
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,5}(?:\.\d{1,5})?%?")
DECLARATION = re.compile(r"([a-z-]+)\s*:[\w\s.,%#-]+")  # stripped; no brackets: no address in it
IMAGE = re.compile(r"""(<img\b[^<>]{0,500}?\bsrc=["'])([^"'<>]{1,300})(["'])""", re.IGNORECASE)
# For the looks only: their text means nothing.
SILENT = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1>", re.IGNORECASE)
ENDLESS = re.compile(r"\\\\\[|\\\\\(|\\begin\{|!?\[(?=!?\[)|\](?=\])")  # openings that markdown seeks the end of
PLUGINS = [import_plugin(name) for name in MarkdownWithMath.DEFAULT_PLUGINS if name != "task_lists"]  # no input fields


FORMULA = re.compile(r'<var title="formula-(\d{1,5})">([^<]*)</var>')


class TooMuch(Exception):
    """More than can be made into a page in a reasonable time."""


class _PlainStyle:
    """The `style` of a tag: if every declaration is plain, the text as it is; else those that are."""

    def sanitize_css(self, style: str) -> str:
        parts = style.split(";")
        plain = [part for part in parts if (one := DECLARATION.fullmatch(part.strip())) and one[1] in STYLES]
        return style if len(plain) == len([part for part in parts if part.strip()]) else ";".join(plain)


def _attribute(tag: str, name: str, value: str) -> bool:
    if name == "src":
        return tag == "img" and PICTURE.fullmatch(value) is not None
    if name == "href":
        return tag == "a" and LINK.fullmatch(value) is not None
    if name == "class":
        return set(value.split()) <= CLASSES
    return name in WORDS or name == "style" or (name in NUMBERS and NUMBER.fullmatch(value) is not None)


def harmless_html(text: str, show_others: bool = False) -> str:
    """The markup of `text` that is harmless; other tags are left out, or shown as text. TooMuch if there is too much."""
    bare = PICTURE.sub("", text)
    if len(bare) > HTML_LIMIT or bare.count("<") > TAGS_LIMIT or _depth(bare) > DEPTH_LIMIT:
        raise TooMuch
    cleaner = Cleaner(  # one a call: it may not be shared between threads
        tags=TAGS,
        attributes=_attribute,
        protocols={"http", "https", "mailto", "data"},
        strip=not show_others,
        css_sanitizer=_PlainStyle(),
    )
    return cleaner.clean(SILENT.sub("", text))


def _depth(text: str) -> int:
    """How many tags are open at once, at the most; about, since a tag that nobody closes counts as open to the end."""
    opened: Counter[str] = Counter()
    deepest = now = 0
    for close, name in TAG.findall(text):
        name = name.lower()
        if not close:
            step = name not in EMPTY
        elif opened[name] and "<!--" not in text:  # what is closed in a comment is not closed
            step = -1
        else:
            continue
        opened[name] += step
        now += step
        deepest = max(deepest, now)
    return deepest


class _Renderer(IPythonRenderer):
    """nbconvert's renderer, with the pictures that were handed in; of one that is not there, what names it is shown. In the place
    of a formula it leaves an element with its number, and its text: see `_with_formulas`."""

    def __init__(self, pictures: Pictures):
        super().__init__(escape=False, embed_images=True, exclude_anchor_links=True)
        self.pictures = pictures
        self.formulas: list[tuple[str, bool]] = []

    def inline_math(self, body: str) -> str:
        return self._formula(body, False, super().inline_math(body))

    def block_math(self, body: str) -> str:
        return self._formula(body, True, super().block_math(body))

    def _formula(self, body: str, block: bool, text: str) -> str:
        self.formulas.append((body, block))
        return f'<var title="formula-{len(self.formulas) - 1}">{text}</var>'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        if url.startswith("attachment:") and self.pictures.address(url) is None:
            return html.escape(f"![{text}]({url})")
        return super().image(text, url, title)

    def _embed_image_or_attachment(self, src: str) -> str:
        return self.pictures.address(src) or src

    def _html_embed_images(self, html: str) -> str:
        return IMAGE.sub(lambda found: f"{found[1]}{self.pictures.address(found[2]) or found[2]}{found[3]}", html)


def harmless_markdown(source: str, pictures: Pictures | None = None) -> str:
    """A markdown text as HTML; as the text it is, if it is too long or nested to be anything else."""
    if len(source) > MARKDOWN_LIMIT or len(ENDLESS.findall(source)) > NESTING_LIMIT:
        return as_text(source)
    try:
        renderer = _Renderer(pictures or Pictures())
        rendered = MarkdownWithMath(renderer=renderer, plugins=PLUGINS).render(source)
        return _with_formulas(harmless_html(rendered, show_others=True), renderer.formulas)
    except Exception:  # of the parsers: a picture that is not attached, a depth that they cannot reach
        return as_text(source)


def _with_formulas(cleaned: str, formulas: list[tuple[str, bool]]) -> str:
    """Markup with its formulas drawn; one that cannot be is the text it was. (In an attribute the cleaner leaves no `<`.)"""

    def drawn(found: re.Match) -> str:
        number = int(found[1])
        return (number < min(len(formulas), FORMULAS_LIMIT) and as_mathml(*formulas[number])) or found[2]

    return FORMULA.sub(drawn, cleaned)


def as_text(source: str) -> str:
    """The text itself, nothing in it meaning anything."""
    return f"<pre>{html.escape(source)}</pre>"


def is_base64(text: str) -> bool:
    """True if a picture may be put into a page in this form."""
    return BASE64.fullmatch(text.strip()) is not None
