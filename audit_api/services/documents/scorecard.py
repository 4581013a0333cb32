"""A site's scorecard as a document: gathered into a frozen value, and drawn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from audit_api import pdf
from audit_api.database.statements import Statement, parameter
from audit_api.drawing import Comparison
from audit_api.models import Organisation, Region, Site
from audit_api.pdf import Rank as PlacedRank
from audit_api.pdf import SiteScorecardReport, VisitLine
from audit_api.rules.colours import shares
from audit_api.rules.papers import USUAL, Form
from audit_api.rules.permissions import Permission
from audit_api.rules.totals import Kind
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.documents import practices
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
from audit_api.services.documents.counted import Counted, counted, visit_line
from audit_api.services.documents.files import Document, file_name
from audit_api.services.documents.insights import outlook, repeats
from audit_api.services.documents.languages import labels, led, locales
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
from audit_api.services.scorecards.lines import Line, average
from audit_api.services.scorecards.ranks import LEAST_RANKED, Rank
from audit_api.services.scorecards.subjects import SubjectKind
from audit_api.storage.store import PhotoStore

__all__ = ["Gathered", "SiteScorecardReport", "VisitLine", "draw", "gather", "gather_whole"]


class Place(NamedTuple):
    """Where a site lies, and whose it is: `home` is the organisation's own language, `colour` its
    #RRGGBB, `target` what it wants to score, `logo` a JPEG."""

    time_zone: str
    region_id: UUID
    region: str
    organisation: str
    home: str
    colour: str | None
    target: int | None
    logo: bytes | None


_PLACE = Statement(
    sa.select(
        *(Site.time_zone, Region.id, Region.name),
        *(Organisation.name, Organisation.locale, Organisation.colour),
        *(Organisation.target, Organisation.logo),
    )
    .join(Region, Region.id == Site.region_id)
    .join(Organisation, Organisation.id == Site.organisation_id)
    .where(Site.id == parameter("site_id"))
)


class Gathered(NamedTuple):
    """A site's scorecard as it is told, with the card and the visits that it was made from; those
    of its list are in the same order."""

    card: Scorecard
    visits: tuple[Counted, ...]
    report: SiteScorecardReport


def gather(
    site: Subject, request: CardRequest, *, by: Who, lang: str, now: datetime
) -> SiteScorecardReport:
    """Return all that a site's scorecard says, in `lang`; as `gather_whole`."""
    return gather_whole(site, request, by=by, lang=lang, now=now).report


def gather_whole(
    site: Subject, request: CardRequest, *, by: Who, lang: str, now: datetime
) -> Gathered:
    """Return all that a site's scorecard says, in `lang`, with what it was made from.

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
    again = repeats(site, request, by=by, lang=lang)
    coming = outlook(site, request, by=by, lang=lang, now=now)
    report = SiteScorecardReport(
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
        overall=figure(card.overall),
        band=texts(card.band.title, lang) if card.band else None,
        scale=scale_of(card.versions, lang),
        pass_rate=card.pass_rate,
        planned=card.visits.planned if card.visits else None,
        done=card.visits.done if card.visits else None,
        least=LEAST_RANKED,
        rank_in_region=_rank(card.ranks.region if card.ranks else None),
        rank_in_organisation=_rank(card.ranks.organisation if card.ranks else None),
        previous=difference(card.overall.change, period_words(period.before, lang)),
        last_year=None
        if period.before == period.year_before
        else difference(card.overall.change_on_year, period_words(period.year_before, lang)),
        target=place.target if site.own else None,
        expected=coming.expected,
        forecast=coming.text if coming.expected else None,
        trend=trend(card, lang, unfinished=unfinished),
        touchpoints=_comparisons(card.touchpoints, Kind.TOUCHPOINT, around, lang),
        dimensions=_comparisons(card.dimensions, Kind.DIMENSION, around, lang),
        metrics=metrics(card, lang),
        failing=failing(card, lang),
        repeats=again if again.lines else None,
        practices=practices.of_site(visits, site.name, by=by, lang=lang),
        comments=comments(visits, lang),
        visits=tuple(visit_line(made, lang) for made in visits),
        own=site.own,
        mixed=card.overall.mixed,
        unfinished=unfinished,
        checklist=checklist_title(card, lang),
    )
    return Gathered(card, visits, report)


def draw(
    report: SiteScorecardReport,
    request: CardRequest,
    lang: str,
    store: PhotoStore,
    form: Form = USUAL,
) -> Document:
    """Return the scorecard that was gathered as a PDF in a form; it needs no database."""
    period = str(request.period).replace("/", "_")
    only = () if request.checklist is None else ("checklist", request.checklist)
    name = file_name("scorecard", report.site_code, period, *only, *form.parts, lang)
    return Document(name, pdf.render_scorecard(report, photo_opener(store), form))


def _rank(rank: Rank | None) -> PlacedRank | None:
    return None if rank is None or rank.rank is None else PlacedRank(rank.rank, rank.of)


def _comparisons(
    lines: Collection[Line], kind: Kind, around: list[Figures], lang: str
) -> tuple[Comparison, ...]:
    region, organisation = around
    return tuple(
        Comparison(
            texts(line.title, lang),
            figure(line),
            average(region.total(kind, line.key)),
            average(organisation.total(kind, line.key)),
        )
        for line in lines
        if line.score is not None
    )
