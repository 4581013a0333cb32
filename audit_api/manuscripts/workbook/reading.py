"""A workbook read into a checklist's document, with every fault at its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from audit_api.errors import Problem, pointer_to
from audit_api.manuscripts.manuscript import SheetPlace
from audit_api.manuscripts.workbook import illegible, layout, tables, touchpoints, words
from audit_api.manuscripts.workbook.cells import split
from audit_api.manuscripts.workbook.condition_text import Names
from audit_api.manuscripts.workbook.findings import Findings, Imported, Weight, refused
from audit_api.manuscripts.workbook.layout import LANGUAGES, Column
from audit_api.manuscripts.workbook.tables import Record
from audit_api.rules.checklist.conditions import KIND
from audit_api.rules.checklist.questions import QuestionType
from audit_api.sheets import xlsx_reading
from audit_api.sheets.xlsx_reading import Sheet, letters

NEEDED = ("checklist", "questions")
SETTING, VALUE = 0, 1
"""The columns of the sheet `checklist`."""


def read_workbook(data: bytes) -> Imported:
    """Return the checklist that a workbook describes: the one that `writing` and `template` make,
    as people give it back."""
    try:
        sheets = xlsx_reading.read(data)
    except Problem as problem:
        return refused(problem)
    findings = Findings()
    known = _known(sheets, findings)
    if findings.faulty:
        return findings.stopped()
    settings = _settings(known["checklist"], findings)
    locales = settings.get("locales")
    if not locales:
        findings.fault(findings.place_of("/locales"), "languages_missing")
        return findings.stopped()
    return findings.checked(_document(known, settings, locales, findings))


def _known(sheets: Sequence[Sheet], findings: Findings) -> dict[str, Sheet]:
    """The sheets by what they are; the others that hold anything are noted."""
    known: dict[str, Sheet] = {}
    for sheet in sheets:
        name = words.find(sheet.name, words.SHEETS)
        if name is None and sheet.rows:
            findings.add(SheetPlace(sheet.name), Weight.NOTE, "sheet_unknown", given=sheet.name)
        elif name in known:
            findings.fault(SheetPlace(sheet.name), "sheet_repeated", given=sheet.name)
        elif name:
            known[name] = sheet
    if not known and any(sheet.name.strip().lower() == "survey" for sheet in sheets):
        findings.fault(SheetPlace(), "workbook_is_form")
        return known
    for name in NEEDED:
        if name not in known:
            findings.fault(SheetPlace(), "sheet_missing", accepted=words.called(words.SHEETS[name]))
    return known


def _settings(sheet: Sheet, findings: Findings) -> dict[str, Any]:
    """The members of the sheet `checklist`, whose headings stand below each other."""
    findings.came_from("", SheetPlace(sheet.name))
    illegible.tell(sheet, (SETTING, VALUE), findings)
    stated = _stated(sheet, findings)
    values = {number: cells[VALUE].strip() for number, cells in stated.items() if len(cells) > 1}
    headings = [
        (number, cells[SETTING].strip(), SheetPlace(sheet.name, number, letters(SETTING)))
        for number, cells in stated.items()
    ]
    members: dict[str, Any] = {}
    locales = _locales(headings, values)
    for slot in tables.slots(headings, layout.SETTINGS, locales, findings):
        place = SheetPlace(sheet.name, slot.at, letters(VALUE))
        findings.came_from(pointer_to(*slot.path), place)
        if values.get(slot.at) and (slot.at, VALUE) not in sheet.broken:
            tables.take(members, slot, values[slot.at], place, findings)
    return members


def _stated(sheet: Sheet, findings: Findings) -> dict[int, tuple[str, ...]]:
    """The rows that name a setting, below the headings where there are any."""
    named = {column.name: column.heading for column in layout.SETTINGS}
    headless = sheet.rows[:1] and words.find(sheet.rows[0].cells[SETTING], named)
    stated: dict[int, tuple[str, ...]] = {}
    for row in sheet.rows if headless else sheet.rows[1:]:
        if row.cells[SETTING].strip():
            stated[row.number] = row.cells
        elif value := "".join(row.cells[VALUE : VALUE + 1]).strip():
            place = SheetPlace(sheet.name, row.number, letters(VALUE))
            findings.fault(place, "setting_missing", given=value)
    return stated


def _locales(
    headings: Sequence[tuple[int, str, SheetPlace]], values: Mapping[int, str]
) -> Sequence[str]:
    """The checklist's languages, looked up first: the other headings are read by them."""
    for number, heading, _ in headings:
        if words.find(heading, {LANGUAGES.name: LANGUAGES.heading}):
            return split(values.get(number, ""))
    return ()


def _document(
    known: Mapping[str, Sheet],
    settings: dict[str, Any],
    locales: Sequence[str],
    findings: Findings,
) -> dict[str, Any]:
    document = settings
    for name, columns in layout.TABLES.items():
        if name in known:
            _add_list(document, known[name], columns, layout.LISTS[name], locales, findings)
    if "options" in known:
        document["response_sets"] = _response_sets(known["options"], locales, findings)
    sheet = known["questions"]
    findings.came_from("/touchpoints", SheetPlace(sheet.name))
    columns = layout.questions(_names(sheet, document))
    rows = tables.records(sheet, columns, locales, findings)
    document["touchpoints"] = touchpoints.nested(rows, findings)
    return document


def _add_list(
    document: dict[str, Any],
    sheet: Sheet,
    columns: Sequence[Column],
    path: tuple[str, ...],
    locales: Sequence[str],
    findings: Findings,
) -> None:
    pointer = pointer_to(*path)
    findings.came_from(pointer, SheetPlace(sheet.name))
    entries: list[dict[str, Any]] = []
    for record in tables.records(sheet, columns, locales, findings):
        record.stands_at(f"{pointer}/{len(entries)}", findings)
        entries.append(record.members)
    if entries:
        layout.place(document, path, entries)


def _response_sets(
    sheet: Sheet, locales: Sequence[str], findings: Findings
) -> dict[str, list[dict[str, Any]]]:
    """The lists of options by name; a row without a name goes on with the list above it."""
    lists: dict[str, list[dict[str, Any]]] = {}
    name: str | None = None
    for record in tables.records(sheet, layout.OPTIONS, locales, findings):
        name = record.members.pop("list", name)
        if name is None:
            findings.fault(record.cells.get(layout.LIST, record.place), "option_without_list")
            continue
        entries = lists.setdefault(name, [])
        _place_option(record, name, len(entries), findings)
        entries.append(record.members)
    return lists


def _place_option(record: Record, name: str, position: int, findings: Findings) -> None:
    pointer = pointer_to("response_sets", name)
    if position == 0:
        findings.came_from(pointer, record.cells.get(layout.LIST, record.place))
    record.stands_at(f"{pointer}/{position}", findings)


def _names(sheet: Sheet, document: Mapping[str, Any]) -> Names:
    """The keys that conditions may name, looked up before any condition is read."""
    rows = tables.records(sheet, layout.KEYED, (), Findings())
    stated = document.get("site_attributes", ())
    types = {
        str(row.members["key"]): row.members.get("type") for row in rows if "key" in row.members
    }
    return Names(
        questions={key for key, kind in types.items() if kind not in layout.DEPTHS},
        attributes={KIND.key, *(str(each.get("key")) for each in stated)},
        yes_no={key for key, kind in types.items() if kind == QuestionType.YES_NO},
        flags={str(each.get("key")) for each in stated if each.get("type") == "flag"},
    )
