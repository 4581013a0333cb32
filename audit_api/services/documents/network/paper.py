"""The paper about many sites: gathered into a frozen value, and drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from audit_api import pdf
from audit_api.drawing import Text
from audit_api.pdf import Comment, NetworkReport
from audit_api.rules.papers import USUAL, Form
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.documents.audit import photo_opener
from audit_api.services.documents.comments import comments
from audit_api.services.documents.counted import these
from audit_api.services.documents.files import Document, file_name
from audit_api.services.documents.insights import drivers, repeats, weekdays
from audit_api.services.documents.languages import labels, led
from audit_api.services.documents.lots import drawn
from audit_api.services.documents.network.asked import Asked, asked, asked_of_campaign
from audit_api.services.documents.network.glance import glance
from audit_api.services.documents.network.practices import best_and_worst
from audit_api.services.documents.network.questions import questionnaires
from audit_api.services.documents.network.sites import (
    Beside,
    change,
    heat,
    league,
)
from audit_api.services.documents.owners import Owner, owner
from audit_api.services.insights import sample
from audit_api.services.insights.sample import SampledAudit
from audit_api.services.scorecards import CardRequest, Subject
from audit_api.storage.store import PhotoStore

MAX_HEARD = 200
"""Visits whose comments are looked at."""


def gather(
    subject: Subject, request: CardRequest, *, by: Who, lang: str, now: datetime
) -> NetworkReport:
    """Return all that the paper of a region or of the organisation says, in `lang`.

    Raises FORBIDDEN.  Call it in `database.one_moment`.
    """
    access.require(by, Permission.REPORT_READ)
    owned = owner(by.organisation_id)
    return _gather(asked(subject, request, by=by, lang=led(lang, owned.home), now=now), owned)


def gather_campaign(subject: Subject, *, by: Who, lang: str, now: datetime) -> NetworkReport:
    """Return all that the paper of a campaign says, from its first month to its last; as
    `gather`."""
    access.require(by, Permission.REPORT_READ)
    owned = owner(by.organisation_id)
    return _gather(asked_of_campaign(subject, by=by, lang=led(lang, owned.home), now=now), owned)


def draw(
    report: NetworkReport,
    request: CardRequest | None,
    lang: str,
    store: PhotoStore,
    form: Form = USUAL,
) -> Document:
    """Return the paper that was gathered as a PDF in a form, `request` being what was asked for of
    a region or the organisation; it needs no database."""
    told = [] if request is None else [str(request.period).replace("/", "_")]
    if request is not None and request.checklist is not None:
        told += ["checklist", request.checklist]
    name = file_name("scorecard", report.code or report.name, *told, *form.parts, lang)
    return Document(name, pdf.render_network(report, photo_opener(store), form))


def _gather(asked: Asked, owned: Owner) -> NetworkReport:
    first = glance(asked, owned)
    subject, request, lang, sites = asked.subject, asked.request, asked.lang, first.sites
    card, seen = first.card, _seen(asked)
    report = replace(
        first.report,
        heat=heat(sites, card),
        league=league(sites, change(sites)),
        drivers=drivers(subject, request, by=asked.by, lang=lang) if card.overall.n else None,
        repeats=repeats(subject, request, by=asked.by, lang=lang) if card.audits else None,
        weekdays=weekdays(subject, request, by=asked.by, lang=lang) if card.overall.n else None,
        practices=best_and_worst(asked, sites, seen),
        comments=_comments(asked, sites, seen),
        questionnaires=questionnaires(asked, card.versions),
        notes=tuple(_notes(asked, sites)),
    )
    return replace(first, report=report).answered()


def _seen(asked: Asked) -> Sequence[SampledAudit]:
    """The visits that examples and comments are taken from."""
    period = asked.request.period
    counted = sample.counted(asked.subject, period, asked.scoring_keys)
    return sample.audits(asked.subject, period, counted)


def _comments(asked: Asked, sites: Beside, seen: Sequence[SampledAudit]) -> tuple[Comment, ...]:
    names: Mapping[UUID, str] = {each.site.site_id: each.site.name for each in sites.sites}
    visits = these(drawn((audit.id for audit in seen if audit.site_id in names), MAX_HEARD))
    return comments(visits, asked.lang, names)


def _notes(asked: Asked, sites: Beside) -> Iterator[Text]:
    """What the paper leaves out, and why."""
    if sites.left_out:
        values = {"named": len(sites.named), "sites": len(sites.ranked)}
        yield labels(asked.lang).say("network.left_out", **values)
