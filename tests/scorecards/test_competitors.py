"""Own sites against competitors', by numbers worked out by hand."""

from __future__ import annotations

import copy
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from audit_api.database import db, one_moment
from audit_api.errors import Kind, Problem
from audit_api.rules.figures import periods
from audit_api.rules.figures.comparison import Sample, adjusted, welch
from audit_api.rules.figures.statistics import Mean
from audit_api.services import scorecards
from audit_api.services.access import Who
from audit_api.services.checklists import versions
from audit_api.services.scorecards import CardRequest
from audit_api.services.scorecards.competitors import Competition, competition
from audit_api.services.scorecards.subjects import SubjectKind, competitors
from audit_api.services.sites import sites
from tests.protocol.phone import lenient_checklist
from tests.scorecards.survey import survey
from tests.totals.network import Network
from tests.world import ALL_YES, NOW

MARCH, APRIL = "2026-03-15T12:00:00+08:00", "2026-04-15T12:00:00+08:00"
OWN_EAST, OWN_WEST, THEIRS = 0, 1, 2
WEST = 1
"""The region of the second site and of the competitor's."""


def failing(*keys: str) -> dict[str, Any]:
    """The floor costs 20 of 100, the receipt 30."""
    return ALL_YES | {key: {"value": "no"} for key in keys}


VISITS = (
    (OWN_WEST, failing()),
    (THEIRS, failing("receipt")),
    (OWN_WEST, failing("clean")),
    (OWN_EAST, failing("clean")),
    (OWN_WEST, failing()),
    (THEIRS, failing("clean", "receipt")),
    (THEIRS, failing("clean")),
)
"""In the west own sites score 100, 80 and 100, the competitor's 70, 50 and 80; in the east 80."""


@pytest.fixture(scope="module", params=[0, 3, 100], ids=["waiting", "half folded", "folded"])
def network(app: Flask, request: pytest.FixtureRequest) -> Network:
    found = Network(app)
    for site, answers in VISITS:
        found.submit(site=site, review="none", version=0, when=MARCH, answers=answers)
    found.submit(site=THEIRS, review="none", version=0, when=APRIL, answers=ALL_YES)
    if request.param:
        found.fold(request.param)
    return found


def compared(
    network: Network, region: UUID | None = None, *, period: str = "2026-03", **request: Any
) -> Competition:
    """Return the comparison of the organisation, or of a region."""
    asked = periods.parse(period)
    assert asked is not None
    hq = network.world.hq
    with network.world.app.app_context(), one_moment():
        subject = scorecards.region(region, by=hq) if region else scorecards.organisation(by=hq)
        return competition(subject, CardRequest(asked, **request), by=hq)


def test_every_visit_weighs_the_same_on_either_side(network: Network) -> None:
    whole = compared(network, network.regions[WEST]).overall
    assert (whole.own.n, whole.own.mean) == (3, 9333)
    assert (whole.competitors.n, whole.competitors.mean) == (3, 6667)
    everywhere = compared(network).overall
    assert (everywhere.own.n, everywhere.own.mean) == (4, 9000)
    assert (everywhere.competitors.n, everywhere.competitors.mean) == (3, 6667)


def test_chance_is_told_of_the_whole_by_welchs_test(network: Network) -> None:
    own = Sample(3, 28_000, 2 * 10_000**2 + 8_000**2)
    theirs = Sample(3, 20_000, 7_000**2 + 5_000**2 + 8_000**2)
    assert compared(network, network.regions[WEST]).overall.p == welch(own, theirs)


def test_touchpoints_are_compared_each_with_its_own(network: Network) -> None:
    arrival, checkout = compared(network, network.regions[WEST]).touchpoints
    assert arrival.title["en"] == "Arrival"
    assert (arrival.own.mean, arrival.competitors.mean) == (8333, 6667)
    assert checkout.own == Mean(3, 10_000)
    assert checkout.competitors.mean == 6667


def test_parts_that_are_asked_at_once_are_adjusted_for_their_number(network: Network) -> None:
    arrival, checkout = compared(network, network.regions[WEST]).touchpoints
    all_full = Sample(3, 30_000, 3 * 10_000**2)
    one_half = Sample(3, 25_000, 2 * 10_000**2 + 5_000**2)
    two_halves = Sample(3, 20_000, 10_000**2 + 2 * 5_000**2)
    alone = welch(one_half, two_halves), welch(all_full, two_halves)
    assert [arrival.p, checkout.p] == adjusted(alone)
    assert (arrival.p, checkout.p) != alone


def test_of_fewer_than_three_visits_nothing_is_told(network: Network) -> None:
    east = compared(network, network.regions[0]).overall
    assert (east.own.n, east.p) == (1, None)


def test_two_visits_that_score_alike_prove_nothing(app: Flask) -> None:
    found = Network(app)
    for site, answers in (
        *((OWN_WEST, failing(*keys)) for keys in ((), ("clean",), ())),
        *((THEIRS, failing(*keys)) for keys in (("receipt",), ("receipt",))),
    ):
        found.submit(site=site, review="none", version=0, when=MARCH, answers=answers)
    whole = compared(found).overall
    assert (whole.own.n, whole.competitors.n, whole.p) == (3, 2, None)
    found.submit(site=THEIRS, review="none", version=0, when=MARCH, answers=failing("receipt"))
    assert compared(found).overall.p is not None


def test_a_competitors_site_is_in_no_average_of_ones_own(network: Network) -> None:
    region = network.regions[WEST]
    for found, path in (
        (compared(network, region), f"/regions/{region}"),
        (compared(network), "/organisation"),
    ):
        answer = network.world.call("hq", "GET", f"{path}/scorecard?period=2026-03").json
        assert answer["overall"]["n"] == found.overall.own.n
        assert round(answer["overall"]["score"] * 100) == found.overall.own.mean


