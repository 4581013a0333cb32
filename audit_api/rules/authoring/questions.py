"""One question of a checklist document, read into its value with every fault noted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from audit_api.rules.authoring.conditions import Ground, read_condition
from audit_api.rules.authoring.node import Node
from audit_api.rules.authoring.options import (
    MAX_POINTS,
    MAX_TITLE_LENGTH,
    MAX_WEIGHT,
    StatedOption,
    failing,
    read_bands,
    read_effects,
    read_options,
)
from audit_api.rules.authoring.scales import read_scale
from audit_api.rules.checklist.conditions import Condition, SiteAttribute
from audit_api.rules.checklist.questions import (
    CHOICES,
    MEASURES,
    SCORED,
    Demand,
    Demanded,
    Option,
    Question,
    QuestionType,
)
from audit_api.rules.exact import MAX_NUMBER, thousandths
from audit_api.rules.figures.metrics import Metrics
from audit_api.rules.scoring.answer_values import MAX_WORTH

MAX_PER_UNIT = 100_000
"""The most points per unit: 100, in thousandths."""
MAX_HINT_LENGTH = 2_000
"""The longest hint, in characters."""

ALWAYS = (
    "key",
    "type",
    "title",
    "hint",
    "required",
    "not_applicable",
    "not_observed",
    "evidence",
    "condition",
)
TAGS = ("dimensions",)
WORTH = (*TAGS, "weight", "bonus", "effect", "demerit")
MEMBERS: Mapping[QuestionType, tuple[str, ...]] = {
    QuestionType.SINGLE: (*WORTH, "options", "response_set"),
    QuestionType.SEVERAL: (*WORTH, "options", "response_set"),
    QuestionType.YES_NO: (*WORTH, "points", "reverse", "fails_at"),
    QuestionType.SCALE: (
        *WORTH,
        "min",
        "max",
        "points",
        "reverse",
        "fails_at",
        "metric",
        "metric_weight",
        "expectation",
    ),
    QuestionType.NUMBER: (*WORTH, "min", "max", "bands"),
    QuestionType.DURATION: (*WORTH, "bands", "per_unit"),
    QuestionType.COUNT: (*WORTH, "bands", "per_unit"),
}
ANY = tuple(dict.fromkeys(name for names in (ALWAYS, *MEMBERS.values()) for name in names))
"""Everything that a question of some type may have."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a question may refer to.

    `score_bands` and `dimensions` are keys, `written` the keys of all questions in the
    document.  What follows grows as the reading goes on: `earlier` holds the questions read so
    far, `unclear` the keys of those whose type cannot be read, and `nodes` the
    questions and sections as they are written, by key.
    """

    locales: tuple[str, ...]
    response_sets: Mapping[str, Sequence[StatedOption]]
    dimensions: Collection[str]
    score_bands: Collection[str]
    site_attributes: Mapping[str, SiteAttribute]
    metrics: Metrics
    written: Collection[str]
    earlier: dict[str, Question] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)
    nodes: dict[str, Node] = field(default_factory=dict)

    def condition(self, node: Node) -> Condition | None:
        """The condition of a question or section that comes after all the earlier questions."""
        ground = Ground(
            earlier=self.earlier,
            attributes=self.site_attributes,
            written=self.written,
            unclear=self.unclear,
            itself=node.members.get("key"),
        )
        return read_condition(node, "condition", ground)


def read_question(written: Node, key: str, around: Surroundings) -> Question:
    """The question under a key.

    A question whose type cannot be read is read as one for remarks, which is worth nothing.
    """
    named = written.word("type", [kind.value for kind in QuestionType])
    kind = QuestionType(named or QuestionType.TEXT)
    node = written.only((*ALWAYS, *MEMBERS.get(kind, TAGS)) if named else ANY)
    around.nodes[key] = node
    question = Question(
        key=key,
        type=kind,
        title=node.text("title", around.locales, MAX_TITLE_LENGTH),
        hint=node.text("hint", around.locales, MAX_HINT_LENGTH) if "hint" in node.members else None,
        required=node.flag("required", True),
        not_applicable=node.flag("not_applicable"),
        not_observed=node.flag("not_observed"),
        condition=around.condition(node),
        dimensions=_dimensions(node, around.dimensions),
    )
    if not named:
        around.unclear.add(key)
        return question
    if kind in SCORED:
        question = _scored(node, question, around)
    evidence = node.node("evidence").only(("photo", "comment"))
    return replace(
        question,
        photo=_demanded(evidence, "photo", question),
        comment=_demanded(evidence, "comment", question),
    )


def _demanded(evidence: Node, member: str, question: Question) -> Demanded:
    """A word, or the list of answers that call for the evidence."""
    demand = evidence.members.get(member)
    if not isinstance(demand, list) or not question.options:
        accepted = [demand.value for demand in Demand]
        return Demand(evidence.word(member, accepted, Demand.NEVER.value))
    answers = [option.key for option in question.options]
    for position, answer in enumerate(demand):
        if type(answer) not in (int, str) or answer not in answers:
            values = evidence.unlike(answer, answers)
            evidence.fault(member, "evidence_answer_unknown", **values)
        elif answer in demand[:position]:
            evidence.fault(member, "entry_repeated", given=answer)
    return tuple(answer for answer in answers if answer in demand)


def _dimensions(node: Node, declared: Collection[str]) -> tuple[str, ...]:
    tags = node.items("dimensions", 0, 20)
    for position, tag in enumerate(tags):
        if tag not in list(declared):
            values = node.unlike(tag, sorted(declared))
            node.fault("dimensions", "dimension_unknown", **values)
        elif tag in tags[:position]:
            node.fault("dimensions", "entry_repeated", given=tag)
    return tuple(dict.fromkeys(tag for tag in tags if isinstance(tag, str)))


def _scored(node: Node, question: Question, around: Surroundings) -> Question:
    noted = len(node.faults)
    question = replace(
        question,
        weight=node.decimal("weight", 1000, 0, MAX_WEIGHT),
        bonus=node.flag("bonus"),
        effects=read_effects(node, around.score_bands),
        demerit=node.decimal("demerit", 0, 0, MAX_POINTS),
        reverse=node.flag("reverse"),
    )
    if question.type in CHOICES:
        question = _choice(node, question, around)
    elif question.type in MEASURES:
        question = _measure(node, question, around)
    elif question.type is QuestionType.SCALE:
        question = read_scale(node, question, around.metrics, around.earlier)
    else:
        question = _yes_no(node, question)
    for member in ("effect", "demerit"):
        sound = len(node.faults) == noted
        if sound and node.members.get(member) and not question.can_fail:
            node.fault(member, "never_fails")
    return question


def _choice(node: Node, question: Question, around: Surroundings) -> Question:
    if "response_set" in node.members and "options" not in node.members:
        options = _response_set(node, around.response_sets)
    else:
        if "response_set" in node.members:
            node.fault("response_set", "options_twice")
        options = read_options(node, "options", around.locales, around.score_bands)
    if question.type is QuestionType.SEVERAL:
        flags = [bool(failed) for _, failed in options]
        _check_worth(node, question.weight, [option.points for option, _ in options])
    else:
        flags = failing(question, [(option.points, failed) for option, failed in options])
    return replace(
        question,
        options=tuple(
            replace(option, failed=failed)
            for (option, _), failed in zip(options, flags, strict=True)
        ),
    )


def _check_worth(node: Node, weight: int, points: Sequence[int]) -> None:
    """Note a question whose answers together earn more than one answer may."""
    if weight * sum(max(each, 0) for each in points) > MAX_WORTH:
        member = "response_set" if "response_set" in node.members else "options"
        node.fault(member, "worth_too_large", most=MAX_WORTH // 1_000_000)


def _response_set(
    node: Node, response_sets: Mapping[str, Sequence[StatedOption]]
) -> Sequence[StatedOption]:
    name = node.members["response_set"]
    if isinstance(name, str) and name in response_sets:
        return response_sets[name]
    values = node.unlike(name, sorted(response_sets))
    node.fault("response_set", "response_set_unknown", **values)
    return response_sets.get(values.get("near", ""), ())


def _measure(node: Node, question: Question, around: Surroundings) -> Question:
    low, high = _bound(node, "min"), _bound(node, "max")
    if low is not None and high is not None and low > high:
        node.fault("max", "max_below_min")
    per_unit = None
    if node.members.get("per_unit") is not None:
        if not question.bonus and (thousandths(node.members["per_unit"]) or 0) > 0:
            node.fault("per_unit", "per_unit_above_zero")
        else:
            per_unit = node.decimal(
                "per_unit", 0, -MAX_PER_UNIT, MAX_PER_UNIT if question.bonus else 0
            )
        if node.members.get("bands"):
            node.fault("per_unit", "bands_or_per_unit")
    bands = read_bands(node, question, around.score_bands)
    return replace(question, minimum=low, maximum=high, per_unit=per_unit, bands=bands)


def _bound(node: Node, member: str) -> int | None:
    return node.optional_decimal(member, -MAX_NUMBER * 1000, MAX_NUMBER * 1000)


def _yes_no(node: Node, question: Question) -> Question:
    worth = node.decimal("points", 1000, 0, MAX_POINTS)
    good, bad = ("no", "yes") if question.reverse else ("yes", "no")
    fails_at: str | None = bad if worth and question.weight and not question.bonus else None
    if "fails_at" in node.members:
        worst = node.members["fails_at"]
        fails_at = node.word("fails_at", ("yes", "no")) if worst is not None else None
    return replace(
        question,
        options=tuple(
            Option(key, worth if key == good else 0, key == fails_at) for key in ("yes", "no")
        ),
    )
