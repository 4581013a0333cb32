"""The comparison with competitors as a document: gathered into a frozen value, and drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from audit_api import pdf
from audit_api.drawing import Figure, Text
from audit_api.drawing.figures import number
from audit_api.drawing.rival_sites import Rival
from audit_api.drawing.rivals import RivalPart
from audit_api.pdf import Comment, CompetitorsReport
from audit_api.pdf.answer import Finding
from audit_api.rules.figures.comparison import CHANCE
from audit_api.rules.figures.metrics import CSAT, NPS, Estimate
from audit_api.rules.figures.statistics import Mean
from audit_api.rules.papers import USUAL, Form
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.documents.card_parts import metric_title, period_words, scale_of
from audit_api.services.documents.comments import comments
from audit_api.services.documents.counted import counted_among
from audit_api.services.documents.files import Document, file_name
from audit_api.services.documents.languages import labels, led, locales, spoken
from audit_api.services.documents.moments import moment
from audit_api.services.documents.owners import owner
from audit_api.services.documents.told import texts
from audit_api.services.scorecards import CardRequest, Subject, titles
from audit_api.services.scorecards.competitors import Competition, Contrast, competition
from audit_api.services.scorecards.metrics import MetricEstimates, Unit
from audit_api.services.scorecards.ranks import LEAST_RANKED
from audit_api.services.scorecards.subjects import competitors
from audit_api.words import competitors as words

MAX_READ = 200
"""Visits to competitors' sites whose comments are read."""


def gather(
    subject: Subject, request: CardRequest, *, by: Who, lang: str, now: datetime
) -> CompetitorsReport:
    """Return all that the comparison of a region or of the organisation says, in `lang`.

    Raises FORBIDDEN.  Call it in `database.one_moment`.
    """
    access.require(by, Permission.REPORT_READ)
    compared = competition(subject, request, by=by)
    owned = owner(by.organisation_id)
    lang = led(lang, owned.home)
    unfinished = not request.period.is_over(now)
    metrics = [_metric(each, compared, lang) for each in compared.metrics]
    return CompetitorsReport(
        locale=locales(lang)[0],
        labels=labels(lang),
        organisation=owned.name,
        title=labels(lang).say("competitors.title"),
        name=subject.name,
        period=period_words(request.period, lang, to_date=unfinished),
        until=request.period.last_day,
        as_of=moment(now, owned.clock),
        findings=tuple(_findings(compared, metrics, lang)),
        own=_figure(compared.overall.own),
        competitors=_figure(compared.overall.competitors),
        p=compared.overall.p,
        scale=scale_of(compared.versions, lang),
        parts=_parts(compared.touchpoints, lang),
        dimensions=_parts(compared.dimensions, lang),
        metrics=tuple(metrics),
        sites=tuple(
            Rival(site.name, site.code, site.region, _figure(site.mean)) for site in compared.sites
        ),
        comments=_comments(subject, request, compared, lang),
        notes=tuple(_notes(compared, lang)),
        checklist=_checklist(compared, lang),
        unfinished=unfinished,
        logo=owned.logo,
        colour=owned.colour,
    )


def draw(
    report: CompetitorsReport,
    subject: Subject,
    request: CardRequest,
    lang: str,
    form: Form = USUAL,
) -> Document:
    """Return the comparison that was gathered as a PDF in a form; it needs no database."""
    period = str(request.period).replace("/", "_")
    only = () if request.checklist is None else ("checklist", request.checklist)
    code = subject.code or subject.name
    name = file_name("competitors", code, period, *only, *form.parts, lang)
    return Document(name, pdf.render_competitors(report, form))


def _figure(mean: Mean | Estimate) -> Figure:
    return Figure(*mean)


def _parts(contrasts: Sequence[Contrast], lang: str) -> tuple[RivalPart, ...]:
    return tuple(
        RivalPart(texts(each.title, lang), _figure(each.own), _figure(each.competitors), each.p)
        for each in contrasts
    )


