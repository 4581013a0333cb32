"""The columns that a checklist needs and XLSForm does not know, however they are written."""

from __future__ import annotations

from collections.abc import Mapping

from audit_api.manuscripts.workbook import words
from audit_api.manuscripts.workbook.findings import Findings
from audit_api.manuscripts.xlsform.sheets import FilledCell, Tokens

CHOICES = {
    "points": ("points", "point", "score", "scores", "weight", "分数", "分值", "得分"),
    "failed": ("failed", "fail", "不合格"),
}
"""What the columns beside choices are called; of several for one member the first holds."""
QUESTIONS = {"weight": ("weight", "权重")}
"""What the columns beside questions are called."""


def found(
    headings: Mapping[Tokens, FilledCell], called: Mapping[str, tuple[str, ...]]
) -> Mapping[str, Tokens]:
    """The column of each member that a sheet has."""
    written = {words.plain(cell.heading): tokens for tokens, cell in headings.items()}
    columns = {
        member: next((written[name] for name in names if name in written), None)
        for member, names in called.items()
    }
    return {member: tokens for member, tokens in columns.items() if tokens is not None}


def tell_slips(headings: Mapping[Tokens, FilledCell], findings: Findings) -> None:
    """Fault a heading beside choices that is a slip for one of ours, or that speaks of points where
    no column has them: scores would be lost."""
    known = {name for names in CHOICES.values() for name in names}
    missing = [CHOICES[member] for member in CHOICES if member not in found(headings, CHOICES)]
    spoken = [name for names in missing for name in names if name != "weight"]
    met: set[str] = set()
    for cell in headings.values():
        heading = words.plain(cell.heading)
        if heading in known:
            if heading in met:
                findings.fault(cell.place, "heading_repeated", given=cell.heading)
            met.add(heading)
            continue
        near = words.nearest(cell.heading, CHOICES) or words.held(cell.heading, spoken)
        if near:
            findings.fault(cell.place, "heading_misspelt", given=cell.heading, near=near)
