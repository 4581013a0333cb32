"""The sums behind a scorecard: what is folded, with what is not folded yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import FoldedTotal
from audit_api.rules.periods import Period
from audit_api.rules.totals import COLUMNS, Kind, Sums
from audit_api.services import folding
from audit_api.services.folding import Parts, Rules
from audit_api.services.scorecards.subjects import Subject

NOTHING = Sums()
CHANGING = (Kind.WHOLE, Kind.TOUCHPOINT, Kind.SECTION, Kind.DIMENSION, Kind.MARK)
"""What is compared with an earlier period."""
RANKING = (Kind.WHOLE, Kind.TOUCHPOINT, Kind.SECTION, Kind.QUESTION)
"""What questions are ranked by."""
AROUND = (Kind.TOUCHPOINT, Kind.DIMENSION)
"""What a site is set beside."""


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

    def add(self, kind: Kind, part: str, scoring_key: str, sums: Iterable[int]) -> None:
        known = self.by_kind.setdefault(kind, {}).setdefault(part, {})
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


def read(
    subject: Subject,
    period: Period,
    bases: Sequence[Period],
    series: Sequence[Period],
    scoring_keys: Collection[str] | None,
    kinds: Iterable[Kind] = Kind,
) -> tuple[Figures, Sequence[Figures], Mapping[date, Figures]]:
    """Return these kinds of a period, what changes are told by of each of its bases, and the whole
    alone of each month of the series.

    Call it in `database.one_moment`: what is folded and what is not have to be of the same.
    `scoring_keys` leaves out all audits that were scored by other rules.
    """
    wanted = subject.folded
    if scoring_keys is not None:
        wanted = sa.and_(wanted, FoldedTotal.scoring_key.in_(scoring_keys))
    months = _folded(wanted, kinds, period.all_months)
    earlier = [month for month in _months_of(bases) if month not in period.all_months]
    months |= _folded(wanted, CHANGING, earlier)
    whole = _folded(wanted, (Kind.WHOLE,), _months_of(series))
    every = [period, *bases, *series]
    for rules, parts in _unfolded(subject, every).items():
        if scoring_keys is None or rules.scoring_key in scoring_keys:
            for (kind, part), sums in parts.items():
                for known in (months, whole):
                    figures = known.setdefault(rules.month, Figures())
                    figures.add(Kind(kind), part, rules.scoring_key, sums)
    return within(months, period), [within(months, base) for base in bases], whole


def within(months: Mapping[date, Figures], period: Period) -> Figures:
    """The figures of a period from those of its months."""
    found = Figures()
    for month in period.all_months:
        for kind, parts in months.get(month, Figures()).by_kind.items():
            for part, by_key in parts.items():
                for scoring_key, sums in by_key.items():
                    found.add(kind, part, scoring_key, sums)
    return found


def _months_of(periods: Iterable[Period]) -> Sequence[date]:
    return sorted({month for period in periods for month in period.all_months})


def _folded(
    wanted: sa.ColumnElement[bool], kinds: Iterable[Kind], months: Sequence[date]
) -> dict[date, Figures]:
    # The kinds are named even where all are wanted: they stand before the month in the index.
    found: dict[date, Figures] = {}
    if not months:
        return found
    keys = FoldedTotal.month, FoldedTotal.kind, FoldedTotal.part, FoldedTotal.scoring_key
    rows = db.session.execute(
        sa.select(*keys, *_sums())
        .where(
            wanted,
            FoldedTotal.kind.in_([kind.value for kind in kinds]),
            FoldedTotal.month.in_(months),
        )
        .group_by(*keys)
    )
    for month, kind, part, scoring_key, *sums in rows:
        found.setdefault(month, Figures()).add(Kind(kind), part, scoring_key, sums)
    return found


def _sums() -> list[sa.ColumnElement[int]]:
    # PostgreSQL's sum of whole numbers is a decimal, which is slow to read.
    return [sa.cast(sa.func.sum(getattr(FoldedTotal, name)), sa.BigInteger) for name in COLUMNS]


def _unfolded(subject: Subject, periods: Sequence[Period]) -> Mapping[Rules, Parts]:
    first, last = min(each.starts for each in periods), max(each.ends for each in periods)
    return folding.unfolded(subject.organisation_id, first, last, subject.changes)
