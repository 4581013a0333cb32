"""Questions: where points are lost, and how each was answered."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from audit_api.api.http.shapes import Shown, Word
from audit_api.api.scorecards.arguments import PeriodArguments, blueprint, card_request
from audit_api.api.scorecards.lines import QuestionLineSchema, Spoken
from audit_api.errors import Fault
from audit_api.rules.checklist.questions import QuestionType
from audit_api.services import scorecards
from audit_api.services.scorecards import questions
from audit_api.services.scorecards.subjects import Scope
from audit_api.web import fields
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane


def thousandths(description: str, **kwargs: Any) -> fields.Parts:
    """A measured value, held in thousandths."""
    return fields.Parts(1000, description, allow_none=True, required=True, **kwargs)


class ScopeArguments(PeriodArguments):
    site_id = fields.UUID(metadata={"description": "Of this site alone."})
    region_id = fields.UUID(metadata={"description": "Of a region and all below it."})
    campaign_id = fields.UUID(metadata={"description": "Of this campaign alone."})

    @ma.validates_schema
    def one_scope(self, data: dict[str, Any], **kwargs: Any) -> None:
        if len(data.keys() & SCOPES) > 1:
            raise ma.ValidationError([Fault("", "one_scope")], "site_id")


SCOPES = {"site_id", "region_id", "campaign_id"}


class RankingArguments(ScopeArguments):
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


class GivenAnswerSchema(Shown):
    key = fields.Text(metadata={"description": "An option, a mark of a scale, `yes` or `no`."})
    title = Spoken()
    n = fields.Integer()
    share = fields.percentage("Of those who answered, percent; of several choices many are given.")


class SpreadSchema(Shown):
    n = fields.Integer()
    mean = thousandths("Rounded to three decimals.")
    least = thousandths("Down to its first three digits.")
    median = thousandths("The middle value, the lower of two, down to its first three digits.")
    most = thousandths("Down to its first three digits.")


class ValueBandSchema(Shown):
    start = thousandths("From here on; null where the band is open below.", data_key="from")
    end = thousandths("Below this; null where the band is open above.", data_key="to")
    n = fields.Integer()
    share = fields.percentage("Of those who answered, percent.")


class DistributionSchema(Shown):
    checklist = fields.Text()
    key = fields.Text()
    title = Spoken()
    type = Word(QuestionType)
    touchpoint = fields.Text()
    touchpoint_title = Spoken()
    asked = fields.Integer(metadata={"description": "Audits that asked it: the four that follow."})
    answered = fields.Integer()
    not_applicable = fields.Integer()
    not_observed = fields.Integer()
    unanswered = fields.Integer()
    given = fields.List(
        fields.Nested(GivenAnswerSchema),
        metadata={"description": "Listed answers; none of texts, pictures and measured values."},
    )
    spread = fields.Nested(
        SpreadSchema,
        allow_none=True,
        metadata={"description": "Of a number, a count, or a duration in seconds; else null."},
    )
    bands = fields.List(
        fields.Nested(ValueBandSchema),
        metadata={"description": "Measured values by the checklist's bands, where it has any."},
    )


@blueprint.route("/scorecards/questions", methods=["GET"])
@blueprint.doc(refuses=(404,))
@blueprint.arguments(RankingArguments, location="query")
@blueprint.response(200, QuestionLineSchema(many=True))
@lane(Lane.WIDE)
def question_ranking(arguments: dict[str, Any]) -> Any:
    """Rank the questions of a period, those first that cost most: what to mend first.

    Without a site, region or campaign: over all own sites that you may see.
    """
    lines = scorecards.question_ranking(
        asked_scope(arguments), card_request(arguments), sort=arguments["sort"], by=who()
    )
    return list(lines[: arguments["most"]])


@blueprint.route("/scorecards/questions/distributions", methods=["GET"])
@blueprint.doc(refuses=(404,))
@blueprint.arguments(ScopeArguments, location="query")
@blueprint.response(200, DistributionSchema(many=True))
@lane(Lane.WIDE)
def distributions(arguments: dict[str, Any]) -> Any:
    """Get how every question of a period was answered, whether or not it brings points.

    Without a site, region or campaign: over all own sites that you may see.
    """
    return scorecards.distributions(asked_scope(arguments), card_request(arguments), by=who())


def asked_scope(arguments: dict[str, Any]) -> Scope:
    """Return the scope that the arguments name; raise FORBIDDEN or NOT_FOUND."""
    if "site_id" in arguments:
        return scorecards.site(arguments["site_id"], by=who())
    if "region_id" in arguments:
        return scorecards.region(arguments["region_id"], by=who())
    if "campaign_id" in arguments:
        return scorecards.campaign(arguments["campaign_id"], by=who())
    return scorecards.everywhere(by=who())
