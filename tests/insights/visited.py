"""A network that was visited, and what its audits say, read from the database alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Audit, Revision
from tests.scorecards.survey import drawn, survey
from tests.totals.network import Network

VISITS = 48
HOURS = ("09", "13", "18")


@dataclass(frozen=True)
class Counted:
    """An audit that counts, as it is stored."""

    id: UUID
    site_id: UUID
    day: date
    visited_at: datetime
    answers: Mapping[str, Any]
    score: Mapping[str, Any]

    def mark(self, key: str) -> int | None:
        mark: int | None = self.answers.get(key, {}).get("value")
        return mark

    def parts(self, kind: str) -> Mapping[str, int | None]:
        return {part["key"]: part["score"] for part in self.score[kind]}


def visited_network(app: Flask) -> Network:
    """Visits in the first quarter of 2026, some folded and some not, one of them taken back."""
    network, chance = Network(app, survey()), Random(5)
    for place in range(VISITS):
        month, day, hour = chance.randint(1, 3), chance.randint(2, 28), chance.choice(HOURS)
        audit_id = network.submit(
            site=chance.randrange(3),
            review="none",
            version=0,
            when=f"2026-{month:02}-{day:02}T{hour}:30:00+08:00",
            answers=drawn(chance),
        )
        if network.state(audit_id) == "submitted":  # too little was answered to count unseen
            network.review(audit_id, "approve")
        if place == VISITS // 2:
            network.fold(100)
    network.review(next(iter(network.sent)), "exclude")
    return network


def counted(network: Network, sites: Sequence[int] = (0, 1)) -> list[Counted]:
    """The audits of these sites that count, by id."""
    with network.world.app.app_context():
        rows = db.session.execute(
            sa.select(
                *(Audit.id, Audit.site_id, Audit.business_date, Audit.visited_at),
                *(Revision.content, Revision.score),
            )
            .join(Revision, Revision.audit_id == Audit.id)
            .where(
                Audit.site_id.in_([network.sites[site] for site in sites]),
                Audit.state == "approved",
            )
        ).all()
        db.session.rollback()
    found = [
        Counted(
            id_,
            site_id,
            day,
            at.astimezone(UTC),
            orjson.loads(sent)["answers"],
            orjson.loads(score),
        )
        for id_, site_id, day, at, sent, score in rows
    ]
    return sorted(found, key=lambda audit: audit.id.bytes)


def get(network: Network, path: str, person: str = "hq", **query: Any) -> Any:
    answer = network.world.call(person, "GET", path, query_string={"period": "2026-Q1", **query})
    assert answer.status_code == 200, answer.json
    return answer.json
