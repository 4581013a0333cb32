"""How many visits are planned and how many were made: counted with every change of an assignment.

Rows are by site, by the month in which the visits' windows end, and by campaign.  They come last
in the order of locks, after a site's totals.
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


class Cell(NamedTuple):
    """Where visits are counted together."""

    organisation_id: UUID
    site_id: UUID
    month: date
    campaign_id: UUID


class Visits(NamedTuple):
    """How many visits were to be made, and how many of them were."""

    planned: int
    done: int

    def plus(self, other: Visits, times: int = 1) -> Visits:
        return Visits(self.planned + times * other.planned, self.done + times * other.done)


Rows = dict[Cell, Visits]
_KEY = ("site_id", "month", "campaign_id")
_NONE = Visits(0, 0)


def add(assignments: Iterable[Assignment]) -> None:
    """Count visits that are planned anew."""
    rows: Rows = {}
    for assignment in assignments:
        for cell, visits in _share(assignment).items():
            rows[cell] = rows.get(cell, _NONE).plus(visits)
    _add(rows)


@contextmanager
def following(assignment: Assignment) -> Iterator[None]:
    """Count the change that the block makes to an assignment; the caller has locked its row."""
    before = _share(assignment)
    yield
    _add(_difference(before, _share(assignment)))


def mark_made(cell: Cell) -> None:
    """Count a planned visit as made."""
    _add({cell: Visits(0, 1)})


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
    of_assignments = Assignment.site_id, Assignment.ends_on, Assignment.campaign_id
    rows = db.session.execute(
        sa.select(*of_assignments, Assignment.state, sa.func.count())
        .where(Assignment.organisation_id == organisation_id)
        .group_by(*of_assignments, Assignment.state)
    )
    for site_id, day, campaign_id, state, count in rows:
        cell = Cell(organisation_id, site_id, month_of(day), campaign_id)
        counts[cell] = counts.get(cell, _NONE).plus(_visits(state), count)
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


def _share(assignment: Assignment) -> Rows:
    """What one assignment adds."""
    cell = Cell(
        assignment.organisation_id,
        assignment.site_id,
        month_of(assignment.ends_on),
        assignment.campaign_id,
    )
    return {cell: _visits(assignment.state)}


def _visits(state: str) -> Visits:
    return Visits(int(state != AssignmentState.CANCELLED), int(state in VISITED))


def _difference(before: Rows, after: Rows) -> Rows:
    cells = before.keys() | after.keys()
    return without_empty(
        (cell, after.get(cell, _NONE).plus(before.get(cell, _NONE), -1)) for cell in cells
    )


def _add(rows: Mapping[Cell, Visits]) -> None:
    if rows:
        db.session.execute(
            tables.addition(VisitTotal, _KEY, Visits._fields),
            [cell._asdict() | visits._asdict() for cell, visits in sorted(rows.items())],
        )
