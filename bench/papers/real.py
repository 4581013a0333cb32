"""Real papers: gathered from a database and drawn in both languages, as HQ take them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from audit_api.database import db, one_moment, reading
from audit_api.demonstration import scene, visits
from audit_api.demonstration.plan import Size
from audit_api.models import Photo, Site
from audit_api.pdf import NetworkReport, SiteScorecardReport
from audit_api.rules.figures.periods import Period
from audit_api.services import scorecards
from audit_api.services.access import Who
from audit_api.services.audits import audits
from audit_api.services.documents import audit, scorecard
from audit_api.services.documents.languages import BOTH
from audit_api.services.documents.network import paper
from audit_api.services.scorecards import CardRequest
from bench.papers.timing import milliseconds
from bench.world import migrated

ROUNDS, DOCUMENTS = 5, 20
PHOTOS = 3
SIZE = Size(date(2026, 3, 1), seed=12, sites=4, months=14)
"""A demonstration with a visit of so many photos."""
LAST_MONTH = CardRequest(Period(2026 * 12 + 1, 1))
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


class Paper(NamedTuple):
    """What gathers a document from the database, and what gathers and draws it."""

    gather: Callable[[], object]
    make: Callable[[], object]


class Cost(NamedTuple):
    """CPU milliseconds of a document's gathering, and of the whole."""

    gathering: float
    whole: float


def costs() -> Mapping[str, Sequence[Cost]]:
    """Return what a document costs in each round, by what it is."""
    with tempfile.TemporaryDirectory() as folder, papers(Path(folder)) as made:
        rounds = [[_cost(paper) for paper in made.values()] for _ in range(ROUNDS + 1)]
    return dict(zip(made, zip(*rounds[1:], strict=True), strict=True))


def _cost(paper: Paper) -> Cost:
    return Cost(*(milliseconds(each, DOCUMENTS) for each in paper))


@contextmanager
def papers(instance: Path) -> Iterator[Mapping[str, Paper]]:
    """Yield what makes each paper, over a small demonstration on SQLite and the local store."""
    with migrated("", instance) as (app, _):
        hq = _demonstrate(app)
        audit_id, site_id = _photographed(), _visited()
        db.session.rollback()
        yield {
            "audit's report in two languages, 3 photos": _report(app, audit_id, hq),
            "site's scorecard in two languages": _card(app, site_id, hq),
            f"paper of {SIZE.sites} sites in two languages": _network(app, hq),
        }
        app.extensions["audit_worker"].close()


def _report(app: Flask, audit_id: UUID, hq: Who) -> Paper:
    store = app.extensions["audit_photo_store"]

    def gather() -> object:
        with app.app_context(), reading():
            return audit.gather(audits.find(audit_id, by=hq), by=hq, lang=BOTH)

    def make() -> object:
        with app.app_context(), reading():
            return audit.audit_pdf(audit_id, by=hq, lang=BOTH, store=store)

    return Paper(gather, make)


def _card(app: Flask, site_id: UUID, hq: Who) -> Paper:
    def gather() -> SiteScorecardReport:
        with app.app_context(), one_moment():
            site = scorecards.site(site_id, by=hq)
            return scorecard.gather(site, LAST_MONTH, by=hq, lang=BOTH, now=NOW)

    store = app.extensions["audit_photo_store"]
    return Paper(gather, lambda: scorecard.draw(gather(), LAST_MONTH, BOTH, store))


def _network(app: Flask, hq: Who) -> Paper:
    def gather() -> NetworkReport:
        with app.app_context(), one_moment():
            subject = scorecards.organisation(by=hq)
            return paper.gather(subject, LAST_MONTH, by=hq, lang=BOTH, now=NOW)

    store = app.extensions["audit_photo_store"]
    return Paper(gather, lambda: paper.draw(gather(), LAST_MONTH, BOTH, store))


def _demonstrate(app: Flask) -> Who:
    made = scene.set_up(SIZE, "no password")
    visits.make_all(made, SIZE, app.extensions["audit_photo_store"].put, lambda _: None)
    db.session.commit()
    app.extensions["audit_worker"].work_off()
    return made.hq


def _photographed() -> UUID:
    having = sa.func.count() == PHOTOS
    select = sa.select(Photo.audit_id).group_by(Photo.audit_id).having(having)
    return db.session.scalars(select).one()


def _visited() -> UUID:
    return db.session.scalars(sa.select(Site.id).order_by(Site.code).limit(1)).one()
