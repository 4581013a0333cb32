"""The programme: who may see and write it, and what is refused at which field."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest
from flask import Flask

from audit_api.console.visits.campaigns import PER_PAGE
from audit_api.database import db
from audit_api.models import Assignment, Campaign
from audit_api.services.access import Who
from audit_api.services.sites import sites
from audit_api.services.visits import campaigns
from tests.console.visitor import Visitor
from tests.organisations import person
from tests.world import NOW, World, make_world

MARCH = {"starts_on": "2026-03-01", "ends_on": "2026-03-31"}


def seat(world: World, person: str = "hq") -> Visitor:
    return Visitor(world.app, world.users[person])


def campaign(world: World) -> Campaign:
    with world.app.app_context():
        return db.session.get_one(Campaign, world.campaign_id)


def sent(world: World, **more: object) -> dict[str, object]:
    return {
        "name": "Spring",
        "checklist_version_id": str(world.version_id),
        "review": "always",
        **MARCH,
        **more,
    }


def test_a_campaign_is_changed_and_an_older_page_of_it_is_refused(world: World) -> None:
    path = f"/console/programme/{world.campaign_id}"
    version = campaign(world).version
    own = seat(world)
    changed = own.send(f"{path}/edit", **sent(world, name="Summer", version=version))
    assert (changed.status_code, changed.location) == (303, path)
    assert campaign(world).name == "Summer"
    stale = own.send(f"{path}/edit", **sent(world, name="Autumn", version=version))
    assert stale.status_code == 412
    assert 'value="Autumn"' in stale.get_data(as_text=True)
    assert campaign(world).name == "Summer"


def test_a_period_that_leaves_visits_outside_is_refused_unless_it_is_said_why(
    world: World,
) -> None:
    path, own = f"/console/programme/{world.campaign_id}/edit", seat(world)
    narrower = sent(world, version=campaign(world).version, ends_on="2026-03-30")
    refused = own.send(path, **narrower)
    assert refused.status_code == 422
    assert 'id="ends_on-wrong"' in refused.get_data(as_text=True)
    assert own.send(path, **narrower, override="The mall closes").status_code == 303


def test_a_visit_that_is_planned_already_is_refused_unless_it_is_meant(world: World) -> None:
    path, own = f"/console/programme/{world.campaign_id}/visits/new", seat(world)
    twice = {"site_code": "SH-001", "auditor_id": str(world.users["auditor"]), **MARCH}
    refused = own.send(path, **twice)
    assert refused.status_code == 422
    assert "planned for the same days already" in refused.get_data(as_text=True)
    assert own.send(path, **twice, repeat="true").status_code == 303


def test_a_visit_is_given_to_somebody_else(world: World) -> None:
    path, own = f"/console/programme/visits/{world.assignment_id}", seat(world)
    other = str(world.users["other_auditor"])
    given = own.send(path, auditor_id=other, version=1, **MARCH)
    assert given.status_code == 303
    with world.app.app_context():
        found = db.session.get_one(Assignment, world.assignment_id)
        assert (str(found.auditor_id), found.version) == (other, 2)
    assert own.send(path, auditor_id=other, version=1, **MARCH).status_code == 412
    assert own.send(f"{path}/cancel").status_code == 303
    assert own.send(f"{path}/cancel").status_code == 409


def test_a_reviewer_reads_and_writes_nothing(shared_world: World) -> None:
    own, path = seat(shared_world, "reviewer"), f"/console/programme/{shared_world.campaign_id}"
    visit = f"/console/programme/visits/{shared_world.assignment_id}"
    for page in ("/console/programme", path, visit):
        assert '<form method="post" action="/console/programme' not in own.page(page)
    for page in ("/console/programme/new", f"{path}/edit", f"{path}/visits/new"):
        assert own.get(page).status_code == 403
        assert own.send(page).status_code in (403, 422)
    assert own.send(f"{visit}/cancel").status_code == 403
    forms = (
        ("/console/programme/new", sent(shared_world)),
        (f"{path}/edit", sent(shared_world, version=1)),
        (f"{path}/visits/new", {"site_code": "SH-001", "auditor_id": str(UUID(int=1)), **MARCH}),
        (visit, {"auditor_id": str(UUID(int=1)), "version": 1, **MARCH}),
    )
    for page, form in forms:
        assert own.send(page, **form).status_code == 403, page


@pytest.mark.parametrize("person", ["manager", "auditor"])
def test_a_manager_and_an_auditor_see_no_programme(shared_world: World, person: str) -> None:
    own = seat(shared_world, person)
    assert own.get("/console/programme").status_code == 403
    assert own.get(f"/console/programme/{shared_world.campaign_id}").status_code == 403
    visit = own.get(f"/console/programme/visits/{shared_world.assignment_id}")
    assert visit.status_code == 403
    assert "Canary other" not in visit.get_data(as_text=True)
    assert "Programme" not in own.page("/console/account")


def test_what_is_of_another_organisation_is_missing(shared_world: World) -> None:
    other = make_world(shared_world.app)
    own = seat(shared_world)
    path, visit = (
        f"/console/programme/{other.campaign_id}",
        f"/console/programme/visits/{other.assignment_id}",
    )
    missing = own.get(f"/console/programme/{UUID(int=1)}")
    assert missing.status_code == 404
    for page in (path, f"{path}/edit", f"{path}/visits/new", visit):
        assert own.get(page).status_code == 404, page
    for page, form in (
        (f"{path}/edit", sent(shared_world, version=1)),
        (visit, {"auditor_id": str(other.users["auditor"]), "version": 1, **MARCH}),
        (f"{visit}/cancel", {}),
    ):
        assert own.send(page, **form).status_code == 404, page
    planned = {"auditor_id": str(shared_world.users["auditor"]), "site_code": "SH-001", **MARCH}
    assert own.send(f"{path}/visits/new", **planned).status_code in (404, 422)
    with shared_world.app.app_context():
        assert len(db.session.scalars(sites.listed(by=other.hq)).all()) == 1


def test_an_organisation_that_has_nothing_yet_is_told_what_to_do_first(
    lasting_app: Flask, hq: Who
) -> None:
    user_id = person(hq, "hq").id
    db.session.commit()
    own = Visitor(lasting_app, user_id)
    assert "There is no campaign yet" in own.page("/console/programme")
    assert "needs a published checklist" in own.page("/console/programme/new")
    assert "There is no region yet" in own.page("/console/places")
    assert "there is none yet" in own.page("/console/places/sites/new")
    assert "There is no token yet" in own.page("/console/tokens")


def test_of_many_campaigns_the_newest_come_first_page_by_page(shared_world: World) -> None:
    world = make_world(shared_world.app)
    with world.app.app_context():
        for number in range(PER_PAGE):
            campaigns.add(
                by=world.hq,
                now=NOW,
                name=f"Wave {number:02}",
                checklist_version_id=world.version_id,
                review="always",
                starts_on=date(2026, 3, 1),
                ends_on=date(2026, 3, 31),
            )
        db.session.commit()
    own = seat(world)
    first = own.page("/console/programme")
    named = re.findall(r">(Wave \d\d|Spring)<", first)
    assert named == [f"Wave {number:02}" for number in reversed(range(PER_PAGE))]
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    assert onward is not None
    last = own.page(onward[1])
    assert re.findall(r">(Wave \d\d|Spring)<", last) == ["Spring"]
    assert 'rel="next"' not in last
