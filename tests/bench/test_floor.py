"""The floors store what they say; the scripts have to follow the product's statement."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from bench.databases import Ground, on_postgresql
from bench.floor import bare, own
from bench.world import AUDITORS, PULLED

pytestmark = pytest.mark.slow

VISITS = PULLED * AUDITORS


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with on_postgresql(visits=VISITS, durable=False) as ground:
        yield ground


@pytest.mark.parametrize("batch", [1, 10])
def test_the_own_floor_stores_visits_as_the_product_does(ground: Ground, batch: int) -> None:
    with ground.copy() as copied:
        rate = own.rate(ground.world, copied, first=0, batch=batch, clients=2, seconds=1)
        with psycopg.connect(copied) as connection:
            told = connection.execute(
                """
                SELECT count(*), count(DISTINCT audits.assignment_id),
                       count(*) FILTER (WHERE assignments.auditor_id = audits.auditor_id
                                          AND assignments.site_id = audits.site_id
                                          AND assignments.state = 'closed'),
                       count(revisions.audit_id)
                FROM audits JOIN assignments ON assignments.id = audits.assignment_id
                LEFT JOIN revisions ON revisions.audit_id = audits.id
                """
            ).fetchone()
    assert told is not None
    audits, visits, as_planned, revisions = told
    # A second at least was measured: what pgbench counts as done was really stored.
    assert 0 < rate / 2 < audits
    assert audits % batch == 0
    assert audits == visits == as_planned == revisions


def test_the_bare_floor_stores_an_audit_a_transaction(ground: Ground) -> None:
    with ground.empty() as empty:
        bare.prepare(empty)
        rate, cpu = bare.cost(empty, ground.pid, clients=2, seconds=1)
        with psycopg.connect(empty) as connection:
            told = connection.execute(
                "SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM touchpoint_score), "
                "(SELECT sum(n) FROM rollup), (SELECT answers ? 'question_4_7' FROM audit LIMIT 1)"
            ).fetchone()
    assert told is not None
    audits, scores, counted, answered = told
    assert 0 < rate / 2 < audits
    assert (scores, counted, answered) == (5 * audits, 10 * audits, True)
    assert cpu > 0
