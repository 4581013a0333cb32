"""Key drivers: shares that others' arithmetic arrives at, and intervals that hold what they say."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import linalg, stats

from audit_api.rules.figures.drivers import (
    LEAST,
    Drivers,
    NoDrivers,
    Row,
    Unweighed,
    drivers,
)
from audit_api.rules.figures.drivers.eigen import eigen
from audit_api.rules.figures.drivers.moments import moments
from audit_api.rules.figures.drivers.weights import relative_weights
from tests.chance import seed, times


def drawn(
    chance: Random, n: int, effects: Sequence[float], *, noise: float = 1.0, places: int = 0
) -> list[Row]:
    """Rows whose parts have something in common and move the outcome by `effects`; each place has
    a level of its own."""
    levels = [chance.gauss(0, 1) for _ in range(places or 1)]
    rows = []
    for nth in range(n):
        place = nth % places if places else nth
        common = chance.gauss(0, 1) + (levels[place] if places else 0)
        parts = [common + chance.gauss(0, 1) for _ in effects]
        outcome = sum(map(lambda e, p: e * p, effects, parts)) + chance.gauss(0, noise)
        rows.append(Row(place, round(outcome * 1000), [round(part * 1000) for part in parts]))
    return rows


def table(rows: Sequence[Row]) -> tuple[Any, Any]:
    return np.array([row.parts for row in rows], float), np.array([row.outcome for row in rows])


def johnson(parts: Any, outcome: Any) -> Any:
    """Relative weights by numpy: Λ is the square root of the correlations."""
    both = np.corrcoef(np.column_stack([parts, outcome]), rowvar=False)
    root = linalg.sqrtm(both[:-1, :-1]).real
    return (root**2) @ (np.linalg.solve(root, both[:-1, -1]) ** 2)


def jackknifed(rows: Sequence[Row], groups: Sequence[int]) -> tuple[Any, Any]:
    """The shares and their standard errors, each group left out in turn."""
    parts, outcome = table(rows)
    each = []
    for group in sorted(set(groups)):
        kept = np.array(groups) != group
        weights = johnson(parts[kept], outcome[kept])
        each.append(weights / weights.sum())
    spread = np.array(each) - np.mean(each, axis=0)
    weights = johnson(parts, outcome)
    return weights / weights.sum(), np.sqrt((spread**2).sum(axis=0) * (len(each) - 1) / len(each))


@pytest.mark.slow
@given(st.integers(1, 8), st.randoms(use_true_random=False))
def test_eigenvalues_and_eigenvectors_are_those_of_numpy(size: int, chance: Random) -> None:
    half = [[chance.uniform(-1, 1) for _ in range(size)] for _ in range(size)]
    matrix = np.array(half) + np.array(half).T
    values, vectors = eigen(matrix.tolist())
    assert np.allclose(sorted(values), np.linalg.eigvalsh(matrix), atol=1e-12)
    again = np.array(vectors) @ np.diag(values) @ np.array(vectors).T
    assert np.allclose(again, matrix, atol=1e-12)
    assert np.allclose(np.array(vectors).T @ np.array(vectors), np.eye(size), atol=1e-12)


def test_the_parts_explain_what_a_regression_of_statsmodels_explains() -> None:
    rows = drawn(Random(1), 200, [1.0, 0.5, 0.2, 0.0])
    parts, outcome = table(rows)
    model = sm.OLS(outcome, sm.add_constant(parts)).fit()
    correlations = moments([[*row.parts, row.outcome] for row in rows]).correlations()  # type: ignore[list-item]
    weights = relative_weights([row[:-1] for row in correlations[:-1]], correlations[-1][:-1])
    assert sum(weights) == pytest.approx(model.rsquared, rel=1e-10)
    assert weights == pytest.approx(johnson(parts, outcome), rel=1e-8)
    assert drivers(rows).explained == pytest.approx(model.rsquared_adj * 10_000, abs=0.51)


def test_uncorrelated_parts_weigh_the_squares_of_their_correlations() -> None:
    identity = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    assert relative_weights(identity, [0.6, -0.3, 0.1]) == pytest.approx([0.36, 0.09, 0.01])


def test_parts_that_are_one_share_what_they_explain() -> None:
    rows = drawn(Random(2), 100, [1.0, 0.4])
    doubled = [row._replace(parts=[row.parts[0], row.parts[0], row.parts[1]]) for row in rows]
    found = {each.part: each for each in drivers(doubled).drivers}
    assert abs(found[0].share - found[1].share) <= 1
    assert drivers(doubled).explained == pytest.approx(drivers(rows).explained, abs=60)


@pytest.mark.parametrize("places", [0, 25])
def test_shares_and_intervals_are_those_of_a_jackknife_by_numpy(places: int) -> None:
    rows = drawn(Random(3), 150, [1.0, 0.5, 0.2], places=places)
    groups = [nth % (places or 50) for nth in range(150)]
    shares, errors = jackknifed(rows, groups)
    reach = stats.t.ppf(0.975, len(set(groups)) - 1)
    for each in drivers(rows).drivers:
        assert each.share == pytest.approx(shares[each.part] * 10_000, abs=0.51)
        low = max(shares[each.part] - reach * errors[each.part], 0) * 10_000
        high = min(shares[each.part] + reach * errors[each.part], 1) * 10_000
        assert (each.low, each.high) == (
            pytest.approx(low, abs=0.51),
            pytest.approx(high, abs=0.51),
        )
        together = stats.pearsonr([row.parts[each.part] for row in rows], table(rows)[1])
        assert each.correlation == pytest.approx(together.statistic * 10_000, abs=0.51)


def test_the_greatest_share_stands_first_and_all_make_a_whole() -> None:
    found = drivers(drawn(Random(4), 300, [0.1, 1.0, 0.5]))
    assert [each.part for each in found.drivers] == [1, 2, 0]
    assert sum(each.share for each in found.drivers) == pytest.approx(10_000, abs=2)
    assert found.drivers[0].more_than_chance


def silence(rows: Sequence[Row]) -> NoDrivers | None:
    found: Drivers = drivers(rows)
    assert (found.silence is None) == bool(found.drivers)
    return found.silence


def test_of_too_little_nothing_is_told() -> None:
    rows = drawn(Random(5), 100, [1.0, 0.5])
    assert silence([]) is NoDrivers.FEW
    assert silence(rows[: LEAST - 1]) is NoDrivers.FEW
    assert silence(rows[:LEAST]) is None
    eight = drawn(Random(5), 39, [1.0] * 8)
    assert (silence(eight), drivers(eight).need) == (NoDrivers.FEW, 40)
    assert silence([row._replace(outcome=7) for row in rows]) is NoDrivers.ALIKE
    assert silence([row._replace(parts=[5, 5]) for row in rows]) is NoDrivers.NO_PARTS
    assert silence(drawn(Random(6), 40, [0.0, 0.0])) is NoDrivers.CHANCE


def test_a_part_that_few_have_or_that_never_varies_is_left_out() -> None:
    rows = [
        row._replace(parts=[*row.parts, 8000, 1 if nth % 2 else None])
        for nth, row in enumerate(drawn(Random(7), 80, [1.0, 0.5]))
    ]
    found = drivers(rows)
    assert found.unweighed == {2: Unweighed.ALIKE, 3: Unweighed.SELDOM}
    assert (found.n, len(found.drivers)) == (80, 2)


def test_rows_without_a_part_that_most_have_are_left_out() -> None:
    rows = [
        row if nth % 10 else row._replace(parts=[row.parts[0], None])
        for nth, row in enumerate(drawn(Random(8), 100, [1.0, 0.5]))
    ]
    assert drivers(rows).n == 90
    assert drivers(rows).drivers == drivers([row for row in rows if None not in row.parts]).drivers


def test_an_outcome_that_is_made_of_its_parts_is_wholly_explained() -> None:
    rows = drawn(Random(9), 60, [1.0, 0.0])
    made = [row._replace(outcome=3 * row.parts[0] + row.parts[1]) for row in rows]  # type: ignore[operator]
    found = drivers(made)
    assert (found.explained, found.drivers[0].part) == (10_000, 0)
    alone = drivers([row._replace(parts=row.parts[:1], outcome=row.parts[0] or 0) for row in rows])
    assert [(each.share, each.correlation, each.p) for each in alone.drivers] == [
        (10_000, 10_000, 0.0)
    ]


@pytest.mark.slow
@pytest.mark.chance
def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    chance, effects = Random(seed(10)), [1.0, 0.6, 0.3]
    truth = johnson(*table(drawn(chance, 60_000, effects)))
    truth = truth / truth.sum() * 10_000
    held = tries = 0
    for _ in range(times(60)):
        for each in drivers(drawn(chance, 120, effects)).drivers:
            held += each.low <= truth[each.part] <= each.high
            tries += 1
    assert held / tries > 0.88


@pytest.mark.slow
@pytest.mark.chance
def test_visits_to_alike_places_name_no_driver_that_is_none() -> None:
    """Places differ in both, by chance; taken one by one, visits would prove far too much."""
    chance = Random(seed(11))
    named = 0
    for _ in range(times(60)):
        levels = [(chance.gauss(0, 3), chance.gauss(0, 3)) for _ in range(30)]
        rows = [
            Row(
                place,
                round(100 * (level + chance.gauss(0, 1))),
                [round(100 * (part + chance.gauss(0, 1)))],
            )
            for place, (level, part) in enumerate(levels)
            for _ in range(10)
        ]
        named += any(each.more_than_chance for each in drivers(rows).drivers)
    assert named / times(60) < 0.15
