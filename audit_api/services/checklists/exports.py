"""Versions of checklists handed out as files that people go on writing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import orjson

from audit_api.models import ChecklistVersion
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.checklists import versions
from audit_api.words import LOCALES


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand out."""

    name: str
    data: bytes


def as_yaml(version: ChecklistVersion, *, by: Who) -> File:
    """Return a version as YAML: for authors what was written, the very text where it was YAML."""
    # Loaded by the first file that is asked for.
    from audit_api.manuscripts.yaml import writing

    # Comments are authors' words among themselves.
    if not by.may(Permission.CHECKLIST_WRITE):
        text = writing.write(orjson.loads(version.document))
    elif version.written_as == "yaml":
        text = version.written
    else:
        text = writing.write(orjson.loads(version.written))
    return File(_name(version, "yaml"), text.encode())


def as_workbook(version: ChecklistVersion, locale: str) -> File:
    """Return a version as a workbook with headings in `locale`; raise INVALID with every error in
    a draft."""
    # As above.
    from audit_api.manuscripts.workbook.writing import write_workbook

    checklist = versions.parsed_checklist(version)
    return File(_name(version, "xlsx"), write_workbook(checklist, locale))


def empty_workbook(locale: str, *, by: Who) -> File:
    """Return the workbook to begin with, with headings in `locale`."""
    # As above.
    from audit_api.manuscripts.workbook.example import template

    access.require(by, Permission.CHECKLIST_WRITE)
    return File("checklist.xlsx", template(_languages(locale), locale))


@cache
def example(locale: str) -> str:
    """Return a small checklist as YAML to begin with; its first language is `locale`."""
    # As above.
    from audit_api.manuscripts.workbook.example import document
    from audit_api.manuscripts.yaml import writing

    return writing.write(document(_languages(locale)))


def _languages(first: str) -> list[str]:
    return [first, *(each for each in LOCALES if each != first)]


def _name(version: ChecklistVersion, ending: str) -> str:
    return f"{versions.key_of(version)}-{version.number}.{ending}"
