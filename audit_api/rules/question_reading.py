"""One question of a checklist document, read into its value with every fault noted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from audit_api.rules.exact import LARGEST
from audit_api.rules.options import (
    POINTS,
    TITLE,
    StatedOption,
    failing,
    read_bands,
    read_effect,
    read_options,
    scale_points,
)
from audit_api.rules.questions import (
    CHOICES,
    MEASURES,
    SCORED,
    Demand,
    Option,
    Question,
    QuestionType,
)
from audit_api.rules.reading import Node

WEIGHT = 100_000
UNIT = 100_000
"""The largest weight and the largest points per unit: 100, in thousandths."""
HINT = 2_000
"""The longest hint, in characters."""

ALWAYS = ("key", "type", "title", "hint", "required", "not_applicable", "not_observed", "evidence")
TAGS = ("dimensions",)
WORTH = (*TAGS, "weight", "bonus", "effect", "demerit")
MEMBERS: Mapping[QuestionType, tuple[str, ...]] = {
    QuestionType.SINGLE: (*WORTH, "options", "response_set"),
    QuestionType.SEVERAL: (*WORTH, "options", "response_set"),
    QuestionType.YES_NO: (*WORTH, "points", "reverse", "fails_at"),
    QuestionType.SCALE: (*WORTH, "min", "max", "points", "reverse", "fails_at", "metric"),
    QuestionType.NUMBER: (*WORTH, "min", "max", "bands"),
    QuestionType.DURATION: (*WORTH, "bands", "per_unit"),
    QuestionType.COUNT: (*WORTH, "bands", "per_unit"),
}
METRICS = {"nps": (0, 10), "csat": (1, 5)}
"""The metrics and the scale that each one asks for."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a question may refer to: languages, shared response sets, declared dimensions."""

    locales: tuple[str, ...]
    response_sets: Mapping[str, Sequence[StatedOption]]
    dimensions: Collection[str]


def read_question(node: Node, key: str, around: Surroundings) -> Question | None:
    """The question under a key; None where not even its type can be told."""
    named = node.word("type", [kind.value for kind in QuestionType])
    if not named:
        return None
    kind = QuestionType(named)
    node.only((*ALWAYS, *MEMBERS.get(kind, TAGS)))
    evidence = node.node("evidence")
    evidence.only(("photo", "comment"))
    question = Question(
        key=key,
        type=kind,
        title=node.text("title", around.locales, TITLE),
        hint=node.text("hint", around.locales, HINT) if "hint" in node.members else None,
        required=node.flag("required", True),
        not_applicable=node.flag("not_applicable"),
        not_observed=node.flag("not_observed"),
        photo=_demand(evidence, "photo"),
        comment=_demand(evidence, "comment"),
        dimensions=_dimensions(node, around.dimensions),
    )
    return _scored(node, question, around) if kind in SCORED else question


def _demand(evidence: Node, member: str) -> Demand:
    accepted = [demand.value for demand in Demand]
    return Demand(evidence.word(member, accepted, Demand.NEVER.value))


def _dimensions(node: Node, declared: Collection[str]) -> tuple[str, ...]:
    tags = node.items("dimensions", 0, 20)
    for position, tag in enumerate(tags):
        if tag not in list(declared) or tag in tags[:position]:
            node.fault("dimensions", "dimension_unknown", given=str(tag), accepted=sorted(declared))
    return tuple(dict.fromkeys(tag for tag in tags if isinstance(tag, str)))


def _scored(node: Node, question: Question, around: Surroundings) -> Question:
    question = replace(
        question,
        weight=node.decimal("weight", 1000, 0, WEIGHT),
        bonus=node.flag("bonus"),
        effect=read_effect(node),
        demerit=node.decimal("demerit", 0, 0, POINTS),
        reverse=node.flag("reverse"),
    )
    if question.type in CHOICES:
        question = _choice(node, question, around)
    elif question.type in MEASURES:
        question = _measure(node, question)
    elif question.type is QuestionType.SCALE:
        question = _scale(node, question)
    else:
        question = _yes_no(node, question)
    for member in ("effect", "demerit"):
        if node.members.get(member) and not question.can_fail:
            node.fault(member, "never_fails")
    return question


def _choice(node: Node, question: Question, around: Surroundings) -> Question:
    if "response_set" in node.members and "options" not in node.members:
        name = node.word("response_set", sorted(around.response_sets))
        stated = around.response_sets.get(name, ())
    else:
        if "response_set" in node.members:
            node.fault("response_set", "options_twice")
        stated = read_options(node, "options", around.locales)
    if question.type is QuestionType.SEVERAL:
        flags = [bool(failed) for _, failed in stated]
    else:
        flags = failing(question, [(option.points, failed) for option, failed in stated])
    return replace(
        question,
        options=tuple(
            replace(option, failed=failed)
            for (option, _), failed in zip(stated, flags, strict=True)
        ),
    )


def _measure(node: Node, question: Question) -> Question:
    low, high = _bound(node, "min"), _bound(node, "max")
    if low is not None and high is not None and low > high:
        node.fault("max", "max_below_min")
    per_unit = None
    if node.members.get("per_unit") is not None:
        per_unit = node.decimal("per_unit", 0, -UNIT, UNIT if question.bonus else 0)
        if node.members.get("bands"):
            node.fault("per_unit", "bands_or_per_unit")
    bands = read_bands(node, question)
    return replace(question, minimum=low, maximum=high, per_unit=per_unit, bands=bands)


def _bound(node: Node, member: str) -> int | None:
    if node.members.get(member) is None:
        return None
    return node.decimal(member, 0, -LARGEST * 1000, LARGEST * 1000)


def _scale(node: Node, question: Question) -> Question:
    low = node.decimal("min", 1000, 0, 100_000, step=1000) // 1000
    high = node.decimal("max", 5000, 0, 100_000, step=1000) // 1000
    if low >= high:
        node.fault("max", "max_below_min")
        return question
    marks = range(low, high + 1)
    points = scale_points(node, question, marks)
    flags = failing(question, [(worth, None) for worth in points])
    if "fails_at" in node.members:
        worst = node.members["fails_at"]
        if worst is not None and (type(worst) is not int or worst not in marks):
            node.fault("fails_at", "mark_expected", low=low, high=high)
            worst = None
        flags = [
            isinstance(worst, int) and (mark >= worst if question.reverse else mark <= worst)
            for mark in marks
        ]
    options = tuple(map(Option, marks, points, flags))
    metric = _metric(node, (low, high))
    return replace(question, options=options, minimum=low, maximum=high, metric=metric)


def _metric(node: Node, scale: tuple[int, int]) -> str | None:
    if node.members.get("metric") is None:
        return None
    metric = node.word("metric", sorted(METRICS))
    if metric in METRICS and METRICS[metric] != scale:
        low, high = METRICS[metric]
        node.fault("metric", "metric_scale", metric=metric, low=low, high=high)
    return metric


def _yes_no(node: Node, question: Question) -> Question:
    worth = node.decimal("points", 1000, 0, POINTS)
    good, bad = ("no", "yes") if question.reverse else ("yes", "no")
    fails_at: str | None = bad if worth and question.weight and not question.bonus else None
    if "fails_at" in node.members:
        stated = node.members["fails_at"]
        fails_at = node.word("fails_at", ("yes", "no")) if stated is not None else None
    return replace(
        question,
        options=tuple(
            Option(key, worth if key == good else 0, key == fails_at) for key in ("yes", "no")
        ),
    )
