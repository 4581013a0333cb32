"""The first page's upper half: whose audit this is, where, when, and what it scored."""

from __future__ import annotations

from audit_api.drawing import colours, gauge, styles
from audit_api.drawing.bars import Bar, bars
from audit_api.drawing.colours import Colour
from audit_api.drawing.languages import Text, joined
from audit_api.drawing.lettering import Block, height_of
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.audit.values import AuditReport
from audit_api.pdf.document import bullets, date_words, facts, head, heading
from audit_api.pdf.page import Flow, Page
from audit_api.pdf.text import FONTS
from audit_api.rules.exact import percent

_SIDE = (look.LEFT + gauge.WIDTH + 26, look.WIDTH - gauge.WIDTH - 44)


def summary(flow: Flow, report: AuditReport) -> None:
    labels = report.labels
    day = joined(date_words(report.business_date, labels), " · ")
    head(
        flow,
        logo=report.logo,
        owner=report.organisation,
        kind=labels.say("report.title"),
        title=report.site_name,
        subtitle=" · ".join((day, report.site_code, report.region)),
    )
    _score(flow, report)
    facts(flow, _facts(report))
    _effects(flow, report)
    _touchpoints(flow, report)


def visit(report: AuditReport) -> str:
    """The site and the day, as the heads of pages and the document's title name the visit."""
    return f"{report.site_name} · {joined(date_words(report.business_date, report.labels), ' ')}"


def _facts(report: AuditReport) -> list[tuple[Text, Text]]:
    """A fact that is not given leaves neither its key nor a gap."""
    labels = report.labels
    version = labels.say(
        "report.checklist_version",
        checklist=report.checklist_title,
        version=report.checklist_version,
    )
    given: list[tuple[str, Text | None]] = [
        ("report.site", f"{report.site_name} ({report.site_code})"),
        ("report.business_date", date_words(report.business_date, labels)),
        ("report.region", report.region),
        ("report.conducted_at", report.conducted_at),
        ("report.checklist", version),
        ("report.received_at", report.received_at),
        ("report.address", report.site_address),
        ("report.state", report.state),
        ("report.auditor", report.auditor),
        ("report.revision", str(report.revision)),
    ]
    return [(labels.say(code), value) for code, value in given if value]


def _score(flow: Flow, report: AuditReport) -> None:
    """The panel: the gauge, and beside it the verdict and what the score rests on."""
    top, low = flow.y, report.passed is False
    verdict, figures = _verdict(flow, report), _figures(flow, report)
    beside = 17 + (28 if verdict else 0) + sum(height_of(block) + 3 for block in figures)
    height = max(gauge.HEIGHT, beside + 28)
    flow.page.boxes.append(Box(look.LEFT, top, look.WIDTH, height, colours.WASH, radius=5))
    words = report.labels.say("report.not_scored") if report.final is None else report.band or ""
    at = top + (height - gauge.HEIGHT) / 2
    drawing = gauge.gauge(report.final, words, report.scale, FONTS, low=low)
    flow.page.add(drawing, look.LEFT + 12, at)
    y = top + (height - beside) / 2
    flow.page.put(_SIDE[0], y, report.labels.say("report.score_overall"), styles.STRONG, _SIDE[1])
    y += 17
    if verdict:
        _badge(flow.page, y, verdict, colours.BAD if low else colours.GOOD)
        y += 28
    for block in figures:
        flow.page.put_block(_SIDE[0], y, block)
        y += height_of(block) + 3
    flow.space(height + 14)


def _badge(page: Page, y: float, verdict: str, colour: Colour) -> None:
    """The verdict on a ground of its colour, as wide as its words."""
    x, room = _SIDE[0], _SIDE[1] - 18
    said = FONTS.fit(verdict, look.VERDICT, room)
    page.boxes.append(Box(x, y, FONTS.width(said, look.VERDICT) + 18, 20, colour, radius=3))
    page.put(x + 9, y + 3, said, look.VERDICT, room)


def _verdict(flow: Flow, report: AuditReport) -> str | None:
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


def _effects(flow: Flow, report: AuditReport) -> None:
    if not report.effects:
        return
    heading(flow, report.labels.say("report.effects"), keep=styles.BODY.leading)
    bullets(flow, report.effects)


def _touchpoints(flow: Flow, report: AuditReport) -> None:
    if not report.touchpoints:
        return
    rows = [
        Bar(part.title, part.score, part.weight, sum(line.failed for line in part.questions))
        for part in report.touchpoints
    ]
    heading(flow, report.labels.say("report.by_touchpoint"), keep=58)
    flow.table(bars(rows, report.labels, FONTS, look.WIDTH))
