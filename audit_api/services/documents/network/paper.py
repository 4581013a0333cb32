"""The paper about many sites: gathered into a frozen value, and drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from audit_api import pdf
from audit_api.drawing import Period as TrendPeriod
from audit_api.drawing import Text
from audit_api.pdf import Comment, Coverage, NetworkReport
from audit_api.rules.papers import USUAL, Form
from audit_api.rules.permissions import Permission
from audit_api.rules.totals import Kind
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.documents.audit import photo_opener
from audit_api.services.documents.card_parts import (
    checklist_title,
    difference,
    failing,
    figure,
    metrics,
    period_words,
    scale_of,
    trend,
)
from audit_api.services.documents.comments import comments
from audit_api.services.documents.counted import these
from audit_api.services.documents.files import Document, file_name
from audit_api.services.documents.insights import drivers, outlook, repeats, weekdays
from audit_api.services.documents.languages import labels, led, locales
from audit_api.services.documents.lots import drawn
from audit_api.services.documents.moments import moment
from audit_api.services.documents.network.answer import findings
from audit_api.services.documents.network.asked import Asked, asked, asked_of_campaign
from audit_api.services.documents.network.parts import Around
from audit_api.services.documents.network.practices import best_and_worst
from audit_api.services.documents.network.questions import questionnaires
from audit_api.services.documents.network.sites import (
    Beside,
    beside,
    change,
    heat,
    league,
    movers,
    of_sums,
)
from audit_api.services.documents.owners import Owner, owner
from audit_api.services.documents.told import texts
from audit_api.services.insights import sample
from audit_api.services.insights.sample import SampledAudit
from audit_api.services.scorecards import CardRequest, Scorecard, Subject, figures, scorecard
from audit_api.services.scorecards.ranks import LEAST_RANKED
from audit_api.services.scorecards.subjects import SubjectKind
from audit_api.storage.store import PhotoStore

_TITLES: Mapping[SubjectKind, str] = {
    SubjectKind.REGION: "network.title.region",
    SubjectKind.ORGANISATION: "network.title.organisation",
    SubjectKind.CAMPAIGN: "network.title.campaign",
}
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
    subject, request, lang = asked.subject, asked.request, asked.lang
    card = scorecard(subject, request, by=asked.by, now=asked.now)
    around, sites = Around(asked), beside(asked)
    moved = change(sites)
    seen = _seen(asked)
    report = NetworkReport(
        locale=locales(lang)[0],
        labels=labels(lang),
        organisation=owned.name,
        logo=owned.logo,
        colour=owned.colour,
        title=labels(lang).say(_TITLES[subject.kind]),
        name=subject.name,
        code=subject.code,
        period=period_words(request.period, lang, to_date=asked.unfinished),
        until=request.period.last_day,
        as_of=moment(asked.now, owned.clock),
        findings=(),
        overall=figure(card.overall),
        band=texts(card.band.title, lang) if card.band else None,
        scale=scale_of(card.versions, lang),
        target=owned.target,
        pass_rate=card.pass_rate,
        previous=difference(moved, asked.base_words),
        last_year=None
        if asked.of_campaign or request.period.before == request.period.year_before
        else difference(
            card.overall.change_on_year, period_words(request.period.year_before, lang)
        ),
        coverage=_coverage(card, sites),
        trend=_trend(asked, card, sites),
        expected=(),
        forecast=None,
        least=LEAST_RANKED,
        touchpoints=around.parts(card.touchpoints, Kind.TOUCHPOINT),
        dimensions=around.parts(card.dimensions, Kind.DIMENSION),
        heat=heat(sites, card),
        league=league(sites, moved),
        movers=movers(sites),
        failing=failing(card, lang),
        drivers=drivers(subject, request, by=asked.by, lang=lang) if card.overall.n else None,
        repeats=repeats(subject, request, by=asked.by, lang=lang) if card.audits else None,
        weekdays=weekdays(subject, request, by=asked.by, lang=lang) if card.overall.n else None,
        metrics=metrics(card, lang),
        practices=best_and_worst(asked, sites, seen),
        comments=_comments(asked, sites, seen),
        questionnaires=questionnaires(asked, card.versions),
        notes=tuple(_notes(asked, sites)),
        checklist=checklist_title(card, lang),
        mixed=card.overall.mixed,
        unfinished=asked.unfinished,
    )
    report = report if asked.of_campaign else _with_outlook(asked, report)
    return replace(report, findings=findings(report, around.others()))


def _with_outlook(asked: Asked, report: NetworkReport) -> NetworkReport:
    """The paper with what is to come; a campaign is not followed by another of its kind."""
    found = outlook(asked.subject, asked.request, by=asked.by, lang=asked.lang, now=asked.now)
    return replace(report, expected=found.expected, forecast=found.text)


def _coverage(card: Scorecard, sites: Beside) -> Coverage:
    return Coverage(
        planned=card.visits.planned if card.visits else None,
        done=card.visits.done if card.visits else None,
        audits=card.audits,
        valid=card.valid,
        answered=card.coverage,
        sites=len(sites.sites),
        visited=len(sites.ranked),
    )


def _trend(asked: Asked, card: Scorecard, sites: Beside) -> tuple[TrendPeriod, ...]:
    """The series of periods; of a campaign, the waves."""
    if not asked.of_campaign:
        return trend(card, asked.lang, unfinished=asked.unfinished)
    return tuple(_waves(asked, sites))


def _waves(asked: Asked, sites: Beside) -> Iterator[TrendPeriod]:
    keys_before: set[str] = set()
    for wave, by_key in zip(asked.waves, sites.wholes, strict=True):
        keys = {key for key, sums in by_key.items() if sums.audits}
        changed = bool(keys and keys_before) and keys != keys_before
        yield TrendPeriod(
            asked.words_of(wave), of_sums(figures.total(by_key.values())), changed, len(keys) > 1
        )
        keys_before = keys or keys_before


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
