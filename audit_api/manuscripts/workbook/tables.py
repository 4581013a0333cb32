"""A sheet read as a table: its headings matched to columns, its rows to members of objects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit_api.errors import Refused, pointer_to
from audit_api.manuscripts.manuscript import SheetPlace
from audit_api.manuscripts.workbook import illegible, layout, words
from audit_api.manuscripts.workbook.findings import Findings, Weight
from audit_api.manuscripts.workbook.layout import Column
from audit_api.sheets.xlsx_reading import Row, Sheet, letters
from audit_api.words.languages import closest

_TAG = re.compile("[a-z0-9_-]+")
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A column where a sheet has it: the member that its cells give, one language of a text."""

    column: Column
    path: Path
    at: int


@dataclass(slots=True)
class Record:
    """One row: its members by their path, and the cell of every column that the sheet has."""

    row: int
    members: dict[str, Any] = field(default_factory=dict)
    cells: dict[Path, SheetPlace] = field(default_factory=dict)
    place: SheetPlace = field(default_factory=SheetPlace)

    def stands_at(self, pointer: str, findings: Findings) -> None:
        """Tell the findings that the object at a pointer was written in this row."""
        findings.came_from(pointer, self.place)
        for path, cell in self.cells.items():
            findings.came_from(pointer + pointer_to(*path), cell)


def slots(
    headings: Iterable[tuple[int, str, SheetPlace]],
    columns: Sequence[Column],
    locales: Sequence[str],
    findings: Findings,
) -> list[Slot]:
    """Match headings, each with its index and place, to columns; remark on all others."""
    found: dict[Path, Slot] = {}
    named = {column.name: column.heading for column in columns}
    by_name = {column.name: column for column in columns}
    unknown: list[tuple[str, SheetPlace]] = []
    for at, heading, place in headings:
        name, locale = _parted(heading, named)
        if name is None:
            unknown.append((heading, place))
            continue
        slot = _slot(by_name[name], locale, locales, at)
        if slot is None:
            findings.fault(place, "heading_language", given=heading, accepted=list(locales))
        elif slot.path in found:
            findings.fault(place, "heading_repeated", given=heading)
        else:
            found[slot.path] = slot
    missing = [column for column in columns if column.scores and column.path not in found]
    for heading, place in unknown:
        _tell_unknown(heading, place, columns, missing, findings)
    return list(found.values())


def _tell_unknown(
    heading: str,
    place: SheetPlace,
    columns: Sequence[Column],
    missing: Sequence[Column],
    findings: Findings,
) -> None:
    """Note a column of the author's own.  A slip is a fault, and so is a heading that speaks of
    points where no column has them: scores would be lost."""
    near = words.nearest(heading, words.names(column.heading for column in columns))
    near = near or words.held(heading, words.names(column.heading for column in missing))
    if near is None:
        findings.add(place, Weight.NOTE, "heading_unknown", given=heading)
    else:
        findings.fault(place, "heading_misspelt", given=heading, near=near)


def _parted(heading: str, named: Mapping[str, str]) -> tuple[str | None, str]:
    """The column's name and the language of a heading: `title (zh)`, `title:zh`, `标题（zh）`."""
    whole, plain = words.find(heading, named), words.plain(heading)
    bracketed = plain.endswith(")")
    name, _, tag = plain[:-1].rpartition("(") if bracketed else plain.rpartition(":")
    tag = tag.strip()
    if whole or not _TAG.fullmatch(tag):
        return whole, ""
    return words.find(name if bracketed else name.rstrip(":"), named), tag


def _slot(column: Column, locale: str, locales: Sequence[str], at: int) -> Slot | None:
    if not column.texts:
        return None if locale else Slot(column, column.path, at)
    if not locale:
        return Slot(column, (*column.path, locales[0]), at) if locales else None
    declared = closest(locale, locales)
    return Slot(column, (*column.path, declared), at) if declared else None


def records(
    sheet: Sheet, columns: Sequence[Column], locales: Sequence[str], findings: Findings
) -> Iterator[Record]:
    """Yield the sheet's rows below its headings, the first row that holds anything."""
    if not sheet.rows:
        return
    heading, *rows = sheet.rows
    headings = [
        (at, text.strip(), SheetPlace(sheet.name, heading.number, letters(at)))
        for at, text in enumerate(heading.cells)
        if text.strip()
    ]
    found = slots(headings, columns, locales, findings)
    illegible.tell(sheet, {slot.at for slot in found}, findings, heading=heading.number)
    _note_headless(sheet, rows, {at for at, _, _ in headings}, findings)
    for row in rows:
        if any(text.strip() for text in row.cells):
            yield _record(sheet, row, found, findings)


def _note_headless(sheet: Sheet, rows: Sequence[Row], headed: set[int], findings: Findings) -> None:
    """Note each column that has cells and no heading, once."""
    told = set(headed)
    for row in rows:
        for at, text in enumerate(row.cells):
            if text.strip() and at not in told:
                told.add(at)
                place = SheetPlace(sheet.name, row.number, letters(at))
                findings.add(place, Weight.NOTE, "heading_missing")


def _record(sheet: Sheet, row: Row, found: Sequence[Slot], findings: Findings) -> Record:
    record = Record(row.number, place=SheetPlace(sheet.name, row.number))
    for slot in found:
        place = SheetPlace(sheet.name, row.number, letters(slot.at))
        record.cells[slot.path] = place
        text = row.cells[slot.at].strip() if slot.at < len(row.cells) else ""
        if text and (row.number, slot.at) not in sheet.broken:
            take(record.members, slot, text, place, findings)
    return record


def take(
    members: dict[str, Any], slot: Slot, text: str, place: SheetPlace, findings: Findings
) -> None:
    """Put what a cell says among the members, or remark that it is not understood."""
    try:
        layout.place(members, slot.path, slot.column.cell.read(text))
    except Refused as refused:
        findings.fault(place, refused.code, **refused.values)
