"""Messages between a server and a child: a JSON head and parts of plain bytes.

Nothing is unpickled: a child that a file has taken over can send wrong answers but no code.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

_HEAD = struct.Struct(">II")
_PART = struct.Struct(">I")
_MAX_HEAD_BYTES = 64 * 1024
_MAX_PART_BYTES = 64_000_000
_MAX_PARTS = 4


class Broken(Exception):
    """The other end is gone, or says what cannot be a message."""


def send(stream: IO[bytes], head: Mapping[str, object], *parts: bytes) -> None:
    """Write one message.  Raises `Broken`."""
    text = json.dumps(head).encode()
    try:
        stream.write(_HEAD.pack(len(text), len(parts)) + text)
        for part in parts:
            stream.write(_PART.pack(len(part)))
            stream.write(part)
        stream.flush()
    except (OSError, ValueError) as error:
        raise Broken from error


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Read one message.  Raises `Broken`, also for one beyond the limits."""
    length, count = _HEAD.unpack(_exactly(stream, _HEAD.size))
    if length > _MAX_HEAD_BYTES or count > _MAX_PARTS:
        raise Broken
    text = _exactly(stream, length)
    try:
        head = json.loads(text)
    except ValueError as error:
        raise Broken from error
    if not isinstance(head, dict):
        raise Broken
    return head, [_part(stream) for _ in range(count)]


def _part(stream: IO[bytes]) -> bytes:
    (length,) = _PART.unpack(_exactly(stream, _PART.size))
    if length > _MAX_PART_BYTES:
        raise Broken
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    try:
        data = stream.read(length)
    except (OSError, ValueError) as error:
        raise Broken from error
    if len(data) != length:
        raise Broken
    return data
