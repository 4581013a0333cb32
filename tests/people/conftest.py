"""The application on both databases, and an organisation of its own for every test."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from audit_api.app import create_app
from audit_api.database import Table, db
from audit_api.errors import Kind, Problem
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.people import logins, users
from audit_api.services.sites import imports, organisations, regions, sites
from audit_api.sheets.lines import Counts
from tests.servers.postgres import database, postgres_server

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def people_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("instance")
    if request.param == "sqlite":
        yield from _app(f"sqlite:///{folder / 'audit.db'}", folder)
        return
    with postgres_server() as server, database(server) as fresh:
        yield from _app(fresh.url, folder)


def _app(url: str, folder: Path) -> Iterator[Flask]:
    app = create_app({"DATABASE_URL": url, "INSTANCE": str(folder)})
    with app.app_context():
        Table.metadata.create_all(db.engine)
    yield app
    app.extensions["audit_worker"].close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def context(people_app: Flask) -> Iterator[Flask]:
    with people_app.app_context():
        yield people_app
        db.session.rollback()


@pytest.fixture
def hq(context: Flask) -> Who:
    """The operator of a fresh organisation."""
    return tenant()


@pytest.fixture
def client(people_app: Flask) -> FlaskClient:
    return people_app.test_client()


@pytest.fixture
def headers(hq: Who) -> dict[str, str]:
    """What a call of an HQ user of the fresh organisation carries."""
    return bearer(person(hq, "hq"))


def tenant() -> Who:
    code = f"org-{secrets.token_hex(6)}"
    organisation = organisations.add(code=code, name="Brand", locale="en", now=NOW)
    db.session.commit()
    return access.system_who(organisation.id)


def region(hq: Who, code: str, parent_id: UUID | None = None) -> UUID:
    return regions.add(by=hq, now=NOW, code=code, name=code.title(), parent_id=parent_id).id


def site(hq: Who, code: str, region_id: UUID) -> UUID:
    added = sites.add(
        by=hq, now=NOW, code=code, name=code, region_id=region_id, time_zone="Asia/Shanghai"
    )
    return added.id


def load(noun: str, text: str | bytes, hq: Who, *, dry_run: bool = False) -> Counts:
    """Import a file of regions, sites or users."""
    data = text if isinstance(text, bytes) else text.encode()
    return getattr(imports, noun).load(data, by=hq, now=NOW, dry_run=dry_run)


def faults(noun: str, text: str | bytes, hq: Who) -> list[tuple[str, str]]:
    """Return the faults of a file that is refused, by place and code."""
    with pytest.raises(Problem) as caught:
        load(noun, text, hq)
    assert caught.value.kind is Kind.INVALID
    return [(fault.pointer, fault.code) for fault in caught.value.faults]


def address(name: str) -> str:
    return f"{name}-{secrets.token_hex(6)}@brand.example"


def person(hq: Who, role: str, *region_ids: UUID, name: str = "Kim") -> Who:
    user = users.add(
        by=hq,
        now=NOW,
        email=address(role),
        name=name,
        role=role,
        locale="en",
        region_ids=region_ids,
    )
    return access.user_who(user)


def bearer(who: Who) -> dict[str, str]:
    """The headers of a login of `who`, committed."""
    user = users.find(who.id, by=who)
    tokens = logins.open_login(user, device=None, now=datetime.now(UTC))
    db.session.commit()
    return {"Authorization": f"Bearer {tokens.access_token}"}
