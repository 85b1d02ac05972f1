"""A download of submissions, as a zip or a folder, read within limits. Nothing in it is trusted or unpacked to disk."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from autograder.course_dir import BadInput

FILE_LIMIT = 50 * 2**20  # bytes of one file; as much as a notebook may have
COUNT_LIMIT = 100_000  # files
UTF_8_NAME = 0x800  # the flag that says that a name is UTF-8
ENCRYPTED = 0x1


@dataclass(frozen=True)
class Download:
    """The names of a download, and how to read one."""

    path: Path
    names: tuple[str, ...]
    _real: dict[str, str]

    def read(self, name: str) -> bytes:
        """What the file holds; BadInput if it is larger than any notebook, or damaged."""
        try:
            if self.path.is_dir():
                with (self.path / name).open("rb") as file:
                    content = file.read(FILE_LIMIT + 1)
            else:
                with zipfile.ZipFile(self.path) as archive, archive.open(self._real[name]) as file:
                    content = file.read(FILE_LIMIT + 1)
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
            raise BadInput(f"{self.path.name}: {name!r} cannot be read ({error}). Download it again.") from None
        except Exception as error:  # of the library that unpacks
            raise BadInput(f"{self.path.name}: {name!r} is damaged ({error}). Download it again.") from None
        if len(content) > FILE_LIMIT:
            raise BadInput(
                f"{self.path.name}: {name!r} is larger than {FILE_LIMIT // 2**20} MB. Take it out, and try again."
            )
        return content


def open_download(path: Path) -> Download:
    """The zip or folder; BadInput if it is neither, or empty."""
    if path.is_dir():
        files = sorted(one for one in path.rglob("*") if one.is_file() and not one.is_symlink())
        real = {one.relative_to(path).as_posix(): "" for one in files[: COUNT_LIMIT + 1]}
    else:
        real = _entries(path)
    if len(real) > COUNT_LIMIT:
        raise BadInput(f"{path} holds more than {COUNT_LIMIT} files: that is no download of one assignment.")
    if not real:
        raise BadInput(f"{path} holds no file. Download the submissions again.")
    return Download(path, tuple(real), real)


def _entries(path: Path) -> dict[str, str]:
    """Names as they were meant, and as the zip has them."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [one for one in archive.infolist() if not one.is_dir()]
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from None
    except zipfile.BadZipFile:
        raise BadInput(
            f"{path} is no zip. Name the zip with the submissions that the LMS gives, or a folder."
        ) from None
    if any(one.flag_bits & ENCRYPTED for one in infos):
        raise BadInput(f"{path} is encrypted. Unpack it, and name the folder.")
    return {_meant(one): one.filename for one in infos}


def _meant(info: zipfile.ZipInfo) -> str:
    """A name whose bytes are UTF-8 though the zip does not say so."""
    if info.flag_bits & UTF_8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def safe_name(name: str) -> str | None:
    """A relative path that leads nowhere else; None if it would."""
    parts = name.replace("\\", "/").split("/")
    if not name or any(part in ("", ".", "..") or ":" in part or "\0" in part for part in parts):
        return None
    return "/".join(parts)
