"""The answer: what the figures prove, each sentence with a sign of good or bad before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audit_api.drawing import colours, styles
from audit_api.drawing.colours import Colour
from audit_api.drawing.languages import Labels
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.columns import side_by_side, unparted
from audit_api.pdf.document import heading
from audit_api.pdf.network.values import Finding
from audit_api.pdf.page import Flow
from audit_api.pdf.structure import Tag

_SIGNS: Mapping[bool | None, tuple[str, Colour]] = {
    True: ("+", colours.GOOD),
    False: ("−", colours.BAD),
    None: ("•", colours.QUIET),
}
_SIGN = 12.0
_TEXT = (look.LEFT + _SIGN + 7, look.WIDTH - _SIGN - 7)


def answer(flow: Flow, labels: Labels, findings: Sequence[Finding]) -> None:
    """The findings in the order given, the gravest first."""
    if not findings:
        return
    first = unparted(findings[0].text, styles.BODY, _TEXT[1])
    heading(flow, labels.say("report.in_short"), keep=first)
    with flow.part(Tag.LIST):
        for finding in findings:
            _finding(flow, finding)
    flow.space(8)


def _finding(flow: Flow, finding: Finding) -> None:
    said, colour = _SIGNS[finding.good]
    flow.need(unparted(finding.text, styles.BODY, _TEXT[1]))
    flow.page.boxes.append(Box(look.LEFT, flow.y + 0.5, _SIGN, _SIGN, colour, radius=2))
    with flow.part(Tag.ITEM), flow.part(Tag.BODY):
        flow.page.put(look.LEFT, flow.y, said, look.CROSS, _SIGN, "centre")
        side_by_side(flow, finding.text, styles.BODY, *_TEXT)
    flow.space(4)
