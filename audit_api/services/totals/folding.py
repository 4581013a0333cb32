"""The totals of regions, organisations and campaigns, and every site's details: folded in batches
from the changes that were noted, each exactly once.

Whoever changes folded totals raises the organisation's `totals_version`; audits arrive meanwhile.
So a batch is worked out beside everybody else, and is written only if nothing has changed since.
A reader adds the changes that are not folded yet (`sums_by_rules`), and sees them and the totals at
one moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db, first_id, upsert
from audit_api.models import Campaign, FoldedTotal, Organisation, Region, Site, TotalChange
from audit_api.rules.outcomes import Adder, Parts, added
from audit_api.rules.totals import COLUMNS, WHOLE, Kind, Sums
from audit_api.services.totals import packing, tables
from audit_api.services.totals.contributions import (
    Contribution,
    Lineage,
    Rules,
    changes,
    of_audits,
    of_changes,
)
from audit_api.services.totals.tables import differing_keys, without_empty

BATCH = 1_000
"""Changes that are folded at once."""


class Cell(NamedTuple):
    """Whose sums a row holds: a scope's, of a month, by one scoring key, of one campaign."""

    scope_id: UUID
    month: date
    scoring_key: str
    campaign_id: UUID


Key = tuple[UUID, str, date, str, str, UUID]
"""One sum of many: scope, kind, month, scoring key, part and campaign."""
Rows = dict[Key, Sums]


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes to fold, and the rows of totals as they will be with them, if the organisation's
    totals are still at `version`."""

    organisation_id: UUID
    version: int
    change_ids: Sequence[UUID]
    rows: Sequence[Mapping[str, Any]]


def organisations_to_fold(*, waiting_since: datetime) -> Sequence[UUID]:
    """Return the organisations with a change that has waited since then, or with a whole batch."""
    oldest = sa.func.min(sa.cast(TotalChange.id, sa.String))
    return [
        organisation_id
        for organisation_id, change_id, count in db.session.execute(
            sa.select(TotalChange.organisation_id, oldest, sa.func.count()).group_by(
                TotalChange.organisation_id
            )
        )
        if count >= BATCH or UUID(change_id) < first_id(waiting_since)
    ]


def take_turn(organisation_id: UUID, *, now: datetime, until: datetime) -> bool:
    """Take the turn to fold an organisation's changes, until a moment; return whether it was free.

    It saves work alone: what two gather at once is written once all the same.
    """
    is_free = sa.or_(Organisation.folding_until.is_(None), Organisation.folding_until <= now)
    return bool(
        db.session.scalar(
            sa.update(Organisation)
            .where(Organisation.id == organisation_id, is_free)
            .values(folding_until=until)
            .returning(sa.true())
        )
    )


def nothing() -> None:
    """Go straight on: nobody waits."""


def gather(organisation_id: UUID, *, most: int, breathe: Callable[[], None] = nothing) -> Batch:
    """Work out what up to `most` noted changes make of the totals; nothing is locked.

    It calls `breathe` every now and then, so that other threads get their turn.
    """
    # The version first: what changes after it makes the batch void.
    version = db.session.scalars(
        sa.select(Organisation.totals_version).where(Organisation.id == organisation_id)
    ).one()
    change_ids = db.session.scalars(
        sa.select(TotalChange.id)
        .where(TotalChange.organisation_id == organisation_id)
        .order_by(TotalChange.id)
        .limit(most)
    ).all()
    rows = db.session.execute(changes().where(TotalChange.id.in_(change_ids)))
    sums = _by_cell(of_changes(rows), breathe)
    return Batch(organisation_id, version, change_ids, _with(sums, breathe))


def fold(batch: Batch) -> bool:
    """Write a batch; return whether it still held.  Where it did not, somebody else has folded its
    changes, or moved a site: nothing is written, and they can be gathered anew."""
    if not tables.lock_at(batch.organisation_id, batch.version):
        return False
    _put(batch.rows)
    db.session.execute(sa.delete(TotalChange).where(TotalChange.id.in_(batch.change_ids)))
    return True


def sums_by_rules(rows: Iterable[Any]) -> Mapping[Rules, Parts]:
    """Return what these rows of `contributions.changes` add up to by rules, wherever they count."""
    adders: dict[Rules, Adder] = {}
    for contribution in of_changes(rows):
        contribution.add_to(adders.setdefault(contribution.rules, Adder()))
    return {rules: adder.parts() for rules, adder in adders.items()}


class Membership(NamedTuple):
    """The region that a site belongs to, and whether it is an own one or a competitor's."""

    region_id: UUID
    kind: str


def move(organisation_id: UUID, site_id: UUID, before: Membership, after: Membership) -> None:
    """Move a site's folded sums from one membership to another; the lock holds until the
    transaction ends."""
    if before == after:
        return
    tables.lock(organisation_id)
    sums: dict[Cell, list[Parts]] = {}
    for row in db.session.scalars(sa.select(FoldedTotal).where(FoldedTotal.scope_id == site_id)):
        parts = _parts(row)
        negative = {key: each.negative for key, each in parts.items()}
        for membership, share in ((before, negative), (after, parts)):
            lineage = Lineage(
                organisation_id,
                membership.region_id,
                membership.kind == "own",
                site_id,
                row.campaign_id,
            )
            for scope_id, campaign_id in lineage.scopes:
                cell = Cell(scope_id, row.month, row.scoring_key, campaign_id)
                sums.setdefault(cell, []).append(share)
    totals = {cell: without_empty(added(shares).items()) for cell, shares in sums.items()}
    _put(_with({cell: parts for cell, parts in totals.items() if parts}))


