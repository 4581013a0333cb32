"""What each audit adds to totals, and in which of them it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, Revision, Site, TotalChange
from audit_api.rules import lifecycle
from audit_api.rules.outcomes import Adder, Outcome
from audit_api.rules.totals import Detail, of_score
from audit_api.services import standing
from audit_api.services.checklists import compiled

EVERY_CAMPAIGN = UUID(int=0)
"""Stands for the campaign in a total over all of them."""


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


class Contribution(NamedTuple):
    """What one audit adds, where and by which rules; `sign` is -1 where it ceased to count."""

    lineage: Lineage
    rules: Rules
    sign: int
    details: list[Detail]
    outcomes: list[Outcome]

    def add_to(self, adder: Adder) -> None:
        adder.add(self.details, self.outcomes, self.sign)


_WHERE = (Site.organisation_id, Site.region_id, Site.kind == "own", Site.id)


def changes() -> sa.Select[*tuple[Any, ...]]:
    """Return the statement of the changes that are not folded yet, joined with `Site`."""
    return (
        sa.select(
            *_WHERE,
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


def of_changes(rows: Iterable[Any]) -> Iterator[Contribution]:
    """Yield what each row of `changes` adds."""
    for *lineage, month, sign, content, score in rows:
        yield _contribution(Lineage._make(lineage), month, sign, content, score)


def of_audits(organisation_id: UUID) -> Iterator[Contribution]:
    """Yield what each audit of an organisation adds that counts now."""
    rows = db.session.execute(
        sa.select(*_WHERE, Audit.campaign_id, Audit.business_date, Revision.content, Revision.score)
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
    return Contribution(
        lineage,
        Rules(month, version.scoring_key),
        sign,
        list(of_score(revision.score)),
        version.outcomes.of(revision.visit, revision.score.hidden),
    )
