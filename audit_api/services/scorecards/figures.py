"""The sums behind a scorecard: what is folded, with what is not folded yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, reduce
from operator import or_
from typing import Any

import sqlalchemy as sa

from audit_api.models import FoldedTotal, TotalChange
from audit_api.rules.periods import Period
from audit_api.rules.totals import COLUMNS, WHOLE, Kind, Sums
from audit_api.services import folding
from audit_api.services.folding import Parts, Rules
from audit_api.services.scorecards.subjects import Subject, SubjectKind, places
from audit_api.statements import Statement, given

NOTHING = Sums()
CHANGING = (Kind.WHOLE, Kind.TOUCHPOINT, Kind.SECTION, Kind.DIMENSION, Kind.MARK)
"""What is compared with an earlier period."""
RANKING = (Kind.WHOLE, Kind.TOUCHPOINT, Kind.SECTION, Kind.QUESTION)
"""What questions are ranked by."""
AROUND = (Kind.TOUCHPOINT, Kind.DIMENSION)
"""What a site is set beside."""
_SCORING_KEY = 4
"""The place of the scoring key in a row of folded sums."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums of one period: by kind, part and scoring key, in the order that they were found."""

    by_kind: dict[Kind, dict[str, dict[str, Sums]]] = field(default_factory=dict)

    def parts(self, kind: Kind) -> Mapping[str, Mapping[str, Sums]]:
        """The parts of a kind, each with its sums by scoring key."""
        return self.by_kind.get(kind, {})

    def by_key(self, kind: Kind, part: str = "") -> Mapping[str, Sums]:
        """A part's sums by scoring key."""
        return self.parts(kind).get(part, {})

    def total(self, kind: Kind, part: str = "") -> Sums:
        """A part's sums over all scoring keys."""
        return total(self.by_key(kind, part).values())

    def put(self, kind: str, part: str, scoring_key: str, *sums: int) -> None:
        """Put the sums of a part that has none yet."""
        parts = self.by_kind.setdefault(Kind(kind), {})
        parts.setdefault(part, {})[scoring_key] = Sums._make(sums)

    def add(self, scoring_key: str, parts: Mapping[tuple[str, str], Sums]) -> None:
        """Add sums by kind and part to what is there."""
        for (kind, part), sums in parts.items():
            known = self.by_kind.setdefault(Kind(kind), {}).setdefault(part, {})
            known[scoring_key] = known.get(scoring_key, NOTHING).plus(sums)

    @property
    def audits(self) -> Mapping[str, int]:
        """How many audits each scoring key has, of those that have any."""
        whole = self.by_key(Kind.WHOLE)
        return {key: sums.audits for key, sums in whole.items() if sums.audits}


def total(sums: Iterable[Sums]) -> Sums:
    """The sum of sums."""
    found = NOTHING
    for each in sums:
        found = found.plus(each)
    return found


@dataclass(frozen=True, slots=True)
class History:
    """Figures of a period, of the one before and of the same a year before; `months` has the whole
    alone of each month of a series."""

    now: Figures
    before: Figures
    year_before: Figures
    months: Mapping[date, Figures]


def read(
    subject: Subject, period: Period, scoring_keys: Collection[str] | None, kinds: tuple[Kind, ...]
) -> Figures:
    """Return these kinds of a subject's period.

    Call it in `database.one_moment`: what is folded and what is not have to be of the same.
    `scoring_keys` leaves out all audits that were scored by other rules.
    """
    found = Figures()
    rows = _of_period(subject.kind, kinds).rows(id=subject.id, **_months("now", period))
    for _, _, *row in _by_rules(rows, scoring_keys):
        found.put(*row)
    for rules, parts in _added(subject, [period], scoring_keys):
        found.add(rules.scoring_key, parts)
    return found


