"""flask demo: a small organisation to look at, loaded once, and the walk through the main job."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path
from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext

from audit_api.cli.demonstration import scene, visits
from audit_api.database import db, reading
from audit_api.errors import Problem
from audit_api.services import organisations, users

WALK = Path(__file__).parents[2] / "docs/walk.sh"
STEP = re.compile(r"^step ['\"](.*)['\"]$", re.MULTILINE)
DEFAULT_BASE = "http://127.0.0.1:8000"


class Found(Enum):
    """What stands where the demonstration would."""

    NOTHING = auto()
    OURS = auto()
    FOREIGN = auto()


@click.command("demo")
@with_appcontext
def command() -> None:
    """Load the demonstration unless it is there; say where to look."""
    found = _look()
    if found is Found.NOTHING:
        click.echo(f"Loading the demonstration {scene.NAME} …")
        _load()
    base = current_app.config["AUDIT_BASE_URL"]
    if found is Found.FOREIGN:
        click.echo(
            f"No demonstration: the organisation {scene.CODE!r} or an address of its people "
            "is in use by somebody else."
        )
    else:
        click.echo("\n".join([*_walk(base), *_accounts()]))
    click.echo("\n".join(_where(base)))


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


def _walk(base: str) -> Iterator[str]:
    """Yield the walk as it can be pasted; an image without the documents has none."""
    if not WALK.exists():
        return
    yield "The main job by curl. Paste this in the clone's folder, or run all of it:"
    yield f"  bash docs/walk.sh {base}"
    text = WALK.read_text(encoding="utf-8").replace(DEFAULT_BASE, base)
    # What stands before the first step is for the script alone: it would end a shell on an error.
    yield STEP.sub(r"# \1", text[text.index("\nstep '") :])


def _accounts() -> Iterator[str]:
    yield f"Demonstration only: {scene.NAME}. Everybody's password is {scene.PASSWORD}"
    for account in scene.ACCOUNTS:
        yield f"  {account.email:24} {account.role:9} {account.region or '':9} {account.name}"
    yield ""


def _where(base: str) -> Iterator[str]:
    yield f"  {base}/docs                  the API, to read and to try"
    yield f"  {base}/api/v1/openapi.json   the same, for client generators"
    yield f"  {base}/healthz               the process is alive"
    yield f"  {base}/readyz                database and photo store answer"
    yield ""
