"""The score of own sites and that of the competitors', side by side."""

from __future__ import annotations

from audit_api.drawing import colours, gauge, styles
from audit_api.drawing.figures import Figure, signed
from audit_api.drawing.languages import Text
from audit_api.drawing.lettering import Block, height_of
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.competitors.values import CompetitorsReport
from audit_api.pdf.page import Flow
from audit_api.rules.exact import percent
from audit_api.rules.figures.comparison import CHANCE
from audit_api.typography.text import FONTS

_MARGIN = 12.0
_BETWEEN = look.WIDTH - 2 * (_MARGIN + gauge.WIDTH)
_WIDE = 100.0
"""How wide the difference stands: gauges leave room beside their foot."""
_GAUGE = gauge.HEIGHT - 14
"""Where the words below a gauge begin: nothing stands at its foot."""
_NAME = styles.STRONG.leading + 6


def scores(flow: Flow, report: CompetitorsReport) -> None:
    """Both scores as gauges, their difference between them."""
    labels = report.labels
    told = [_told(report, report.own), _told(report, report.competitors)]
    height = _NAME + _GAUGE + max(map(height_of, told)) + 20
    flow.need(height)
    top = flow.y
    flow.page.boxes.append(Box(look.LEFT, top, look.WIDTH, height, colours.WASH, radius=5))
    sides = (look.LEFT + _MARGIN, look.RIGHT - _MARGIN - gauge.WIDTH)
    for x, code, figure, said in zip(
        sides,
        ("report.own_sites", "report.competitors"),
        (report.own, report.competitors),
        told,
        strict=True,
    ):
        flow.page.put(x, top + 10, labels.say(code), styles.STRONG, gauge.WIDTH, "centre")
        _gauge(flow, report, figure, x, top + 10 + _NAME)
        foot = top + 10 + _NAME + _GAUGE
        flow.page.put_block(x, foot, said, gauge.WIDTH, "centre")
    _difference(flow, report, sides[0] + gauge.WIDTH, top + 10 + _NAME + 34)
    flow.space(height)


def _gauge(flow: Flow, report: CompetitorsReport, figure: Figure, x: float, y: float) -> None:
    mark = report.scale.pass_mark
    low = figure.score is not None and mark is not None and figure.score < mark
    words = report.labels.say("report.not_scored") if figure.score is None else ""
    flow.page.add(
        gauge.gauge(figure.score, words, report.scale, FONTS, low=low, labels=report.labels), x, y
    )


def _told(report: CompetitorsReport, figure: Figure) -> Block:
    """On how many visits a score rests, and between what it may lie."""
    visits = report.labels.say("report.visits_scored_count", n=figure.n)
    lines = [*Flow.block(visits, styles.SMALL, gauge.WIDTH, 1)]
    if figure.low is not None and figure.high is not None:
        ends = f"{percent(figure.low)} – {percent(figure.high)}"
        interval = report.labels.say("report.interval_of", interval=ends)
        lines += Flow.block(interval, styles.SMALL, gauge.WIDTH, 1)
    return lines


def _difference(flow: Flow, report: CompetitorsReport, x: float, y: float) -> None:
    """By how much own sites are above the competitors', and whether that is more than chance."""
    if report.own.score is None or report.competitors.score is None:
        return
    labels = report.labels
    sure = report.p is not None and report.p < CHANCE
    points = signed(report.own.score - report.competitors.score)
    style = look.TILE if sure else look.TILE_LIGHT
    lines = [
        *Flow.block(labels.say("report.difference"), styles.SMALL, _WIDE, 1),
        (points, style),
        *Flow.block(_chance(report, sure=sure), styles.TINY, _WIDE, 3),
    ]
    flow.page.put_block(x + (_BETWEEN - _WIDE) / 2, y, lines, _WIDE, "centre")


def _chance(report: CompetitorsReport, *, sure: bool) -> Text:
    if report.p is None:
        return report.labels.say("report.chance_untold")
    return report.labels.say("report.chance_excluded" if sure else "report.chance_possible")
