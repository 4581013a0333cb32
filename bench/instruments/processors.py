"""What processes have used, as the kernel counts it (`man 5 proc`)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_UTIME, _CSTIME = 11, 14
"""Places behind the name in a process's `stat`: its own times and those of its ended children."""


def seconds(pid: int) -> float:
    """Return the seconds of processors that a process has used, with all that it started, ended
    ones included."""
    return sum(_ticks(each) for each in family(pid)) / _TICKS


def memory(pid: int) -> tuple[int, int]:
    """Return the bytes that a process and those below it hold: with each page shared out among its
    users (PSS), and with each page counted in every one of them (RSS)."""
    kilobytes = {"Pss": 0, "Rss": 0}
    for each in family(pid):
        for line in _lines(each, "smaps_rollup"):
            name, _, value = line.partition(":")
            if name in kilobytes:
                kilobytes[name] += int(value.split()[0])
    return kilobytes["Pss"] * 1024, kilobytes["Rss"] * 1024


def family(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield pid
    for task in _entries(pid):
        for line in _lines(pid, f"task/{task}/children"):
            for child in line.split():
                yield from family(int(child))


def _ticks(pid: int) -> int:
    for line in _lines(pid, "stat"):
        # A name may hold spaces and parentheses.
        times = line.rpartition(")")[2].split()
        return sum(map(int, times[_UTIME : _CSTIME + 1]))
    return 0


def _entries(pid: int) -> list[str]:
    with suppress(FileNotFoundError, ProcessLookupError):
        return os.listdir(f"/proc/{pid}/task")
    return []


def _lines(pid: int, name: str) -> list[str]:
    # A process may end while it is looked at: its parent has its times then.
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/{name}").read_text().splitlines()
    return []
