"""A site's totals: changed in the transaction that makes an audit count, proven by recomputing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db, upsert
from audit_api.models import Audit, Revision, Site, SiteTotal
from audit_api.rules import lifecycle
from audit_api.rules.scoring import Score, score_from_json
from audit_api.rules.totals import month_of, shares

COLUMNS = (
    "audits",
    "scored",
    "passed",
    "final_sum",
    "final_squares",
    "raw_sum",
    "earned",
    "possible",
)
_KEY = ("site_id", "month", "scoring_key", "part")
Key = tuple[UUID, date, str, str]
Rows = dict[Key, tuple[int, ...]]


def add(audit: Audit, score: Score) -> None:
    """Let `audit`, which begins to count, into its site's totals."""
    add_share(audit.site_id, audit.business_date, audit.scoring_key, score)


def take_back(audit: Audit, score: Score) -> None:
    """Take `audit`, which ceases to count, out of its site's totals."""
    add_share(audit.site_id, audit.business_date, audit.scoring_key, score, sign=-1)


def add_share(site_id: UUID, day: date, scoring_key: str, score: Score, *, sign: int = 1) -> None:
    """Add one audit's share to its site's totals, or take it back with `sign` -1."""
    statement = upsert(SiteTotal)
    added = statement.excluded
    statement = statement.on_conflict_do_update(
        index_elements=_KEY,
        set_={name: getattr(SiteTotal, name) + added[name] for name in COLUMNS},
    )
    db.session.execute(
        statement,
        [
            dict(zip(_KEY, key, strict=True))
            | {name: sign * value for name, value in zip(COLUMNS, values, strict=True)}
            for key, values in sorted(_rows(site_id, day, scoring_key, score))
        ],
    )


def stored(organisation_id: UUID) -> Rows:
    """Return the stored totals of an organisation; rows of nothing but zeros are left out."""
    rows = db.session.scalars(
        sa.select(SiteTotal).join(Site).where(Site.organisation_id == organisation_id)
    )
    return _without_empty(
        (
            (row.site_id, row.month, row.scoring_key, row.part),
            tuple(getattr(row, column) for column in COLUMNS),
        )
        for row in rows
    )


def recomputed(organisation_id: UUID) -> Rows:
    """Return what the totals must be, from the audits that count and their stored scores."""
    sums: dict[Key, Counter[str]] = {}
    for site_id, day, scoring_key, score in _counted(organisation_id):
        for key, values in _rows(site_id, day, scoring_key, score_from_json(orjson.loads(score))):
            sums.setdefault(key, Counter()).update(dict(zip(COLUMNS, values, strict=True)))
    return _without_empty(
        (key, tuple(counter[column] for column in COLUMNS)) for key, counter in sums.items()
    )


def differences(organisation_id: UUID) -> list[Key]:
    """Return the keys whose stored totals differ from a recomputation: none, if all is well."""
    return _differing(stored(organisation_id), recomputed(organisation_id))


def rebuild(organisation_id: UUID) -> int:
    """Replace an organisation's totals by a recomputation; return how many rows differed.

    Until the transaction ends, whatever would change totals waits.
    """
    _hold_writers()
    right = recomputed(organisation_id)
    wrong = _differing(stored(organisation_id), right)
    sites = sa.select(Site.id).where(Site.organisation_id == organisation_id)
    db.session.execute(sa.delete(SiteTotal).where(SiteTotal.site_id.in_(sites)))
    rows = [
        dict(zip((*_KEY, *COLUMNS), (*key, *values), strict=True)) for key, values in right.items()
    ]
    if rows:
        db.session.execute(sa.insert(SiteTotal), rows)
    return len(wrong)


def _differing(before: Rows, after: Rows) -> list[Key]:
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def _hold_writers() -> None:
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(sa.text("LOCK TABLE site_totals IN SHARE ROW EXCLUSIVE MODE"))


def _rows(
    site_id: UUID, day: date, scoring_key: str, score: Score
) -> Iterator[tuple[Key, tuple[int, ...]]]:
    for share in shares(score):
        key = (site_id, month_of(day), scoring_key, share.part)
        yield (
            key,
            (
                1,
                share.scored,
                share.passed,
                share.final,
                share.squares,
                share.raw,
                share.earned,
                share.possible,
            ),
        )


def _counted(organisation_id: UUID) -> Iterable[tuple[UUID, date, str, str]]:
    rows = db.session.execute(
        sa.select(Audit.site_id, Audit.business_date, Audit.scoring_key, Revision.score)
        .join(
            Revision,
            sa.and_(Revision.audit_id == Audit.id, Revision.content_digest == Audit.content_digest),
        )
        .where(Audit.organisation_id == organisation_id, Audit.state.in_(lifecycle.COUNTED))
        .execution_options(yield_per=1000)
    )
    return ((site_id, day, key, score) for site_id, day, key, score in rows)


def _without_empty(rows: Iterable[tuple[Key, tuple[int, ...]]]) -> Rows:
    return {key: values for key, values in rows if any(values)}
