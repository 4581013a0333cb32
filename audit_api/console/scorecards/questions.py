"""What to fix: every question that fails by what it costs, and what has most to do with the
score."""

from __future__ import annotations

from flask import Response

from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.console.scorecards import pictures
from audit_api.console.scorecards.room import room
from audit_api.console.scorecards.scopes import Scoped, choices_of, crumbs, scope_of, scoped, titled
from audit_api.database import one_moment
from audit_api.services import scorecards
from audit_api.services.scorecards.questions import SORTS
from audit_api.web import fields
from audit_api.web.lanes import Lane, lane


class Ranked(Scoped):
    sort = fields.Text(load_default="impact", validate=fields.OneOf([*SORTS]))


@room.get("/questions")
@lane(Lane.DEAR)
def questions() -> Response:
    """Rank the questions of a period: what to mend first."""
    from audit_api.services.documents import insights

    asked = forms.asked(Ranked)
    with one_moment():
        chosen, site = scoped(asked)
        scope, choices = scope_of(chosen, site), choices_of(chosen, site)
        lines = scorecards.question_ranking(scope, chosen.request, sort=asked["sort"], by=who())
        drivers = insights.drivers(
            scope, chosen.request, by=who(), lang=reader.locale(), customers=False
        )
    return pages.page(
        "scorecards/questions",
        titled(reader.said("console.scorecards.questions"), chosen, site),
        crumbs=crumbs(chosen, site),
        choices=choices,
        site=site,
        sort=asked["sort"],
        sorts=[(name, reader.said(f"console.scorecards.by.{name}")) for name in SORTS],
        found=[line for line in lines if line.failed],
        clean=[line for line in lines if not line.failed],
        drivers=drivers,
        quadrants=pictures.quadrants(drivers.quadrants) if drivers.quadrants else None,
    )
