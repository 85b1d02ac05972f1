"""Messages between the judge and the sandbox: a JSON head, then the bytes of named arrays. Nothing else can be said.

Both sides use this module, and the judge's side trusts nothing that arrives: lengths are capped and checked, a dtype must be
on a list, the bytes must fill the shape exactly. There is no pickle, no object array and no code in a message.
"""

from __future__ import annotations

import json
import math
import socket
import struct
import time

import numpy as np

HEAD_LIMIT = 16 * 2**20
ARRAYS_LIMIT = 32 * 2**20
ARRAYS_COUNT = 4096
READ_AHEAD = 2**16  # bytes asked for at once: most messages are shorter
DTYPES = {one: np.dtype(one) for one in ("<f8", "<f4", "<f2", "<i8", "<i4", "<i2", "|i1", "<u8", "<u4", "<u2", "|u1")}
TEXT_LIMIT = 200  # characters of a text input, such as the name of a function from a probe's menu

Arrays = dict[str, np.ndarray]


class ChannelError(Exception):
    """The other side said something that is no message."""


class TimeUp(Exception):
    """No whole message arrived before the deadline."""


def pack(message: dict, arrays: Arrays | None = None) -> bytes:
    """One message as bytes. Text arrays (single words only) travel in the head."""
    described, blobs = [], []
    for name, array in (arrays or {}).items():
        if array.dtype.kind == "U":
            described.append([name, "text", [], str(array)])
            continue
        if array.dtype.kind == "f" and array.dtype.itemsize > 8:  # long doubles differ from machine to machine
            array = array.astype(np.float64)
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        described.append([name, little.dtype.str, list(array.shape), array.nbytes])
        blobs.append(np.ascontiguousarray(little).tobytes())
    head = json.dumps({"message": message, "arrays": described}, ensure_ascii=False, allow_nan=False)
    head = head.encode("utf-8", "replace")  # half a surrogate pair can be in a string, and in no file
    return b"".join([struct.pack("<Q", len(head)), head, *blobs])


def unpack(head: bytes, read) -> tuple[dict, Arrays]:
    """The message and its arrays; `read(n)` gives the next n bytes. Raises ChannelError for anything that is no message."""
    try:
        stated = _DECODER.decode(head.decode())
        message, described = stated["message"], stated["arrays"]
        if not isinstance(message, dict) or not isinstance(described, list):
            raise ChannelError("no message")
        return message, _arrays(described, read)
    except ChannelError:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ChannelError(f"no message: {type(error).__name__}") from None


def _finite(text: str) -> float:
    """JSON has no NaN and no infinity, whatever Python's reader thinks."""
    if not math.isfinite(number := float(text)):
        raise ChannelError("a number that is none")
    return number


_DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=_finite)


def _arrays(described: list, read) -> Arrays:
    """The arrays that are described, each writable and of its own; read once all lengths are known to be right."""
    arrays, forms, total = {}, [], 0
    if len(described) > ARRAYS_COUNT:
        raise ChannelError("too many arrays")
    for name, dtype, shape, size in described:
        if not isinstance(name, str) or name in arrays:
            raise ChannelError("array names")
        if dtype == "text":
            if not isinstance(size, str) or len(size) > TEXT_LIMIT:
                raise ChannelError("text")
            arrays[name] = np.array(size)
            continue
        if dtype not in DTYPES or len(shape) > 8 or not all(type(one) is int and 0 <= one < 2**31 for one in shape):
            raise ChannelError("array form")
        stored = DTYPES[dtype]
        length = math.prod(shape) * stored.itemsize
        if size != length or total + length > ARRAYS_LIMIT:
            raise ChannelError("array length")
        arrays[name] = None  # in its place among the others
        forms.append((name, stored, shape, total))
        total += length
    content = read(total)
    for name, stored, shape, start in forms:
        array = np.ndarray(shape, stored, content, start)
        arrays[name] = array.astype(stored.newbyteorder("="))
    return arrays


class Channel:
    """One end of a stream socket."""

    def __init__(self, end: socket.socket):
        self.end = end
        self._arrived = bytearray()

    def send_packed(self, messages: bytes, seconds: float | None = None) -> None:
        """Send packed messages. OSError if the other side is gone, TimeUp if it does not take them in time."""
        self.end.settimeout(seconds)
        try:
            self.end.sendall(messages)
        except TimeoutError:
            raise TimeUp from None

    def receive(self, seconds: float | None = None) -> tuple[dict, Arrays]:
        """The next message. EOFError if the other side is gone, TimeUp if it does not come whole in time.

        What had come by then is kept: a message that is late is whole when it is asked for again.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        used = 0

        def read(size: int) -> bytes:
            nonlocal used
            self._wait_for(used + size, deadline)
            used += size
            return bytes(self._arrived[used - size : used])

        (length,) = struct.unpack("<Q", read(8))
        if length > HEAD_LIMIT:
            raise ChannelError("message too long")
        message = unpack(read(length), read)
        del self._arrived[:used]
        return message

    def _wait_for(self, size: int, deadline: float | None) -> None:
        """Until so many bytes have come."""
        while (missing := size - len(self._arrived)) > 0:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise TimeUp
            self.end.settimeout(left)
            try:
                part = self.end.recv(max(missing, READ_AHEAD))
            except TimeoutError:
                raise TimeUp from None
            except ConnectionError:
                raise EOFError from None
            if not part:
                raise EOFError
            self._arrived += part

    def close(self) -> None:
        self.end.close()
