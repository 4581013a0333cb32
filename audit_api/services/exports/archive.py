"""A ZIP that is written forwards only, and gone on with by another process."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import IO, NamedTuple, cast
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_MODE = 0o644 << 16
_FIRST_YEAR = 1980
"""Before it no member of a ZIP was made."""


class Member(NamedTuple):
    """A file that is in the archive already, and where."""

    name: str
    place: int
    size: int
    crc32: int


class Sink:
    """What is written, from `start` bytes of the whole on, until somebody takes it."""

    def __init__(self, start: int) -> None:
        self._start = start
        self._written = bytearray()

    @property
    def held(self) -> int:
        """How many bytes are here."""
        return len(self._written)

    def write(self, data: bytes) -> int:
        self._written += data
        return len(data)

    def tell(self) -> int:
        return self._start + len(self._written)

    def flush(self) -> None:
        """What is written is here."""

    def take(self) -> bytes:
        """Return what was written since the last time."""
        data = bytes(self._written)
        self._start += len(data)
        self._written.clear()
        return data


class Archive:
    """Members that are stored as they are, behind each other in a sink."""

    def __init__(self, sink: Sink, earlier: Iterable[Member], *, made: datetime) -> None:
        self._made = max(made.timetuple()[:6], (_FIRST_YEAR, 1, 1, 0, 0, 0))
        # Without `seek` it writes forwards only, and sizes behind each member.
        self._zip = ZipFile(cast(IO[bytes], sink), "w", ZIP_STORED)
        for member in earlier:
            self._zip.filelist.append(self._of(member))

    def add(self, name: str, data: bytes) -> None:
        self._zip.writestr(self._info(name), data)

    def end(self) -> None:
        """Write the directory of all members."""
        self._zip.close()

    def leave(self) -> None:
        """Write nothing more: another goes on."""
        self._zip.fp = None

    def _info(self, name: str) -> ZipInfo:
        info = ZipInfo(name, self._made)
        info.external_attr = _MODE
        return info

    def _of(self, member: Member) -> ZipInfo:
        info = self._info(member.name)
        info.header_offset = member.place
        info.file_size = info.compress_size = member.size
        info.CRC = member.crc32
        info.flag_bits |= 0x08  # sizes stand behind it
        return info
