"""The sums behind a scorecard: what is folded, with what is not folded yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, reduce
from operator import or_
from typing import Any

import sqlalchemy as sa

from audit_api.database.statements import Statement, parameter
from audit_api.models import FoldedTotal, TotalChange
from audit_api.rules.figures.periods import Period
from audit_api.rules.outcomes import Parts
from audit_api.rules.totals import COLUMNS, WHOLE, Kind, Sums
from audit_api.services.scorecards.subjects import Scope, SubjectKind, places
from audit_api.services.totals import contributions, folding, packing
from audit_api.services.totals.contributions import Rules

NOTHING = Sums()
CHANGING = (Kind.WHOLE, Kind.TOUCHPOINT, Kind.SECTION, Kind.DIMENSION, Kind.MARK)
"""What is compared with an earlier period."""
RANKING = (Kind.WHOLE, Kind.TOUCHPOINT, Kind.SECTION, Kind.QUESTION)
"""What questions are ranked by."""
DISTRIBUTION = (Kind.WHOLE, Kind.QUESTION, Kind.ANSWER, Kind.MARK)
"""What tells how questions were answered."""
CARD = tuple(kind for kind in Kind if kind is not Kind.ANSWER)
"""What a card tells: of all answers, it needs the marks of metrics alone."""
AROUND = (Kind.TOUCHPOINT, Kind.DIMENSION)
"""The parts by which a site is compared with its region and its organisation."""
_SCORING_KEY, _TEXTS = 2, 3 + len(COLUMNS)
_CHANGE = _TEXTS + len(packing.TEXTS)
"""Where the scoring key of folded sums stands in a row, where their texts begin, and a change."""


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

    def add_folded(self, kinds: Collection[str], row: tuple[Any, ...]) -> None:
        """Add what a folded row holds of these kinds: its scoring key, its sums and its texts."""
        scoring_key, texts = row[0], row[_TEXTS - _SCORING_KEY :]
        if Kind.WHOLE in kinds:
            self._add(Kind.WHOLE, WHOLE, scoring_key, Sums._make(row[1 : 1 + len(COLUMNS)]))
        for kind, part, sums in packing.unpacked(filter(None, texts)):
            if kind in kinds:
                self._add(kind, part, scoring_key, sums)

    def add(self, scoring_key: str, parts: Mapping[tuple[str, str], Sums]) -> None:
        """Add sums by kind and part to what is there."""
        for (kind, part), sums in parts.items():
            self._add(kind, part, scoring_key, sums)

    def _add(self, kind: str, part: str, scoring_key: str, sums: Sums) -> None:
        by_key = self.by_kind.setdefault(Kind(kind), {}).setdefault(part, {})
        before = by_key.get(scoring_key)
        by_key[scoring_key] = sums if before is None else before.plus(sums)

    @property
    def audits(self) -> Mapping[str, int]:
        """How many audits each scoring key has, of those that have any."""
        whole = self.by_key(Kind.WHOLE)
        return {key: sums.audits for key, sums in whole.items() if sums.audits}


def total(sums: Iterable[Sums]) -> Sums:
    """The sum of sums."""
    result = NOTHING
    for share in sums:
        result = result.plus(share)
    return result


@dataclass(frozen=True, slots=True)
class History:
    """Figures of a period, of the one before and of the same a year before; `months` has those of
    the whole alone, by month of a series."""

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
    figures = Figures()
    rows = _of_period(scope.kind, kinds).rows(
        id=scope.id,
        organisation_id=scope.organisation_id,
        **_months("now", period),
        **_months("changes", period),
    )
    folded_rows, changes = _split(rows, scoring_keys)
    for row in folded_rows:
        figures.add_folded(kinds, row[_SCORING_KEY:])
    for rules, parts in changes:
        figures.add(rules.scoring_key, parts)
    return figures


def read_history(
    scope: Scope, period: Period, series: Sequence[Period], scoring_keys: Collection[str] | None
) -> History:
    """Return a scope's period with all that it is compared with; as `read`."""
    periods = {"now": period, "before": period.before, "year_before": period.year_before}
    figures = {name: Figures() for name in periods}
    whole_by_month: dict[date, Figures] = {}
    bounds = [_months(name, span) for name, span in periods.items()]
    rows = _with_history(scope.kind).rows(
        id=scope.id,
        organisation_id=scope.organisation_id,
        **reduce(or_, bounds),
        **_months("series", *series),
        **_months("changes", *periods.values(), *series),
    )
    folded_rows, changes = _split(rows, scoring_keys)
    for name, month, *row in folded_rows:
        found = whole_by_month.setdefault(month, Figures()) if month else figures[name]
        found.add_folded(_HISTORY[name], tuple(row))
    for rules, parts in changes:
        whole_by_month.setdefault(rules.month, Figures()).add(rules.scoring_key, parts)
        for name, span in periods.items():
            if span.has(rules.month):
                figures[name].add(rules.scoring_key, parts)
    return History(**figures, months=whole_by_month)


