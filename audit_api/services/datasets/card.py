"""The data set `card`: one scorecard, a row for each line of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audit_api.rules.figures.statistics import NoInterval
from audit_api.rules.permissions import Permission
from audit_api.services import scorecards
from audit_api.services.access import Who
from audit_api.services.datasets.fields import (
    Dataset,
    Field,
    Request,
    Unit,
    hundredths,
    millionths,
)
from audit_api.services.scorecards import CardRequest, Scorecard
from audit_api.services.scorecards.lines import Change, Line
from audit_api.services.scorecards.metrics import Unit as MetricUnit
from audit_api.sheets.tables import Kind
from audit_api.words import pick, say


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of a scorecard; numbers are in hundredths of the line's unit, points in millionths.
    What lines of its part do not have is None."""

    card: Scorecard
    part: str
    key: str
    title: str
    unit: MetricUnit
    n: int
    value: int | None
    low: int | None = None
    high: int | None = None
    no_interval: NoInterval | None = None
    raw: int | None = None
    earned: int | None = None
    possible: int | None = None
    pooled: int | None = None
    mixed: bool | None = None
    change: Change | None = None
    change_on_year: Change | None = None


def records(request: Request, by: Who) -> Iterator[CardLine]:
    """Yield the lines of the card of the request's subject: the whole, its touchpoints, sections
    and dimensions, then metrics and gaps."""
    assert request.subject is not None, "a card is somebody's"
    asked = CardRequest(request.require_period(), 1, request.checklist)
    card = scorecards.scorecard(request.subject, asked, by=by, now=request.now)
    parts: Mapping[str, tuple[Line, ...]] = {
        "whole": (card.overall,),
        "touchpoint": card.touchpoints,
        "section": card.sections,
        "dimension": card.dimensions,
    }
    for part, lines in parts.items():
        for line in lines:
            yield _scored(card, part, line, request.locale)
    yield from _metrics(card, request.locale)
    for gap in card.gaps:
        title = pick(gap.title, request.locale)
        yield CardLine(card, "gap", gap.key, title, MetricUnit.MARKS, gap.n, gap.gap)


def _scored(card: Scorecard, part: str, line: Line, locale: str) -> CardLine:
    return CardLine(
        card,
        part,
        line.key,
        pick(line.title, locale) or card.subject.name,
        MetricUnit.PERCENT,
        line.n,
        line.score,
        line.low,
        line.high,
        line.no_interval,
        line.raw,
        line.earned,
        line.possible,
        line.pooled,
        line.mixed,
        line.change,
        line.change_on_year,
    )


def _metrics(card: Scorecard, locale: str) -> Iterator[CardLine]:
    for line in card.metrics:
        yield CardLine(
            card,
            "metric",
            line.metric,
            say(f"metric.{line.metric}", locale),
            line.unit,
            line.n,
            line.value,
            line.low,
            line.high,
            line.no_interval,
            change=line.change,
            change_on_year=line.change_on_year,
        )


def _points(change: Change | None) -> int | None:
    return None if change is None else change.points


def _comparable(change: Change | None) -> bool | None:
    return None if change is None else change.comparable


_SOURCE = "rules/figures"

FIELDS: tuple[Field, ...] = (
    Field("subject", Kind.TEXT, lambda r: r.card.subject.kind, _SOURCE),
    Field("subject_code", Kind.TEXT, lambda r: r.card.subject.code, _SOURCE),
    Field("subject_name", Kind.TEXT, lambda r: r.card.subject.name, _SOURCE, width=28),
    Field("period", Kind.TEXT, lambda r: str(r.card.period), _SOURCE, width=12),
    Field("part", Kind.TEXT, lambda r: r.part, _SOURCE),
    Field("key", Kind.TEXT, lambda r: r.key or None, "checklist_versions.document"),
    Field("title", Kind.TEXT, lambda r: r.title, "checklist_versions.document", width=28),
    Field("unit", Kind.TEXT, lambda r: r.unit, _SOURCE),
    Field("n", Kind.INTEGER, lambda r: r.n, "folded_totals"),
    Field(
        "figure", Kind.DECIMAL, lambda r: hundredths(r.value), _SOURCE, Unit.OF_THE_ROW, places=2
    ),
    Field("low", Kind.DECIMAL, lambda r: hundredths(r.low), _SOURCE, Unit.OF_THE_ROW, places=2),
    Field("high", Kind.DECIMAL, lambda r: hundredths(r.high), _SOURCE, Unit.OF_THE_ROW, places=2),
    Field("no_interval", Kind.TEXT, lambda r: r.no_interval, _SOURCE),
    Field(
        "mean_raw_score",
        Kind.DECIMAL,
        lambda r: hundredths(r.raw),
        "folded_totals",
        Unit.PERCENT,
        places=2,
    ),
    Field(
        "earned",
        Kind.DECIMAL,
        lambda r: millionths(r.earned),
        "folded_totals",
        Unit.POINTS,
        places=6,
    ),
    Field(
        "possible",
        Kind.DECIMAL,
        lambda r: millionths(r.possible),
        "folded_totals",
        Unit.POINTS,
        places=6,
    ),
    Field(
        "pooled",
        Kind.DECIMAL,
        lambda r: hundredths(r.pooled),
        "folded_totals",
        Unit.PERCENT,
        places=2,
    ),
    Field("mixed", Kind.BOOLEAN, lambda r: r.mixed, "folded_totals.scoring_key"),
    Field(
        "change",
        Kind.DECIMAL,
        lambda r: hundredths(_points(r.change)),
        _SOURCE,
        Unit.OF_THE_ROW,
        places=2,
    ),
    Field("comparable", Kind.BOOLEAN, lambda r: _comparable(r.change), "folded_totals.scoring_key"),
    Field(
        "change_on_year",
        Kind.DECIMAL,
        lambda r: hundredths(_points(r.change_on_year)),
        _SOURCE,
        Unit.OF_THE_ROW,
        places=2,
    ),
    Field(
        "comparable_on_year",
        Kind.BOOLEAN,
        lambda r: _comparable(r.change_on_year),
        "folded_totals.scoring_key",
    ),
)

CARD = Dataset("card", FIELDS, records, Permission.SCORECARD_READ)
