"""How many visits are planned and how many were made: counted with every change of an assignment.

Rows are by site, month, campaign and checklist: a visit that was made counts where its audit
does, any other where its window ends (`models.VisitTotal`).  They come last in the order of locks,
after a site's totals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Assignment, VisitTotal
from audit_api.rules.lifecycle import VISITED, AssignmentState
from audit_api.rules.totals import month_of
from audit_api.services.totals import tables
from audit_api.services.totals.tables import differing_keys, without_empty

NOT_MADE = ""
"""Stands for the checklist of visits that are still to be made: it will be the campaign's."""


class Cell(NamedTuple):
    """Where visits are counted together."""

    organisation_id: UUID
    site_id: UUID
    month: date
    campaign_id: UUID
    checklist: str


class Visits(NamedTuple):
    """How many visits were to be made, and how many of them were."""

    planned: int
    done: int

    def plus(self, other: Visits, times: int = 1) -> Visits:
        return Visits(self.planned + times * other.planned, self.done + times * other.done)


NO_VISITS = Visits(0, 0)


class Facts(NamedTuple):
    """What a visit is counted by."""

    organisation_id: UUID
    site_id: UUID
    campaign_id: UUID
    state: str
    ends_on: date
    visited_on: date | None
    visited_with: str | None


FACTS = [getattr(Assignment, name) for name in Facts._fields]
"""The columns of an assignment that are its facts."""

Rows = dict[Cell, Visits]
_ADDITION = tables.addition(
    VisitTotal, ("site_id", "month", "campaign_id", "checklist"), Visits._fields
)


def add(assignments: Iterable[Assignment]) -> None:
    """Count visits that are planned anew."""
    rows: Rows = {}
    for assignment in assignments:
        for cell, visits in _share(_facts(assignment)).items():
            rows[cell] = rows.get(cell, NO_VISITS).plus(visits)
    _add(rows)


@contextmanager
def following(assignment: Assignment) -> Iterator[None]:
    """Count the change that the block makes to an assignment; the caller has locked its row."""
    before = _share(_facts(assignment))
    yield
    _add(_difference(before, _share(_facts(assignment))))


def mark_made(facts: Facts) -> None:
    """Count a visit that was to be made, and now is."""
    _add(_difference({_due(facts): Visits(1, 0)}, _share(facts)))


def stored(organisation_id: UUID) -> Rows:
    """Return an organisation's stored counts; rows of nothing but zeros are left out."""
    columns = [getattr(VisitTotal, name) for name in (*Cell._fields, *Visits._fields)]
    rows = db.session.execute(
        sa.select(*columns).where(VisitTotal.organisation_id == organisation_id)
    )
    return without_empty((Cell._make(cell), Visits(planned, done)) for *cell, planned, done in rows)


def recomputed(organisation_id: UUID) -> Rows:
    """Return what the counts must be, from the assignments."""
    counts: Rows = {}
    rows = db.session.execute(
        sa.select(*FACTS, sa.func.count())
        .where(Assignment.organisation_id == organisation_id)
        .group_by(*FACTS)
    )
    for *facts, count in rows:
        for cell, visits in _share(Facts._make(facts)).items():
            counts[cell] = counts.get(cell, NO_VISITS).plus(visits, count)
    return without_empty(counts.items())


def differences(organisation_id: UUID) -> list[Cell]:
    """Return the cells whose counts differ from a recomputation: none, if all is well."""
    return differing_keys(stored(organisation_id), recomputed(organisation_id))


def rebuild(organisation_id: UUID) -> int:
    """Replace an organisation's counts by a recomputation; return how many rows differed.

    Whatever would change counts waits until the transaction ends.
    """
    tables.hold(VisitTotal)
    counts = recomputed(organisation_id)
    cells = differing_keys(stored(organisation_id), counts)
    db.session.execute(sa.delete(VisitTotal).where(VisitTotal.organisation_id == organisation_id))
    _add(counts)
    return len(cells)


def _facts(assignment: Assignment) -> Facts:
    return Facts._make([getattr(assignment, name) for name in Facts._fields])


def _share(facts: Facts) -> Rows:
    """What one assignment adds."""
    if facts.state not in VISITED:
        return {_due(facts): Visits(int(facts.state != AssignmentState.CANCELLED), 0)}
    assert facts.visited_on is not None, "a visit that was made has its day"
    made = _due(facts)._replace(
        month=month_of(facts.visited_on), checklist=facts.visited_with or NOT_MADE
    )
    return {made: Visits(1, 1)}


def _due(facts: Facts) -> Cell:
    """Where a visit counts until it is made."""
    return Cell(
        facts.organisation_id, facts.site_id, month_of(facts.ends_on), facts.campaign_id, NOT_MADE
    )


def _difference(before: Rows, after: Rows) -> Rows:
    cells = before.keys() | after.keys()
    return without_empty(
        (cell, after.get(cell, NO_VISITS).plus(before.get(cell, NO_VISITS), -1)) for cell in cells
    )


def _add(rows: Mapping[Cell, Visits]) -> None:
    _ADDITION.run(cell._asdict() | visits._asdict() for cell, visits in sorted(rows.items()))
