"""A ZIP that several processes wrote, each where the one before it stopped."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.services.exports.archive import Archive, Member, Sink

MADE = datetime(2026, 3, 1, 8, tzinfo=UTC)
BODIES = st.lists(st.binary(max_size=300), max_size=12)


def written(bodies: list[bytes], stops: set[int]) -> bytes:
    """Write members, by another archive after each of `stops`."""
    whole, members, sink = b"", [], Sink(0)
    archive = Archive(sink, [], made=MADE)
    for number, body in enumerate(bodies):
        name = f"{number}.pdf"
        members.append(Member(name, sink.tell(), len(body), crc32(body)))
        archive.add(name, body)
        if number in stops:
            whole += sink.take()
            archive.leave()
            sink = Sink(len(whole))
            archive = Archive(sink, members, made=MADE)
    archive.end()
    return whole + sink.take()


@given(BODIES, st.sets(st.integers(0, 12)))
def test_it_is_the_same_whoever_wrote_it(bodies: list[bytes], stops: set[int]) -> None:
    whole = written(bodies, stops)
    assert whole == written(bodies, set())
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        assert [archive.read(name) for name in archive.namelist()] == bodies


def test_an_archive_beyond_four_gigabytes_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The directory alone is written: what stands before it is as if it were there."""
    place = 5 << 30
    sink = Sink(place)
    earlier = [Member(f"{n}.pdf", n << 20, 1 << 20, 0) for n in range(5_000)]
    archive = Archive(sink, earlier, made=MADE)
    archive.add("last.pdf", b"last")
    archive.end()
    tail = sink.take()

    class Whole(io.RawIOBase):
        """Five gigabytes of nothing, and the end."""

        def __init__(self) -> None:
            self.at = 0

        def seekable(self) -> bool:
            return True

        def readable(self) -> bool:
            return True

        def seek(self, to: int, whence: int = 0) -> int:
            self.at = (0, self.at, place + len(tail))[whence] + to
            return self.at

        def tell(self) -> int:
            return self.at

        def readall(self) -> bytes:
            return self.read(-1)

        def read(self, size: int = -1) -> bytes:
            start = self.at - place
            end = len(tail) if size < 0 else start + size
            found = tail[max(start, 0) : end] if start >= 0 else b"\0" * size
            self.at += len(found)
            return found

    with zipfile.ZipFile(Whole()) as read:  # type: ignore[arg-type]
        assert len(read.namelist()) == len(earlier) + 1
        assert read.getinfo("4999.pdf").header_offset == 4_999 << 20
        assert read.read("last.pdf") == b"last"
