"""Writes down which font has which characters, for whoever cannot read a font."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from audit_api.glyphs import coverage
from tools.fonts.cutting import TARGET

PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))
COVERAGE = Path(coverage.__file__).parent / "coverage.txt"


def codes(family: str) -> set[int]:
    """The characters of a font that texts may hold."""
    found = TTFont(TARGET / f"{family}-Regular.ttf").getBestCmap()
    return {code for code in found if not any(code in private for private in PRIVATE)}


def write(families: Iterable[str]) -> None:
    """Write a line for each font, the first to be asked first."""
    lines = (" ".join([family, *_ranges(codes(family))]) for family in families)
    COVERAGE.write_text("\n".join([*lines, ""]), "ascii")


def _ranges(of: set[int]) -> Iterator[str]:
    for first in sorted(code for code in of if code - 1 not in of):
        last = first
        while last + 1 in of:
            last += 1
        yield f"{first:X}" if first == last else f"{first:X}-{last:X}"