def read_history(
    subject: Subject, period: Period, series: Sequence[Period], scoring_keys: Collection[str] | None
) -> History:
    """Return a subject's period with all that it is compared with; as `read`."""
    periods = {"now": period, "before": period.before, "year_before": period.year_before}
    found = {name: Figures() for name in periods}
    whole: dict[date, Figures] = {}
    months = [_months(name, each) for name, each in periods.items()]
    rows = _with_history(subject.kind).rows(
        id=subject.id,
        **reduce(or_, months),
        series_first=series[0].starts,
        series_last=series[-1].ends,
    )
    for name, month, *row in _by_rules(rows, scoring_keys):
        (whole.setdefault(month, Figures()) if month else found[name]).put(*row)
    for rules, parts in _added(subject, [*periods.values(), *series], scoring_keys):
        whole.setdefault(rules.month, Figures()).add(rules.scoring_key, parts)
        for name, each in periods.items():
            if each.has(rules.month):
                found[name].add(rules.scoring_key, parts)
    return History(**found, months=whole)


def within(months: Mapping[date, Figures], period: Period) -> Figures:
    """The whole over a period, from that of its months."""
    found = Figures()
    for month in period.all_months:
        for scoring_key, sums in months.get(month, Figures()).by_key(Kind.WHOLE).items():
            found.add(scoring_key, {(Kind.WHOLE, WHOLE): sums})
    return found


@cache
def _of_period(subject: SubjectKind, kinds: tuple[Kind, ...]) -> Statement:
    return Statement(_folded(subject, "now", kinds))


@cache
def _with_history(subject: SubjectKind) -> Statement:
    return Statement(
        sa.union_all(
            _folded(subject, "now", tuple(Kind)),
            _folded(subject, "before", CHANGING),
            _folded(subject, "year_before", CHANGING),
            _folded(subject, "series", (Kind.WHOLE,), by_month=True),
        )
    )


def _folded(
    subject: SubjectKind, name: str, kinds: tuple[Kind, ...], *, by_month: bool = False
) -> sa.Select[*tuple[Any, ...]]:
    """The folded sums from the month `{name}_first` to the month `{name}_last`."""
    # The kinds are named even where all are wanted: they stand before the month in the index.
    keys = FoldedTotal.kind, FoldedTotal.part, FoldedTotal.scoring_key
    month = FoldedTotal.month if by_month else sa.null().cast(sa.Date)
    return (
        sa.select(sa.literal(name).label("name"), month.label("month"), *keys, *_sums())
        .where(
            places(subject, given("id"), given("organisation_id")).folded,
            FoldedTotal.kind.in_([kind.value for kind in kinds]),
            FoldedTotal.month.between(given(f"{name}_first"), given(f"{name}_last")),
        )
        .group_by(*keys, *([FoldedTotal.month] if by_month else []))
    )


def _sums() -> list[sa.ColumnElement[int]]:
    # PostgreSQL's sum of whole numbers is a decimal, which is slow to read.
    return [sa.cast(sa.func.sum(getattr(FoldedTotal, name)), sa.BigInteger) for name in COLUMNS]


def _months(name: str, period: Period) -> dict[str, date]:
    return {f"{name}_first": period.starts, f"{name}_last": period.ends}


def _by_rules(rows: Iterable[Any], scoring_keys: Collection[str] | None) -> Iterator[Any]:
    return (row for row in rows if scoring_keys is None or row[_SCORING_KEY] in scoring_keys)


def waiting(subject: Subject, periods: Sequence[Period]) -> list[tuple[Any, ...]]:
    """Return the subject's rows of `folding.changes` from the first month of these periods to the
    last."""
    return _unfolded(subject.kind).rows(
        id=subject.id,
        organisation_id=subject.organisation_id,
        first=min(each.starts for each in periods),
        last=max(each.ends for each in periods),
    )


def _added(
    subject: Subject, periods: Sequence[Period], scoring_keys: Collection[str] | None
) -> Iterator[tuple[Rules, Parts]]:
    """What these rows add up to."""
    for rules, parts in folding.added_up(waiting(subject, periods)).items():
        if scoring_keys is None or rules.scoring_key in scoring_keys:
            yield rules, parts


@cache
def _unfolded(subject: SubjectKind) -> Statement:
    organisation_id = given("organisation_id")
    return Statement(
        folding.changes().where(
            TotalChange.organisation_id == organisation_id,
            TotalChange.month.between(given("first"), given("last")),
            places(subject, given("id"), organisation_id).changes,
        )
    )
