"""The charts of this room: those of the documents, from what the documents show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit_api.console.frame import charts, reader
from audit_api.console.frame.charts import Chart
from audit_api.drawing import Comparison, Expected, Figure, Metric, Period, Scale, Text
from audit_api.drawing.comparison import comparison, comparison_legend
from audit_api.drawing.gauge import gauge as drawn_gauge
from audit_api.drawing.languages import joined
from audit_api.drawing.metrics import metrics as drawn_metrics
from audit_api.drawing.parts import PartRow, parts, parts_legend
from audit_api.drawing.quadrant import Quadrants, quadrant
from audit_api.drawing.trend import trend as drawn_trend
from audit_api.rules.exact import percent
from audit_api.svg import Cells

if TYPE_CHECKING:
    from audit_api.services.documents.network.glance import Part


def gauge(overall: Figure, band: Text | None, scale: Scale) -> Chart:
    """Return the score on its half circle."""
    score, mark = overall.score, scale.pass_mark
    words: Text = reader.said("report.not_scored") if score is None else band or ""
    drawing = drawn_gauge(
        score,
        words,
        scale,
        charts.fonts(),
        low=score is not None and mark is not None and score < mark,
        labels=charts.labels(),
    )
    return charts.fixed(reader.said("report.score_overall"), drawing, Cells((), ()))


def trend(periods: Sequence[Period], scale: Scale, expected: Sequence[Expected]) -> Chart | None:
    """Return the score over time; None where nothing is scored."""
    if not periods:
        return None
    return charts.chart(
        reader.said("report.trend"),
        lambda width: drawn_trend(
            periods, scale.pass_mark, charts.labels(), charts.fonts(), width, expected
        ),
        _of_trend(periods, expected),
    )


def by_parts(title: str, first: str, shown: Sequence[Part]) -> Chart | None:
    """Return the parts of many sites' score against the organisation's; the codes name the chart
    and its first column."""
    if not shown:
        return None
    rows = [
        PartRow(
            part.title,
            part.figure,
            part.organisation,
            part.change.points,
            part.change.beyond_chance,
        )
        for part in shown
    ]
    labels, fonts = charts.labels(), charts.fonts()
    table = parts(rows, labels.say(first), labels, fonts, charts.WIDE)
    below = parts_legend(rows, labels, fonts, charts.WIDE)
    return charts.rows(reader.said(title), table, [below])


def compared(title: str, first: str, rows: Sequence[Comparison]) -> Chart | None:
    """Return a site's parts against its region's and its organisation's."""
    if not rows:
        return None
    labels, fonts = charts.labels(), charts.fonts()
    table = comparison(rows, labels.say(first), labels, fonts, charts.WIDE)
    return charts.rows(reader.said(title), table, [comparison_legend(labels, fonts, charts.WIDE)])


def metrics(shown: Sequence[Metric]) -> Chart | None:
    """Return what customers would say."""
    if not shown:
        return None
    table = drawn_metrics(shown, charts.labels(), charts.fonts(), charts.WIDE)
    return charts.rows(reader.said("report.metrics"), table)


def quadrants(shown: Quadrants) -> Chart:
    """Return the parts between importance and performance."""
    rows = [
        (joined(part.title), percent(part.importance.score), percent(part.performance.score))
        for part in shown.parts
    ]
    head = [
        reader.said(code) for code in ("report.touchpoint", "report.importance", "report.score")
    ]
    drawing = quadrant(shown, charts.labels(), charts.fonts(), charts.WIDE)
    return charts.fixed(reader.said("report.drivers"), drawing, Cells(head, rows))


def _of_trend(periods: Sequence[Period], expected: Sequence[Expected]) -> Cells:
    head = [
        reader.said(code)
        for code in ("report.period", "report.score", "report.interval", "report.visits")
    ]
    rows = [
        (
            joined(period.label),
            percent(period.figure.score),
            _ends(period.figure.low, period.figure.high),
            str(period.figure.n),
        )
        for period in periods
    ]
    to_come = [
        (joined(each.label), percent(each.score), _ends(each.low, each.high), "–")
        for each in expected
    ]
    return Cells(head, [*rows, *to_come])


def _ends(low: int | None, high: int | None) -> str:
    return "–" if low is None or high is None else f"{percent(low)} – {percent(high)}"
