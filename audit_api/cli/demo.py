"""flask demo: a chain of shops to look at, loaded once, and the walk through the main job."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path
from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext

from audit_api import reach
from audit_api.database import db, reading
from audit_api.database.turns import turn
from audit_api.demonstration import chain, people, plan
from audit_api.demonstration.plan import Size
from audit_api.errors import Problem
from audit_api.services import access
from audit_api.services.people import passwords, published, users
from audit_api.services.sites import organisations

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
@click.option(
    "--only-embedded",
    is_flag=True,
    help="Load nothing but into the embedded database of a server on loopback.",
)
@with_appcontext
def command(
    seed: int,
    sites: int,
    months: int,
    planned: float,
    until: datetime | None,
    only_embedded: bool,
) -> None:
    """Load the demonstration unless it is there; say where to look.

    The same options give the same visits, answers and scores.  Its people have the password that
    the README tells in the embedded database of a server on loopback; elsewhere one of chance,
    which is printed and not kept.
    """
    today = datetime.now(UTC).date()
    if until is not None and until.date() > today:
        raise click.BadParameter(f"accepted are days up to today, {today}", param_hint="--until")
    base = current_app.config["AUDIT_BASE_URL"]
    if only_embedded and not _is_embedded():
        click.echo("No demonstration: `flask demo` loads one, with a password of its own.")
    else:
        size = Size(until.date() if until else today, seed, sites, months, planned)
        with turn():
            lines = _demonstrate(size, base)
        click.echo("\n".join(lines))
    click.echo("\n".join(_where(base)))


def _is_embedded() -> bool:
    """Whether this is the default: the embedded database, reached from its machine alone."""
    settings = current_app.config
    return not settings["AUDIT_DATABASE_URL"] and reach.by_settings(settings) is None


def _demonstrate(size: Size, base: str) -> list[str]:
    """See to it that the demonstration is there; return what to say of it."""
    found = _look()
    if found is Found.FOREIGN:
        return [
            f"No demonstration: the organisation {chain.CODE!r} or an address of its people "
            "is in use by somebody else."
        ]
    if _is_embedded():
        if found is Found.NOTHING:
            _load(size, passwords.hash_published())
        return [*_walk(base, passwords.PUBLISHED), *_accounts(passwords.PUBLISHED)]
    password = secrets.token_urlsafe(12)
    password_hash = passwords.hash_password(password)
    if found is Found.NOTHING:
        _load(size, password_hash)
    elif not _replace_published(password_hash):
        return [*_walk(base, None), *_accounts(None)]
    return [*_walk(base, password), *_accounts(password)]


def _replace_published(password_hash: str) -> bool:
    """Give everybody whose password is published another; return whether there was anybody."""
    owners = published.owners()
    for user in owners:
        by = access.system_who(user.organisation_id)
        users.set_password(user, password_hash, by=by, now=datetime.now(UTC))
    db.session.commit()
    return bool(owners)


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


def _load(size: Size, password_hash: str) -> None:
    # They bring what paints photos.
    from audit_api.demonstration import scene, visits

    click.echo(f"Loading the demonstration {chain.NAME} …")
    store = current_app.extensions["audit_photo_store"]
    set_up = scene.set_up(size, password_hash)
    visits.make_all(set_up, size, store.put, click.echo)
    db.session.commit()
    # Totals are folded and display copies made now, so that the first report has its photos.
    photos = current_app.extensions["audit_worker"].work_off()
    click.echo(f"  {photos} photos made ready")


def _walk(base: str, password: str | None) -> Iterator[str]:
    """Yield the walk as it can be pasted; an image without the documents has none."""
    if not WALK.exists():
        return
    said = password or "PASSWORD"
    own = "" if said == passwords.PUBLISHED else f" {said}"
    yield "The main job by curl. Paste this in the clone's folder, or run all of it:"
    yield f"  bash docs/walk.sh {base}{own}"
    text = WALK.read_text(encoding="utf-8").replace(DEFAULT_BASE, base)
    text = text.replace(passwords.PUBLISHED, said)
    # What stands before the first step is for the script alone: it would end a shell on an error.
    yield STEP.sub(r"# \1", text[text.index("\nstep '") :])


def _accounts(password: str | None) -> Iterator[str]:
    told = (
        f"Everybody's password is {password}"
        if password
        else "Everybody's password was printed when it was made; "
        "`flask users password EMAIL` sets another"
    )
    yield f"Demonstration only: {chain.NAME}. {told}"
    for account in people.ACCOUNTS:
        yield f"  {account.email:24} {account.role:9} {account.region:9} {account.name}"
    yield ""


def _where(base: str) -> Iterator[str]:
    yield f"  {base}/docs                  the API, to read and to try"
    yield f"  {base}/api/v1/openapi.json   the same, for client generators"
    yield f"  {base}/healthz               the process is alive"
    yield f"  {base}/readyz                database and photo store answer"
    yield ""
