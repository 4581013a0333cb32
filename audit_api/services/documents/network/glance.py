"""What a paper about many sites says at a glance: the score and what it is held against, without
what takes the reading of single visits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from audit_api.drawing import Period as TrendPeriod
from audit_api.pdf import Coverage, Difference, NetworkReport, Part
from audit_api.rules.totals import Kind
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
from audit_api.services.documents.insights import outlook
from audit_api.services.documents.languages import labels, locales
from audit_api.services.documents.moments import moment
from audit_api.services.documents.network.answer import findings
from audit_api.services.documents.network.asked import Asked
from audit_api.services.documents.network.parts import Around
from audit_api.services.documents.network.sites import Beside, beside, change, movers, of_sums
from audit_api.services.documents.owners import Owner
from audit_api.services.documents.told import texts
from audit_api.services.scorecards import Scorecard, figures, scorecard
from audit_api.services.scorecards.ranks import LEAST_RANKED
from audit_api.services.scorecards.subjects import SubjectKind

__all__ = ["Difference", "Glance", "Part", "glance"]

_TITLES: Mapping[SubjectKind, str] = {
    SubjectKind.REGION: "network.title.region",
    SubjectKind.ORGANISATION: "network.title.organisation",
    SubjectKind.CAMPAIGN: "network.title.campaign",
}


@dataclass(frozen=True, slots=True)
class Glance:
    """What was asked for, the figures that it was answered from, and the `report` of them."""

    asked: Asked
    card: Scorecard
    around: Around
    sites: Beside
    report: NetworkReport

    def answered(self) -> NetworkReport:
        """Return the report with the answer that its figures prove before all else."""
        return replace(self.report, findings=findings(self.report, self.around.others()))


def glance(asked: Asked, owned: Owner) -> Glance:
    """Return a paper at a glance, without its answer.  Call it in `database.one_moment`."""
    card = scorecard(asked.subject, asked.request, by=asked.by, now=asked.now)
    around, sites = Around(asked), beside(asked)
    report = _report(asked, owned, card, around, sites)
    report = report if asked.of_campaign else _with_outlook(asked, report)
    return Glance(asked, card, around, sites, report)


def _report(
    asked: Asked, owned: Owner, card: Scorecard, around: Around, sites: Beside
) -> NetworkReport:
    subject, request, lang = asked.subject, asked.request, asked.lang
    return NetworkReport(
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
        previous=difference(change(sites), asked.base_words),
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
        movers=movers(sites),
        failing=failing(card, lang),
        metrics=metrics(card, lang),
        checklist=checklist_title(card, lang),
        mixed=card.overall.mixed,
        unfinished=asked.unfinished,
    )


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
