"""What is told of a workbook or a form that was read."""

from __future__ import annotations

from audit_api.manuscripts.workbook.findings import Imported
from audit_api.words import LOCALES, sentence


def faults(imported: Imported) -> list[tuple[str, str]]:
    """The faults as place and code; each has its sentence in every language."""
    return _told(imported, "faults")


def notes(imported: Imported) -> list[tuple[str, str]]:
    """The notes as place and code; each has its sentence in every language."""
    return _told(imported, "notes")


def _told(imported: Imported, kind: str) -> list[tuple[str, str]]:
    remarks = getattr(imported, kind)
    for remark in remarks:
        for locale in LOCALES:
            assert sentence(remark.sentence, remark.values, locale)
    return [(str(remark.place), remark.code) for remark in remarks]
