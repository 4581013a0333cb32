"""The paper about many sites, from frozen values to the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from audit_api.drawing import colours, styles
from audit_api.drawing.languages import joined
from audit_api.pdf import look
from audit_api.pdf.columns import side_by_side
from audit_api.pdf.document import edges
from audit_api.pdf.gallery import Photos
from audit_api.pdf.network.answer import answer
from audit_api.pdf.network.causes import drivers, repeats, weekdays
from audit_api.pdf.network.parts import answers, course, customers, dimensions, touchpoints
from audit_api.pdf.network.practice import best, worst
from audit_api.pdf.network.reading import coverage, reading
from audit_api.pdf.network.sites import by_touchpoint, moved, moved_farthest, ranked, worsened
from audit_api.pdf.network.summary import head, summary
from audit_api.pdf.network.values import NetworkReport
from audit_api.pdf.page import Flow
from audit_api.pdf.painting.paint import Properties, paint
from audit_api.pdf.photo import opened
from audit_api.pdf.scorecard.details import comments, failing
from audit_api.rules.papers import USUAL, Form, Layout

_FEW_MOVERS, _FEW_QUESTIONS = 5, 3
"""What a summary names."""


def render_network(
    report: NetworkReport, open_photo: Callable[[str], bytes], form: Form = USUAL
) -> bytes:
    """The paper as a PDF in a form: fonts embedded, text that can be searched and copied.

    `open_photo` answers the JPEG of a key; each key is asked for once.  A lost or unreadable
    photo leaves a labelled cell; a `Problem` that says the store is unavailable passes through.
    The same report, photos and form give the same bytes.
    """
    return paint(lay_out_network(report, open_photo, form), _properties(report))


def lay_out_network(
    report: NetworkReport, open_photo: Callable[[str], bytes], form: Form = USUAL
) -> Flow:
    """The pages of the paper as marks, not yet painted."""
    photos = cache(lambda key: opened(open_photo, key))
    flow = Flow(look.SHEETS[form.paper], report.colour or colours.GOOD)
    head(flow, report)
    if report.overall.n:
        answer(flow, report.labels, report.findings)
        _LAYOUTS[form.layout](flow, report, photos)
    else:
        _nothing(flow, report)
    as_of = joined(report.labels.say("report.as_of", moment=report.as_of), " · ")
    title = f"{report.name} · {joined(report.period)}"
    edges(flow, report.labels, title=title, owner=report.organisation, identity=as_of)
    return flow


def _full(flow: Flow, report: NetworkReport, photos: Photos) -> None:
    for section in (summary, course, touchpoints, dimensions, by_touchpoint, ranked, moved):
        section(flow, report)
    failing(flow, report.labels, report.failing)
    for section in (drivers, repeats, weekdays, customers):
        section(flow, report)
    best(flow, report, photos)
    worst(flow, report, photos)
    comments(flow, report.labels, report.comments)
    answers(flow, report)
    coverage(flow, report)
    reading(flow, report)


def _summary(flow: Flow, report: NetworkReport, photos: Photos) -> None:
    for section in (summary, course, touchpoints):
        section(flow, report)
    moved_farthest(flow, report, _FEW_MOVERS)
    failing(flow, report.labels, report.failing[:_FEW_QUESTIONS])


def _findings(flow: Flow, report: NetworkReport, photos: Photos) -> None:
    worsened(flow, report)
    failing(flow, report.labels, report.failing)
    repeats(flow, report)
    worst(flow, report, photos)
    comments(flow, report.labels, [comment for comment in report.comments if not comment.good])


_LAYOUTS: dict[Layout, Callable[[Flow, NetworkReport, Photos], None]] = {
    Layout.FULL: _full,
    Layout.SUMMARY: _summary,
    Layout.FINDINGS: _findings,
}


def _nothing(flow: Flow, report: NetworkReport) -> None:
    """What a paper says of which no visit has a score yet."""
    side_by_side(flow, report.labels.say("report.nothing_scored"), styles.BODY)
    answer(flow, report.labels, report.findings)
    coverage(flow, report)


def _properties(report: NetworkReport) -> Properties:
    return Properties(
        title=f"{joined(report.title)} – {report.name} – {joined(report.period)}",
        subject=report.code or report.name,
        author=report.organisation,
        language=report.locale,
        made=report.until,
    )
