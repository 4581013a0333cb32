"""`flask demo`: loaded once, by the services of real calls, and nobody else's things touched."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.cli.demonstration import scene
from audit_api.database import Table, db
from audit_api.models import Audit, Organisation, Photo, Site, User
from audit_api.services import organisations, totals
from tests.documents.conftest import Demonstration

pytestmark = pytest.mark.slow


def demo(app: Flask) -> str:
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 0, result.output
    return result.output


def rows(app: Flask) -> dict[str, int]:
    with app.app_context():
        return {
            table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Table.metadata.sorted_tables
        }


def counts(app: Flask, column: Any) -> dict[str, int]:
    """Return how many rows of the demonstration have each value."""
    with app.app_context():
        found = db.session.execute(
            sa.select(column, sa.func.count())
            .select_from(Audit)
            .join(Site)
            .outerjoin(Photo, Photo.audit_id == Audit.id)
            .join(Organisation, Organisation.id == Audit.organisation_id)
            .where(Organisation.code == scene.CODE)
            .group_by(column)
        )
        return dict(found.all())


def test_a_second_run_changes_nothing_and_says_the_same(demonstration: Demonstration) -> None:
    before = rows(demonstration.app)
    assert demo(demonstration.app) == demonstration.said.split("…\n", 1)[1]
    assert rows(demonstration.app) == before


def test_there_is_something_to_see_in_every_state(demonstration: Demonstration) -> None:
    states = counts(demonstration.app, Audit.state)
    assert states.keys() >= {"approved", "submitted", "in_review", "returned", "rejected"}
    assert counts(demonstration.app, Photo.state).keys() == {"ready", None}
    assert len(counts(demonstration.app, Site.time_zone)) >= 4
    assert len(counts(demonstration.app, Audit.final_score)) > 30


def test_its_totals_equal_a_recomputation(demonstration: Demonstration) -> None:
    with demonstration.app.app_context():
        assert totals.differences(organisations.find(scene.CODE).id) == []


def test_everybody_can_log_in_with_the_password_that_is_printed(
    demonstration: Demonstration,
) -> None:
    client = demonstration.app.test_client()
    for account in scene.ACCOUNTS:
        assert f"  {account.email} " in demonstration.said
        answer = client.post(
            "/api/v1/login", json={"email": account.email, "password": scene.PASSWORD}
        )
        assert answer.status_code == 200
        assert answer.json["user"]["role"] == account.role
    assert f"Everybody's password is {scene.PASSWORD}" in demonstration.said


def test_an_organisation_of_somebody_else_is_left_alone(app: Flask) -> None:
    with app.app_context():
        organisations.add(code=scene.CODE, name="Mine", locale="en", now=datetime.now(UTC))
        db.session.commit()
    before = rows(app)
    assert "No demonstration" in demo(app)
    assert rows(app) == before


def test_an_address_of_somebody_else_is_left_alone(app: Flask) -> None:
    with app.app_context():
        mine = organisations.add(code="mine", name="Mine", locale="en", now=datetime.now(UTC))
        db.session.add(
            User(
                organisation_id=mine.id,
                email=scene.ACCOUNTS[-1].email,
                name="Somebody",
                role="hq",
                locale="en",
                created_at=datetime.now(UTC),
            )
        )
        db.session.commit()
    before = rows(app)
    assert "No demonstration" in demo(app)
    assert rows(app) == before
