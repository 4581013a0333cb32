"""What came again: findings that failed at the visit before, too."""

from __future__ import annotations

from flask import Response

from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.console.scorecards.room import room
from audit_api.console.scorecards.scopes import Scoped, choices_of, crumbs, scope_of, scoped, titled
from audit_api.database import one_moment
from audit_api.services import insights
from audit_api.web.lanes import Lane, lane

MAX_REPEATS = 100
"""Findings that are listed."""


@room.get("/repeats")
@lane(Lane.DEAR)
def repeats() -> Response:
    """Show the findings that came again at the latest visit and still stand."""
    asked = forms.asked(Scoped)
    with one_moment():
        chosen, site = scoped(asked)
        choices, scope = choices_of(chosen, site), scope_of(chosen, site)
        found = insights.repeated(scope, chosen.request, most=MAX_REPEATS, by=who())
    return pages.page(
        "scorecards/repeats",
        titled(reader.said("report.repeats"), chosen, site),
        crumbs=crumbs(chosen, site),
        choices=choices,
        site=site,
        found=found,
    )
