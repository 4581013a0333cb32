"""A site's scorecard as a document: gathered into a frozen value, and drawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import dropwhile
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from audit_api import pdf
from audit_api.database.statements import Statement, parameter
from audit_api.drawing import Comparison, Figure, Metric, Scale, Text
from audit_api.drawing import Period as TrendPeriod
from audit_api.models import Organisation, Region, Site
from audit_api.pdf import Difference, FailingQuestion, SiteScorecardReport
from audit_api.pdf import Rank as PlacedRank
from audit_api.rules.colours import shares
from audit_api.rules.figures import periods
from audit_api.rules.figures.metrics import CES
from audit_api.rules.papers import USUAL, Form
from audit_api.rules.permissions import Permission
from audit_api.rules.totals import Kind
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.documents.audit_parts import scale
from audit_api.services.documents.comments import comments
from audit_api.services.documents.counted import counted, visit_line
from audit_api.services.documents.files import Document, file_name
from audit_api.services.documents.languages import labels, led, locales, spoken
from audit_api.services.documents.moments import moment
from audit_api.services.documents.told import texts
from audit_api.services.scorecards import (
    CardRequest,
    Scope,
    Scorecard,
    Subject,
    figures,
    scorecard,
    titles,
)
from audit_api.services.scorecards.figures import Figures
from audit_api.services.scorecards.lines import Line, LineChange, average
from audit_api.services.scorecards.metrics import Range, Unit
from audit_api.services.scorecards.ranks import LEAST_RANKED, Rank
from audit_api.services.scorecards.subjects import SubjectKind
from audit_api.services.scorecards.titles import Version
from audit_api.words import say
from audit_api.words.periods import period_words as in_words


class Place(NamedTuple):
    """Where a site lies, and whose it is: `home` is the organisation's own language, `colour` its
    #RRGGBB, `logo` a JPEG."""

    time_zone: str
    region_id: UUID
    region: str
    organisation: str
    home: str
    colour: str | None
    logo: bytes | None


_PLACE = Statement(
    sa.select(
        *(Site.time_zone, Region.id, Region.name),
        *(Organisation.name, Organisation.locale, Organisation.colour, Organisation.logo),
    )
    .join(Region, Region.id == Site.region_id)
    .join(Organisation, Organisation.id == Site.organisation_id)
    .where(Site.id == parameter("site_id"))
)


def gather(
    site: Subject, request: CardRequest, *, by: Who, lang: str, now: datetime
) -> SiteScorecardReport:
    """Return all that a site's scorecard says, in `lang`.

    Raises FORBIDDEN.  Call it in `database.one_moment`, as `scorecard`.
    """
    access.require(by, Permission.REPORT_READ)
    card = scorecard(site, request, by=by, now=now)
    keys = titles.scoring_keys(by.organisation_id, request.checklist)
    place = Place(*_PLACE.rows(site_id=site.id)[0])
    lang = led(lang, place.home)
    period, visits = request.period, counted(site.id, request.period, keys)
    unfinished = not period.is_over(now)
    around = [
        figures.read(Scope(kind, id, by.organisation_id), period, keys, figures.AROUND)
        for kind, id in (
            (SubjectKind.REGION, place.region_id),
            (SubjectKind.ORGANISATION, by.organisation_id),
        )
    ]
    return SiteScorecardReport(
        locale=locales(lang)[0],
        labels=labels(lang),
        organisation=place.organisation,
        logo=place.logo,
        colour=shares(place.colour) if place.colour else None,
        site_name=site.name,
        site_code=site.code or "",
        region=place.region,
        period=period_words(period, lang, to_date=unfinished),
        until=period.last_day,
        as_of=moment(now, ZoneInfo(place.time_zone)),
        overall=_figure(card.overall),
        band=texts(card.band.title, lang) if card.band else None,
        scale=scale_of(card.versions, lang),
        pass_rate=card.pass_rate,
        planned=card.visits.planned if card.visits else None,
        done=card.visits.done if card.visits else None,
        least=LEAST_RANKED,
        rank_in_region=_rank(card.ranks.region if card.ranks else None),
        rank_in_organisation=_rank(card.ranks.organisation if card.ranks else None),
        previous=_difference(card.overall.change, period.before, lang),
        last_year=None
        if period.before == period.year_before
        else _difference(card.overall.change_on_year, period.year_before, lang),
        trend=_trend(card, lang, unfinished=unfinished),
        touchpoints=_comparisons(card.touchpoints, Kind.TOUCHPOINT, around, lang),
        dimensions=_comparisons(card.dimensions, Kind.DIMENSION, around, lang),
        metrics=_metrics(card, lang),
        failing=_failing(card, lang),
        comments=comments(visits, lang),
        visits=tuple(visit_line(made, lang) for made in visits),
        own=site.own,
        mixed=card.overall.mixed,
        unfinished=unfinished,
        checklist=_checklist(card, lang),
    )


