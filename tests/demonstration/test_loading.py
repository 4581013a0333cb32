"""`flask demo`: loaded once, by the services of real calls, and nobody else's things touched."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.app import create_app
from audit_api.database import Table, db
from audit_api.demonstration import chain, people
from audit_api.models import Assignment, Audit, Organisation, Photo, Site, User
from audit_api.rules.lifecycle import AuditState
from audit_api.services import access
from audit_api.services.people import passwords, published, users
from audit_api.services.sites import organisations
from audit_api.services.totals import of_sites
from tests.demonstration.loaded import SMALL, Demonstration
from tests.pairs import SECRET

pytestmark = pytest.mark.slow

NOW = datetime.now(UTC)


def demo(app: Flask, *options: str) -> str:
    result = app.test_cli_runner().invoke(args=["demo", *options])
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
            .join(Site, Site.id == Audit.site_id)
            .join(Assignment, Assignment.id == Audit.assignment_id)
            .outerjoin(Photo, Photo.audit_id == Audit.id)
            .join(Organisation, Organisation.id == Audit.organisation_id)
            .where(Organisation.code == chain.CODE)
            .group_by(column)
        )
        return dict(found.all())


def test_a_second_run_changes_nothing_and_says_the_same(demonstration: Demonstration) -> None:
    before = rows(demonstration.app)
    again = demo(demonstration.app)
    assert rows(demonstration.app) == before
    if demonstration.password == passwords.PUBLISHED:
        assert demonstration.said.endswith(f" photos made ready\n{again}")
    else:
        assert "password was printed when it was made" in again
        assert demonstration.password not in again


def test_there_is_something_to_see_in_every_state(demonstration: Demonstration) -> None:
    assert counts(demonstration.app, Audit.state).keys() == set(AuditState)
    assert counts(demonstration.app, Photo.state).keys() == {"ready", "declared", None}
    assert len(counts(demonstration.app, Site.time_zone)) == 4
    assert counts(demonstration.app, Site.kind).keys() == {"own", "competitor"}
    assert counts(demonstration.app, Audit.revision).keys() == {1, 2}
    assert counts(demonstration.app, Assignment.state).keys() >= {"closed", "submitted"}


def test_the_same_options_give_the_same_scores_in_another_database(
    demonstration: Demonstration, sqlite_template: Path, tmp_path: Path
) -> None:
    shutil.copy(sqlite_template, tmp_path / "audit.db")
    other = create_app({"INSTANCE": str(tmp_path), "SECRET": SECRET})
    demo(other, *SMALL)
    assert scores(other) == scores(demonstration.app)
    other.extensions["audit_worker"].close()


def scores(app: Flask) -> dict[tuple[str, str], list[int]]:
    """Return the scores by site and month."""
    found: dict[tuple[str, str], list[int]] = {}
    with app.app_context():
        for code, day, score in db.session.execute(
            sa.select(Site.code, Audit.business_date, Audit.final_score)
            .join(Site, Site.id == Audit.site_id)
            .order_by(Site.code, Audit.conducted_at)
        ):
            found.setdefault((code, f"{day:%Y-%m}"), []).append(score)
    return found


def test_its_totals_equal_a_recomputation(demonstration: Demonstration) -> None:
    with demonstration.app.app_context():
        assert of_sites.differences(organisations.find(chain.CODE).id) == []


def test_everybody_can_log_in_with_the_password_that_is_printed(
    demonstration: Demonstration,
) -> None:
    client = demonstration.app.test_client()
    for account in people.ACCOUNTS:
        assert f"  {account.email} " in demonstration.said
        answer = client.post(
            "/api/v1/login", json={"email": account.email, "password": demonstration.password}
        )
        assert answer.status_code == 200
        assert answer.json["user"]["role"] == account.role


def test_only_the_embedded_default_has_the_password_that_is_published(
    demonstration: Demonstration,
) -> None:
    embedded = "DATABASE_URL" not in demonstration.settings
    assert (demonstration.password == passwords.PUBLISHED) is embedded
    with demonstration.app.app_context():
        assert len(published.owners()) == (len(people.ACCOUNTS) if embedded else 0)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("AUDIT_HOST", "0.0.0.0"),
        ("AUDIT_BASE_URL", "https://a.example"),
        ("AUDIT_DATABASE_URL", "x"),
    ],
)
def test_make_run_loads_nothing_beyond_the_embedded_default(
    app: Flask, setting: str, value: str
) -> None:
    app.config[setting] = value
    before = rows(app)
    assert "No demonstration" in demo(app, "--only-embedded")
    assert rows(app) == before


def test_a_demonstration_that_gets_beyond_its_machine_gets_another_password(app: Flask) -> None:
    with app.app_context():
        mine = organisations.add(code=chain.CODE, name=chain.NAME, locale="en", now=NOW)
        for account in people.ACCOUNTS:
            users.add(
                by=access.system_who(mine.id),
                now=NOW,
                password_hash=passwords.hash_published(),
                email=account.email,
                name=account.name,
                role="auditor",
                locale="en",
            )
        db.session.commit()
    app.config["AUDIT_BASE_URL"] = "https://audit.example"
    (password,) = re.findall(r"Everybody's password is (\S+)$", demo(app), re.MULTILINE)
    with app.app_context():
        assert published.owners() == []
        hashes = db.session.scalars(sa.select(User.password_hash)).all()
    assert all(passwords.matches(known, password) for known in hashes[:2])
    assert password not in demo(app)


def test_an_organisation_of_somebody_else_is_left_alone(app: Flask) -> None:
    with app.app_context():
        organisations.add(code=chain.CODE, name="Mine", locale="en", now=datetime.now(UTC))
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
                email=people.ACCOUNTS[-1].email,
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
