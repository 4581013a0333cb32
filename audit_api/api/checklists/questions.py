"""The shapes of questions, of what hangs on their answers, and of what they are asked on."""

from __future__ import annotations

from typing import Any

from audit_api.api.http.shapes import Literal, Shown, Union, Word, texts
from audit_api.rules.checklist.conditions import Operator
from audit_api.rules.checklist.questions import SCORED, Demand, EffectKind, QuestionType
from audit_api.rules.figures.metrics import SCALES
from audit_api.web import fields


def percent() -> fields.Float:
    return fields.Float(
        allow_none=True, validate=fields.Range(0, 100), metadata={"description": "Percent."}
    )


def worth() -> fields.Float:
    return fields.Float(metadata={"description": "Points, with up to three decimals."})


class CapEffectSchema(Shown):
    """The score is no better than so many percent, or the band no better than the one named."""

    cap = Union("Cap", fields.Float(), fields.Text())


EFFECT = Union(
    "CriticalEffect",
    Word("PlainEffect", [EffectKind.FAIL, EffectKind.ZERO_SECTION, EffectKind.ZERO_AUDIT]),
    CapEffectSchema,
    about="What a finding does beyond its points.",
)
EFFECTS = fields.List(EFFECT)

_SCALAR = Union("Operand", fields.Text(), fields.Float(), fields.Boolean())
_ORDERED = Union("OrderedOperand", fields.Float(), fields.Text())


def asked_on(**kwargs: Any) -> Union:
    """Return the shape of a condition, which has conditions in it."""
    return Union(
        "Condition",
        fields.Nested("AllConditionSchema"),
        fields.Nested("AnyConditionSchema"),
        fields.Nested("NotConditionSchema"),
        fields.Nested("QuestionTestSchema"),
        fields.Nested("SiteTestSchema"),
        about="When something is asked (docs/conditions.md).",
        **kwargs,
    )


class AllConditionSchema(Shown):
    """Holds where every part holds."""

    all = fields.List(asked_on())


class AnyConditionSchema(Shown):
    """Holds where at least one part holds."""

    any = fields.List(asked_on())


class NotConditionSchema(Shown):
    """Holds where its part does not."""

    part = asked_on(data_key="not")


class _Test(Shown):
    sometimes = frozenset(Operator)

    equals = _SCALAR
    one_of = fields.List(_SCALAR)
    contains = fields.Text()
    answered = fields.Boolean()
    less_than = _ORDERED
    at_most = _ORDERED
    more_than = _ORDERED
    at_least = _ORDERED


class QuestionTestSchema(_Test):
    """Tests the answer to an earlier question, by exactly one operator."""

    question = fields.Text(metadata={"description": "The key of the question."})


class SiteTestSchema(_Test):
    """Tests an attribute of the visited site, by exactly one operator."""

    site = fields.Text(metadata={"description": "The key of the attribute."})


class EvidenceSchema(Shown):
    """When photos and comments have to come: never, always, when it failed, or with the answers
    that are listed."""

    photo = Union(
        "Demanded",
        Word(Demand),
        fields.List(Union("AnswerKey", fields.Text(), fields.Integer())),
    )
    comment = photo


class _Question(Shown):
    sometimes = frozenset({"hint", "condition"})

    key = fields.Text()
    title = texts()
    hint = texts()
    required = fields.Boolean()
    not_applicable = fields.Boolean()
    not_observed = fields.Boolean()
    evidence = fields.Nested(EvidenceSchema)
    dimensions = fields.List(fields.Text())
    condition = asked_on()


class EvidenceQuestionSchema(_Question):
    """A question that brings no points: what was written, when, where, or a picture."""

    type = Literal(*(each for each in QuestionType if each not in SCORED))


class _ScoredQuestion(_Question):
    weight = fields.Float()
    bonus = fields.Boolean()
    effect = EFFECTS
    demerit = worth()


class OptionSchema(Shown):
    key = fields.Text()
    title = texts()
    points = worth()
    failed = fields.Boolean()
    effect = EFFECTS


class ChoiceQuestionSchema(_ScoredQuestion):
    """Answered by the key of an option, or by several."""

    type = Literal(QuestionType.SINGLE, QuestionType.SEVERAL)
    options = fields.List(fields.Nested(OptionSchema))


class YesNoQuestionSchema(_ScoredQuestion):
    """Answered by `yes` or `no`."""

    type = Literal(QuestionType.YES_NO)
    points = worth()
    reverse = fields.Boolean(metadata={"description": "`no` is the good answer."})
    fails_at = Word("YesOrNo", ["yes", "no"], allow_none=True)


class ScaleQuestionSchema(_ScoredQuestion):
    """Answered by a mark from `min` to `max`."""

    sometimes = _Question.sometimes | {"metric_weight"}

    type = Literal(QuestionType.SCALE)
    min = fields.Integer()
    max = fields.Integer()
    points = fields.List(worth(), metadata={"description": "Of each mark, the lowest first."})
    reverse = fields.Boolean(metadata={"description": "The low end is the good one."})
    fails_at = fields.Integer(allow_none=True, metadata={"description": "The mildest that fails."})
    metric = Word("Metric", SCALES, allow_none=True)
    expectation = fields.Text(
        allow_none=True,
        metadata={"description": "The key of the question that it is compared with."},
    )
    metric_weight = fields.Float(metadata={"description": "Of a `csi`."})


class MeasuredBandSchema(Shown):
    """Values from here up to the next band; the lowest takes all below it, too."""

    start = fields.Float(data_key="from")
    points = worth()
    failed = fields.Boolean()
    effect = EFFECTS


class NumberQuestionSchema(_ScoredQuestion):
    """Answered by a number."""

    type = Literal(QuestionType.NUMBER)
    bands = fields.List(fields.Nested(MeasuredBandSchema))
    min = fields.Float(allow_none=True)
    max = fields.Float(allow_none=True)


class CountQuestionSchema(_ScoredQuestion):
    """Answered by a count, or by a duration in seconds."""

    type = Literal(QuestionType.COUNT, QuestionType.DURATION)
    bands = fields.List(fields.Nested(MeasuredBandSchema))
    per_unit = fields.Float(allow_none=True, metadata={"description": "Points of each unit."})


QUESTION = Union(
    "Question",
    ChoiceQuestionSchema,
    YesNoQuestionSchema,
    ScaleQuestionSchema,
    NumberQuestionSchema,
    CountQuestionSchema,
    EvidenceQuestionSchema,
    tag="type",
    about="What is asked.",
)
