"""The totals of regions, organisations and campaigns, and every site's details: folded in batches
from the changes that were noted, each exactly once.

Folding and moving a site hold the organisation's lock; audits arrive meanwhile.  A reader adds the
changes that are not folded yet (`sums_by_rules`), and sees them and the totals at one moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, Campaign, FoldedTotal, Region, Revision, Site, TotalChange
from audit_api.rules import lifecycle
from audit_api.rules.totals import COLUMNS, Detail, Sums, details
from audit_api.services import standing
from audit_api.services.checklists import compiled
from audit_api.services.totals import tables
from audit_api.services.totals.tables import differing_keys, without_empty

BATCHES = {"postgresql": 1_000, "sqlite": 20}
"""Changes folded in one transaction: on SQLite no phone can write meanwhile."""
EVERY_CAMPAIGN = UUID(int=0)
"""Stands for the campaign in a total over all of them."""

_KEY = ("scope_id", "kind", "month", "scoring_key", "part", "campaign_id")
Key = tuple[UUID, str, date, str, str, UUID]
Rows = dict[Key, Sums]


class Lineage(NamedTuple):
    """Where an audit counts: its site, with the region and the kind that the site has now."""

    organisation_id: UUID
    region_id: UUID
    own: bool
    site_id: UUID
    campaign_id: UUID

    @property
    def scopes(self) -> Iterator[tuple[UUID, UUID]]:
        """The scopes that it counts in, each with the campaign of the total's key."""
        yield self.site_id, self.campaign_id
        if self.own:
            for scope_id in (self.region_id, self.organisation_id, self.campaign_id):
                yield scope_id, EVERY_CAMPAIGN


class Rules(NamedTuple):
    """The month that an audit counts in, and the rules that it was scored by."""

    month: date
    scoring_key: str


Parts = dict[tuple[str, str], Sums]
"""Sums by kind and part."""


def organisations_to_fold() -> Sequence[UUID]:
    """Return the organisations that have something to fold."""
    return db.session.scalars(sa.select(TotalChange.organisation_id).distinct()).all()


def batch_size() -> int:
    """Return how many changes are folded at once."""
    return BATCHES[db.engine.dialect.name]


def fold(organisation_id: UUID, *, most: int) -> int:
    """Fold up to `most` noted changes, those of a month together; return how many."""
    tables.lock(organisation_id)
    batch = (
        sa.select(TotalChange.id)
        .where(TotalChange.organisation_id == organisation_id)
        .order_by(TotalChange.month, TotalChange.id)
        .limit(most)
    )
    ids = db.session.scalars(batch).all()
    if ids:
        _add(_rows(_by_scope(_from_changes(TotalChange.id.in_(ids)))))
        db.session.execute(sa.delete(TotalChange).where(TotalChange.id.in_(ids)))
    return len(ids)


def sums_by_rules(rows: Iterable[Any]) -> Mapping[Rules, Parts]:
    """Return what these rows of `changes` add up to by rules, wherever they count."""
    sums: dict[Rules, Parts] = {}
    for _, rules, shares in contributions(rows):
        _add_up(sums.setdefault(rules, {}), shares)
    return sums


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
    sums_by_scope: dict[Scope, Parts] = {}
    for row in db.session.scalars(sa.select(FoldedTotal).where(FoldedTotal.scope_id == site_id)):
        sums = Sums._make([getattr(row, column) for column in COLUMNS])
        for membership, share in ((before, sums.negative), (after, sums)):
            lineage = Lineage(
                organisation_id,
                membership.region_id,
                membership.kind == "own",
                site_id,
                row.campaign_id,
            )
            for scope in lineage.scopes:
                parts = sums_by_scope.setdefault((*scope, Rules(row.month, row.scoring_key)), {})
                _add_up(parts, [(row.kind, row.part, share)])
    _add(without_empty(_rows(sums_by_scope).items()))


def forget(scope_id: UUID) -> None:
    """Delete the totals of a scope in which nothing counts any more: they are zeros."""
    db.session.execute(sa.delete(FoldedTotal).where(FoldedTotal.scope_id == scope_id))


def stored(organisation_id: UUID) -> Rows:
    """Return an organisation's folded totals with the changes not folded yet; rows of nothing but
    zeros are left out."""
    rows = _rows(_by_scope(_from_changes(TotalChange.organisation_id == organisation_id)))
    columns = [getattr(FoldedTotal, name) for name in (*_KEY, *COLUMNS)]
    for row in db.session.execute(sa.select(*columns).where(_of_organisation(organisation_id))):
        key: Key = tuple(row[: len(_KEY)])
        rows[key] = rows.get(key, Sums()).plus(row[len(_KEY) :])
    return without_empty(rows.items())


def recomputed(organisation_id: UUID) -> Rows:
    """Return what the folded totals must be, from the audits that count."""
    return without_empty(_rows(_by_scope(_from_audits(organisation_id))).items())


def differences(organisation_id: UUID) -> list[Key]:
    """Return the keys whose totals differ from a recomputation: none, if all is well."""
    return differing_keys(stored(organisation_id), recomputed(organisation_id))


