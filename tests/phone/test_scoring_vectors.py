"""The golden vectors, put through the phone's scorer by the tests that put the server's to them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.phone.phone_scorer import Phone, phone
from tests.rules import test_audit_vectors as audits
from tests.rules import test_scoring_vectors as golden

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def node() -> Iterator[Phone]:
    with phone() as running:
        yield running


@pytest.fixture(autouse=True)
def _phone_scores(node: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    for vectors in (golden, audits):
        monkeypatch.setattr(vectors, "compile_scorer", node.compile_scorer)


test_points = golden.test_points_become_the_golden_score
test_bonus = golden.test_a_bonus_is_capped_at_100_unless_the_checklist_lets_it_pass
test_effects = golden.test_critical_effects_leave_the_golden_score
test_steps = golden.test_each_step_down_is_recorded_with_the_score_it_met_and_left
test_zeroed = golden.test_a_zeroed_section_is_recorded_with_its_own_score
test_demerits = golden.test_demerits_leave_the_golden_score
test_unscored = audits.test_without_anything_to_score_there_is_no_score
test_several_effects = audits.test_every_effect_of_what_was_found_happens_once
test_validity = golden.test_an_audit_is_valid_from_exactly_the_threshold


@pytest.mark.parametrize(("score", "band"), golden.VECTORS["bands"]["cases"])
def test_a_score_falls_in_its_golden_band(score: float, band: str) -> None:
    bands = [
        {"key": key.lower(), "title": golden.text(key), "from": start}
        for key, start in golden.VECTORS["bands"]["bands"]
    ]
    item = {"earned": score, "possible": 100}
    found = golden.scored({"touchpoints": [{"weight": 1, "items": [item]}]}, bands=bands)
    assert (found.final, found.band) == (golden.percent(score), band.lower())
