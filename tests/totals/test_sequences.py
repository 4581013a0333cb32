"""Whatever happens to audits and sites, in whatever order, every figure stays exact."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from audit_api.rules.lifecycle import REVIEW_ACTIONS
from tests.totals.network import ZONES, Network
from tests.totals.recount import prove

MONTHS = ("2026-02", "2026-03")
MOMENTS = st.sampled_from([
    "2026-02-28T23:30:00+08:00", "2026-03-01T01:00:00+08:00", "2026-03-15T12:00:00+08:00",
    "2026-02-28T23:30:00-05:00",
])
ANSWERS = st.fixed_dictionaries({
    key: st.sampled_from([{"value": "yes"}, {"value": "yes"}, {"value": "no"},
                          {"not_observed": True}])
    for key in ("greeted", "clean", "receipt", "honest")
})
SITES = st.integers(0, 2)
PICKS = st.integers(0, 1000)


class Sequence(RuleBasedStateMachine):
    """Submits, settles, reviews and resubmits audits; moves, re-zones and re-labels sites."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.network = Network(self.app)

    @rule(site=SITES, review=st.sampled_from(["none", "none", "always"]), version=st.integers(0, 1),
          when=MOMENTS, answers=ANSWERS, photo=st.booleans())
    def submit(self, **sent: Any) -> None:
        self.network.submit(**sent)

    @rule(pick=PICKS)
    def settle(self, pick: int) -> None:
        if waiting := self._in("awaiting_media"):
            self.network.settle(waiting[pick % len(waiting)])

    @rule(pick=PICKS, action=st.sampled_from(["approve", "approve", *REVIEW_ACTIONS]))
    def review(self, pick: int, action: str) -> None:
        if self.network.sent:
            audit_id = list(self.network.sent)[pick % len(self.network.sent)]
            note = {"note": "Again"} if action == "return" else {}
            answer = self.network.world.move(audit_id, action, "hq", **note)
            assert answer.status_code in (200, 409)

    @rule(pick=PICKS, answers=ANSWERS, when=MOMENTS)
    def resubmit(self, pick: int, answers: dict[str, Any], when: str) -> None:
        if returned := self._in("returned"):
            self.network.resubmit(returned[pick % len(returned)], answers, when)

    @rule(site=SITES, region=st.integers(0, 1))
    def move_site(self, site: int, region: int) -> None:
        self.network.change_site(site, region_id=str(self.network.regions[region]))

    @rule(site=SITES, zone=st.sampled_from(ZONES))
    def change_zone(self, site: int, zone: str) -> None:
        self.network.change_site(site, time_zone=zone)

    @rule(site=SITES, kind=st.sampled_from(["own", "competitor"]))
    def change_kind(self, site: int, kind: str) -> None:
        self.network.change_site(site, kind=kind)

    @rule()
    def publish(self) -> None:
        if len(self.network.digests) == 1:
            self.network.publish()

    @invariant()
    def every_figure_is_exact(self) -> None:
        prove(self.network.world, MONTHS)

    def _in(self, state: str) -> list[Any]:
        return [id_ for id_ in self.network.sent if self.network.state(id_) == state]


@pytest.mark.slow
def test_every_scorecard_is_exact_after_every_step(app: Flask) -> None:
    run_state_machine_as_test(
        type("OnThisPair", (Sequence,), {"app": app}),
        settings=settings(
            max_examples=4, stateful_step_count=25, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
