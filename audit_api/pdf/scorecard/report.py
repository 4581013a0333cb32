"""A site's scorecard, from frozen values to the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from audit_api.drawing import colours, styles
from audit_api.drawing.comparison import Comparison, comparison, comparison_legend
from audit_api.drawing.languages import joined
from audit_api.drawing.metrics import metrics
from audit_api.pdf import look
from audit_api.pdf.charts import charted, traced
from audit_api.pdf.columns import height_side_by_side, side_by_side
from audit_api.pdf.document import edges, heading
from audit_api.pdf.gallery import OpenPhoto, Photos
from audit_api.pdf.page import Flow
from audit_api.pdf.painting.paint import Properties, paint
from audit_api.pdf.photo import opened
from audit_api.pdf.practices import Practice, practices
from audit_api.pdf.repeats import repeats
from audit_api.pdf.scorecard.details import comments, failing
from audit_api.pdf.scorecard.summary import summary
from audit_api.pdf.scorecard.values import SiteScorecardReport
from audit_api.pdf.scorecard.visits import visits
from audit_api.rules.papers import USUAL, Form, Layout
from audit_api.rules.scoring.praise import NEARLY_ALL
from audit_api.typography.text import FONTS

_FEW = 3
"""Questions that a summary names."""


class _Part(NamedTuple):
    """A chart of parts: its heading, the title of its first column, and its rows."""

    code: str
    first: str
    rows: Callable[[SiteScorecardReport], Sequence[Comparison]]


_PARTS = (
    _Part("report.by_touchpoint", "report.touchpoint", attrgetter("touchpoints")),
    _Part("report.by_dimension", "report.dimension", attrgetter("dimensions")),
)


def render_scorecard(
    report: SiteScorecardReport, open_photo: OpenPhoto, form: Form = USUAL
) -> bytes:
    """The scorecard as a PDF in a form: fonts embedded, text that can be searched and copied.

    `open_photo` answers the JPEG of a key.  A lost or unreadable photo leaves a labelled cell; a
    `Problem` that says the store is unavailable passes through.  The same scorecard, photos and
    form give the same bytes.
    """
    return paint(lay_out_scorecard(report, open_photo, form), _properties(report))


def lay_out_scorecard(
    report: SiteScorecardReport, open_photo: OpenPhoto, form: Form = USUAL
) -> Flow:
    """The pages of the scorecard as marks, not yet painted."""
    photos = cache(lambda key: opened(open_photo, key))
    labels, flow = report.labels, Flow(look.SHEETS[form.paper], report.colour or colours.GOOD)
    summary(flow, report)
    _LAYOUTS[form.layout](flow, report, photos)
    as_of = joined(labels.say("report.as_of", moment=report.as_of), " · ")
    title = f"{report.site_name} · {joined(report.period)}"
    edges(flow, labels, title=title, owner=report.organisation, identity=as_of)
    return flow


def _full(flow: Flow, report: SiteScorecardReport, photos: Photos) -> None:
    _trend(flow, report)
    _compared(flow, report, *_PARTS)
    failing(flow, report.labels, report.failing)
    repeats(flow, report.labels, report.repeats)
    _metrics(flow, report)
    _seen(flow, report, photos, report.practices)
    comments(flow, report.labels, report.comments)
    visits(flow, report)
    _reading(flow, report)


def _summary(flow: Flow, report: SiteScorecardReport, photos: Photos) -> None:
    _trend(flow, report)
    _compared(flow, report, _PARTS[0])
    failing(flow, report.labels, report.failing[:_FEW])


def _findings(flow: Flow, report: SiteScorecardReport, photos: Photos) -> None:
    failing(flow, report.labels, report.failing)
    repeats(flow, report.labels, report.repeats)
    _seen(flow, report, photos, [each for each in report.practices if not each.good])
    comments(flow, report.labels, report.comments)
    visits(flow, report)


_LAYOUTS: dict[Layout, Callable[[Flow, SiteScorecardReport, Photos], None]] = {
    Layout.FULL: _full,
    Layout.SUMMARY: _summary,
    Layout.FINDINGS: _findings,
}


def _trend(flow: Flow, report: SiteScorecardReport) -> None:
    mark = report.scale.pass_mark
    traced(flow, report.labels, report.trend, mark, report.expected, report.forecast)


def _compared(flow: Flow, report: SiteScorecardReport, *parts: _Part) -> None:
    labels = report.labels
    for code, first, rows_of in parts:
        if rows := rows_of(report):
            table = comparison(rows, labels.say(first), labels, FONTS, look.WIDTH)
            charted(flow, labels.say(code), table, comparison_legend(labels, FONTS, look.WIDTH))


def _seen(
    flow: Flow, report: SiteScorecardReport, photos: Photos, examples: Sequence[Practice]
) -> None:
    """What was praised and what was complained of, with photos."""
    practices(flow, report.labels, report.labels.say("report.seen"), examples, photos)


def _metrics(flow: Flow, report: SiteScorecardReport) -> None:
    if report.metrics:
        labels = report.labels
        table = metrics(report.metrics, labels, FONTS, look.WIDTH)
        charted(flow, labels.say("report.metrics"), table)


def _reading(flow: Flow, report: SiteScorecardReport) -> None:
    """How the figures are to be read."""
    ranking = "report.read_rank" if report.own else "report.read_competitor"
    rules = [
        report.labels.say(code, least=report.least)
        for code in ("report.read_score", ranking, "report.read_interval", "report.read_change")
    ]
    if report.expected:
        rules.append(report.labels.say("report.read_forecast"))
    if report.failing:
        rules.append(report.labels.say("report.read_impact"))
    if report.comments:
        share = {"least": NEARLY_ALL, "most": 100 - NEARLY_ALL}
        rules.append(report.labels.say("report.read_remarks", **share))
    keep = sum(height_side_by_side(rule, styles.SMALL) + 3 for rule in rules)
    heading(flow, report.labels.say("report.how_to_read"), keep)
    for rule in rules:
        side_by_side(flow, rule, styles.SMALL)
        flow.space(3)


def _properties(report: SiteScorecardReport) -> Properties:
    return Properties(
        title=f"{joined(report.title)} – {report.site_name} – {joined(report.period)}",
        subject=f"{report.site_code} · {report.region}",
        author=report.organisation,
        language=report.locale,
        made=report.until,
    )
