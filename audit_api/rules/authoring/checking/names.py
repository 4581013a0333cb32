"""What is declared and never used."""

from __future__ import annotations

from collections.abc import Iterator

from audit_api.errors import Fault, pointer_to
from audit_api.rules.authoring.checking.placing import Layout
from audit_api.rules.checklist.conditions import Source, subject_tests
from audit_api.rules.figures.metrics import CES, CSAT, CSI, Metrics


def response_sets(layout: Layout) -> Iterator[Fault]:
    """Response sets that no question names."""
    used = {placed.written.get("response_set") for placed in layout.questions}
    for name in layout.document.get("response_sets", {}):
        if name not in used:
            yield Fault(pointer_to("response_sets", name), "response_set_unused")


def dimensions(layout: Layout) -> Iterator[Fault]:
    """Dimensions that no question carries, or none that brings points."""
    questions = [placed.question for placed in layout.questions]
    carried = {tag for question in questions for tag in question.dimensions}
    scored = {tag for each in questions if each.possible > 0 for tag in each.dimensions}
    for place, dimension in enumerate(layout.checklist.dimensions):
        pointer = f"/dimensions/{place}"
        if dimension.key not in carried:
            yield Fault(pointer, "dimension_unused")
        elif dimension.key not in scored:
            yield Fault(pointer, "dimension_without_points")


def site_attributes(layout: Layout) -> Iterator[Fault]:
    """Attributes of the site that no condition looks at."""
    tests = (test for condition in layout.conditions for test in subject_tests(condition))
    used = {test.key for test in tests if test.source is Source.SITE}
    for place, attribute in enumerate(layout.checklist.site_attributes):
        if attribute.key not in used:
            yield Fault(f"/site_attributes/{place}", "site_attribute_unused")


def metrics(layout: Layout) -> Iterator[Fault]:
    """Settings of metrics that no question feeds."""
    fed = {placed.question.metric for placed in layout.questions}
    chosen, usual = layout.checklist.metrics.document(), Metrics().document()
    for metric in (CSAT, CES, CSI):
        if metric not in fed and chosen[metric] != usual[metric]:
            yield Fault(f"/metrics/{metric}", "metric_unused", {"metric": metric})