def test_a_region_has_no_competitors_but_its_own(network: Network) -> None:
    east = compared(network, network.regions[0])
    assert east.overall.competitors == Mean(0, None)
    assert east.sites == ()
    assert east.overall.own.mean == 8000


def test_another_period_has_figures_of_its_own(network: Network) -> None:
    april = compared(network, period="2026-04").overall
    assert (april.own.n, april.competitors.n, april.competitors.mean) == (0, 1, 10_000)
    both = compared(network, period="2026-Q1").overall
    assert both.competitors.n == 3
    assert compared(network, period="2026").overall.competitors.n == 4


def test_the_competitors_sites_are_told_with_their_region(network: Network) -> None:
    (site,) = compared(network).sites
    assert (site.code, site.region, site.mean.n, site.mean.mean) == ("NY-2", "West", 3, 6667)


def test_whoever_may_read_no_scorecard_is_refused(network: Network) -> None:
    world = network.world
    nobody = Who(world.users["auditor"], world.organisation_id, "auditor", "en", frozenset())
    asked = periods.parse("2026-03")
    assert asked is not None
    with world.app.app_context(), one_moment():
        subject = scorecards.organisation(by=world.hq)
        with pytest.raises(Problem) as refused:
            competition(subject, CardRequest(asked), by=nobody)
    assert refused.value.kind is Kind.FORBIDDEN


@pytest.mark.parametrize("kind", [SubjectKind.SITE, SubjectKind.CAMPAIGN, SubjectKind.GRANTED])
def test_of_no_other_subject_are_competitors_told(kind: SubjectKind) -> None:
    with pytest.raises(ValueError, match=kind):
        competitors(kind, uuid4(), uuid4())


def test_the_best_site_comes_first_and_those_without_a_visit_are_counted(app: Flask) -> None:
    found = Network(app)
    world = found.world
    added = []
    with app.app_context():
        for code in ("A-1", "A-2"):
            more = {"kind": "competitor", "region_id": found.regions[0], "time_zone": "UTC"}
            added.append(sites.add(by=world.hq, now=NOW, code=code, name=code, **more).id)
        db.session.commit()
    found.submit(site=THEIRS, review="none", version=0, when=MARCH, answers=failing("clean"))
    visit = world.plan(campaign_id=found.campaign("none"), site_id=added[0])
    sent = {"assignment_id": str(visit), "site_id": str(added[0]), "conducted_at": MARCH}
    assert world.put(world.audit(failing(), **sent)).status_code == 201
    everything = compared(found)
    assert [site.code for site in everything.sites] == ["A-1", "NY-2"]
    assert everything.unvisited == 1


def test_what_ceases_to_count_is_compared_no_more(app: Flask) -> None:
    found = Network(app)
    audits = [
        found.submit(site=THEIRS, review="none", version=0, when=MARCH, answers=answers)
        for answers in (failing(), failing("receipt"))
    ]
    found.fold(100)
    found.review(audits[0], "exclude")
    whole = compared(found).overall
    assert (whole.competitors.n, whole.competitors.mean) == (1, 7000)


def test_two_versions_are_compared_and_told(app: Flask) -> None:
    found = Network(app)
    found.publish()
    found.submit(site=OWN_WEST, review="none", version=0, when=MARCH, answers=failing())
    found.submit(site=THEIRS, review="none", version=0, when=MARCH, answers=failing())
    assert compared(found).mixed is False
    found.submit(site=THEIRS, review="none", version=1, when=MARCH, answers=failing())
    both = compared(found)
    assert both.mixed is True
    assert both.overall.competitors.n == 2


def test_metrics_are_estimated_for_both_sides(app: Flask) -> None:
    found = Network(app, checklist=survey())
    base = {key: {"value": "yes"} for key in ("greeted", "clean", "listened", "receipt", "honest")}
    for site, mark in ((OWN_WEST, 10), (OWN_WEST, 9), (THEIRS, 3), (THEIRS, 10)):
        answers = base | {"recommend": {"value": mark}}
        found.submit(site=site, review="none", version=0, when=MARCH, answers=answers)
    (nps,) = compared(found).metrics
    assert nps.metric == "nps"
    assert [(each.n, each.value) for each in nps.estimates] == [(2, 10_000), (2, 0)]


def another(checklist: dict[str, Any]) -> dict[str, Any]:
    other = copy.deepcopy(checklist)
    other["key"] = "another"
    return other


def test_the_checklist_is_the_one_by_which_most_visits_can_be_compared(app: Flask) -> None:
    found = Network(app)
    world = found.world
    with app.app_context():
        version = versions.draft(another(lenient_checklist()), by=world.hq, now=NOW)
        versions.publish(version, by=world.hq, now=NOW)
        db.session.commit()
        found.digests.append(version.digest or "")
    for site, version_place, count in ((OWN_WEST, 0, 3), (OWN_WEST, 1, 2), (THEIRS, 1, 2)):
        for _ in range(count):
            submitted = {"review": "none", "when": MARCH, "answers": failing()}
            found.submit(site=site, version=version_place, **submitted)
    found.submit(site=THEIRS, review="none", version=0, when=MARCH, answers=failing())
    chosen = compared(found)
    assert (chosen.checklist, chosen.overall.own.n, chosen.audits) == ("another", 2, 2)
    assert chosen.left_out == 1
    named = compared(found, checklist="small")
    assert (named.overall.own.n, named.overall.competitors.n, named.left_out) == (3, 1, 2)
