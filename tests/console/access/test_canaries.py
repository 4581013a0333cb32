"""Whatever a manager reaches by clicking: nothing of it leads to the auditor or to the minute of a
visit; and no link of anybody's leads nowhere."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.access.fetched import words
from tests.access.test_secrecy import identity
from tests.access.visited import ENTERED_AT, TRACES, Visited, visit
from tests.console.access.crawl import everything
from tests.console.visitor import Visitor

MINUTES = (ENTERED_AT, "14:03", "06:03", "14:37", "06:37", "14:41", "06:41")
"""When the auditor began, was there and took a photo, by the site's clock and in UTC."""
OF_HIS_OWN = ("/console/account", "/console/exports")
"""Pages that tell of the minutes in which the manager himself did something."""


@pytest.fixture(scope="module")
def visited(shared_app: Flask) -> Visited:
    return visit(shared_app)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_that_a_manager_reaches_leads_to_the_auditor_or_the_minute(
    visited: Visited, language: str
) -> None:
    world = visited.world
    manager = Visitor(world.app, world.users["manager"], language)
    people = [*identity(world, "auditor"), *identity(world, "other_auditor")]
    canaries = (*TRACES, *people, *identity(world, "reviewer"))
    opened = set()
    for address, response in everything(manager, world.app.url_map.bind("")):
        assert response.status_code == 200, address
        said = words(response)
        assert [canary for canary in canaries if canary in said] == [], address
        if response.mimetype == "text/html" and not address.startswith(OF_HIS_OWN):
            assert [minute for minute in MINUTES if minute in response.text] == [], address
        opened.add(address.partition("?")[0])
    assert f"/console/visits/{visited.audit_id}" in opened
    assert f"/console/visits/{visited.audit_id}/report.pdf" in opened
    assert f"/console/sites/{world.site_id}" in opened
    assert [address for address in opened if address.endswith("/thumbnail")]


@pytest.mark.slow
@pytest.mark.parametrize("person", ["reviewer", "hq"])
def test_no_link_leads_nowhere_and_the_canaries_are_real_for_the_office(
    visited: Visited, person: str
) -> None:
    world = visited.world
    reader = Visitor(world.app, world.users[person])
    told = ""
    for address, response in everything(reader, world.app.url_map.bind("")):
        assert response.status_code == 200, (address, response.text[:500])
        told += response.text if response.mimetype == "text/html" else ""
    assert "Canary auditor" in told
    assert "14:37" in told
