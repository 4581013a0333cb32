"""Where files are written to: what can be appended to, and need do nothing else."""

from __future__ import annotations

import io
from typing import Any, Protocol


class Sink(Protocol):
    """A file, a pipe or an upload that is only appended to."""

    def write(self, data: bytes, /) -> Any: ...


class Counted(io.RawIOBase):
    """A sink that knows how much was written to it: archives and Parquet count offsets."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._length = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._length

    def write(self, data: Any) -> int:
        self._sink.write(data)
        self._length += len(data)
        return len(data)
