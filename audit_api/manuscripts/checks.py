"""Checks a checklist before it is drafted: everything wrong with it, and everything doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from audit_api.errors import Fault, around, invalid
from audit_api.manuscripts import yaml
from audit_api.manuscripts.yaml import Written
from audit_api.rules import authoring as rules
from audit_api.rules.authoring.checking import warnings

MOST_REMARKS = 500
"""No check lists more errors, or more warnings, than this; of the rest it tells how many."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One error or warning: a JSON pointer into the document, the key of its sentence
    (`fault.<code>`) with the values that it names, and where it stands in the text, from 1.

    A document that came as JSON values has no lines: `line` and `column` are None.
    """

    pointer: str
    code: str
    values: Mapping[str, object]
    line: int | None = None
    column: int | None = None

    @property
    def fault(self) -> Fault:
        """The remark without its place in the text."""
        return Fault(self.pointer, self.code, self.values)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, in the order of the text; with errors there is no checklist.

    Warnings are looked for beside errors too, in all that has none: what an error may have
    caused, or may hide, is told once it is mended.  Without a document the text could not be
    read to its end, and below its last error nothing was looked at.
    """

    document: Mapping[str, Any] | None
    checklist: rules.Checklist | None
    errors: tuple[Remark, ...]
    warnings: tuple[Remark, ...] = ()

    def require(self) -> Mapping[str, Any]:
        """Return the document; raise INVALID with every error where there is one."""
        if self.errors or self.document is None:
            raise invalid(*(error.fault for error in self.errors))
        return self.document


def check(given: str | bytes | Mapping[str, Any]) -> Checked:
    """Check a YAML or JSON text, with lines, or a document that is read already."""
    if not isinstance(given, str | bytes):
        return _checked(given, None)
    written = yaml.compose(given)
    return _checked(written.document, written)


def _checked(document: Mapping[str, Any] | None, written: Written | None) -> Checked:
    syntax = () if written is None else written.faults
    errors = [_remark(placed.fault, placed.line, placed.column) for placed in syntax]
    if document is None:
        return Checked(None, None, tuple(errors))
    reading = rules.read(document)
    errors += _remarks(_news(reading.faults, written), written)
    doubts = _remarks(warnings(reading), written)
    checklist = None if errors else reading.checklist
    return Checked(document, checklist, _ordered(errors), _ordered(doubts))


def _news(faults: Iterable[Fault], written: Written | None) -> Iterable[Fault]:
    """The faults of a document but for those of values that the text's faults kept out of it."""
    unread = frozenset[str]() if written is None else written.unread
    return (fault for fault in faults if unread.isdisjoint(around(fault.pointer)))


def _remarks(faults: Iterable[Fault], written: Written | None) -> list[Remark]:
    if written is None:
        return [_remark(fault) for fault in faults]
    return [
        _remark(_lined(fault, written), *written.place_of(fault.pointer)[:2]) for fault in faults
    ]


def _lined(fault: Fault, written: Written) -> Fault:
    """A key that stands twice, with the line of the first one in the place of a pointer to it."""
    if fault.code != "key_repeated":
        return fault
    given, first = fault.values["given"], written.line_of(str(fault.values["first"]))
    return Fault(fault.pointer, "key_repeated_in_text", {"given": given, "first": first})


def _remark(fault: Fault, line: int | None = None, column: int | None = None) -> Remark:
    return Remark(fault.pointer, fault.code, fault.values, line, column)


def _ordered(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """By place in the text; what has none stays in the order of the document."""
    ordered = sorted(remarks, key=lambda remark: (remark.line or 0, remark.column or 0))
    if len(ordered) <= MOST_REMARKS:
        return tuple(ordered)
    listed, first = ordered[:MOST_REMARKS], ordered[MOST_REMARKS]
    more = Fault(first.pointer, "more_remarks", {"count": len(ordered) - MOST_REMARKS})
    return (*listed, _remark(more, first.line, first.column))
