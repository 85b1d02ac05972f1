"""A course of some of its chapters: their texts without what leads to, or speaks of, the chapters that are left out.

What speaks of such a chapter goes by the smallest whole that can: a row of a table, words in brackets, the part behind a
semicolon, an item of a list, a sentence. So lessons keep to that: a remark on another chapter stands in one of these by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from course.probes import CHAPTERS

START = "00-start-here"  # the map, the notation, how to hand in: every other lesson leads back to it
HEART = ("00-start-here", "03-neuron", "05-layer", "06-batch", "07-relu")  # what holds together on its own
# What stands in course/lessons/ beside the lessons, without points, by the chapter that leads to it.
PAGES = {
    "00-start-here": ("glossary",),
    "07-relu": ("07b-review",),
    "10-training": ("10b-review",),
    "12-autograd": ("12b-review",),
}

LINK = re.compile(r"\[([^\]\n]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
HELD = re.compile(r"\x00(\d+)\x00")  # a link while its sentence is looked at
LESSON = re.compile(r"(?:^|/)((?:\d\d[a-z]?-[\w-]+)|glossary)(?:\.ipynb|/|$)")
NAMED = re.compile(
    r"\b((?:chapter|lesson|notebook|review)s?\s+)(\d\d(?:(?:,\s+and\s+|,\s+or\s+|,\s+|\s+(?:and|or|to)\s+)\d\d)*)\b",
    re.IGNORECASE,
)
RANGE = re.compile(r"\b00 to (\d\d)\b")
SENTENCE = re.compile(r"(?<=[.?!])(?<!\b[A-Z]\.)((?:\*\*|[\")*])*)(\s+)(?=[A-Z0-9*\"(`\x00])")
ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s", re.MULTILINE)
BRACKETS = re.compile(r"\s*\([^()]*\)")
GO_ON = re.compile(r"\bgo on (?:to|with)\b", re.IGNORECASE)
SHORT_OF_TIME = re.compile(r"^\*\*Short of time\?\*\*")
HOURS = re.compile(r"some \d+ hours in all, reviews included|some \d+ hours in all")
BACK = "Back to the [map](00-start-here.ipynb#Where-this-goes)."


def pages_of(chapter: str, chosen: Collection[str]) -> tuple[str, ...]:
    """The pages that come with a chapter. A review shuffles all chapters before it, so it comes with all of them only."""
    whole = all(one in chosen for one in CHAPTERS if one <= chapter)
    return tuple(page for page in PAGES.get(chapter, ()) if whole or "review" not in page)


def lesson_names(chosen: Collection[str]) -> list[str]:
    """The lessons and pages of a course of these chapters."""
    return [name for one in CHAPTERS if one in chosen for name in (one, *pages_of(one, chosen))]


@dataclass(frozen=True)
class Chosen:
    """A course of some chapters. names : of the chapters, in order. rows : the map's row of each lesson, from lesson 00."""

    names: tuple[str, ...]
    rows: dict[str, str]

    @property
    def left_out(self) -> frozenset[str]:
        """The chapters and pages that are not in it."""
        everything = {name for one in CHAPTERS for name in (one, *PAGES.get(one, ()))}
        return frozenset(everything - set(lesson_names(self.names)))

    def text(self, name: str, source: str) -> str:
        """The Markdown of a cell, as this course has it. name : of the lesson or chapter that it stands in."""
        if not self.left_out:
            return source
        parts = re.split(r"(\n\s*\n)", source)
        kept = [self._block(name, one) if number % 2 == 0 else one for number, one in enumerate(parts)]
        return re.sub(r"\n\s*\n(?=\s*\n\s*\n)|\A\s*\n|\n\s*\Z", "", _joined(kept))

    def _block(self, name: str, block: str) -> str:
        """A paragraph, list or table."""
        if block.lstrip().startswith(("|", "```")):
            return "\n".join(line for one in block.split("\n") if (line := self._row(one)) is not None)
        if SHORT_OF_TIME.match(block) and not set(HEART) < set(self.names):
            return ""
        block = HOURS.sub(self._time(), block)
        starts = [match.start() for match in ITEM.finditer(block)]
        pieces = [block[a:b] for a, b in zip([0, *starts], [*starts, len(block)], strict=True) if b > a]
        kept = [self._piece(name, one) for one in pieces]
        return "".join(kept).rstrip("\n") if any(map(self.speaks, pieces)) else block

    def _row(self, line: str) -> str | None:
        """A row of a table; None where it is about what is left out."""
        cells = re.split(r"(?<!\\)\|", line)
        if len(cells) < 4 or not self.speaks(line):
            return line
        first = next((cell for cell in cells if cell.strip()), "")
        if self.speaks(first):
            return None
        mended = []
        for cell in cells:
            if self.speaks(cell):
                whole = LINK.fullmatch(cell.strip()) or ", " not in cell
                cell = "" if whole and LINK.search(cell) else self._without(cell)
                cell = f" {cell.strip()} "
            mended.append(cell)
        return "|".join(mended)

    def _piece(self, name: str, piece: str) -> str:
        """A paragraph or an item of a list without what speaks of what is left out."""
        if not self.speaks(piece):
            return piece
        mark = ITEM.match(piece)
        head, body = (piece[: mark.end()], piece[mark.end() :]) if mark else ("", piece)
        body, links = _hold(body)
        sentences = SENTENCE.sub("\\1\x01\\2", body).split("\x01")
        kept = []
        for sentence in sentences:
            if GO_ON.search(sentence) and self.speaks(_release(sentence, links)):
                kept.append(f" {self._next(name)}")
            else:
                kept.append(self._sentence(sentence, links))
        text = _release("".join(kept), links)
        end = "\n" if piece.endswith("\n") else ""
        return f"{head}{text.strip()}{end}" if text.strip() else ""

    def _sentence(self, sentence: str, links: list[str]) -> str:
        """A sentence, or what is left of it: "" if it is about what is left out as a whole."""

        def speaks(phrase: str) -> bool:
            return self.speaks(_release(phrase, links))

        sentence = NAMED.sub(self._fewer, sentence)
        if not speaks(sentence):
            return sentence
        sentence = BRACKETS.sub(lambda match: "" if speaks(match[0]) else match[0], sentence)
        if not speaks(sentence):
            return sentence if re.search(r"\w|\x00", sentence) else ""
        first, *clauses = sentence.split(";")
        if not clauses or speaks(first):
            return ""
        rest = [one for one in clauses if not speaks(one)]
        end = re.search(r"[.?!:]?[\"*)]*\s*$", sentence)[0]
        return ";".join([first, *rest]) if rest and rest[-1] is clauses[-1] else ";".join([first, *rest]).rstrip() + end

    def _without(self, cell: str) -> str:
        """A cell of a table: parts between commas that speak of what is left out go; else it is read as a sentence."""
        parts = [one for one in cell.split(", ") if not self.speaks(one)]
        if LINK.search(cell) and parts:
            return ", ".join(parts)
        return self._piece("", cell.strip())

    def _fewer(self, match: re.Match) -> str:
        """ "chapters 06 and 08" as "chapter 06"; as it stands where none is left, or where it is a range."""
        numbers = re.findall(r"\d\d", match[2])
        kept = [one for one in numbers if not self._is_left_out(one)]
        if not kept or len(kept) == len(numbers) or re.search(r"\sto\s", match[2]):
            return match[0]
        word = match[1].strip().rstrip("s") + "s" * (len(kept) > 1)
        return f"{word} {', '.join(kept[:-1])}{' and ' * (len(kept) > 1)}{kept[-1]}"

    def speaks(self, text: str) -> bool:
        """Does a text lead to, or speak of, a chapter or page that is left out?"""
        for _, target in LINK.findall(text):
            if "://" not in target and any(one in self.left_out for one in LESSON.findall(target)):
                return True
        for _, numbers in NAMED.findall(text):
            if any(map(self._is_left_out, _numbers(numbers))):
                return True
        return any(map(self._is_left_out, (one for end in RANGE.findall(text) for one in _numbers(f"00 to {end}"))))

    def _is_left_out(self, number: str) -> bool:
        return any(one.startswith(f"{number}-") for one in self.left_out)

    def _next(self, name: str) -> str:
        """Where to go on after a lesson."""
        after = next((one for one in self.names if one > name), None)
        if after is None or after not in self.rows:
            return BACK
        lesson, takes = (cell.strip() for cell in self.rows[after].strip("|").split("|")[:2])
        return f"Then go on to {lesson}: {takes}."

    def _time(self) -> str:
        """How long the lessons of the map take together."""
        minutes = sum(int(self.rows[one].split("|")[3]) for one in lesson_names(self.names) if one in self.rows)
        reviews = ", reviews included" * any("review" in one for one in lesson_names(self.names))
        return (f"some {round(minutes / 60)} hours" if minutes > 240 else f"{minutes} minutes") + f" in all{reviews}"


