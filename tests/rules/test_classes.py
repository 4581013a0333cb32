"""Classes of visits beside all others: scipy's test, and nothing of single visits."""

from __future__ import annotations

from random import Random

import pytest
from scipy import stats

from audit_api.rules.figures.classes import classes
from audit_api.rules.figures.comparison import Sample


def sample(scores: list[int]) -> Sample:
    return Sample(len(scores), sum(scores), sum(score * score for score in scores))


def test_each_class_is_compared_with_all_others_as_scipy_does() -> None:
    chance = Random(1)
    scores = {
        key: [round(chance.gauss(8000 - 900 * (key == 3), 500)) for _ in range(12)]
        for key in range(1, 6)
    }
    found = classes({key: sample(each) for key, each in scores.items()})
    others = [[s for k, each in scores.items() if k != key for s in each] for key in scores]
    expected = stats.false_discovery_control(
        [
            stats.ttest_ind(scores[k], rest, equal_var=False).pvalue
            for k, rest in zip(scores, others, strict=True)
        ]
    )
    assert [each.p for each in found] == pytest.approx(list(expected), rel=1e-8)
    assert [each.key for each in found if each.more_than_chance] == [3]
    for each, rest in zip(found, others, strict=True):
        mine = sum(scores[each.key]) / 12
        assert each.difference == pytest.approx(mine - sum(rest) / len(rest), abs=1)
        assert each.mean.n == 12


def test_of_few_visits_only_their_number_is_told_and_nothing_is_compared_with_them() -> None:
    two, three, more = [9000, 100], [5000, 6000, 7000], [5000, 5500, 6000]
    found = classes({1: sample(two), 2: sample(three), 3: sample(more)})
    assert found[0] == (1, (2, None, None, None), None, None)
    assert not found[0].more_than_chance
    assert found[1:] == classes({2: sample(three), 3: sample(more)})


def test_a_class_alone_has_nothing_to_be_compared_with() -> None:
    (alone,) = classes({4: sample([5000, 6000, 7000])})
    assert (alone.mean.mean, alone.difference, alone.p) == (6000, None, None)
    assert classes({}) == ()
