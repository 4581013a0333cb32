"""What the cells of the workbook hold: how a member of the document is typed, and read again.

`read` gets a text that is not empty and raises `Refused`; `write` gets what `read` gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from audit_api.errors import Refused
from audit_api.manuscripts.workbook import words
from audit_api.sheets.xlsx_writing import CellValue

NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?(e[+-]?[0-9]{1,2})?")
_SEPARATORS = re.compile(r"[,、;\n]")
_NEEDS_QUOTES = re.compile(r'[,，、;；\n"]|^\s|\s$')
_ENTRY = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,，、;；\n]*))\s*(?:[,，、;；\n][,，、;；\s]*|$)')
_YES_NO = ("yes", "no")
MAX_ENTRIES = 2_000
"""The longest list in a cell: as many as a list of options may have."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How one kind of cell is read and written (in a language); `choices` are its words."""

    read: Callable[[str], object]
    write: Callable[[Any, str], CellValue]
    choices: tuple[str, ...] = ()
    strict: bool = True
    number: bool = False


def number(text: str) -> int | float:
    """A number with a point; 80% is 80."""
    plain = words.plain(text).replace(" ", "").removesuffix("%")
    if not NUMBER.fullmatch(plain):
        raise Refused("cell_number", given=text)
    return int(plain) if plain.lstrip("-").isdigit() else float(plain)


def one_of(*accepted: str) -> Cell:
    """One of some words."""
    accepted = tuple(map(str, accepted))

    def read(text: str) -> object:
        word = words.understood(text, accepted)
        if word is None:
            raise Refused("cell_word", given=text, accepted=words.listed(accepted))
        return word

    return Cell(read, words.spoken, accepted)


def split(text: str) -> list[str]:
    """The entries of a list, between commas, semicolons or lines; raise Refused for too many."""
    entries = _SEPARATORS.split(text.translate(_HALF_WIDTH))
    if len(entries) > MAX_ENTRIES:
        raise Refused("cell_entries", most=MAX_ENTRIES)
    return [entry.strip() for entry in entries]


_HALF_WIDTH = str.maketrans("，；（）", ",;()")


def _flag(text: str) -> bool:
    if (shown := words.plain(text)) in ("true", "false", "1", "0"):
        return shown in ("true", "1")
    return FLAG_WORDS.read(text) == "yes"


def _share(text: str) -> object:
    """A share as the format takes it: 2/3, or 0.65; 65% is 0.65."""
    plain = words.plain(text).replace(" ", "")
    if not NUMBER.fullmatch(plain.removesuffix("%")):
        return plain
    return float(f"{float(plain[:-1]) / 100:.15g}") if plain.endswith("%") else number(plain)


def _joint(values: Iterable[object], language: str) -> str:
    return ", ".join(map(str, values))


def _points(text: str) -> object:
    """One number, or one for each mark of a scale."""
    entries = split(text)
    return number(text) if len(entries) == 1 else [number(entry) for entry in entries]


def _write_points(points: Any, language: str) -> CellValue:
    return _joint(points, language) if isinstance(points, list) else _same(points, language)


def _answer(text: str) -> str | int:
    """An answer's key: a mark, yes or no in any language, or an option's."""
    plain = words.plain(text)
    if re.fullmatch("[0-9]{1,4}", plain):
        return int(plain)
    return words.understood(plain, _YES_NO) or text.strip()


def _fails_at(text: str) -> object:
    return None if words.understood(text, ("never",)) else _answer(text)


def _write_fails_at(answer: object, language: str) -> CellValue:
    return words.spoken("never", language) if answer is None else str(answer)


def _evidence(text: str) -> object:
    """When evidence has to come: a word, or the answers; in brackets they are always answers."""
    plain = words.plain(text)
    if plain.startswith("(") and plain.endswith(")"):
        return [_answer(entry) for entry in split(plain[1:-1]) if entry]
    return words.understood(text, DEMANDS) or [_answer(entry) for entry in split(text)]


def _write_evidence(demanded: Any, language: str) -> CellValue:
    if isinstance(demanded, str):
        return words.spoken(demanded, language)
    text = _joint(demanded, language)
    return text if demanded and words.understood(text, DEMANDS) is None else f"({text})"


def _entries(text: str) -> list[str]:
    """The texts of a list; one that holds a separator stands in quotes."""
    entries: list[str] = []
    position = 0
    text = text.strip()
    while position < len(text) or not entries:
        entry = _ENTRY.match(text, position)
        if entry is None or (entry[1] is None and '"' in entry[2]):
            raise Refused("cell_quotes", near=text[position : position + 20])
        entries.append(entry[2].strip() if entry[1] is None else entry[1].replace('""', '"'))
        position = entry.end()
    return [entry for entry in entries if entry]


def _write_entries(texts: Any, language: str) -> CellValue:
    return ", ".join(
        '"' + text.replace('"', '""') + '"' if not text or _NEEDS_QUOTES.search(text) else text
        for text in texts
    )


def _same(value: CellValue, language: str) -> CellValue:
    return value


DEMANDS = ("never", "when_failed", "always")

TEXT = Cell(str.strip, _same)
KEY = Cell(words.plain, _same)
NUMERIC = Cell(number, _same, number=True)
FLAG_WORDS = one_of(*_YES_NO)
FLAG = Cell(_flag, lambda flag, language: words.spoken("yes" if flag else "no", language), _YES_NO)
SHARE = Cell(_share, lambda share, language: str(share))
KEYS = Cell(lambda text: [words.plain(entry) for entry in split(text) if entry], _joint)
LOCALES = Cell(lambda text: [entry for entry in split(text) if entry], _joint)
POINTS = Cell(_points, _write_points)
FAILS_AT = Cell(_fails_at, _write_fails_at)
EVIDENCE = Cell(_evidence, _write_evidence, DEMANDS, strict=False)
ENTRIES = Cell(_entries, _write_entries)
