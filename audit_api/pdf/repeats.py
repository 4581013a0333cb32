"""Findings that came again: what failed at the latest visit, and at the one before it."""

from __future__ import annotations

from dataclasses import dataclass

from audit_api.drawing.languages import Labels, Text
from audit_api.pdf.document import sentences
from audit_api.pdf.page import Flow


@dataclass(frozen=True, slots=True)
class Repeats:
    """Findings that came again: `told` in a sentence, and the worst of them."""

    told: Text
    lines: tuple[Text, ...]


def repeats(flow: Flow, labels: Labels, found: Repeats | None) -> None:
    if found is not None:
        sentences(flow, labels.say("report.repeats"), found.told, found.lines)