def draw(
    report: SiteScorecardReport, request: CardRequest, lang: str, form: Form = USUAL
) -> Document:
    """Return the scorecard that was gathered as a PDF in a form; it needs no database."""
    period = str(request.period).replace("/", "_")
    only = () if request.checklist is None else ("checklist", request.checklist)
    name = file_name("scorecard", report.site_code, period, *only, *form.parts, lang)
    return Document(name, pdf.render_scorecard(report, form))


def period_words(period: periods.Period, lang: str, *, to_date: bool = False) -> Text:
    """Return a period as people write it; `to_date` says that it is not over."""
    words = spoken(lambda locale: in_words(period, locale), lang)
    return labels(lang).say("period.to_date", period=words) if to_date else words


def _figure(line: Line) -> Figure:
    return Figure(line.n, line.score, line.low, line.high)


def _rank(rank: Rank | None) -> PlacedRank | None:
    return None if rank is None or rank.rank is None else PlacedRank(rank.rank, rank.of)


def _difference(change: LineChange, period: periods.Period, lang: str) -> Difference:
    words = period_words(period, lang)
    return Difference(
        words, change.points, change.relative, change.comparable, n=change.n, p=change.p
    )


def scale_of(versions: Collection[Version], lang: str) -> Scale:
    """Return the bands and the pass mark of the checklist that most audits were made with."""
    version = next(iter(versions), None)
    if version is None:
        return Scale()
    return scale(version.checklist, lang)


def _checklist(card: Scorecard, lang: str) -> Text | None:
    """The title of the only checklist that the card is of; its key, where no visit tells it."""
    if card.checklist is None or not card.versions:
        return card.checklist
    return texts(card.versions[0].checklist.title, lang)


def _trend(card: Scorecard, lang: str, *, unfinished: bool) -> tuple[TrendPeriod, ...]:
    has_score = False
    trend = []
    # A site has a first visit: what lies before it is no gap.
    for point in dropwhile(lambda point: not point.n, card.series):
        rules_changed = has_score and point.n > 0 and not point.comparable
        figure = Figure(point.n, point.score, point.low, point.high)
        latest = point.period == card.period
        words = period_words(point.period, lang, to_date=unfinished and latest)
        trend.append(TrendPeriod(words, figure, rules_changed, point.mixed))
        has_score = has_score or point.n > 0
    return tuple(trend)


def _comparisons(
    lines: Collection[Line], kind: Kind, around: list[Figures], lang: str
) -> tuple[Comparison, ...]:
    region, organisation = around
    return tuple(
        Comparison(
            texts(line.title, lang),
            _figure(line),
            average(region.total(kind, line.key)),
            average(organisation.total(kind, line.key)),
        )
        for line in lines
        if line.score is not None
    )


def _metrics(card: Scorecard, lang: str) -> tuple[Metric, ...]:
    metrics = tuple(
        Metric(
            metric_title(line.metric, Range(line.unit, line.least, line.most), card.versions, lang),
            line.n,
            line.value,
            line.least,
            line.most,
            line.low,
            line.high,
            "%" if line.unit is Unit.PERCENT else "",
            line.no_interval,
        )
        for line in card.metrics
    )
    gaps = tuple(
        Metric(_gap_title(line.title, lang), line.n, line.gap, -line.most, line.most)
        for line in card.gaps
    )
    return metrics + gaps


def metric_title(metric: str, scale: Range, versions: Collection[Version], lang: str) -> Text:
    """Return a metric's name, which says of the effort at which end of its scale there is least."""
    if metric != CES:
        return spoken(lambda locale: say(f"metric.{metric}", locale), lang)
    newest = next(
        question
        for version in versions
        for question in version.checklist.questions()
        if question.metric == CES
    )
    best = (scale.least if newest.reverse else scale.most) // 100
    return spoken(lambda locale: say(f"metric.ces_{scale.unit}", locale, best=best), lang)


def _gap_title(title: Mapping[str, str], lang: str) -> Text:
    words = texts(title, lang)
    questions = iter(words if isinstance(words, tuple) else (words,) * len(locales(lang)))
    return tuple(say("metric.gap", locale, question=next(questions)) for locale in locales(lang))


def _failing(card: Scorecard, lang: str) -> tuple[FailingQuestion, ...]:
    numbers = _numbers(card.versions)
    return tuple(
        FailingQuestion(
            numbers[line.checklist, line.key],
            texts(line.title, lang),
            texts(line.touchpoint_title, lang),
            line.failed,
            line.answered,
            line.impact,
        )
        for line in card.questions
    )


def _numbers(versions: Collection[Version]) -> Mapping[tuple[str, str], str]:
    """Each question's number as it stands in the newest version of its checklist."""
    numbers: dict[tuple[str, str], str] = {}
    for version in versions:
        for key, number in version.checklist.numbers().items():
            numbers.setdefault((version.checklist.key, key), number)
    return numbers
