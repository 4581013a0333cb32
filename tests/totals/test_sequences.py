"""Whatever happens to audits and sites, in whatever order, every figure stays exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from audit_api.rules.kinds import SITE_KINDS
from audit_api.rules.lifecycle import AUDIT, REVIEW_ACTIONS, AuditState
from tests.chance import times
from tests.totals.network import ZONES, Network
from tests.totals.recount import prove
from tests.world import ALL_YES

Choice = TypeVar("Choice")
SOME_NO = ALL_YES | {"clean": {"value": "no"}}
REVIEWED = {
    state: possible
    for state in AuditState
    if (possible := [action for action in AUDIT.actions(state) if action in REVIEW_ACTIONS])
}
"""What a reviewer can do, by state."""

MONTHS = ("2026-02", "2026-03")
MOMENTS = st.sampled_from(
    [
        "2026-02-28T23:30:00+08:00",
        "2026-03-01T01:00:00+08:00",
        "2026-03-15T12:00:00+08:00",
        "2026-02-28T23:30:00-05:00",
    ]
)
ANSWERS = st.fixed_dictionaries(
    {
        key: st.sampled_from(
            [{"value": "yes"}, {"value": "yes"}, {"value": "no"}, {"not_observed": True}]
        )
        for key in ("greeted", "clean", "receipt", "honest")
    }
)
SITES = st.integers(0, 2)
DAYS = st.sampled_from([date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31)])
PICKS = st.integers(0, 1000)


class Life(RuleBasedStateMachine):
    """Plans, moves and cancels visits; submits, settles, reviews and resubmits audits, some of
    visits that were reported before; moves, re-zones and re-labels sites."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.network = Network(self.app)

    @rule(
        site=SITES,
        review=st.sampled_from(["none", "none", "always"]),
        version=st.integers(0, 1),
        when=MOMENTS,
        answers=ANSWERS,
        photo=st.booleans(),
        again=st.sampled_from([False, False, True]),
    )
    def submit(self, **sent: Any) -> None:
        self.network.submit(**sent)

    @rule(site=SITES, review=st.sampled_from(["none", "always"]), ends_on=DAYS)
    def plan(self, **visit: Any) -> None:
        self.network.plan(**visit)

    @rule(pick=PICKS, ends_on=DAYS)
    def change_window(self, pick: int, ends_on: date) -> None:
        self.network.change_window(_picked(self.network.planned, pick), ends_on)

    @rule(pick=PICKS)
    def cancel(self, pick: int) -> None:
        self.network.cancel(_picked(self.network.planned, pick))

    @precondition(lambda self: self._in("awaiting_media"))
    @rule(pick=PICKS)
    def settle(self, pick: int) -> None:
        self.network.settle(_picked(self._in("awaiting_media"), pick))

    @precondition(lambda self: self._in(*REVIEWED))
    @rule(pick=PICKS, turn=PICKS)
    def review(self, pick: int, turn: int) -> None:
        audit_id = _picked(self._in(*REVIEWED), pick)
        self.network.review(audit_id, _picked(REVIEWED[self.network.state(audit_id)], turn))

    @precondition(lambda self: self._in("returned"))
    @rule(pick=PICKS, answers=ANSWERS, when=MOMENTS)
    def resubmit(self, pick: int, answers: dict[str, Any], when: str) -> None:
        self.network.resubmit(_picked(self._in("returned"), pick), answers, when)

    @rule(
        site=SITES,
        region=st.integers(0, 1),
        zone=st.sampled_from(ZONES),
        kind=st.sampled_from(SITE_KINDS),
    )
    def change_site(self, site: int, region: int, zone: str, kind: str) -> None:
        region_id = str(self.network.regions[region])
        self.network.change_site(site, region_id=region_id, time_zone=zone, kind=kind)

    @precondition(lambda self: len(self.network.digests) == 1)
    @rule()
    def publish(self) -> None:
        self.network.publish()

    @rule(most=st.integers(1, 3))
    def fold(self, most: int) -> None:
        self.network.fold(most)

    @invariant()
    def every_figure_is_exact(self) -> None:
        prove(self.network.world, MONTHS)

    @invariant()
    def nothing_that_a_signal_holds_counts_unseen(self) -> None:
        assert self.network.held_and_unseen() == []

    def _in(self, *states: str) -> list[UUID]:
        return [id_ for id_ in self.network.sent if self.network.state(id_) in states]


def _picked(choices: Sequence[Choice], pick: int) -> Choice:
    return choices[pick % len(choices)]


@pytest.mark.slow
@pytest.mark.chance
def test_every_scorecard_is_exact_after_every_step(app: Flask) -> None:
    run_state_machine_as_test(
        type("OnThisPair", (Life,), {"app": app}),
        settings=settings(
            max_examples=times(4),
            stateful_step_count=25,
            # To shorten a sequence takes minutes; a long one tells as much.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_scorecard_is_exact_in_each_turn_that_an_audit_can_take(app: Flask) -> None:
    network = Network(app)
    sent = {"site": 0, "version": 0, "when": "2026-02-28T23:30:00+08:00", "answers": SOME_NO}
    for visit in network.planned:
        network.change_window(visit, date(2026, 3, 31))
    for _ in _turns(network, sent):
        prove(network.world, MONTHS)


def _turns(network: Network, sent: dict[str, Any]) -> Iterator[object]:
    """Yield after every step of one audit's whole life, beside audits that stay as they are."""
    yield network.submit(**sent | {"review": "none", "site": 2})
    yield network.submit(**sent | {"review": "none", "when": "2026-03-01T09:00:00+08:00"})
    yield network.publish()
    yield network.submit(**sent | {"review": "none", "version": 1})
    yield network.fold(2)
    yield (audit_id := network.submit(**sent, review="always", photo=True))
    yield network.settle(audit_id)
    yield network.review(audit_id, "open")
    yield network.review(audit_id, "return")
    yield network.resubmit(audit_id, ALL_YES, "2026-03-31T23:30:00+08:00")
    yield network.review(audit_id, "approve")
    yield network.fold(1)
    for zone, region, kind in zip(ZONES[::-1], (1, 0, 1), (*SITE_KINDS, "own"), strict=True):
        yield network.change_site(
            0, time_zone=zone, region_id=str(network.regions[region]), kind=kind
        )
    yield network.fold(100)
    yield network.review(audit_id, "exclude")
    yield network.fold(100)
    yield network.change_site(0, region_id=str(network.regions[1]), kind="competitor")
    yield network.review(audit_id, "include")
    yield (held_id := network.submit(**sent | {"review": "none", "version": 1}, again=True))
    assert network.state(held_id) == "submitted"
    yield network.review(held_id, "approve")
    yield network.review(audit_id, "exclude")
    yield network.review(audit_id, "void")
