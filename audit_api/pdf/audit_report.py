"""An audit's report, from frozen values to the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from audit_api.pdf import look
from audit_api.pdf.answers import findings, questions
from audit_api.pdf.page import Flow, Page
from audit_api.pdf.paint import Properties, paint
from audit_api.pdf.photo import opened
from audit_api.pdf.summary import bullets, heading, summary, visit_date
from audit_api.pdf.values import AuditReport


def render(report: AuditReport, open_photo: Callable[[str], bytes]) -> bytes:
    """The report as a PDF: A4, fonts embedded, text that can be searched and copied.

    `open_photo` answers the JPEG of a key; each key is asked for once.  A lost or unreadable
    photo leaves a labelled cell; a `Problem` that says the store is unavailable passes through.
    The same report and photos give the same bytes.
    """
    return paint(lay_out(report, open_photo), _properties(report))


def lay_out(report: AuditReport, open_photo: Callable[[str], bytes]) -> Flow:
    """The pages of the report as marks, not yet painted."""
    photos = cache(lambda key: opened(open_photo, key))
    flow = Flow()
    summary(flow, report)
    findings(flow, report, photos)
    _review_notes(flow, report)
    questions(flow, report, photos)
    for number, page in enumerate(flow.pages, start=1):
        _furniture(page, report, number, len(flow.pages))
    return flow


def _review_notes(flow: Flow, report: AuditReport) -> None:
    if report.review_notes:
        heading(flow, report.labels["report.review_notes"], keep=look.BODY.leading * 2)
        bullets(flow, report.review_notes)


def _furniture(page: Page, report: AuditReport, number: int, pages: int) -> None:
    """What every page carries at its edges; the first page's head is the report's own."""
    words = report.labels
    if number > 1:
        line = f"{report.site_name} · {visit_date(report)}"
        page.put(look.LEFT, 30, line, look.SMALL, look.WIDTH * 0.6)
        page.put(look.LEFT, 30, report.organisation, look.SMALL, look.WIDTH, "right")
    foot = look.PAPER_HEIGHT - 38
    revision = words["report.identity"].format(revision=report.revision, digest=report.digest)
    page.put(look.LEFT, foot, revision, look.TINY, look.WIDTH - 110)
    count = words["report.page"].format(page=number, pages=pages)
    page.put(look.LEFT, foot, count, look.SMALL, look.WIDTH, "right")


def _properties(report: AuditReport) -> Properties:
    title = report.labels["report.title"]
    return Properties(
        title=f"{title} – {report.site_name} – {visit_date(report)}",
        subject=f"{report.checklist_title} · {report.site_code}",
        author=report.organisation,
        language=report.locale,
        made=report.business_date,
    )
