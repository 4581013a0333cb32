"""A visit on a page: what its report says, and its charts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from audit_api.console.frame import charts, reader
from audit_api.console.frame.charts import Chart
from audit_api.console.frame.sessions import who
from audit_api.drawing import bars, gauge
from audit_api.drawing.languages import joined
from audit_api.rules.exact import percent
from audit_api.svg import Cells

if TYPE_CHECKING:
    from audit_api.services.documents.sheet import Sheet


def of(audit_id: UUID) -> Sheet:
    """Return a visit as the reader may know it; raise FORBIDDEN, or NOT_FOUND."""
    # What draws documents takes long to load, and most pages need none of it.
    from audit_api.services.documents import sheet

    return sheet.of(audit_id, by=who(), locale=reader.locale())


def title(found: Sheet) -> str:
    """Return what a visit is called: the site and the day."""
    return f"{found.report.site_name} · {reader.day(found.report.business_date)}"


def score_chart(found: Sheet) -> Chart:
    """Return the gauge of a visit's score."""
    report, labels = found.report, charts.labels()
    words = labels.say("report.not_scored") if report.final is None else report.band or ""
    drawing = gauge.gauge(
        report.final,
        words,
        report.scale,
        charts.fonts(),
        low=report.passed is False,
        labels=labels,
    )
    name = reader.said("report.score_overall")
    return charts.fixed(
        name, drawing, Cells([name], [[f"{percent(report.final)} {joined(words)}"]])
    )


def touchpoint_chart(found: Sheet) -> Chart:
    """Return the scores of a visit's touchpoints as bars."""
    rows = [
        bars.Bar(part.title, part.score, part.share, sum(line.failed for line in part.questions))
        for part in found.report.touchpoints
    ]
    table = bars.bars(rows, charts.labels(), charts.fonts(), charts.WIDE)
    return charts.rows(reader.said("report.by_touchpoint"), table)
