"""Key drivers, and importance against performance."""

from __future__ import annotations

from typing import Any

from audit_api.api.http.shapes import Shown, Word
from audit_api.api.insights.arguments import blueprint, checklist, counted, looked_at, text
from audit_api.api.scorecards.arguments import card_request
from audit_api.api.scorecards.lines import Spoken, mixed
from audit_api.api.scorecards.questions import ScopeArguments, asked_scope
from audit_api.database import one_moment
from audit_api.rules.figures.drivers import NoDrivers, Unweighed
from audit_api.rules.figures.importance import Quadrant
from audit_api.services import insights
from audit_api.services.insights import By, Outcome
from audit_api.web import fields
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane


class DriversArguments(ScopeArguments):
    outcome = fields.Text(
        load_default=Outcome.SCORE.value,
        validate=fields.OneOf([*Outcome]),
        metadata={"description": "What is to be explained: the overall score, or a metric's mark."},
    )
    by = fields.Text(
        load_default=By.TOUCHPOINT.value,
        validate=fields.OneOf([*By]),
        metadata={"description": "By the stages of a visit, or by what is tagged across them."},
    )


class PlacedSchema(Shown):
    """Where a part lies between importance and performance."""

    quadrant = Word(Quadrant)
    sure = fields.Boolean(
        metadata={"description": "Neither interval reaches over a line of the cross."}
    )


class DriverSchema(Shown):
    key = fields.Text()
    title = Spoken()
    share = fields.Parts(
        100, "Percent of all that is explained (relative weight).", attribute="driver.share"
    )
    low = fields.Parts(100, "Lower end of the share's 95% interval.", attribute="driver.low")
    high = fields.Parts(100, "Upper end of the share's 95% interval.", attribute="driver.high")
    correlation = fields.Parts(
        10_000, "With the outcome, from -1 to 1.", attribute="driver.correlation"
    )
    p = fields.Float(
        attribute="driver.p",
        metadata={
            "description": "How probable chance alone makes a correlation so far from 0, for all "
            "parts at once."
        },
    )
    more_than_chance = fields.Boolean(
        attribute="driver.more_than_chance", metadata={"description": "Whether `p` is below 0.05."}
    )
    score = fields.percentage(
        "The part's mean score over the whole period.", attribute="performance.mean"
    )
    score_low = fields.percentage("Lower end of its 95% interval.", attribute="performance.low")
    score_high = fields.percentage("Upper end of its 95% interval.", attribute="performance.high")
    placed = fields.Nested(
        PlacedSchema, allow_none=True, metadata={"description": "Null of a part that stands alone."}
    )
    text = text("What the part means for what is to be done.")


class UnweighedPartSchema(Shown):
    key = fields.Text()
    title = Spoken()
    reason = Word(
        Unweighed,
        metadata={"description": "Fewer than 80% of the audits have it, or it is always alike."},
    )
    text = text("The same in words.")


class CrossSchema(Shown):
    """The lines of the cross: the mean share, and the mean score of the parts."""

    importance = fields.Parts(100, "Percent.")
    performance = fields.Parts(100, "Percent.")


class KeyDriversSchema(Shown):
    checklist = checklist()
    outcome = Word("DriverOutcome", Outcome)
    by = Word("DriversBy", By)
    audits = counted()
    read = looked_at()
    n = fields.Integer(
        attribute="found.n",
        metadata={"description": "Audits that have the outcome and every part that is weighed."},
    )
    need = fields.Integer(
        attribute="found.need",
        metadata={"description": "How many it takes: 30, and 5 for each part."},
    )
    silence = Word(
        NoDrivers,
        allow_none=True,
        attribute="found.silence",
        metadata={"description": "Why no drivers are told; null where they are."},
    )
    explained = fields.percentage(
        "Of the differences between outcomes, percent: R², adjusted for the number of parts.",
        attribute="found.explained",
    )
    mixed = mixed()
    drivers = fields.List(
        fields.Nested(DriverSchema),
        attribute="lines",
        metadata={"description": "The greatest share first."},
    )
    cross = fields.Nested(CrossSchema, allow_none=True)
    unweighed = fields.List(fields.Nested(UnweighedPartSchema))
    text = text("The answer first, or why there is none.")


@blueprint.route("/scorecards/drivers", methods=["GET"])
@blueprint.doc(refuses=(404,))
@blueprint.arguments(DriversArguments, location="query")
@blueprint.response(200, KeyDriversSchema)
@lane(Lane.DEAR)
def key_drivers(arguments: dict[str, Any]) -> Any:
    """Get what has most to do with a period's scores, NPS or CSAT, and what of it is weak.

    Without a site, region or campaign: over all own sites that you may see.
    """
    with one_moment():
        return insights.key_drivers(
            asked_scope(arguments),
            card_request(arguments),
            outcome=Outcome(arguments["outcome"]),
            parts=By(arguments["by"]),
            by=who(),
        )
