"""The answer of a paper: what its figures prove, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from audit_api.drawing import Figure
from audit_api.drawing.movers import Mover, Movers
from audit_api.pdf import Coverage, Difference, NetworkReport
from audit_api.services.documents.languages import labels
from audit_api.services.documents.network.answer import findings
from audit_api.services.documents.network.parts import Others
from tests.pdf.networks import network

BARE: dict[str, Any] = {
    "touchpoints": (),
    "movers": None,
    "failing": (),
    "drivers": None,
    "repeats": None,
    "expected": (),
    "target": None,
    "labels": labels("en"),
    "coverage": Coverage(None, None, 100, 100, 9800, 40, 40),
    "overall": Figure(100, 8000, 7800, 8200),
    "previous": Difference("Q4 2025", 50, 60, n=90, p=0.4),
}


def told(report: NetworkReport, others: Others | None = None) -> list[tuple[str, bool | None]]:
    return [(str(each.text[0]), each.good) for each in findings(report, others)]


def bare(**given: Any) -> NetworkReport:
    return network(**BARE | given)


@pytest.mark.parametrize(
    ("change", "said", "good"),
    [
        (Difference("Q4", None, None), "no earlier score", None),
        (Difference("Q4", 500, 600, n=9, p=0.01, comparable=False), "other rules", None),
        (Difference("Q4", 500, 600, n=9, p=0.05), "may be chance", None),
        (Difference("Q4", 500, 600, n=9, p=None), "may be chance", None),
        (Difference("Q4", 500, 600, n=9, p=0.049), "rose to 80.00%", True),
        (Difference("Q4", -500, -600, n=9, p=0.049), "fell to 80.00%", False),
    ],
)
def test_a_change_is_told_as_one_only_beyond_chance(
    change: Difference, said: str, good: bool | None
) -> None:
    ((text, is_good),) = told(bare(previous=change))
    assert said in text
    assert is_good is good


@pytest.mark.parametrize(
    ("target", "said"),
    [(7800, "is met"), (7801, None), (8200, None), (8201, "is missed by 2.01")],
)
def test_a_target_is_met_or_missed_where_the_interval_leaves_no_doubt(
    target: int, said: str | None
) -> None:
    sentences = [text for text, _ in told(bare(target=target))[1:]]
    assert len(sentences) == (said is not None)
    assert all(said in text for text in sentences if said)


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (Others(400, 7000, 0.01), "better than the organisation's others: +10.00"),
        (Others(400, 8500, 0.01), "worse than the organisation's others: −5.00"),
        (Others(400, 7000, 0.2), None),
        (Others(400, 7000, None), None),
        (None, None),
    ],
)
def test_a_region_is_told_from_the_others_beyond_chance(
    others: Others | None, said: str | None
) -> None:
    sentences = [text for text, _ in told(bare(), others)[1:]]
    assert len(sentences) == (said is not None)
    assert all(said in text for text in sentences if said)


def test_parts_are_named_where_they_are_clear_of_the_whole() -> None:
    part = network().touchpoints[0]
    still = replace(part.change, p=0.5)
    weak = replace(part, title="Checkout", figure=Figure(100, 7000, 6300, 7799), change=still)
    near = replace(part, title="Arrival", figure=Figure(100, 8500, 8199, 8800), change=still)
    sentences = told(bare(touchpoints=(weak, near)))[1:]
    assert [good for _, good in sentences] == [False]
    assert "“Checkout” is the weakest touchpoint" in sentences[0][0]


def test_sites_are_counted_that_moved_beyond_chance() -> None:
    def mover(name: str, now: int, *, sure: bool) -> Mover:
        return Mover(name, name, Figure(9, 8000), Figure(9, now), 0.01 if sure else 0.4, sure)

    rose = (mover("A", 9900, sure=False), mover("B", 9300, sure=True), mover("C", 9000, sure=True))
    movers = Movers("Q4 2025", 30, rose, (mover("D", 6000, sure=False),))
    ((text, good),) = told(bare(movers=movers))[1:]
    assert ("2 of 30; furthest B, by 13.00" in text, good) == (True, True)


def test_visits_are_missed_once_the_period_is_over() -> None:
    coverage = Coverage(40, 31, 30, 30, 9800, 20, 20)
    assert told(bare(coverage=coverage))[1:] == [("Of 40 planned visits 9 were not made.", False)]
    assert told(bare(coverage=coverage, unfinished=True))[1:] == []


def test_without_a_score_there_is_one_sentence() -> None:
    report = bare(overall=Figure(0, None), coverage=Coverage(9, 0, 0, 0, None, 9, 0))
    assert told(report) == [("No visit of this period has a score yet.", None)]
