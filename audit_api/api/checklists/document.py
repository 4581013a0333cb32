"""The shape of a checklist as phones get it: what `rules/checklist/document.py` writes."""

from __future__ import annotations

from audit_api.api.checklists.questions import EFFECTS, QUESTION, asked_on, percent
from audit_api.api.http.shapes import Literal, Shown, Word, texts
from audit_api.rules.checklist.conditions import FLAG, NUMBER, WORD
from audit_api.rules.checklist.document import FORMAT
from audit_api.rules.checklist.sections import Method
from audit_api.rules.figures.metrics import CesMethod, ItemScore
from audit_api.web import fields


class ScoreBandSchema(Shown):
    key = fields.Text()
    title = texts()
    start = fields.Float(data_key="from", metadata={"description": "Percent."})


class ScoringSchema(Shown):
    """How a whole audit is scored."""

    method = Word("ScoringMethod", Method)
    start = fields.Float(metadata={"description": "Points, where it is scored by demerits."})
    bonus_over_100 = fields.Boolean()
    pass_mark = percent()
    every_section_must_pass = fields.Boolean()
    validity = fields.Text(
        metadata={
            "description": "The share of the scored questions that a valid audit answers.",
            "pattern": "[0-9]+/[0-9]+",
            "example": "2/3",
        }
    )
    unanswered = Literal("zero", "ignore")
    bands = fields.List(fields.Nested(ScoreBandSchema))


class CsatSettingsSchema(Shown):
    top = fields.Integer(metadata={"description": "How many of the best marks are satisfied."})


class CesSettingsSchema(Shown):
    method = Word(CesMethod)


class CsiSettingsSchema(Shown):
    item_score = Word(ItemScore)


class MetricSettingsSchema(Shown):
    """How the metrics of customers' answers are made."""

    csat = fields.Nested(CsatSettingsSchema)
    ces = fields.Nested(CesSettingsSchema)
    csi = fields.Nested(CsiSettingsSchema)


class DimensionSchema(Shown):
    """A tag across touchpoints."""

    key = fields.Text()
    title = texts()


class SiteAttributeSchema(Shown):
    """What conditions may ask of the visited site, beside its `kind`."""

    sometimes = frozenset({"values"})

    key = fields.Text()
    title = texts()
    type = Literal(WORD, NUMBER, FLAG)
    values = fields.List(
        fields.Text(),
        metadata={"description": "The words that it may have, where they are listed."},
    )


class SectionSchema(Shown):
    """A touchpoint, or a part of one: it has `questions` or `sections`, never both."""

    sometimes = frozenset({"condition", "sections", "questions"})

    key = fields.Text()
    title = texts()
    weight = fields.Float()
    pass_mark = percent()
    on_fail = EFFECTS
    condition = asked_on()
    sections = fields.List(fields.Nested("SectionSchema"))
    questions = fields.List(QUESTION)


class ChecklistSchema(Shown):
    """A checklist with every default made explicit, exactly as it was published."""

    format = fields.Integer(metadata={"const": FORMAT})
    key = fields.Text()
    locales = fields.List(
        fields.Text(), metadata={"description": "Language tags; the first is there everywhere."}
    )
    title = texts()
    scoring = fields.Nested(ScoringSchema)
    metrics = fields.Nested(MetricSettingsSchema)
    dimensions = fields.List(fields.Nested(DimensionSchema))
    site_attributes = fields.List(fields.Nested(SiteAttributeSchema))
    touchpoints = fields.List(fields.Nested(SectionSchema))