def _metric(each: MetricEstimates, compared: Competition, lang: str) -> RivalPart:
    own, theirs = each.estimates
    scale = each.scale
    return RivalPart(
        metric_title(each.metric, scale, compared.versions, lang),
        _figure(own),
        _figure(theirs),
        p=None,
        least=scale.least,
        most=scale.most,
        unit="%" if scale.unit is Unit.PERCENT else "",
    )


def _findings(compared: Competition, metrics: Sequence[RivalPart], lang: str) -> Iterator[Finding]:
    """What the figures prove, worse things first: the whole, touchpoints, metrics."""
    overall = compared.overall
    if not overall.competitors.n:
        return
    yield _overall(overall, lang)
    parts = [each for each in compared.touchpoints if each.p is not None]
    proven = [each for each in parts if each.p is not None and each.p < CHANCE]
    told = [(_above(each), _part(each, lang)) for each in proven]
    told += [
        (part.difference or 0, _metric_told(part, lang))
        for each, part in zip(compared.metrics, metrics, strict=True)
        if each.metric in (NPS, CSAT) and part.beyond_chance
    ]
    for above, text in sorted(told, key=lambda pair: pair[0]):
        yield Finding(text, good=above > 0)
    if parts and not proven:
        yield Finding(labels(lang).say("competitors.parts.chance"))


def _overall(overall: Contrast, lang: str) -> Finding:
    proven = None if overall.p is None else overall.p < CHANCE
    text = spoken(
        lambda locale: words.overall(
            overall.own, overall.competitors, locale, beyond_chance=proven
        ),
        lang,
    )
    return Finding(text, good=_above(overall) > 0 if proven else None)


def _above(each: Contrast) -> int:
    """By how much own sites are above the competitors'."""
    return (each.own.mean or 0) - (each.competitors.mean or 0)


def _part(each: Contrast, lang: str) -> Text:
    title = iter(texts(each.title, lang))
    own, theirs = each.own.mean or 0, each.competitors.mean or 0
    return spoken(lambda locale: words.part(next(title), own, theirs, locale), lang)


def _metric_told(part: RivalPart, lang: str) -> Text:
    title = iter(part.title)
    own, theirs = (number(each.score, part.unit) for each in (part.own, part.competitors))
    above = (part.difference or 0) > 0
    return spoken(lambda locale: words.metric(next(title), own, theirs, locale, above=above), lang)


def _comments(
    subject: Subject, request: CardRequest, compared: Competition, lang: str
) -> tuple[Comment, ...]:
    """What visitors wrote about competitors, drawn by lot."""
    sites = competitors(subject.kind, subject.id, subject.organisation_id)
    keys = titles.scoring_keys(subject.organisation_id, compared.checklist)
    names = {site.site_id: site.name for site in compared.sites}
    return comments(counted_among(sites, request.period, keys, most=MAX_READ), lang, names)


def _notes(compared: Competition, lang: str) -> Iterator[Text]:
    """What keeps the figures from being compared as they stand."""
    n = compared.overall.competitors.n
    told: tuple[tuple[bool, str, dict[str, int]], ...] = (
        (0 < n < LEAST_RANKED, "competitors.note.few", {"n": n}),
        (compared.mixed and n > 0, "competitors.note.mixed", {}),
        (compared.left_out > 0, "competitors.note.left_out", {"audits": compared.left_out}),
        (compared.unvisited > 0, "competitors.note.unvisited", {"sites": compared.unvisited}),
        (compared.audits > MAX_READ, "competitors.note.sampled", {"most": MAX_READ}),
    )
    for holds, code, values in told:
        if holds:
            yield labels(lang).say(code, **values)


def _checklist(compared: Competition, lang: str) -> Text | None:
    """The title of the checklist; its key, where no visit tells it."""
    if not compared.versions:
        return compared.checklist
    return texts(compared.versions[0].checklist.title, lang)
