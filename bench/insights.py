"""Insights, and papers about many sites, at two sizes: they read no more audits of a large network
than of a small one."""

from __future__ import annotations

import hashlib
import itertools
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, Campaign, ChecklistVersion, Revision
from audit_api.rules.checklist.questions import MEASURES, SCORED, Question, QuestionType
from audit_api.rules.scoring import Score, Visit
from audit_api.services.checklists import compiled
from audit_api.services.checklists.compiled import Published
from bench.cards import Rounds, latencies
from bench.loading import load, settle
from bench.network import Network, network
from bench.rows import Row, ratio
from bench.sums import MONTHS, SITES, month, visits
from bench.world import numbered
from tests.servers.postgres import database, own_server

SIZES = (10_000, 200_000)
CALLS = 5
REPORTS = 200
"""Different reports, which the audits have in turn."""


class Report(NamedTuple):
    """What an audit says, and its score, as they are stored."""

    content: str
    stored: str
    score: Score


def rows() -> Iterable[Row]:
    """Each insight of a year of the network on PostgreSQL, at each size."""
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in SIZES]
        server, _ = stack.enter_context(own_server())
        urls = [stack.enter_context(database(server)).url for _ in SIZES]
        networks = []
        for url, folder, count in zip(urls, folders, SIZES, strict=True):
            networks.append(stack.enter_context(network(url, folder, audits=count)))
            _fill(count)
        found = latencies(networks, _calls, calls=CALLS)
    for name, (first, second) in found.items():
        yield _row(name, first, second)


def _row(name: str, first: Rounds, second: Rounds) -> Row:
    return (
        f"{name}, {SIZES[1]:,} audits",
        f"{median(second):.0f} ms",
        f"at {SIZES[0]:,}: {median(first):.0f} ms",
        ratio(second, first),
        "–",
    )


def _calls(network: Network) -> Mapping[str, str]:
    """The insights of a year of the whole network, and papers with them, each after its name."""
    region = network.league_region_id
    return {
        **{
            f"{name} of the network": f"/api/v1/scorecards/{name}?period=P12M/{network.period}"
            for name in ("drivers", "repeats", "times")
        },
        "forecast of the network": f"/api/v1/scorecards/forecast?period={network.period}",
        "paper of a region of 200 sites, of a month": (
            f"/api/v1/regions/{region}/scorecard.pdf?period={network.period}&lang=both"
        ),
        "paper of the network of 2,000 sites, of a year": (
            f"/api/v1/organisation/scorecard.pdf?period=P12M/{network.period}&lang=both"
        ),
    }


def _fill(count: int) -> None:
    """Store the audits that the totals of the network in whose context this is called are of."""
    organisation_id, digest = db.session.execute(
        sa.select(ChecklistVersion.organisation_id, ChecklistVersion.digest)
    ).one()
    version = compiled.by_digest(organisation_id, digest or "")
    assert version is not None
    campaign_id = db.session.execute(sa.select(Campaign.id)).scalar_one()
    db.session.rollback()
    reports = [_report(version, Random(nth)) for nth in range(REPORTS)]
    load(Audit, _audits(organisation_id, campaign_id, version, reports, count))
    load(Revision, _revisions(reports, count))
    settle()


def _visits(count: int) -> Iterator[tuple[int, str, int, int]]:
    """Each visit: how many there were before, the name of its assignment, its site and month."""
    nth = 0
    for place, site in itertools.product(range(MONTHS), range(SITES)):
        for n in range(visits(site, place, count)):
            yield nth, f"visit{site}.{place}.{n}", site, place
            nth += 1


def _id(name: str) -> UUID:
    return UUID(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest())


def _audits(
    organisation_id: UUID,
    campaign_id: UUID,
    version: Published,
    reports: list[Report],
    count: int,
) -> Iterator[dict[str, Any]]:
    for nth, visit, site, place in _visits(count):
        score = reports[nth % REPORTS].score
        day = month(place).replace(day=nth % 28 + 1)
        at = datetime(day.year, day.month, day.day, nth % 12, tzinfo=UTC)
        yield {
            "id": _id(f"audit of {visit}"),
            "organisation_id": organisation_id,
            "assignment_id": _id(visit),
            "campaign_id": campaign_id,
            "site_id": numbered("site", site),
            "auditor_id": numbered("hq", 0),
            "checklist_version_id": version.id,
            "state": "approved",
            "state_since": at,
            "version": 1,
            "revision": 1,
            "content_digest": "0" * 64,
            "scoring_key": version.scoring_key,
            "conducted_at": at,
            "conducted_offset": 0,
            "visited_at": at,
            "seconds": None,
            "business_date": day,
            "received_at": at,
            "raw_score": score.raw,
            "final_score": score.final,
            "passed": score.passed,
            "band": score.band,
            "earned": score.earned,
            "possible": score.possible,
            "findings_count": len(score.failed),
            "valid": score.valid,
        }


def _revisions(reports: list[Report], count: int) -> Iterator[dict[str, Any]]:
    for nth, visit, _, _ in _visits(count):
        report = reports[nth % REPORTS]
        yield {
            "audit_id": _id(f"audit of {visit}"),
            "content_digest": "0" * 64,
            "number": 1,
            "standing": "current",
            "received_at": datetime(2026, 1, 1, tzinfo=UTC),
            "sent_at": None,
            "content": report.content,
            "score": report.stored,
            "site_attributes": "{}",
        }


def _report(version: Published, chance: Random) -> Report:
    """A visit that answers all that brings points, well or badly, and shows no evidence."""
    answers = {
        question.key: {"value": _answer(question, chance)}
        for question in version.checklist.questions()
        if question.type in SCORED
    }
    score = version.scorer.trial(Visit(answers))
    content = {"checklist": version.digest, "answers": answers}
    return Report(orjson.dumps(content).decode(), orjson.dumps(score.as_json()).decode(), score)


def _answer(question: Question, chance: Random) -> Any:
    if question.type in MEASURES:
        return chance.randint(1, 200)
    option = chance.choice(question.options).key
    return [option] if question.type is QuestionType.SEVERAL else option
