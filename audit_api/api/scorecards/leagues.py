"""Sites beside each other: the league table and the movers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response, jsonify, request

from audit_api.api.http.endings import SHEETS_TOO
from audit_api.api.http.paging import PAGE_HEADERS, PageArguments
from audit_api.api.http.shapes import Shown
from audit_api.api.scorecards.arguments import PeriodArguments, blueprint
from audit_api.api.scorecards.lines import ScoreChangeSchema, mixed, no_interval
from audit_api.errors import Fault, invalid
from audit_api.services import scorecards
from audit_api.services.scorecards import SiteLine, leagues
from audit_api.web import fields
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane

REGION = fields.UUID(metadata={"description": "Sites of a region and all below it."})


class SortedArguments(PeriodArguments):
    region_id = REGION
    sort = fields.Text(
        load_default="-score",
        validate=fields.OneOf([*leagues.SORTS, *(f"-{name}" for name in leagues.SORTS)]),
        metadata={"description": "`-` sorts downwards; sites without it come last."},
    )


class LeagueArguments(PageArguments, SortedArguments):
    pass


class MoversArguments(PeriodArguments):
    region_id = REGION
    against = fields.Text(
        load_default="before",
        validate=fields.OneOf(["before", "year_before"]),
        metadata={"description": "The period before, or the same a year before."},
    )
    most = fields.Integer(
        load_default=10,
        validate=fields.Range(1, 100),
        metadata={"description": "Most sites of each kind."},
    )


class NamedSiteSchema(Shown):
    site_id = fields.UUID()
    code = fields.Text()
    name = fields.Text()
    region_id = fields.UUID()


class SiteLineSchema(Shown):
    site = fields.Nested(NamedSiteSchema)
    audits = fields.Integer()
    n = fields.Integer(metadata={"description": "Audits with a score."})
    score = fields.percentage()
    low = fields.percentage("Lower end of the 95% interval.")
    high = fields.percentage("Upper end of the 95% interval.")
    no_interval = no_interval()
    pass_rate = fields.percentage()
    rank = fields.Integer(
        allow_none=True,
        metadata={"description": "Among these sites; ties share it; null below 3 scores."},
    )
    mixed = mixed()
    change = fields.Nested(ScoreChangeSchema)


_LINES = SiteLineSchema(many=True)


class MoverSchema(Shown):
    line = fields.Nested(SiteLineSchema)
    before = fields.percentage("The score that it is compared with.")
    n_before = fields.Integer()
    p = fields.Float(
        allow_none=True,
        metadata={
            "description": "How probable chance alone makes such a change (Welch's test, "
            "for all compared sites at once); null where nothing can be told."
        },
    )
    more_than_chance = fields.Boolean(metadata={"description": "Whether `p` is below 0.05."})


class MoversSchema(Shown):
    improved = fields.List(fields.Nested(MoverSchema))
    worsened = fields.List(fields.Nested(MoverSchema))
    compared = fields.Integer(
        metadata={"description": "Sites with 3 scores or more in both periods, by the same rules."},
    )


@blueprint.route("/scorecards/sites", methods=["GET"])
@blueprint.doc(**SHEETS_TOO, refuses=(404, 406))
@blueprint.arguments(LeagueArguments, location="query")
@blueprint.response(200, SiteLineSchema(many=True), headers=PAGE_HEADERS)
@lane(Lane.WIDE)
def league(arguments: dict[str, Any]) -> Any:
    """List the own sites that you may see with their period, best first."""
    sort: str = arguments["sort"]
    lines = scorecards.league(
        scorecards.visible(arguments.get("region_id"), by=who()),
        arguments["period"],
        scorecards.scoring_keys(who().organisation_id, arguments.get("checklist")),
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
    )
    return _page(lines, arguments)


@blueprint.route("/scorecards/movers", methods=["GET"])
@blueprint.doc(refuses=(404,))
@blueprint.arguments(MoversArguments, location="query")
@blueprint.response(200, MoversSchema)
@lane(Lane.WIDE)
def movers(arguments: dict[str, Any]) -> Any:
    """Get the sites that changed most, and whether that is more than chance."""
    period = arguments["period"]
    base = period.before if arguments["against"] == "before" else period.year_before
    return scorecards.movers(
        scorecards.visible(arguments.get("region_id"), by=who()),
        period,
        base,
        scorecards.scoring_keys(who().organisation_id, arguments.get("checklist")),
        most=arguments["most"],
    )


def _page(lines: Sequence[SiteLine], arguments: dict[str, Any]) -> Response:
    """The lines after the cursor's site; raise INVALID where that has left the league."""
    ids = [line.site.site_id for line in lines]
    cursor = arguments["cursor"]
    if cursor is not None and cursor not in ids:
        raise invalid(Fault("?query/cursor", "unknown_reference", {"noun": "site"}))
    start = 0 if cursor is None else ids.index(cursor) + 1
    page = lines[start : start + arguments["limit"]]
    answer = jsonify(_LINES.dump(page))
    if start + len(page) < len(lines):
        query = request.args.to_dict() | {"cursor": str(page[-1].site.site_id)}
        answer.headers["Link"] = f'<{request.path}?{urlencode(query)}>; rel="next"'
    return answer
