"""The first page: what the visit scored, what the shopper says of it, and what decided it."""

from __future__ import annotations

from audit_api.drawing import colours, gauge, styles
from audit_api.drawing.bars import Bar, bars
from audit_api.drawing.colours import Colour
from audit_api.drawing.languages import Text, joined
from audit_api.drawing.lettering import Block, height_of
from audit_api.drawing.marks import Box, Table
from audit_api.pdf import look
from audit_api.pdf.audit.values import AuditReport
from audit_api.pdf.columns import beside
from audit_api.pdf.document import facts, head, heading
from audit_api.pdf.page import Flow, Page
from audit_api.pdf.structure import Tag
from audit_api.rules.exact import percent
from audit_api.typography.text import FONTS

_SIDE = (look.LEFT + gauge.WIDTH + 26, look.WIDTH - gauge.WIDTH - 44)
_NAME = styles.STRONG.leading + 9
"""The room of the name above the gauge."""
_QUOTE = (look.LEFT + 12, look.WIDTH - 12)
_MOST_WORDS = 60
"""Lines of the shopper's words: more than a page of them is no summary."""


def opening(flow: Flow, report: AuditReport) -> None:
    """Whose audit this is, and what it scored."""
    head(
        flow,
        logo=report.logo,
        owner=report.organisation,
        kind=report.labels.say("report.title"),
        title=report.site_name,
        subtitle=" · ".join((str(report.business_date), report.site_code, report.region)),
    )
    _score(flow, report)


def visit(report: AuditReport) -> str:
    """The site and the day, as the heads of pages and the document's title name the visit."""
    return f"{report.site_name} · {report.business_date}"


def impression(flow: Flow, report: AuditReport) -> None:
    """The shopper's own words, across the page."""
    if report.impression is None:
        return
    told = report.impression
    heading(flow, report.labels.say("report.impression"), keep=styles.BODY.leading * 4)
    question = beside(told.question, styles.SMALL, _QUOTE[1], most=2)
    question.put(flow, _QUOTE[0], flow.y)
    flow.space(question.height + 3)
    with flow.part(Tag.PARAGRAPH):
        for line in flow.block(told.words, styles.BODY, _QUOTE[1], most=_MOST_WORDS):
            flow.need(styles.BODY.leading)
            flow.page.boxes.append(Box(look.LEFT, flow.y, 2, styles.BODY.leading, flow.accent))
            flow.page.put_block(_QUOTE[0], flow.y, [line])
            flow.space(styles.BODY.leading)


def touchpoints(flow: Flow, report: AuditReport) -> None:
    if not report.touchpoints:
        return
    rows = [
        Bar(part.title, part.score, part.share, sum(line.failed for line in part.questions))
        for part in report.touchpoints
    ]
    table = bars(rows, report.labels, FONTS, look.WIDTH)
    heading(flow, report.labels.say("report.by_touchpoint"), keep=_together(flow, table))
    flow.table(table)


def _together(flow: Flow, table: Table) -> float:
    """What of a table stays on one page: all of it where a page has so much room."""
    whole = table.head.height + sum(row.height for row in table.rows)
    return whole if whole < flow.sheet.bottom - look.TOP - 60 else 58


def about(flow: Flow, report: AuditReport) -> None:
    """What the visit was made with, and how the report came; a fact that is not given leaves
    neither its key nor a gap."""
    labels = report.labels
    version = labels.say(
        "report.checklist_version",
        checklist=report.checklist_title,
        version=report.checklist_version,
    )
    given: list[tuple[str, Text | None]] = [
        ("report.checklist", version),
        ("report.address", report.site_address),
        ("report.state", report.state),
        ("report.auditor", report.auditor),
        ("report.conducted_at", report.conducted_at),
        ("report.received_at", report.received_at),
    ]
    told = [(labels.say(code), value) for code, value in given if value]
    heading(flow, labels.say("report.about"), keep=len(told) * styles.BODY.leading + 12)
    facts(flow, told)


def _score(flow: Flow, report: AuditReport) -> None:
    """The panel: the gauge, and beside it the verdict and what the score rests on."""
    top, low = flow.y, report.passed is False
    verdict, figures = _verdict(report), _figures(flow, report)
    beside_it = (17 + 28 if verdict else 0) + sum(height_of(block) + 3 for block in figures)
    height = max(gauge.HEIGHT + _NAME + 12, beside_it + 28)
    flow.page.boxes.append(Box(look.LEFT, top, look.WIDTH, height, colours.WASH, radius=5))
    words = report.labels.say("report.not_scored") if report.final is None else report.band or ""
    at = top + (height - gauge.HEIGHT - _NAME) / 2
    name, x = report.labels.say("report.score_overall"), look.LEFT + 12
    flow.page.put(x, at, name, styles.STRONG, gauge.WIDTH, "centre")
    scale, labels = report.scale, report.labels
    drawing = gauge.gauge(report.final, words, scale, FONTS, low=low, labels=labels)
    flow.page.add(drawing, x, at + _NAME)
    y = top + (height - beside_it) / 2
    if verdict:
        label = report.labels.say("report.verdict")
        flow.page.put(_SIDE[0], y, label, styles.STRONG, _SIDE[1])
        _badge(flow.page, y + 17, verdict, colours.BAD if low else colours.GOOD)
        y += 17 + 28
    for block in figures:
        flow.page.put_block(_SIDE[0], y, block)
        y += height_of(block) + 3
    flow.space(height)


def _badge(page: Page, y: float, verdict: str, colour: Colour) -> None:
    """The verdict on a ground of its colour, as wide as its words."""
    x, room = _SIDE[0], _SIDE[1] - 18
    said = FONTS.fit(verdict, look.VERDICT, room)
    page.boxes.append(Box(x, y, FONTS.width(said, look.VERDICT) + 18, 20, colour, radius=3))
    page.put(x + 9, y + 3, said, look.VERDICT, room)


def _verdict(report: AuditReport) -> str | None:
    if report.passed is None:
        return None
    mark, code = ("✓", "report.passed") if report.passed else ("×", "report.failed")
    return f"{mark} {joined(report.labels.say(code))}"


def _figures(flow: Flow, report: AuditReport) -> list[Block]:
    labels, scale = report.labels, report.scale
    answered, visible = report.coverage
    validity = labels.say("report.valid" if report.valid else "report.invalid")
    lines = [labels.say("report.coverage", answered=answered, visible=visible, validity=validity)]
    if report.raw is not None and report.raw != report.final:
        lines.insert(0, labels.say("report.raw", score=percent(report.raw)))
    if scale.pass_mark is not None:
        lines.append(labels.say("report.pass_mark", mark=percent(scale.pass_mark)))
    return [flow.block(line, styles.BODY, _SIDE[1], 3) for line in lines]
