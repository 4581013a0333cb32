"""What is said of own sites and competitors'."""

from __future__ import annotations

import pytest

from audit_api.rules.figures.statistics import Mean
from audit_api.words import competitors

OWN, THEIRS = Mean(120, 8467, 8215, 8719), Mean(9, 7912, 7301, 8523)


@pytest.mark.parametrize(
    ("own", "theirs", "beyond_chance", "words"),
    [
        (OWN, THEIRS, True, "5.55 percentage points above the competitors' 79.12%"),
        (THEIRS, OWN, True, "5.55 percentage points below the competitors' 84.67%"),
        (OWN, THEIRS, False, "The difference may be chance."),
        (OWN, Mean(1, 7000), None, "too few, or too much alike, to tell"),
        (Mean(0, None), THEIRS, None, "there is nothing to compare them with"),
    ],
)
def test_the_whole_is_told_as_far_as_the_figures_prove_it(
    own: Mean, theirs: Mean, beyond_chance: bool | None, words: str
) -> None:
    assert words in competitors.overall(own, theirs, "en", beyond_chance=beyond_chance)


@pytest.mark.parametrize(
    ("locale", "words"), [("en", "visits: 120 and 9"), ("zh", "120 次对比 9 次")]
)
def test_the_whole_says_of_how_many_visits_it_is(locale: str, words: str) -> None:
    assert words in competitors.overall(OWN, THEIRS, locale, beyond_chance=True)


def test_a_part_says_who_is_better_and_by_how_much() -> None:
    ours = competitors.part("Arrival", 9000, 7050, "en")
    assert ours.startswith("“Arrival”: own sites score 19.50 percentage points more")
    theirs = competitors.part("Arrival", 7050, 9000, "en")
    assert theirs.startswith("“Arrival”: the competitors' sites score 19.50 percentage points more")
    assert "竞争对手门店高出 19.50 个百分点" in competitors.part("进店体验", 7050, 9000, "zh")


def test_a_metric_names_the_better_side_first() -> None:
    above = competitors.metric("NPS", "42.50", "−11.00", "en", above=True)
    assert above.startswith("NPS: 42.50 at own sites")
    below = competitors.metric("NPS", "−11.00", "42.50", "en", above=False)
    assert below.startswith("NPS: 42.50 at the competitors' sites")
