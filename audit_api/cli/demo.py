"""flask demo: a small organisation to look at, loaded once, and the walk through the main job."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path
from uuid import UUID

import click
from flask import current_app

from audit_api.cli.demonstration import scene, visits
from audit_api.database import db, reading
from audit_api.errors import Problem
from audit_api.services import organisations, users

WALK = Path(__file__).parents[2] / "docs/walk.sh"


class Found(Enum):
    """What stands where the demonstration would."""

    NOTHING = auto()
    OURS = auto()
    FOREIGN = auto()


@click.command("demo")
def command() -> None:
    """Load the demonstration, unless it is there, and say where to look."""
    found = _look()
    if found is Found.NOTHING:
        click.echo(f"Loading the demonstration {scene.NAME} …")
        _load()
    click.echo("\n".join(_where(current_app.config["AUDIT_BASE_URL"])))
    if found is Found.FOREIGN:
        click.echo(f"No demonstration: the organisation {scene.CODE!r} or an address of its people "
                   "is in use by somebody else.")
        return
    click.echo("\n".join(_how(current_app.config["AUDIT_BASE_URL"])))


def _look() -> Found:
    with reading():
        organisation_id = _organisation()
        owners = {_owner(account.email) for account in scene.ACCOUNTS} - {None}
        db.session.rollback()
    if organisation_id is None and not owners:
        return Found.NOTHING
    return Found.OURS if owners == {organisation_id} else Found.FOREIGN


def _organisation() -> UUID | None:
    try:
        return organisations.find(scene.CODE).id
    except Problem:
        return None


def _owner(email: str) -> UUID | None:
    try:
        return users.find_email(email).organisation_id
    except Problem:
        return None


def _load() -> None:
    today = datetime.now(UTC).date()
    store = current_app.extensions["audit_photo_store"]
    visits.make_all(scene.set_up(today), today, store.put)
    db.session.commit()
    # Display copies are made now, so that the first report has its photos.
    current_app.extensions["audit_worker"].work_off()


def _where(base: str) -> Iterator[str]:
    yield ""
    yield f"  {base}/docs                  the API, to read and to try"
    yield f"  {base}/api/v1/openapi.json   the same for client generators"
    yield f"  {base}/healthz               alive;  {base}/readyz  database and photos"
    yield ""


def _how(base: str) -> Iterator[str]:
    yield f"Demonstration only: {scene.NAME}. Everybody's password is {scene.PASSWORD}"
    for account in scene.ACCOUNTS:
        yield f"  {account.email:24} {account.role:9} {account.region or '':9} {account.name}"
    yield ""
    if WALK.exists():
        yield "The main job by curl; paste it, or run:"
        yield f"  bash docs/walk.sh {base}"
        yield WALK.read_text(encoding="utf-8").replace("http://127.0.0.1:8000", base)