def within(months: Mapping[date, Figures], period: Period) -> Figures:
    """The whole over a period, from that of its months."""
    figures = Figures()
    for month in period.all_months:
        for scoring_key, sums in months.get(month, Figures()).by_key(Kind.WHOLE).items():
            figures.add(scoring_key, {(Kind.WHOLE, WHOLE): sums})
    return figures


def changes(scope: Scope, period: Period) -> list[tuple[Any, ...]]:
    """Return a scope's rows of `contributions.changes` of a period."""
    return _not_folded(scope.kind).rows(
        id=scope.id, organisation_id=scope.organisation_id, **_months("changes", period)
    )


def _split(
    rows: Iterable[tuple[Any, ...]], scoring_keys: Collection[str] | None
) -> tuple[list[tuple[Any, ...]], list[tuple[Rules, Parts]]]:
    """Return the folded rows, and the sums of the changes not folded yet; by these rules alone."""
    folded_rows, changes = [], []
    for row in rows:
        if row[0] is None:
            changes.append(row[_CHANGE:])
        elif scoring_keys is None or row[_SCORING_KEY] in scoring_keys:
            folded_rows.append(row[:_CHANGE])
    sums = folding.sums_by_rules(changes).items()
    return folded_rows, [
        (rules, parts)
        for rules, parts in sums
        if scoring_keys is None or rules.scoring_key in scoring_keys
    ]


_HISTORY: Mapping[str, tuple[Kind, ...]] = {
    "now": CARD,
    "before": CHANGING,
    "year_before": CHANGING,
    "series": (Kind.WHOLE,),
}
"""What is read of each period of a history; of a series, by month."""


@cache
def _of_period(kind: SubjectKind, kinds: tuple[Kind, ...]) -> Statement:
    return _with_changes(kind, _folded_rows(kind, "now", kinds))


@cache
def _with_history(kind: SubjectKind) -> Statement:
    *periods, series = (
        _folded_rows(kind, name, kinds, by_month=name == "series")
        for name, kinds in _HISTORY.items()
    )
    return _with_changes(kind, *periods, series)


@cache
def _not_folded(kind: SubjectKind) -> Statement:
    return Statement(_changes(kind))


def _with_changes(kind: SubjectKind, *folded: sa.Select[*tuple[Any, ...]]) -> Statement:
    """The folded sums, and in columns of their own the changes that are not folded yet.

    One statement sees both at one moment, without a transaction.
    """
    changes = _changes(kind)
    no_sums = map(_null, folded[0].selected_columns)
    no_change = list(map(_null, changes.selected_columns))
    return Statement(
        sa.union_all(
            *(sums.add_columns(*no_change) for sums in folded),
            changes.with_only_columns(*no_sums, *changes.selected_columns),
        )
    )


def _null(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.null().cast(column.type)


def _folded_rows(
    kind: SubjectKind, name: str, kinds: tuple[Kind, ...], *, by_month: bool = False
) -> sa.Select[*tuple[Any, ...]]:
    """The folded rows from the month `{name}_first` to the month `{name}_last`, with the texts that
    these kinds are in."""
    month = FoldedTotal.month if by_month else sa.null().cast(sa.Date)
    return sa.select(
        sa.literal(name).label("name"),
        month.label("month"),
        FoldedTotal.scoring_key,
        *sums_of(kinds),
    ).where(
        places(kind, parameter("id"), parameter("organisation_id")).folded,
        FoldedTotal.month.between(parameter(f"{name}_first"), parameter(f"{name}_last")),
    )


def sums_of(kinds: Collection[Kind]) -> list[sa.ColumnElement[Any]]:
    """Return the columns of a folded row that `Figures.add_folded` reads behind its scoring key:
    the sums, and the texts, of which those that none of these kinds is in are empty."""
    wanted = packing.texts_with(kinds)
    texts = (
        (getattr(FoldedTotal, text) if text in wanted else sa.null().cast(sa.Text)).label(text)
        for text in packing.TEXTS
    )
    return [*(getattr(FoldedTotal, column) for column in COLUMNS), *texts]


def _changes(kind: SubjectKind) -> sa.Select[*tuple[Any, ...]]:
    """The changes that are not folded yet, of the months from `changes_first`."""
    organisation_id = parameter("organisation_id")
    return contributions.changes().where(
        TotalChange.organisation_id == organisation_id,
        TotalChange.month.between(parameter("changes_first"), parameter("changes_last")),
        places(kind, parameter("id"), organisation_id).changes,
    )


def _months(name: str, *periods: Period) -> dict[str, date]:
    """The first and the last month of these periods, by the names of a statement's parameters."""
    return {
        f"{name}_first": min(period.starts for period in periods),
        f"{name}_last": max(period.ends for period in periods),
    }