def rebuild(organisation_id: UUID) -> int:
    """Replace an organisation's folded totals by a recomputation; return how many rows differed.

    Whatever would change totals waits until the transaction ends.
    """
    tables.hold_writers(organisation_id)
    rows = recomputed(organisation_id)
    keys = differing_keys(stored(organisation_id), rows)
    db.session.execute(sa.delete(TotalChange).where(TotalChange.organisation_id == organisation_id))
    db.session.execute(sa.delete(FoldedTotal).where(_of_organisation(organisation_id)))
    _add(rows)
    return len(keys)


Contribution = tuple[Lineage, Rules, list[Detail]]
"""Where an audit counts, by which rules, and the sums that it adds: negative where it ceased to."""

Scope = tuple[UUID, UUID, Rules]
"""A scope, the campaign of the total's key, and the rules."""


def changes() -> sa.Select[*tuple[Any, ...]]:
    """Return the statement of the changes that are not folded yet, joined with `Site`."""
    return (
        sa.select(
            Site.organisation_id,
            Site.region_id,
            Site.kind == "own",
            Site.id,
            TotalChange.campaign_id,
            TotalChange.month,
            TotalChange.sign,
            Revision.content,
            Revision.score,
        )
        .select_from(TotalChange)
        .join(Site, Site.id == TotalChange.site_id)
        .join(
            Revision,
            sa.and_(
                Revision.audit_id == TotalChange.audit_id,
                Revision.content_digest == TotalChange.content_digest,
            ),
        )
    )


def _from_changes(where: sa.ColumnElement[bool]) -> Iterator[Contribution]:
    return contributions(db.session.execute(changes().where(where)))


def contributions(rows: Iterable[Any]) -> Iterator[Contribution]:
    """Yield where each row of `changes` counts, and what it adds."""
    for *lineage, month, sign, content, score in rows:
        yield _contribution(Lineage._make(lineage), month, sign, content, score)


def _from_audits(organisation_id: UUID) -> Iterator[Contribution]:
    rows = db.session.execute(
        sa.select(
            Site.organisation_id,
            Site.region_id,
            Site.kind == "own",
            Site.id,
            Audit.campaign_id,
            Audit.business_date,
            Revision.content,
            Revision.score,
        )
        .select_from(Audit)
        .join(Site, Site.id == Audit.site_id)
        .join(Revision, standing.IS_STANDING)
        .where(Audit.organisation_id == organisation_id, Audit.state.in_(lifecycle.COUNTED))
        .execution_options(yield_per=1000)
    )
    for *lineage, day, content, score in rows:
        yield _contribution(Lineage._make(lineage), day.replace(day=1), 1, content, score)


def _contribution(
    lineage: Lineage, month: date, sign: int, content: str, score: str
) -> Contribution:
    revision = standing.read(content, score)
    version = compiled.by_digest(lineage.organisation_id, revision.content["checklist"])
    assert version is not None, "what an audit was scored by is never deleted"
    shares = details(revision.score, revision.visit, version.scorer)
    return (
        lineage,
        Rules(month, version.scoring_key),
        [(kind, part, sums if sign > 0 else sums.negative) for kind, part, sums in shares],
    )


def _by_scope(contributions: Iterable[Contribution]) -> dict[Scope, Parts]:
    """The sums of each scope, added up by lineage first: many audits share one."""
    lineages: dict[tuple[Lineage, Rules], Parts] = {}
    for lineage, rules, shares in contributions:
        _add_up(lineages.setdefault((lineage, rules), {}), shares)
    scopes: dict[Scope, Parts] = {}
    for (lineage, rules), parts in lineages.items():
        for scope in lineage.scopes:
            scope_parts = scopes.setdefault((*scope, rules), {})
            _add_up(scope_parts, [(kind, part, sums) for (kind, part), sums in parts.items()])
    return scopes


def _add_up(parts: Parts, shares: Iterable[tuple[str, str, Sums]]) -> None:
    for kind, part, sums in shares:
        total = parts.get((kind, part))
        parts[kind, part] = sums if total is None else total.plus(sums)


def _rows(scopes: Mapping[Scope, Parts]) -> Rows:
    return {
        (scope_id, str(kind), rules.month, rules.scoring_key, part, campaign_id): sums
        for (scope_id, campaign_id, rules), parts in scopes.items()
        for (kind, part), sums in parts.items()
    }


def _add(rows: Rows) -> None:
    if rows:
        db.session.execute(
            tables.addition(FoldedTotal, _KEY),
            [
                dict(zip(_KEY, key, strict=True)) | sums._asdict()
                for key, sums in sorted(rows.items())
            ],
        )


def _of_organisation(organisation_id: UUID) -> sa.ColumnElement[bool]:
    scopes = [
        sa.select(table.id).where(table.organisation_id == organisation_id)
        for table in (Site, Region, Campaign)
    ]
    return sa.or_(
        FoldedTotal.scope_id == organisation_id,
        *(FoldedTotal.scope_id.in_(ids) for ids in scopes),
    )
