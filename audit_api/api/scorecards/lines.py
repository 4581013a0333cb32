"""The lines of scorecards as JSON."""

from __future__ import annotations

from typing import Any

from audit_api.api.http.shapes import Shown, Word
from audit_api.rules.figures.metrics import SCALES
from audit_api.rules.figures.statistics import NoInterval
from audit_api.services.scorecards.metrics import Unit
from audit_api.web import fields
from audit_api.web.languages import locale
from audit_api.words import pick


class Spoken(fields.Text):
    """A text in the languages of its author, said in the reader's; a plain one as it is."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value if isinstance(value, str) else pick(value, locale())


def hundredths(description: str) -> fields.Parts:
    """A number that is held in hundredths, and may be unknown."""
    return fields.Parts(100, description, allow_none=True, required=True)


def no_interval() -> fields.Text:
    """Why there is no interval."""
    return Word(
        NoInterval,
        required=True,
        allow_none=True,
        metadata={
            "description": "Why there is no interval: only `one` value; all values `alike`, so "
            "that nothing tells their spread; an `index` of several figures.",
        },
    )


def mixed() -> fields.Boolean:
    """Whether a mean is of scores that different rules made."""
    return fields.Boolean(
        required=True,
        metadata={
            "description": "The audits were scored by different rules: unlike scores are averaged."
        },
    )


class ScoreChangeSchema(Shown):
    points = hundredths("The difference: percentage points for scores.")
    relative = fields.Parts(
        10_000, "The difference as a share of what was before.", allow_none=True
    )
    comparable = fields.Boolean(
        metadata={"description": "Both periods were scored by the same rules."}
    )


class LineChangeSchema(ScoreChangeSchema):
    p = fields.Float(
        allow_none=True,
        metadata={
            "description": "How probable chance alone makes so large a change (Welch's test); "
            "null where nothing can be told."
        },
    )


class MetricLineSchema(Shown):
    metric = Word("Metric", SCALES)
    unit = Word("MetricUnit", Unit)
    least = hundredths("The lowest value that there is.")
    most = hundredths("The highest value that there is.")
    n = fields.Integer(metadata={"description": "Answers."})
    value = hundredths("Of the unit: percent, points between two shares, or a mark of the scale.")
    low = hundredths("Lower end of the 95% interval.")
    high = hundredths("Upper end of the 95% interval.")
    no_interval = no_interval()
    change = fields.Nested(ScoreChangeSchema)
    change_on_year = fields.Nested(ScoreChangeSchema)


class GapLineSchema(Shown):
    key = fields.Text()
    title = Spoken()
    n = fields.Integer()
    gap = hundredths("Perception less expectation, in marks; below 0 it was worse than expected.")
    most = hundredths("The largest difference that the scale allows.")


class ScorecardLineSchema(Shown):
    key = fields.Text()
    title = Spoken()
    n = fields.Integer(metadata={"description": "Audits with a score."})
    score = fields.percentage("The mean of the audits' scores: every visit weighs the same.")
    raw = fields.percentage("Percent, before critical effects.")
    low = fields.percentage("Lower end of the 95% interval.")
    high = fields.percentage("Upper end of the 95% interval.")
    no_interval = no_interval()
    earned = fields.points()
    possible = fields.points()
    pooled = fields.percentage("Points earned of points possible, percent.")
    mixed = mixed()
    change = fields.Nested(LineChangeSchema, metadata={"description": "To the period before."})
    change_on_year = fields.Nested(
        LineChangeSchema, metadata={"description": "To the same a year before."}
    )


class QuestionLineSchema(Shown):
    checklist = fields.Text()
    key = fields.Text()
    title = Spoken()
    touchpoint = fields.Text()
    touchpoint_title = Spoken()
    asked = fields.Integer(metadata={"description": "Audits that asked it."})
    answered = fields.Integer()
    failed = fields.Integer(metadata={"description": "Findings."})
    fail_rate = fields.percentage("Findings of answers, percent.")
    earned = fields.points()
    possible = fields.points()
    lost = fields.points()
    impact = fields.percentage(
        "Percentage points that the score would gain, had it always earned all its points."
    )
    mixed = mixed()
