"""The rows of the sheet `questions`, one below the other, nested as the document nests them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from audit_api.manuscripts.workbook.findings import Findings
from audit_api.manuscripts.workbook.layout import DEPTHS, OPTIONS_OF
from audit_api.manuscripts.workbook.tables import Record

Json = dict[str, Any]


def nested(records: Iterable[Record], findings: Findings) -> list[Json]:
    """The touchpoints with all that stands below each: a question belongs to the section, or
    touchpoint, that begins last above it."""
    root: Json = {"sections": []}
    open_sections = [(root, "")]
    for record in records:
        depth = DEPTHS.get(record.members.get("type", ""))
        if depth is not None and depth <= len(open_sections):
            del open_sections[depth:]
            open_sections.append(_section(record, *open_sections[-1], findings))
        elif depth is not None:
            findings.fault(record.place, "section_outside")
        elif len(open_sections) == 1:
            findings.fault(record.place, "question_outside")
        else:
            pointer = _add(record, record.members, "questions", *open_sections[-1], findings)
            if OPTIONS_OF in record.cells:
                findings.came_from(f"{pointer}/options", record.cells[OPTIONS_OF])
    touchpoints: list[Json] = root["sections"]
    return touchpoints


def _section(record: Record, parent: Json, pointer: str, findings: Findings) -> tuple[Json, str]:
    section = {name: value for name, value in record.members.items() if name != "type"}
    return section, _add(record, section, "sections", parent, pointer, findings)


def _add(
    record: Record, entry: Json, member: str, parent: Json, pointer: str, findings: Findings
) -> str:
    """Add an entry to its parent's list, and return the pointer to it."""
    entries = parent.setdefault(member, [])
    within = f"{pointer}/{member}" if pointer else "/touchpoints"
    record.stands_at(f"{within}/{len(entries)}", findings)
    entries.append(entry)
    return f"{within}/{len(entries) - 1}"
