"""A site's totals: changed in the transaction that makes an audit count, proven by recomputing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db, new_id
from audit_api.database.statements import Statement
from audit_api.models import (
    Audit,
    Revision,
    Site,
    SiteTotal,
    TotalChange,
)
from audit_api.rules import lifecycle
from audit_api.rules.scoring.score import Score, score_from_json
from audit_api.rules.totals import COLUMNS, Sums, month_of, whole
from audit_api.services import standing
from audit_api.services.totals import tables
from audit_api.services.totals.tables import differing_keys, without_empty

_KEY = ("site_id", "month", "scoring_key")
Key = tuple[UUID, date, str]
Rows = dict[Key, Sums]
_ADDITION = tables.addition(SiteTotal, _KEY)
_NOTE = Statement(
    sa.insert(TotalChange), columns=[column.key for column in TotalChange.__table__.columns]
)


@dataclass(frozen=True, slots=True)
class CountedRevision:
    """The revision of an audit that counts, and where."""

    organisation_id: UUID
    site_id: UUID
    campaign_id: UUID
    audit_id: UUID
    content_digest: str
    month: date
    scoring_key: str
    score: Score


def add(audit: Audit, score: Score) -> None:
    """Let `audit`, which begins to count, into the totals."""
    change([counted_revision(audit, score)], 1)


def change(revisions: Sequence[CountedRevision], sign: int) -> None:
    """Add the shares of revisions to their sites' totals, or take them back with `sign` -1; note
    the changes, which are folded into all other totals later."""
    if not revisions:
        return
    totals: Rows = {}
    for revision in revisions:
        key, share = (revision.site_id, revision.month, revision.scoring_key), whole(revision.score)
        totals[key] = totals.get(key, Sums()).plus(share if sign > 0 else share.negative)
    # In the order of all writers, so that of two none waits for the other.
    rows = [
        dict(zip(_KEY, key, strict=True)) | sums._asdict() for key, sums in sorted(totals.items())
    ]
    _ADDITION.run(rows)
    _NOTE.run([_note(revision, sign) for revision in revisions])


def stored(organisation_id: UUID) -> Rows:
    """Return the stored totals of an organisation; rows of nothing but zeros are left out."""
    rows = db.session.scalars(
        sa.select(SiteTotal)
        .join(Site, Site.id == SiteTotal.site_id)
        .where(Site.organisation_id == organisation_id)
    )
    return without_empty(
        (
            (row.site_id, row.month, row.scoring_key),
            Sums._make([getattr(row, column) for column in COLUMNS]),
        )
        for row in rows
    )


def recomputed(organisation_id: UUID) -> Rows:
    """Return what the totals must be, from the audits that count and their stored scores."""
    sums: Rows = {}
    for site_id, day, scoring_key, score in _scores(organisation_id):
        key = site_id, month_of(day), scoring_key
        sums[key] = sums.get(key, Sums()).plus(whole(score_from_json(orjson.loads(score))))
    return without_empty(sums.items())


def differences(organisation_id: UUID) -> list[Key]:
    """Return the keys whose stored totals differ from a recomputation: none, if all is well."""
    return differing_keys(stored(organisation_id), recomputed(organisation_id))


def rebuild(organisation_id: UUID) -> int:
    """Replace an organisation's totals by a recomputation; return how many rows differed.

    Whatever would change totals waits until the transaction ends.
    """
    tables.hold_writers(organisation_id)
    totals = recomputed(organisation_id)
    keys = differing_keys(stored(organisation_id), totals)
    sites = sa.select(Site.id).where(Site.organisation_id == organisation_id)
    db.session.execute(sa.delete(SiteTotal).where(SiteTotal.site_id.in_(sites)))
    rows = [
        dict(zip((*_KEY, *COLUMNS), (*key, *values), strict=True)) for key, values in totals.items()
    ]
    if rows:
        db.session.execute(sa.insert(SiteTotal), rows)
    return len(keys)


def counted_revision(audit: Audit, score: Score) -> CountedRevision:
    """Return what an audit adds to the totals, and where."""
    return CountedRevision(
        audit.organisation_id,
        audit.site_id,
        audit.campaign_id,
        audit.id,
        audit.content_digest,
        month_of(audit.business_date),
        audit.scoring_key,
        score,
    )


def _note(revision: CountedRevision, sign: int) -> dict[str, object]:
    row = asdict(revision) | {"id": new_id(), "sign": sign}
    del row["scoring_key"], row["score"]
    return row


def _scores(organisation_id: UUID) -> Iterable[tuple[UUID, date, str, str]]:
    rows = db.session.execute(
        sa.select(Audit.site_id, Audit.business_date, Audit.scoring_key, Revision.score)
        .join(Revision, standing.IS_STANDING)
        .where(Audit.organisation_id == organisation_id, Audit.state.in_(lifecycle.COUNTED))
        .execution_options(yield_per=1000)
    )
    return ((site_id, day, key, score) for site_id, day, key, score in rows)