def reach(names: Collection[str]) -> str:
    """How far these chapters go, behind "first for one neuron": ", then for a layer and a batch"."""
    further = {"05-layer": "a layer", "06-batch": "a batch", "08-network": "a whole network"}
    *first, last = [phrase for name, phrase in further.items() if name in names] or [""]
    then = f", then for {', '.join(first)}{' and ' * bool(first)}{last}" if last else ""
    return then + ", until a program of your own does it" * ("12-autograd" in names)


def chosen_course(names: Iterable[str], map_text: str) -> Chosen:
    """The course of these chapters. map_text : the table of lessons in lesson 00."""
    rows = {
        match[1]: line
        for line in map_text.splitlines()
        if (match := re.match(r"\| \[[^\]]*\]\(([^)]+)\.ipynb\)", line))
    }
    return Chosen(tuple(one for one in CHAPTERS if one in set(names)), rows)


def glossary(source: str, course: Chosen, lessons: dict[str, str]) -> str:
    """The glossary's table for a course: a term is explained where its lesson is there, else where a lesson uses it, else left out.

    lessons : the Markdown of the lessons that are there, by chapter.
    """
    if not course.left_out:
        return source
    return "\n".join(line for one in source.split("\n") if (line := _term(one, course, lessons)) is not None)


def _term(line: str, course: Chosen, lessons: dict[str, str]) -> str | None:
    cells = line.strip().strip("|").split(" | ")
    term = re.match(r"\| \*\*(.+?)\*\*", line)
    if not term or len(cells) != 3 or not course.speaks(line):
        return line
    meaning = course._piece("", cells[1].strip())
    where = cells[2].strip()
    if course.speaks(where):
        used = re.compile(rf"(?<![\w-]){re.escape(term[1].strip('`'))}(?:s|es)?(?![\w-])", re.IGNORECASE)
        users = (one for one in course.names if len(used.findall(lessons.get(one, ""))) > 2)
        found = next(users, None)
        where = f"[{found[:2]}]({found}.ipynb)" if found else ""
    return f"| **{term[1]}** | {meaning} | {where} |" if meaning and where else None


def _numbers(text: str) -> Iterator[str]:
    """The chapters that "05, 06 and 08" or "05 to 09" names."""
    yield from re.findall(r"\d\d", text)
    for first, last in re.findall(r"(\d\d)\s+to\s+(\d\d)", text):
        yield from (f"{number:02}" for number in range(int(first), int(last)))


def _hold(text: str) -> tuple[str, list[str]]:
    """The text with a token for each link: what stands in its brackets is no bracket of the sentence."""
    links: list[str] = []

    def token(match: re.Match) -> str:
        links.append(match[0])
        return f"\x00{len(links) - 1}\x00"

    return LINK.sub(token, text), links


def _release(text: str, links: Sequence[str]) -> str:
    return HELD.sub(lambda match: links[int(match[1])], text)


def _joined(parts: Sequence[str]) -> str:
    """Blocks and the blank lines between them; of a block that is gone, one of the two blank lines goes, too."""
    text = ""
    for block, blank in zip(parts[::2], [*parts[1::2], ""], strict=True):
        text += block + blank if block else ""
    return text.rstrip("\n") if not parts[-1].strip() else text
