"""Which file of a hand-in's folder is the notebook: the one of the right name, or the one in which the work stands.

Work is looked for beside a notebook that was left as it was handed out, under other names, with `.txt` or `.json` behind, in a
folder too many and in one zip. Where two files could be meant none is taken, and the notes say which they are.
"""

from __future__ import annotations

import contextlib
import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.grading.matching import is_this_notebook
from autograder.grading.notebook_file import SIZE_LIMIT, Unreadable, read_hand_in
from autograder.grading.repair import NEEDS_A_PERSON, is_untouched
from autograder.grading.template import Template, layout_free
from autograder.grading.words import listed

CANDIDATES_LIMIT = 10  # files that are looked into, when the right one is missing, or holds no work
ZIP_ENTRIES = 500
ZIP_FILES = 10 * 2**20  # bytes of what lies beside the notebook in a zip
ZIP_DIRECTORY = 2**17  # bytes of a zip's list of files, which is read as a whole
OTHER_NAMES = (".ipynb", ".txt", ".json", ".download", ".part", ".crdownload", "")  # of files that may hold a notebook
ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
MAY_HOLD_WORK = (*ARCHIVES, ".ipynb", ".py", ".html", ".pdf", ".docx")  # for a person who opens it
TROUBLE = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
LEFT_BY_SYSTEMS = ("__MACOSX", ".ipynb_checkpoints")


@dataclass(frozen=True)
class File:
    """A file that may be the notebook. place : where it was found; neighbours : reads the files that lie with it in a zip."""

    place: str
    size: int
    read: Callable[[], bytes]
    neighbours: Callable[[], dict[str, bytes]] | None = None

    @property
    def folder(self) -> str:
        """The part of the hand-in it stands in; "" for the hand-in itself."""
        return str(PurePosixPath(self.place).parent).removeprefix(".")

    @property
    def stem(self) -> str:
        return PurePosixPath(self.place).stem

    @property
    def is_a_backup(self) -> bool:
        """Called `batch.ipynb~` or `batch.ipynb.1`: it counts where there is no other work, and is no other work itself."""
        return PurePosixPath(self.place).suffix.lower() not in OTHER_NAMES

    @property
    def is_at_its_place(self) -> bool:
        """Where nbgrader looks for notebooks."""
        return "/" not in self.place and self.place.endswith(".ipynb")


@dataclass(frozen=True)
class Found:
    """The notebook of a hand-in: its bytes (None: there is none), and the file it was taken from if it stood elsewhere."""

    raw: bytes | None
    elsewhere: File | None = None

    def with_neighbours(self, files: dict[str, bytes]) -> dict[str, bytes]:
        """The hand-in's support files as the notebook sees them: those of the folder or the zip it was found in lie beside it."""
        if self.elsewhere is None or not self.elsewhere.folder:
            return files
        with_it = self.elsewhere.neighbours() if self.elsewhere.neighbours else {}
        folder = f"{self.elsewhere.folder}/"
        with_it |= {name.removeprefix(folder): content for name, content in files.items() if name.startswith(folder)}
        return with_it | files


@dataclass(frozen=True)
class _Read:
    """A candidate that is the notebook by its cells. work : its answers, so that copies of one work count as one."""

    file: File
    raw: bytes
    touched: bool
    work: str


def files_in(folder: Path, paths: list[Path]) -> list[File]:
    """The files that may be a notebook, best first: beside each other, then below, then in the zip if there is just one."""
    files, zips = [], []
    for path in paths:
        place = PurePosixPath(path.relative_to(folder).as_posix())
        if _is_left_by_a_system(place):
            continue
        if path.suffix.lower() == ".ipynb" or (_may_hold_a_notebook(place) and _begins_as_a_notebook(path)):
            files.append(File(str(place), path.stat().st_size, lambda path=path: _beginning(path)))
        elif path.suffix.lower() == ".zip":
            zips.append(path)
    files.sort(key=lambda one: (not one.is_at_its_place, one.place.count("/")))
    return files + (list(_in_zip(zips[0], zips[0].relative_to(folder).as_posix())) if len(zips) == 1 else [])


def find(template: Template, files: list[File], taken: set[str], notes: list[str], others: list[str]) -> Found:
    """The notebook among the files. taken : names of the assignment's notebooks; others : all files of the folder, to be named."""
    named = next((one for one in files if one.is_at_its_place and one.stem == template.notebook), None)
    rest = [one for one in files if one is not named and not (one.is_at_its_place and one.stem in taken)]
    if named and not rest:
        return Found(named.read())
    mine = _look_into([named], template, [])[0:1] if named else []
    alike = _look_into(rest, template, notes)
    with_work = {one.work: one for one in reversed(alike) if one.touched}
    if mine and mine[0].touched:
        with_work.pop(mine[0].work, None)
        if with_work := {work: one for work, one in with_work.items() if not one.file.is_a_backup}:
            notes.append(f"{NEEDS_A_PERSON}{named.place} was graded; other work stands in {_places(with_work)}")
        return Found(mine[0].raw)
    state = ("is untouched" if mine else "cannot be read") if named else ""
    return _instead(template, named, state, list(with_work.values()), alike, notes, _not_there(template, others, taken))


