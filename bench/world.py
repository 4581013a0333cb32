"""What is measured on: an organisation with sites, auditors and more planned visits than are used.

Ids follow from numbers, so that pgbench, which knows nothing but numbers, can name them too.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import flask_migrate
import sqlalchemy as sa
from flask import Flask

from audit_api.app import create_app
from audit_api.database import db
from audit_api.models import Assignment, FeedEntry, LoginToken, Site, User, VisitTotal
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.checklists import compiled, versions
from audit_api.services.checklists.compiled import Published
from audit_api.services.people import logins
from audit_api.services.sites import organisations, regions
from audit_api.services.visits import campaigns
from bench.loading import load, settle

SITES, AUDITORS = 200, 32
PULLED = 200
"""Visits in each auditor's feed: a page of the sync."""
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


def numbered(kind: str, number: int) -> UUID:
    """Return the id of the `number`th thing of a kind: md5 of both, as PostgreSQL makes it."""
    return UUID(hashlib.md5(f"{kind}{number}".encode(), usedforsecurity=False).hexdigest())


@dataclass(frozen=True)
class World:
    """A filled database, its application's settings, and one token for each auditor."""

    settings: dict[str, str]
    organisation_id: UUID
    version: Published
    tokens: tuple[str, ...]

    def audit(self, number: int, **more: Any) -> dict[str, Any]:
        """Return the audit of the `number`th visit, each of whose questions is answered."""
        return {
            "assignment_id": str(numbered("visit", number)),
            "site_id": str(numbered("site", number % SITES)),
            "checklist": self.version.digest,
            "conducted_at": "2026-03-02T14:30:00+08:00",
            "answers": answers(),
            **more,
        }

    def token(self, number: int) -> str:
        """Return the token of the auditor of the `number`th visit."""
        return self.tokens[number % AUDITORS]


def checklist() -> dict[str, Any]:
    """Return a checklist of five touchpoints with eight questions each."""
    return {
        "format": 1,
        "key": "bench",
        "locales": ["en", "zh"],
        "title": {"en": "Forty questions", "zh": "四十个问题"},
        "scoring": {"method": "weighted", "pass_mark": 60},
        "touchpoints": [
            {
                "key": f"touchpoint_{t}",
                "title": {"en": f"Stage {t}", "zh": f"阶段 {t}"},
                "weight": 20,
                "questions": [_question(t, q) for q in range(8)],
            }
            for t in range(5)
        ],
    }


def answers() -> dict[str, Any]:
    """Return an answer to each of the forty questions, every fourth with a comment."""
    given: dict[str, Any] = {}
    for touchpoint, place in itertools.product(range(5), range(8)):
        answer: dict[str, Any] = {"value": 4 if place % 2 else "yes"}
        if place % 4 == 3:
            answer["comment"] = "The advisor explained two models and offered a fitting. 讲解清楚。"
        given[f"question_{touchpoint}_{place}"] = answer
    return given


def _question(touchpoint: int, place: int) -> dict[str, Any]:
    kind: dict[str, Any] = (
        {"type": "scale", "min": 1, "max": 5} if place % 2 else {"type": "yes_no"}
    )
    return kind | {
        "key": f"question_{touchpoint}_{place}",
        "not_applicable": True,
        "title": {"en": f"Was point {place} in order?", "zh": f"第 {place} 点是否合格？"},
        "evidence": {"photo": "never"},
    }


@contextmanager
def world(url: str, instance: Path, *, visits: int) -> Iterator[World]:
    """Yield a migrated and filled database behind `url` (empty: SQLite in `instance`)."""
    with migrated(url, instance) as (app, settings):
        yield _fill(app, settings, visits)


@contextmanager
def migrated(url: str, instance: Path) -> Iterator[tuple[Flask, dict[str, str]]]:
    """Yield an application over a migrated database, in its context, with its settings."""
    settings = {
        "DATABASE_URL": url,
        "INSTANCE": str(instance),
        "SECRET": "a secret of the benchmarks, long enough",
    }
    app = create_app(settings)
    with app.app_context():
        flask_migrate.upgrade()
        yield app, {f"AUDIT_{name}": value for name, value in settings.items()}
        db.session.remove()
        db.engine.dispose()


