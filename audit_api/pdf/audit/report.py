"""An audit's report, from frozen values to the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from audit_api.drawing import colours, styles
from audit_api.drawing.languages import Text, joined
from audit_api.pdf import look
from audit_api.pdf.audit.effects import effects
from audit_api.pdf.audit.explanation import explanation
from audit_api.pdf.audit.findings import findings, named
from audit_api.pdf.audit.questions import questions
from audit_api.pdf.audit.summary import about, impression, opening, touchpoints, visit
from audit_api.pdf.audit.values import AuditReport
from audit_api.pdf.document import bullets, contents, edges, heading
from audit_api.pdf.gallery import OpenPhoto, Photos
from audit_api.pdf.page import Flow, Mark
from audit_api.pdf.painting.paint import Properties, paint
from audit_api.pdf.photo import opened
from audit_api.pdf.structure import Tag
from audit_api.rules.papers import USUAL, Form, Layout

_CONTENTS = styles.SMALL.leading + 2


def render(report: AuditReport, open_photo: OpenPhoto, form: Form = USUAL) -> bytes:
    """The report as a PDF in a form: fonts embedded, text that can be searched and copied.

    `open_photo` answers the JPEG of a key; each key is asked for once.  A lost or unreadable
    photo leaves a labelled cell; a `Problem` that says the store is unavailable passes through.
    The same report, photos and form give the same bytes.
    """
    return paint(lay_out(report, open_photo, form), _properties(report))


def render_all(reports: Iterable[AuditReport], open_photo: OpenPhoto, *, title: Text) -> bytes:
    """Reports behind each other in one PDF, each under a bookmark of its own.  At least one.

    All of it is made in memory: about as much as the PDF of each, with its photos.
    """
    whole, last = Flow(pages=[]), None
    for last in reports:
        _append(whole, lay_out(last, open_photo), visit(last))
    assert last is not None
    properties = _properties(last)
    return paint(whole, replace(properties, title=joined(title), subject=properties.author))


def _append(whole: Flow, flow: Flow, title: Text) -> None:
    first = len(whole.pages)
    whole.outline.append(Mark(joined(title), first, 0, 0))
    for mark in flow.outline:
        whole.outline.append(replace(mark, page=mark.page + first, level=mark.level + 1))
    whole.pages += flow.pages
    flow.structure.root.tag = Tag.PART
    whole.structure.root.inside.append(flow.structure.root)


def lay_out(report: AuditReport, open_photo: OpenPhoto, form: Form = USUAL) -> Flow:
    """The pages of the report as marks, not yet painted."""
    photos = cache(lambda key: opened(open_photo, key))
    flow = Flow(look.SHEETS[form.paper], report.colour or colours.GOOD)
    opening(flow, report)
    flow.space(6)
    free, part = flow.y, flow.structure.add(Tag.PARAGRAPH)
    flow.space(_CONTENTS)
    _LAYOUTS[form.layout](flow, report, photos)
    contents(flow, report.labels, page=0, y=free, part=part)
    revision = joined(report.labels.say("report.identity", revision=report.revision))
    identity = f"{revision} · SHA-256 {report.digest}"
    edges(flow, report.labels, title=visit(report), owner=report.organisation, identity=identity)
    return flow


def _full(flow: Flow, report: AuditReport, photos: Photos) -> None:
    _answer(flow, report)
    about(flow, report)
    findings(flow, report, photos)
    _review_notes(flow, report)
    questions(flow, report, photos)
    explanation(flow, report)


def _summary(flow: Flow, report: AuditReport, photos: Photos) -> None:
    _answer(flow, report)
    named(flow, report)
    about(flow, report)


def _findings(flow: Flow, report: AuditReport, photos: Photos) -> None:
    effects(flow, report)
    findings(flow, report, photos)
    about(flow, report)


_LAYOUTS: dict[Layout, Callable[[Flow, AuditReport, Photos], None]] = {
    Layout.FULL: _full,
    Layout.SUMMARY: _summary,
    Layout.FINDINGS: _findings,
}


def _answer(flow: Flow, report: AuditReport) -> None:
    """What a reader wants to know first."""
    impression(flow, report)
    effects(flow, report)
    touchpoints(flow, report)


def _review_notes(flow: Flow, report: AuditReport) -> None:
    if report.review_notes:
        heading(flow, report.labels.say("report.review_notes"), keep=styles.BODY.leading * 3)
        bullets(flow, report.review_notes)


def _properties(report: AuditReport) -> Properties:
    title = joined(report.labels.say("report.title"))
    return Properties(
        title=f"{title} – {visit(report)}",
        subject=f"{joined(report.checklist_title)} · {report.site_code}",
        author=report.organisation,
        language=report.locale,
        made=report.business_date,
    )
