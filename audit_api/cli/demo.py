"""flask demo: a chain of shops to look at, loaded once, and the walk through the main job."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path
from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext

from audit_api.database import db, reading
from audit_api.demonstration import chain, people, plan, scene, visits
from audit_api.demonstration.plan import Size
from audit_api.errors import Problem
from audit_api.services.people import users
from audit_api.services.sites import organisations
from audit_api.services.totals import folding

WALK = Path(__file__).parents[2] / "docs/walk.sh"
STEP = re.compile(r"^step ['\"](.*)['\"]$", re.MULTILINE)
DEFAULT_BASE = "http://127.0.0.1:8000"


class Found(Enum):
    """What stands where the demonstration would."""

    NOTHING = auto()
    OURS = auto()
    FOREIGN = auto()


@click.command("demo")
@click.option("--seed", default=plan.SEED, show_default=True, help="Another makes other visits.")
@click.option(
    "--sites",
    type=click.IntRange(2, chain.MAX_SITES),
    default=chain.MAX_SITES,
    show_default=True,
    help="Sites of the chain; competitors' are added in proportion.",
)
@click.option(
    "--months",
    type=click.IntRange(1, 60),
    default=plan.MONTHS,
    show_default=True,
    help="Months of visits before --until.",
)
@click.option(
    "--visits",
    "planned",
    type=click.FloatRange(0.1, 2),
    default=plan.VISITS,
    show_default=True,
    help="Visits planned a shop and month, on average.",
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The last visits are made the day before; default: today.",
)
@with_appcontext
def command(seed: int, sites: int, months: int, planned: float, until: datetime | None) -> None:
    """Load the demonstration unless it is there; say where to look.

    The same options give the same visits, answers and scores.
    """
    today = datetime.now(UTC).date()
    if until is not None and until.date() > today:
        raise click.BadParameter(f"accepted are days up to today, {today}", param_hint="--until")
    found = _look()
    if found is Found.NOTHING:
        _load(Size(until.date() if until else today, seed, sites, months, planned))
    base = current_app.config["AUDIT_BASE_URL"]
    if found is Found.FOREIGN:
        click.echo(
            f"No demonstration: the organisation {chain.CODE!r} or an address of its people "
            "is in use by somebody else."
        )
    else:
        click.echo("\n".join([*_walk(base), *_accounts()]))
    click.echo("\n".join(_where(base)))


def _look() -> Found:
    with reading():
        organisation_id = _organisation()
        owners = {_owner(account.email) for account in people.ACCOUNTS} - {None}
        db.session.rollback()
    if organisation_id is None and not owners:
        return Found.NOTHING
    return Found.OURS if owners == {organisation_id} else Found.FOREIGN


def _organisation() -> UUID | None:
    try:
        return organisations.find(chain.CODE).id
    except Problem:
        return None


def _owner(email: str) -> UUID | None:
    try:
        return users.find_email(email).organisation_id
    except Problem:
        return None


def _load(size: Size) -> None:
    click.echo(f"Loading the demonstration {chain.NAME} …")
    store = current_app.extensions["audit_photo_store"]
    set_up = scene.set_up(size)
    visits.make_all(set_up, size, store.put, click.echo)
    # At once, for nobody waits yet: batches let other writers in between.
    folding.fold(set_up.hq.organisation_id, most=sys.maxsize)
    db.session.commit()
    # Display copies are made now, so that the first report has its photos.
    photos = current_app.extensions["audit_worker"].work_off()
    click.echo(f"  {photos} photos made ready")


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
    yield f"Demonstration only: {chain.NAME}. Everybody's password is {people.PASSWORD}"
    for account in people.ACCOUNTS:
        yield f"  {account.email:24} {account.role:9} {account.region:9} {account.name}"
    yield ""


def _where(base: str) -> Iterator[str]:
    yield f"  {base}/docs                  the API, to read and to try"
    yield f"  {base}/api/v1/openapi.json   the same, for client generators"
    yield f"  {base}/healthz               the process is alive"
    yield f"  {base}/readyz                database and photo store answer"
    yield ""