def _fill(app: Flask, settings: dict[str, str], visits: int) -> World:
    organisation = organisations.add(code="bench", name="Bench", locale="en", now=NOW)
    hq = access.system_who(organisation.id)
    draft = versions.draft(checklist(), by=hq, now=NOW)
    versions.publish(draft, by=hq, now=NOW)
    campaign = campaigns.add(
        by=hq,
        now=NOW,
        name="Bench",
        checklist_version_id=draft.id,
        review="none",
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 3, 31),
    )
    assert draft.digest is not None
    version = compiled.by_digest(hq.organisation_id, draft.digest)
    assert version is not None
    _add_sites(hq)
    _add_auditors(hq)
    _plan(hq, campaign.id, visits)
    _announce(PULLED)
    tokens = tuple(token(numbered("auditor", n)) for n in range(AUDITORS))
    db.session.commit()
    settle()
    return World(settings, hq.organisation_id, version, tokens)


def _add_sites(hq: Who) -> None:
    region = regions.add(by=hq, now=NOW, code="all", name="All")
    rows = [
        {
            "organisation_id": hq.organisation_id,
            "id": numbered("site", n),
            "region_id": region.id,
            "code": f"S{n}",
            "name": f"Site {n}",
            "kind": "own",
            "time_zone": "Asia/Shanghai",
        }
        for n in range(SITES)
    ]
    db.session.execute(sa.insert(Site), rows)


def _add_auditors(hq: Who) -> None:
    rows = [
        {
            "organisation_id": hq.organisation_id,
            "id": numbered("auditor", n),
            "email": f"a{n}@bench.example",
            "name": f"A {n}",
            "role": "auditor",
            "locale": "en",
            "created_at": NOW,
        }
        for n in range(AUDITORS)
    ]
    db.session.execute(sa.insert(User), rows)


def _plan(hq: Who, campaign_id: UUID, visits: int) -> None:
    # What is loaded has to be there already for its keys.
    db.session.commit()
    load(
        Assignment,
        (
            {
                "organisation_id": hq.organisation_id,
                "id": numbered("visit", n),
                "campaign_id": campaign_id,
                "site_id": numbered("site", n % SITES),
                "auditor_id": numbered("auditor", n % AUDITORS),
                "state": "assigned",
                "starts_on": date(2026, 3, 1),
                "ends_on": date(2026, 3, 31),
                "created_at": NOW,
                "version": 1,
                "audits": 0,
            }
            for n in range(visits)
        ),
    )
    totals = [
        {
            "site_id": numbered("site", n),
            "month": date(2026, 3, 1),
            "campaign_id": campaign_id,
            "checklist": "",
            "organisation_id": hq.organisation_id,
            "planned": visits // SITES,
            "done": 0,
        }
        for n in range(SITES)
    ]
    db.session.execute(sa.insert(VisitTotal), totals)


def _announce(visits: int) -> None:
    """Put the first visits of every auditor into the auditor's feed."""
    db.session.execute(
        sa.insert(FeedEntry),
        [
            {
                "user_id": numbered("auditor", n),
                "assignment_id": numbered("visit", n + turn * AUDITORS),
                "seq": turn + 1,
            }
            for turn in range(visits)
            for n in range(AUDITORS)
        ],
    )
    db.session.execute(sa.update(User).values(feed_seq=visits))


def token(user_id: UUID) -> str:
    user = db.session.get_one(User, user_id)
    tokens = logins.open_login(user, device=None, now=datetime.now(UTC))
    # A measurement may outlast a quarter of an hour.
    db.session.execute(
        sa.update(LoginToken).values(expires_at=datetime.now(UTC) + timedelta(hours=12))
    )
    return tokens.access_token
