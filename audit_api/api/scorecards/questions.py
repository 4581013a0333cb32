"""The ranking of questions: where points are lost."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from audit_api.api.http import fields
from audit_api.api.http.authentication import who
from audit_api.api.scorecards.arguments import PeriodArguments, blueprint, card_request
from audit_api.api.scorecards.lines import QuestionLineSchema
from audit_api.errors import Fault
from audit_api.services import scorecards
from audit_api.services.scorecards import questions
from audit_api.services.scorecards.subjects import Scope


class RankingArguments(PeriodArguments):
    site_id = fields.UUID(metadata={"description": "Of this site alone."})
    region_id = fields.UUID(metadata={"description": "Of a region and all below it."})
    campaign_id = fields.UUID(metadata={"description": "Of this campaign alone."})
    sort = fields.Text(
        load_default="impact",
        validate=fields.OneOf(list(questions.SORTS)),
        metadata={"description": "The worst first, by this."},
    )
    most = fields.Integer(
        load_default=10,
        validate=fields.Range(1, 500),
        metadata={"description": "Most questions to answer with."},
    )

    @ma.validates_schema
    def one_scope(self, data: dict[str, Any], **kwargs: Any) -> None:
        if len(data.keys() & SCOPES) > 1:
            raise ma.ValidationError([Fault("", "one_scope")], "site_id")


SCOPES = {"site_id", "region_id", "campaign_id"}


@blueprint.route("/scorecards/questions", methods=["GET"])
@blueprint.doc(refuses=(404,))
@blueprint.arguments(RankingArguments, location="query")
@blueprint.response(200, QuestionLineSchema(many=True))
def question_ranking(arguments: dict[str, Any]) -> Any:
    """Rank the questions of a period, those first that cost most: what to mend first.

    Without a site, region or campaign: over all own sites that you may see.
    """
    lines = scorecards.question_ranking(
        _scope(arguments), card_request(arguments), sort=arguments["sort"], by=who()
    )
    return list(lines[: arguments["most"]])


def _scope(arguments: dict[str, Any]) -> Scope:
    if "site_id" in arguments:
        return scorecards.site(arguments["site_id"], by=who())
    if "region_id" in arguments:
        return scorecards.region(arguments["region_id"], by=who())
    if "campaign_id" in arguments:
        return scorecards.campaign(arguments["campaign_id"], by=who())
    return scorecards.everywhere(by=who())