def forget(scope_id: UUID) -> None:
    """Delete the totals of a scope in which nothing counts any more: they are zeros."""
    db.session.execute(sa.delete(FoldedTotal).where(FoldedTotal.scope_id == scope_id))


def stored(organisation_id: UUID) -> Rows:
    """Return an organisation's folded totals with the changes not folded yet; rows of nothing but
    zeros are left out."""
    waiting = db.session.execute(changes().where(TotalChange.organisation_id == organisation_id))
    rows = _rows(_by_cell(of_changes(waiting)))
    folded = db.session.scalars(sa.select(FoldedTotal).where(_of_organisation(organisation_id)))
    for row in folded:
        for key, sums in _rows({_cell(row): _parts(row)}).items():
            rows[key] = rows.get(key, Sums()).plus(sums)
    return without_empty(rows.items())


def recomputed(organisation_id: UUID) -> Rows:
    """Return what the folded totals must be, from the audits that count."""
    return without_empty(_rows(_by_cell(of_audits(organisation_id))).items())


def differences(organisation_id: UUID) -> list[Key]:
    """Return the keys whose totals differ from a recomputation: none, if all is well."""
    return differing_keys(stored(organisation_id), recomputed(organisation_id))


def rebuild(organisation_id: UUID) -> int:
    """Replace an organisation's folded totals by a recomputation; return how many sums differed.

    Whatever would change totals waits until the transaction ends.
    """
    tables.hold_writers(organisation_id)
    sums = _by_cell(of_audits(organisation_id))
    keys = differing_keys(stored(organisation_id), without_empty(_rows(sums).items()))
    db.session.execute(sa.delete(TotalChange).where(TotalChange.organisation_id == organisation_id))
    db.session.execute(sa.delete(FoldedTotal).where(_of_organisation(organisation_id)))
    _put(_with(sums))
    return len(keys)


def _by_cell(
    contributions: Iterable[Contribution], breathe: Callable[[], None] = nothing
) -> dict[Cell, Parts]:
    adders: dict[Cell, Adder] = {}
    for contribution in contributions:
        for scope_id, campaign_id in contribution.lineage.scopes:
            cell = Cell(scope_id, *contribution.rules, campaign_id)
            contribution.add_to(adders.setdefault(cell, Adder()))
        breathe()
    return {cell: adder.parts() for cell, adder in adders.items()}


def _with(
    sums: Mapping[Cell, Parts], breathe: Callable[[], None] = nothing
) -> list[Mapping[str, Any]]:
    """The rows of these cells with more sums added, in order."""
    if not sums:
        return []
    scopes, months = ({cell[place] for cell in sums} for place in (0, 1))
    stored_rows = {
        _cell(row): row
        for row in db.session.execute(
            sa.select(FoldedTotal.__table__).where(
                FoldedTotal.scope_id.in_(scopes), FoldedTotal.month.in_(months)
            )
        )
    }
    rows = []
    for cell in sorted(sums):
        rows.append(_row(cell, sums[cell], stored_rows.get(cell)))
        breathe()
    return rows


def _row(cell: Cell, parts: Parts, before: Any) -> Mapping[str, Any]:
    texts, whole = packing.EMPTY, packing.whole(parts)
    if before is not None:
        texts = {name: getattr(before, name) for name in packing.TEXTS}
        whole = whole.plus(_sums(before))
    return cell._asdict() | whole._asdict() | packing.added(texts, parts)


def _put(rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows in the place of those that are stored; the organisation's totals are locked."""
    if not rows:
        return
    statement = upsert(FoldedTotal)
    changed = (*COLUMNS, *packing.TEXTS)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=list(Cell._fields),
            set_={name: statement.excluded[name] for name in changed},
        ),
        list(rows),
    )


def _cell(row: Any) -> Cell:
    return Cell(row.scope_id, row.month, row.scoring_key, row.campaign_id)


def _sums(row: Any) -> Sums:
    return Sums._make([getattr(row, column) for column in COLUMNS])


def _parts(row: Any) -> Parts:
    """Everything that a row holds."""
    texts = [getattr(row, name) for name in packing.TEXTS]
    parts = {(kind, part): sums for kind, part, sums in packing.unpacked(texts)}
    return {(str(Kind.WHOLE), WHOLE): _sums(row), **parts}


def _rows(sums: Mapping[Cell, Parts]) -> Rows:
    return {
        (cell.scope_id, str(kind), cell.month, cell.scoring_key, part, cell.campaign_id): total
        for cell, parts in sums.items()
        for (kind, part), total in parts.items()
    }


def _of_organisation(organisation_id: UUID) -> sa.ColumnElement[bool]:
    scopes = [
        sa.select(table.id).where(table.organisation_id == organisation_id)
        for table in (Site, Region, Campaign)
    ]
    return sa.or_(
        FoldedTotal.scope_id == organisation_id,
        *(FoldedTotal.scope_id.in_(ids) for ids in scopes),
    )