def _instead(
    template: Template,
    named: File | None,
    state: str,
    with_work: list[_Read],
    alike: list[_Read],
    notes: list[str],
    not_there: str,
) -> Found:
    """What counts where the notebook is missing (then `not_there` is said), cannot be read, or was left as it was handed out."""
    right, state = f"{template.notebook}.ipynb", state or "is missing"
    choice = with_work or ([] if named else list({one.work: one for one in alike}.values()))
    if len(choice) == 1:
        place = choice[0].file.place
        notes.append(
            f"{right} {state}; the work stands in {place!r}, and that was graded"
            if named
            else f"{right} was handed in as {place!r}"
        )
        return Found(choice[0].raw, choice[0].file)
    if choice:
        places = _places({one.work: one for one in choice})
        notes.append(
            f"{NEEDS_A_PERSON}{right} {state}, and any of {places} could be it: keep one, under its right name"
        )
    elif not named:
        notes.append(not_there)
    return Found(named.read() if named else None)


def _not_there(template: Template, others: list[str], taken: set[str]) -> str:
    """That it was not handed in, and what was. A person is asked if the work may be in that, where it is not looked for."""
    found = f"; found: {listed([ascii(name) for name in others])}" if others else ""
    known = {f"{name}.ipynb" for name in taken}
    asks = any(PurePosixPath(name).suffix.lower() in MAY_HOLD_WORK for name in set(others) - known)
    return f"{NEEDS_A_PERSON if asks else ''}{template.notebook}.ipynb was not handed in{found}"


def _places(found: dict[str, _Read]) -> str:
    return ", ".join(repr(one.file.place) for one in found.values())


def _look_into(files: list[File | None], template: Template, notes: list[str]) -> list[_Read]:
    """Those of the files that are this notebook by their cells. Only so much is read: any number may have been handed in."""
    looked_into, total = [], 0
    for file in files:
        if len(looked_into) < CANDIDATES_LIMIT and total + file.size <= SIZE_LIMIT:
            looked_into.append(file)
            total += file.size
    if len(looked_into) < len(files):
        notes.append(f"{len(files) - len(looked_into)} other files were not looked into, too large or too many")
    return [one for file in looked_into if (one := _read(file, template)) is not None]


def _read(file: File, template: Template) -> _Read | None:
    """The file, if it is this notebook."""
    try:
        raw = file.read()
        cells = read_hand_in(raw)
    except (Unreadable, *TROUBLE):
        return None
    if not is_this_notebook(cells, template):
        return None
    work = "\0".join(layout_free(cell.source) for cell in cells)
    return _Read(file, raw, not is_untouched(cells, template), work)


def _may_hold_a_notebook(place: PurePosixPath) -> bool:
    """By its name, in which browsers and backups append to `.ipynb`."""
    return place.suffix.lower() in OTHER_NAMES or ".ipynb" in place.name.lower()


def _begins_as_a_notebook(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"{")  # also in UTF-16
    except OSError:
        return False


def _beginning(path: Path) -> bytes:
    """What the file holds, up to a limit: somebody's file may be larger than our memory."""
    with path.open("rb") as file:
        return file.read(SIZE_LIMIT + 1)


def _in_zip(path: Path, place: str) -> Iterator[File]:
    """The files of a zip that may be a notebook. Nothing is unpacked; links and odd paths are left out; reading is limited."""
    try:
        if not _is_small(path):
            return
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return
    for entry in entries[:ZIP_ENTRIES]:
        name = _place_in_zip(entry)
        if not _may_be_read(entry) or not _may_hold_a_notebook(name):
            continue
        yield File(
            f"{place}/{name}",
            entry.file_size,
            lambda entry=entry: _unpacked(path, entry, SIZE_LIMIT + 1),
            lambda name=name: _neighbours_in_zip(path, entries, str(name.parent)),
        )


def _unpacked(path: Path, entry: zipfile.ZipInfo, limit: int) -> bytes:
    with zipfile.ZipFile(path) as archive, archive.open(entry) as file:
        return file.read(limit)  # whatever size the zip claims


def _neighbours_in_zip(path: Path, entries: list[zipfile.ZipInfo], folder: str) -> dict[str, bytes]:
    """The pictures and other small files of one folder of a zip."""
    files, left = {}, ZIP_FILES
    for entry in entries[:ZIP_ENTRIES]:
        name = _place_in_zip(entry)
        if not _may_be_read(entry) or str(name.parent) != folder or name.suffix.lower() == ".ipynb" or left <= 0:
            continue
        with contextlib.suppress(*TROUBLE):
            content = _unpacked(path, entry, left + 1)
            left -= len(content)
            if left >= 0:
                files[name.name] = content
    return files


def _place_in_zip(entry: zipfile.ZipInfo) -> PurePosixPath:
    """Windows PowerShell 5 writes backslashes between folders."""
    return PurePosixPath(entry.filename.replace("\\", "/"))


def _may_be_read(entry: zipfile.ZipInfo) -> bool:
    """False for folders, links, encrypted files, and names that lead elsewhere."""
    name = _place_in_zip(entry)
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    is_odd = name.is_absolute() or ".." in name.parts or not _is_text(entry.filename)
    return not (entry.is_dir() or is_link or is_odd or entry.flag_bits & 1 or _is_left_by_a_system(name))


def _is_text(name: str) -> bool:
    return name.isprintable() and name == name.encode("utf-8", "replace").decode()


def _is_small(path: Path) -> bool:
    """True if a zip's list of files is short; it is read whole before anything can be counted."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 2**16 - 22))
        end = file.read()
    at = end.rfind(b"PK\x05\x06")
    return at >= 0 and int.from_bytes(end[at + 12 : at + 16], "little") <= ZIP_DIRECTORY


def _is_left_by_a_system(place: PurePosixPath) -> bool:
    return bool(set(LEFT_BY_SYSTEMS) & set(place.parts)) or place.name.startswith("._")
