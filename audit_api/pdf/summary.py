"""The first page's upper half: whose audit this is, where, when, and what it scored."""

from __future__ import annotations

from audit_api.pdf import look
from audit_api.pdf.chart import Bar, bars, percent
from audit_api.pdf.page import Box, Flow
from audit_api.pdf.values import AuditReport

_KEY_WIDTH = 84.0
_COLUMN = look.WIDTH / 2
_PANEL_HEIGHT = 84.0


def summary(flow: Flow, report: AuditReport) -> None:
    _head(flow, report)
    _facts(flow, report)
    _score(flow, report)
    _effects(flow, report)
    _touchpoints(flow, report)


def visit_date(report: AuditReport) -> str:
    """The business date in the form that the language's label gives."""
    day = report.business_date
    return report.labels["report.date"].format(year=day.year, month=day.month, day=day.day)


def heading(flow: Flow, title: str, keep: float) -> None:
    """A section's heading, on the same page as the first `keep` points of what follows."""
    flow.need(12 + look.HEADING.leading + 4 + keep)
    flow.space(12)
    flow.mark(title)
    flow.page.put(look.LEFT, flow.y, title, look.HEADING, look.WIDTH)
    flow.space(look.HEADING.leading + 4)


def _head(flow: Flow, report: AuditReport) -> None:
    flow.y = 40
    flow.page.boxes.append(Box(0, 0, look.PAPER_WIDTH, 8, look.GOOD))
    flow.write(report.organisation, look.NOTE)
    flow.mark(report.labels["report.title"])
    flow.write(report.labels["report.title"], look.TITLE)
    flow.write(f"{report.site_name} · {visit_date(report)}", look.SITE)
    flow.space(8)
    flow.rule(look.GOOD, 1.2)
    flow.space(9)


def _facts(flow: Flow, report: AuditReport) -> None:
    """Two facts to a row; a fact that is not given leaves neither its key nor a gap."""
    words = report.labels
    version = words["report.version"].format(version=report.checklist_version)
    facts = [
        ("report.site", f"{report.site_name} ({report.site_code})"),
        ("report.business_date", visit_date(report)),
        ("report.region", report.region),
        ("report.conducted_at", report.conducted_at),
        ("report.checklist", f"{report.checklist_title} · {version}"),
        ("report.received_at", report.received_at),
        ("report.address", report.site_address),
        ("report.state", report.state),
        ("report.auditor", report.auditor),
        ("report.revision", str(report.revision)),
    ]
    given = [(words[key], value) for key, value in facts if value is not None]
    for pair in (given[index : index + 2] for index in range(0, len(given), 2)):
        _fact_row(flow, pair)
    flow.space(8)


def _fact_row(flow: Flow, pair: list[tuple[str, str]]) -> None:
    room = _COLUMN - _KEY_WIDTH - 12
    wrapped = [flow.wrapped(value, look.BODY, room, most=3) for _, value in pair]
    height = max(map(len, wrapped)) * look.BODY.leading + 2
    flow.need(height)
    for column, ((key, _), lines) in enumerate(zip(pair, wrapped, strict=True)):
        x = look.LEFT + column * _COLUMN
        flow.page.put(x, flow.y, key, look.MUTED, _KEY_WIDTH - 6)
        flow.page.put_lines(x + _KEY_WIDTH, flow.y, lines, look.BODY)
    flow.space(height)


def _score(flow: Flow, report: AuditReport) -> None:
    flow.need(_PANEL_HEIGHT)
    words, page, top = report.labels, flow.page, flow.y
    page.boxes.append(Box(look.LEFT, top, look.WIDTH, _PANEL_HEIGHT, look.WASH, radius=4))
    left = look.LEFT + 16
    page.put(left, top + 9, words["report.score_overall"], look.NOTE, 200)
    figure = words["report.not_scored"] if report.final is None else percent(report.final)
    page.put(left, top + 21, figure, look.FIGURE, 230)
    if report.band:
        page.put(left, top + 62, report.band, look.SUBHEADING, 230)
    _verdict(flow, report, look.LEFT + 256, top + 12)
    _figures(flow, report, look.LEFT + 256, top + 40)
    flow.space(_PANEL_HEIGHT + 4)


def _verdict(flow: Flow, report: AuditReport, x: float, y: float) -> None:
    if report.passed is None:
        return
    mark, key, colour = (
        ("✓", "report.passed", look.GOOD) if report.passed else ("×", "report.failed", look.BAD)
    )
    advance = flow.page.put(x + 10, y + 3, f"{mark} {report.labels[key]}", look.VERDICT, 220)
    flow.page.boxes.append(Box(x, y, advance + 20, 20, colour, radius=3))


def _figures(flow: Flow, report: AuditReport, x: float, y: float) -> None:
    words = report.labels
    answered, visible = report.coverage
    coverage = words["report.coverage"].format(answered=answered, visible=visible)
    validity = words["report.valid" if report.valid else "report.invalid"]
    lines = [f"{coverage} · {validity}"]
    if report.raw is not None and report.raw != report.final:
        lines.insert(0, words["report.raw"].format(score=percent(report.raw)))
    room = look.WIDTH - 256 - 12
    for line in lines:
        wrapped = flow.wrapped(line, look.BODY, room, most=2)
        flow.page.put_lines(x, y, wrapped, look.BODY)
        y += len(wrapped) * look.BODY.leading + 1


def _effects(flow: Flow, report: AuditReport) -> None:
    if not report.effects:
        return
    flow.space(6)
    flow.need(look.STRONG.leading + look.BODY.leading)
    flow.page.put(look.LEFT, flow.y, report.labels["report.effects"], look.STRONG, look.WIDTH)
    flow.space(look.STRONG.leading + 1)
    bullets(flow, report.effects)


def bullets(flow: Flow, sentences: tuple[str, ...]) -> None:
    for sentence in sentences:
        flow.need(look.BODY.leading)
        flow.page.boxes.append(Box(look.LEFT + 2, flow.y + 5, 3, 3, look.GOOD))
        flow.write(sentence, look.BODY, look.LEFT + 12, look.WIDTH - 12)
        flow.space(2)


def _touchpoints(flow: Flow, report: AuditReport) -> None:
    if not report.touchpoints:
        return
    rows = [
        Bar(part.title, part.score, part.weight, sum(line.failed for line in part.questions))
        for part in report.touchpoints
    ]
    heading(flow, report.labels["report.by_touchpoint"], keep=52)
    bars(flow, rows, report.labels)
