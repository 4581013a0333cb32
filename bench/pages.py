"""What pages of the console cost the server, beside the calls of the API with the same content.

Both are asked of one application over the demonstration on PostgreSQL, in turn, by whoever works
with the page; a page is held against the calls that a program would need once to show as much.
What it would have to ask for each row of a list besides (a site's touchpoints, a campaign's
progress), and to put into words, is not counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from audit_api.app import create_app
from audit_api.database import db
from audit_api.models import Audit, Campaign, ChecklistVersion, Region, Site, User
from audit_api.services.people import logins, sessions
from bench.rows import Row, ratio
from tests.servers.postgres import database, own_server

UNTIL, PERIOD = "2026-11-22", "2026-Q3"
ROUNDS, CALLS = 7, 5
MOST = "≤ 2"
"""How many times what the calls take a page may take."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in and logged in."""

    page: FlaskClient
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """A page, who opens it, and the calls that tell as much."""

    who: str
    page: str
    calls: Sequence[str]


def rows() -> Iterable[Row]:
    with demonstration() as app:
        people = {who: _person(app, who) for who in ("east", "reviewer", "hq")}
        for name, compared in _compared(app).items():
            yield _measured(name, compared, people[compared.who])


def _measured(name: str, compared: Compared, person: Person) -> Row:
    pages, calls = [], []
    for _ in range(ROUNDS + 1):
        pages.append(_milliseconds(person.page, [compared.page], {}))
        paths = [f"/api/v1{path}" for path in compared.calls]
        calls.append(_milliseconds(person.page, paths, person.headers))
    return (
        f"page: {name}",
        f"{median(pages[1:]):.1f} ms",
        f"{_counted(compared.calls)} of the API: {median(calls[1:]):.1f} ms",
        ratio(pages[1:], calls[1:]),
        MOST,
    )


def _counted(calls: Sequence[str]) -> str:
    return "one call" if len(calls) == 1 else f"{len(calls)} calls"


def _compared(app: Flask) -> Mapping[str, Compared]:
    """The pages, each after its name, of the things that the demonstration has."""
    with app.app_context():
        region = db.session.scalars(sa.select(Region.id).where(Region.code == "east")).one()
        site = db.session.scalars(sa.select(Site.id).where(Site.code == "SH-001")).one()
        audit = db.session.scalars(
            sa.select(Audit.id)
            .where(Audit.site_id == site, Audit.state == "approved")
            .order_by(Audit.business_date.desc())
            .limit(1)
        ).one()
        waiting = db.session.scalars(
            sa.select(Audit.id).where(Audit.state.in_(("submitted", "in_review"))).limit(1)
        ).one()
        version = db.session.scalars(
            sa.select(ChecklistVersion.id).where(ChecklistVersion.state == "published").limit(1)
        ).first()
        campaign = db.session.scalars(
            sa.select(Campaign.id).order_by(Campaign.starts_on.desc()).limit(1)
        ).one()
        db.session.rollback()
    of = f"period={PERIOD}"
    card, there = f"/regions/{region}/scorecard?{of}", f"{of}&region_id={region}"
    audits = f"/audits/{audit}"
    return {
        "overview of a region": Compared(
            "east",
            f"/console/overview?{there}",
            (
                card,
                f"/scorecards/sites?{there}",
                f"/scorecards/movers?{there}",
                f"/scorecards/forecast?{there}",
            ),
        ),
        "league of a region": Compared(
            "east",
            f"/console/sites?{there}",
            (f"/scorecards/sites?{there}", card, "/regions", "/checklists"),
        ),
        "a site": Compared(
            "east",
            f"/console/sites/{site}?{of}",
            (
                f"/sites/{site}/scorecard?{of}",
                card,
                f"/scorecards/repeats?{of}&site_id={site}",
                f"/audits?site_id={site}&{of}",
            ),
        ),
        "a visit": Compared(
            "east",
            f"/console/visits/{audit}",
            (audits, f"{audits}/explanation", f"{audits}/photos"),
        ),
        "the queue": Compared(
            "reviewer",
            "/console/review",
            (
                *(
                    f"/audits?state={state}&sort=received_at"
                    for state in ("submitted", "in_review", "returned", "awaiting_media")
                ),
                "/regions",
                "/campaigns",
                "/sites",
            ),
        ),
        "a review": Compared(
            "reviewer",
            f"/console/review/{waiting}",
            (
                *(
                    f"/audits/{waiting}{part}"
                    for part in ("", "/explanation", "/photos", "/activity")
                ),
                *(f"{audits}{part}" for part in ("", "/explanation")),
                f"/checklists/{version}",
            ),
        ),
        "checklists": Compared("hq", "/console/checklists", ("/checklists", "/campaigns")),
        "a checklist": Compared(
            "hq", f"/console/checklists/{version}", (f"/checklists/{version}",)
        ),
        "campaigns": Compared("hq", "/console/programme", ("/campaigns", "/checklists")),
        "a campaign": Compared(
            "hq",
            f"/console/programme/{campaign}",
            (
                f"/campaigns/{campaign}",
                f"/assignments?campaign_id={campaign}",
                *("/regions", "/sites", "/users", "/checklists"),
            ),
        ),
        "people": Compared("hq", "/console/people", ("/users", "/regions")),
        "exports": Compared("hq", "/console/exports", ("/exports",)),
    }


def _person(app: Flask, name: str) -> Person:
    with app.app_context():
        user = db.session.scalars(sa.select(User).where(User.email == f"{name}@demo.example")).one()
        now = datetime.now(UTC)
        session = sessions.begin(user, device=None, place=None, now=now)
        token = logins.open_login(user, device=None, now=now).access_token
        db.session.commit()
    client = app.test_client()
    client.set_cookie("console", session)
    return Person(client, {"Authorization": f"Bearer {token}"})


def _milliseconds(client: FlaskClient, paths: Sequence[str], headers: Mapping[str, str]) -> float:
    """Return how long requests take, of several one after the other."""
    begun = time.perf_counter()
    for path in [*paths] * CALLS:
        response = client.get(path, headers=dict(headers))
        if response.status_code != 200:
            raise RuntimeError(f"{path} answers {response.status_code}: {response.text[:300]}")
    return (time.perf_counter() - begun) / CALLS * 1000


@contextmanager
def demonstration() -> Iterator[Flask]:
    """Yield the application over the demonstration, on a PostgreSQL that nobody else uses."""
    with (
        own_server() as (server, _),
        database(server) as own,
        tempfile.TemporaryDirectory() as folder,
    ):
        settings = {"AUDIT_INSTANCE": folder, "AUDIT_DATABASE_URL": own.url}
        for command in (["db", "upgrade"], ["demo", "--until", UNTIL]):
            flask = [sys.executable, "-m", "flask", *command]
            subprocess.run(flask, env=os.environ | settings, check=True, capture_output=True)
        app = create_app({"INSTANCE": str(Path(folder)), "DATABASE_URL": own.url})
        app.extensions["audit_worker"].close()
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
