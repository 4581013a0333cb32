"""A scale question of a checklist document: its marks, what they are worth, its metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit_api.rules.authoring.node import Node
from audit_api.rules.authoring.options import MAX_POINTS, MAX_WEIGHT, failing
from audit_api.rules.checklist.questions import Option, Question, QuestionType
from audit_api.rules.figures.metrics import CES, CSI, FIXED, SCALES, CesMethod, Metrics

MARKS_OF_NET = 5
"""The fewest marks on which the two easiest and the three hardest are apart."""


def read_scale(
    node: Node, question: Question, metrics: Metrics, earlier: Mapping[str, Question]
) -> Question:
    """The question with its marks, its metric, and the earlier question that it is paired with."""
    metric = _metric(node)
    lowest, highest = SCALES.get(metric or CSI, SCALES[CSI])
    low = node.decimal("min", lowest * 1000, 0, 100_000, step=1000) // 1000
    high = node.decimal("max", highest * 1000, 0, 100_000, step=1000) // 1000
    if low >= high:
        node.fault("max", "max_below_min")
        return question
    marks = range(low, high + 1)
    points = _scale_points(node, question, marks)
    flags = _failing_marks(node, question, marks, points)
    question = replace(
        question,
        options=tuple(map(Option, marks, points, flags)),
        minimum=low,
        maximum=high,
        metric=metric,
        metric_weight=_metric_weight(node, metric),
    )
    _note_metric_scale(node, question, metrics)
    return replace(question, expectation=_expectation(node, question, earlier))


def _failing_marks(
    node: Node, question: Question, marks: range, points: Sequence[int]
) -> list[bool]:
    """From the bad end, the marks up to `fails_at`; without it, those without points."""
    if "fails_at" not in node.members:
        return failing(question, [(worth, None) for worth in points])
    worst = node.members["fails_at"]
    if worst is not None and (type(worst) is not int or worst not in marks):
        node.fault("fails_at", "mark_expected", low=marks[0], high=marks[-1])
        worst = None
    return [
        isinstance(worst, int) and (mark >= worst if question.reverse else mark <= worst)
        for mark in marks
    ]


def _metric(node: Node) -> str | None:
    if node.members.get("metric") is None:
        return None
    return node.word("metric", sorted(SCALES)) or None


def _metric_weight(node: Node, metric: str | None) -> int:
    if "metric_weight" in node.members and metric != CSI:
        node.fault("metric_weight", "metric_weight_of_csi")
    return node.decimal("metric_weight", 1000, 1, MAX_WEIGHT)


def _note_metric_scale(node: Node, question: Question, metrics: Metrics) -> None:
    metric, marks = question.metric, len(question.options)
    if metric in FIXED and SCALES[metric] != (question.minimum, question.maximum):
        low, high = SCALES[metric]
        node.fault("metric", "metric_scale", metric=metric, low=low, high=high)
    if metric == CES and metrics.ces_method is CesMethod.NET and marks < MARKS_OF_NET:
        node.fault("metric", "metric_net_scale", fewest=MARKS_OF_NET)


def _expectation(node: Node, question: Question, earlier: Mapping[str, Question]) -> str | None:
    """The earlier scale question, of the same scale, that this perception is compared with."""
    key = node.members.get("expectation")
    if key is None:
        return None
    scale = question.minimum, question.maximum
    alike = [
        other.key
        for other in earlier.values()
        if other.type is QuestionType.SCALE and (other.minimum, other.maximum) == scale
    ]
    if key in alike:
        return str(key)
    node.fault("expectation", "expectation_unknown", **node.unlike(key, alike))
    return None


def _scale_points(node: Node, question: Question, marks: range) -> Sequence[int]:
    """The points of each mark, in thousandths: by default the mark, counted from the bad end."""
    if node.members.get("points") is None:
        return [mark * 1000 for mark in (marks[::-1] if question.reverse else marks)]
    entries = node.members["points"]
    if not isinstance(entries, list) or len(entries) != len(marks):
        values = {"low": marks[0], "high": marks[-1], "count": len(marks)}
        node.fault("points", "scale_points_expected", **values)
        return [0] * len(marks)
    listed = Node(
        {str(position): worth for position, worth in enumerate(entries)},
        node.at("points"),
        node.faults,
    )
    points = [listed.decimal(member, 0, -MAX_POINTS, MAX_POINTS) for member in listed.members]
    if points != sorted(points, reverse=question.reverse):
        node.fault("points", "points_out_of_order")
    return points
