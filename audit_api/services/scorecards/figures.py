"""The sums behind a scorecard: what is folded, with what is not folded yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, reduce
from operator import or_
from typing import Any

import sqlalchemy as sa

from audit_api.database.statements import Statement, given
from audit_api.models import FoldedTotal, TotalChange
from audit_api.rules.figures.periods import Period
from audit_api.rules.totals import COLUMNS, WHOLE, Kind, Sums
from audit_api.services.scorecards.subjects import Scope, SubjectKind, places
from audit_api.services.totals import folding
from audit_api.services.totals.folding import Parts, Rules

NOTHING = Sums()
CHANGING = (Kind.WHOLE, Kind.TOUCHPOINT, Kind.SECTION, Kind.DIMENSION, Kind.MARK)
"""What is compared with an earlier period."""
RANKING = (Kind.WHOLE, Kind.TOUCHPOINT, Kind.SECTION, Kind.QUESTION)
"""What questions are ranked by."""
AROUND = (Kind.TOUCHPOINT, Kind.DIMENSION)
"""What a site is set beside."""
_SCORING_KEY, _CHANGE = 4, 5 + len(COLUMNS)
"""Where the scoring key of folded sums stands in a row, and where a change begins."""


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
    scope: Scope, period: Period, scoring_keys: Collection[str] | None, kinds: tuple[Kind, ...]
) -> Figures:
    """Return these kinds of a scope's period, as of one moment.

    `scoring_keys` leaves out all audits that were scored by other rules.
    """
    found = Figures()
    rows = _of_period(scope.kind, kinds).rows(
        id=scope.id,
        organisation_id=scope.organisation_id,
        **_months("now", period),
        **_months("waiting", period),
    )
    folded, waiting = _apart(rows, scoring_keys)
    for _, _, *row in folded:
        found.put(*row)
    for rules, parts in waiting:
        found.add(rules.scoring_key, parts)
    return found


def read_history(
    scope: Scope, period: Period, series: Sequence[Period], scoring_keys: Collection[str] | None
) -> History:
    """Return a scope's period with all that it is compared with; as `read`."""
    periods = {"now": period, "before": period.before, "year_before": period.year_before}
    found = {name: Figures() for name in periods}
    whole: dict[date, Figures] = {}
    months = [_months(name, each) for name, each in periods.items()]
    rows = _with_history(scope.kind).rows(
        id=scope.id,
        organisation_id=scope.organisation_id,
        **reduce(or_, months),
        **_months("series", *series),
        **_months("waiting", *periods.values(), *series),
    )
    folded, waiting = _apart(rows, scoring_keys)
    for name, month, *row in folded:
        (whole.setdefault(month, Figures()) if month else found[name]).put(*row)
    for rules, parts in waiting:
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


def changes(scope: Scope, period: Period) -> list[tuple[Any, ...]]:
    """Return a scope's rows of `folding.changes` of a period."""
    return _not_folded(scope.kind).rows(
        id=scope.id, organisation_id=scope.organisation_id, **_months("waiting", period)
    )


def _apart(
    rows: Iterable[tuple[Any, ...]], scoring_keys: Collection[str] | None
) -> tuple[list[tuple[Any, ...]], list[tuple[Rules, Parts]]]:
    """Part what is folded from what the changes that are not add up to; by these rules alone."""
    folded, waiting = [], []
    for row in rows:
        if row[0] is None:
            waiting.append(row[_CHANGE:])
        elif scoring_keys is None or row[_SCORING_KEY] in scoring_keys:
            folded.append(row[:_CHANGE])
    added = folding.sums_by_rules(waiting).items()
    return folded, [
        (rules, parts)
        for rules, parts in added
        if scoring_keys is None or rules.scoring_key in scoring_keys
    ]


@cache
def _of_period(kind: SubjectKind, kinds: tuple[Kind, ...]) -> Statement:
    return _with_changes(kind, _folded(kind, "now", kinds))


@cache
def _with_history(kind: SubjectKind) -> Statement:
    return _with_changes(
        kind,
        _folded(kind, "now", tuple(Kind)),
        _folded(kind, "before", CHANGING),
        _folded(kind, "year_before", CHANGING),
        _folded(kind, "series", (Kind.WHOLE,), by_month=True),
    )


@cache
def _not_folded(kind: SubjectKind) -> Statement:
    return Statement(_waiting(kind))


def _with_changes(kind: SubjectKind, *folded: sa.Select[*tuple[Any, ...]]) -> Statement:
    """Folded sums, and in columns of their own the changes that are not folded yet.

    One statement sees both at one moment, without a transaction.
    """
    waiting = _waiting(kind)
    no_sums = map(_nothing, folded[0].selected_columns)
    no_change = list(map(_nothing, waiting.selected_columns))
    return Statement(
        sa.union_all(
            *(sums.add_columns(*no_change) for sums in folded),
            waiting.with_only_columns(*no_sums, *waiting.selected_columns),
        )
    )


def _nothing(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.null().cast(column.type)


def _folded(
    kind: SubjectKind, name: str, kinds: tuple[Kind, ...], *, by_month: bool = False
) -> sa.Select[*tuple[Any, ...]]:
    """The folded sums from the month `{name}_first` to the month `{name}_last`."""
    # The kinds are named even where all are wanted: they stand before the month in the index.
    keys = FoldedTotal.kind, FoldedTotal.part, FoldedTotal.scoring_key
    month = FoldedTotal.month if by_month else sa.null().cast(sa.Date)
    return (
        sa.select(sa.literal(name).label("name"), month.label("month"), *keys, *_sums())
        .where(
            places(kind, given("id"), given("organisation_id")).folded,
            FoldedTotal.kind.in_([kind.value for kind in kinds]),
            FoldedTotal.month.between(given(f"{name}_first"), given(f"{name}_last")),
        )
        .group_by(*keys, *([FoldedTotal.month] if by_month else []))
    )


def _waiting(kind: SubjectKind) -> sa.Select[*tuple[Any, ...]]:
    """The changes that are not folded yet, of the months from `waiting_first`."""
    organisation_id = given("organisation_id")
    return folding.changes().where(
        TotalChange.organisation_id == organisation_id,
        TotalChange.month.between(given("waiting_first"), given("waiting_last")),
        places(kind, given("id"), organisation_id).changes,
    )


def _sums() -> list[sa.ColumnElement[int]]:
    # PostgreSQL's sum of whole numbers is a decimal, which is slow to read.
    return [sa.cast(sa.func.sum(getattr(FoldedTotal, name)), sa.BigInteger) for name in COLUMNS]


def _months(name: str, *periods: Period) -> dict[str, date]:
    """The first and the last month of these periods, as a statement is given them."""
    return {
        f"{name}_first": min(each.starts for each in periods),
        f"{name}_last": max(each.ends for each in periods),
    }
