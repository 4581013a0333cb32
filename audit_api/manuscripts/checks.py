"""Checks a checklist as it comes from its author: everything wrong with it, and, for whoever asks,
everything doubtful."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from audit_api.errors import Fault, around
from audit_api.manuscripts import yaml
from audit_api.manuscripts.doubts import doubts
from audit_api.manuscripts.files import WORKBOOK, YAML
from audit_api.manuscripts.manuscript import Manuscript, Remark
from audit_api.manuscripts.workbook.findings import Imported
from audit_api.manuscripts.workbook.reading import read_workbook
from audit_api.manuscripts.yaml import Composition
from audit_api.rules import authoring as rules
from audit_api.rules.authoring import Reading
from audit_api.sheets.xlsx_package import is_workbook

MAX_REMARKS = 500
"""A check lists no more errors, and no more warnings, than this, and counts the others."""


def check(sent: str | bytes | Mapping[str, Any], charset: str | None = None) -> Manuscript:
    """Check a YAML or JSON text, with lines, or a document that is read already; `charset` is the
    declared one of bytes."""
    if not isinstance(sent, str | bytes):
        return _checked(sent, None, None)
    composition = yaml.compose(sent, charset)
    # Bytes that are no text have no document either, so that they are never kept.
    return _checked(composition.document, composition.text, composition)


def check_workbook(data: bytes, charset: str | None = None) -> Manuscript:
    """Check a workbook (XLSX), which no charset concerns; with faults there is no document."""
    imported = read_workbook(data)
    return of_imported(imported)


def of_imported(imported: Imported) -> Manuscript:
    """What came out of a workbook, whatever kind of one."""
    return Manuscript(
        document=imported.document,
        errors=_ordered(imported.faults),
        find_checklist=lambda: imported.checklist,
        find_warnings=lambda: _ordered(imported.notes),
        is_workbook=True,
    )


def check_file(data: bytes, charset: str | None = None) -> Manuscript:
    """Check a file that does not say what it is: a workbook, of whatever kind, or a text of the
    declared `charset`."""
    return check_workbook(data) if is_workbook(data) else check(data, charset)


CHECKS: Mapping[str, Callable[[bytes, str | None], Manuscript]] = {
    YAML: check,
    WORKBOOK: check_workbook,
}
"""How a file is checked, by its media type."""


def _checked(
    document: Mapping[str, Any] | None, text: str | None, composition: Composition | None
) -> Manuscript:
    errors = [] if composition is None else list(composition.faults)
    if document is None:
        return Manuscript(None, tuple(errors), text)
    reading = rules.read(document)
    errors += _remarks(_news(reading.faults, composition), composition)
    return Manuscript(
        document=document,
        errors=_ordered(errors),
        text=text,
        find_checklist=lambda: reading.checklist,
        find_warnings=partial(_warnings, reading, composition),
    )


def _warnings(reading: Reading, composition: Composition | None) -> tuple[Remark, ...]:
    return _ordered(_remarks(doubts(reading), composition))


def _news(faults: Iterable[Fault], composition: Composition | None) -> Iterable[Fault]:
    """The faults of a document, without those of values that faults of the text kept out of it."""
    unread = frozenset[str]() if composition is None else composition.unread
    return (fault for fault in faults if unread.isdisjoint(around(fault.pointer)))


def _remarks(faults: Iterable[Fault], composition: Composition | None) -> list[Remark]:
    if composition is None:
        return [Remark(fault.pointer, fault.code, fault.values) for fault in faults]
    return [_placed(fault, composition) for fault in faults]


def _placed(fault: Fault, composition: Composition) -> Remark:
    """A fault with its place in the text, where a key that stands twice has the line of the first
    one in the place of a pointer to it."""
    place = composition.place_of(fault.pointer)
    if fault.code != "key_repeated":
        return Remark(fault.pointer, fault.code, fault.values, place)
    given, first = fault.values["given"], composition.line_of(str(fault.values["first"]))
    return Remark(fault.pointer, "key_repeated_in_text", {"given": given, "first": first}, place)


def _ordered(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """The remarks by their place in the text; those without one keep their order."""
    ordered = sorted(remarks, key=lambda remark: (remark.line or 0, remark.column or 0))
    if len(ordered) <= MAX_REMARKS:
        return tuple(ordered)
    listed, first = ordered[:MAX_REMARKS], ordered[MAX_REMARKS]
    rest = {"count": len(ordered) - MAX_REMARKS}
    return (*listed, Remark(first.pointer, "more_remarks", rest, first.place))
