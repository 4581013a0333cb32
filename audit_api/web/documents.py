"""Documents as responses: gathered for whoever asks, drawn in a language and a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from flask import Response, current_app

from audit_api.database import one_moment
from audit_api.rules.papers import USUAL, Form
from audit_api.services import scorecards
from audit_api.services.documents.editions import Edition
from audit_api.services.documents.files import Document
from audit_api.services.documents.languages import locales
from audit_api.services.scorecards import CardRequest, Subject
from audit_api.web.authentication import who
from audit_api.words import spoken

# What gathers and draws is loaded by the first document of its kind.


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a document is to be had: in one of the languages of documents, in a form."""

    lang: str
    form: Form = USUAL


def audit_report(audit_id: UUID, edition: Edition, wanted: Wanted) -> Response:
    """Return an audit's report; only the full edition knows the auditor."""
    from audit_api.services.documents import audit

    lang, form = wanted.lang, wanted.form
    made = audit.audit_pdf(
        audit_id,
        by=who(),
        lang=lang,
        store=current_app.extensions["audit_photo_store"],
        edition=edition,
        form=form,
    )
    return _pdf(made, lang)


def site_card(site_id: UUID, asked: CardRequest, wanted: Wanted) -> Response:
    """Return a site's scorecard."""
    from audit_api.services.documents import scorecard

    lang, now = wanted.lang, datetime.now(UTC)
    with one_moment():
        site = scorecards.site(site_id, by=who())
        report = scorecard.gather(site, asked, by=who(), lang=lang, now=now)
    return _pdf(
        scorecard.draw(
            report, asked, lang, current_app.extensions["audit_photo_store"], wanted.form
        ),
        lang,
    )


def paper(find: Callable[[], Subject], asked: CardRequest, wanted: Wanted) -> Response:
    """Return the paper about the many sites of what `find` finds, of a period."""
    from audit_api.services.documents.network import paper

    lang, now = wanted.lang, datetime.now(UTC)
    with one_moment():
        report = paper.gather(find(), asked, by=who(), lang=lang, now=now)
    return _pdf(
        paper.draw(report, asked, lang, current_app.extensions["audit_photo_store"], wanted.form),
        lang,
    )


def campaign_paper(campaign_id: UUID, wanted: Wanted) -> Response:
    """Return the paper of a campaign, from its first month to its last."""
    from audit_api.services.documents.network import paper

    lang, now = wanted.lang, datetime.now(UTC)
    with one_moment():
        subject = scorecards.campaign(campaign_id, by=who())
        report = paper.gather_campaign(subject, by=who(), lang=lang, now=now)
    return _pdf(
        paper.draw(report, None, lang, current_app.extensions["audit_photo_store"], wanted.form),
        lang,
    )


def against_competitors(
    find: Callable[[], Subject], asked: CardRequest, wanted: Wanted
) -> Response:
    """Return how the own sites of what `find` finds stand against competitors' sites."""
    from audit_api.services.documents import competitors

    lang, now = wanted.lang, datetime.now(UTC)
    with one_moment():
        subject = find()
        report = competitors.gather(subject, asked, by=who(), lang=lang, now=now)
    return _pdf(competitors.draw(report, subject, asked, lang, wanted.form), lang)


def _pdf(document: Document, lang: str) -> Response:
    """Return a document in a reader's language, or in both of the product's."""
    return Response(
        document.data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{document.file_name}"',
            "Content-Language": ", ".join(filter(None, map(spoken, locales(lang)))),
        },
    )
