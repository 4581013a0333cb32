"""The anonymous edition has what a site may know, in every format; the full one has the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.models import User
from audit_api.rules.permissions import Permission
from audit_api.rules.signals.kinds import SignalKind
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits.queue import Filter
from audit_api.services.datasets import DATASETS, Format
from tests.access.moments import clock_ids, found
from tests.access.test_moments import SENT
from tests.access.visited import TRACES, Visited
from tests.datasets.written import FULL, read, request, written
from tests.world import World

ABOUT_AUDITS = ("audits", "observations")


def person(world: World, name: str) -> Who:
    with world.app.app_context():
        return access.user_who(db.session.get_one(User, world.users[name]))


def canaries(visited: Visited) -> tuple[str, ...]:
    """Everything that leads to an auditor."""
    ids = [str(visited.world.users[name]) for name in ("auditor", "other_auditor")]
    return (*TRACES, "Canary auditor", "Canary other_auditor", "14:05:38", "Well done", *ids)


def texts(rows: Sequence[dict[str, Any]]) -> str:
    return "\n".join(str(value) for row in rows for value in row.values())


@pytest.mark.slow
@pytest.mark.parametrize("format", list(Format))
@pytest.mark.parametrize("name", DATASETS)
def test_nothing_in_the_anonymous_edition_leads_to_the_auditor(
    visited: Visited, name: str, format: Format
) -> None:
    world = visited.world
    for reader in (world.hq, person(world, "manager")):
        rows = read(world, name, format, request(), reader)
        said = texts(rows)
        assert rows
        assert [canary for canary in canaries(visited) if canary in said] == []
        assert found(said, SENT) == []
        assert clock_ids(said) == set()


@pytest.mark.parametrize("name", ABOUT_AUDITS)
def test_the_canaries_are_real_in_the_full_edition(visited: Visited, name: str) -> None:
    world = visited.world
    said = texts(read(world, name, Format.JSONL, request(edition=FULL, period=None), world.hq))
    assert "Canary auditor" in said
    assert str(world.users["auditor"]) in said
    if name == "observations":
        assert [each for each in ("14:05:38", "CANARY-0042", "31.23773") if each not in said] == []


def test_the_anonymous_edition_has_the_audits_that_count_and_the_full_one_all(
    visited: Visited,
) -> None:
    world = visited.world
    told = {
        edition: {row["state"] for row in read(world, "audits", Format.JSONL, asked, world.hq)}
        for edition, asked in {
            "anonymous": request(),
            "full": request(edition=FULL),
        }.items()
    }
    assert told == {"anonymous": {"approved"}, "full": {"approved", "submitted"}}


def test_of_what_tells_a_moment_or_a_place_it_is_told_that_it_was_answered(
    visited: Visited,
) -> None:
    rows = read(visited.world, "observations", Format.JSONL, request(), visited.world.hq)
    (told,) = [
        row
        for row in rows
        if row["question"] == "receipt_number" and row["audit_id"] == str(visited.audit_id)
    ]
    assert (told["status"], told["value"], told["comment"]) == ("answered", None, "Torn off")


def test_a_manager_gets_the_regions_granted_and_an_auditor_nothing(visited: Visited) -> None:
    world = visited.world
    manager = person(world, "manager")
    for name in ("audits", "observations", "scorecards", "league"):
        rows = read(world, name, Format.JSONL, request(), manager)
        assert {row["site_code"] for row in rows} == {"SH-001"}
        assert "CD-001" in texts(read(world, name, Format.JSONL, request(), world.hq))
        assert refused(world, name, person(world, "auditor")) is Kind.FORBIDDEN
    assert refused(world, "dictionary", person(world, "auditor")) is Kind.FORBIDDEN
    assert refused(world, "audits", manager, edition=FULL) is Kind.FORBIDDEN
    foreign = visited.places["region"].region_id
    for name in ("scorecards", "league"):
        assert refused(world, name, manager, region_id=foreign) is Kind.NOT_FOUND


def test_a_machine_needs_the_right_of_what_it_takes(visited: Visited) -> None:
    world = visited.world
    bare = replace(world.hq, permissions=frozenset({Permission.AUDIT_READ}))
    for name in DATASETS:
        assert refused(world, name, bare) is Kind.FORBIDDEN


@pytest.mark.parametrize(
    "wanted",
    [Filter(signal=SignalKind.SAME_PHOTO), Filter(held=True), Filter(auditor_id=access.SYSTEM_ID)],
)
def test_the_anonymous_edition_is_not_filtered_by_what_it_does_not_tell(
    visited: Visited, wanted: Filter
) -> None:
    world = visited.world
    assert refused(world, "audits", world.hq, audits=wanted) is Kind.FORBIDDEN
    written(world, "audits", Format.JSONL, request(audits=wanted, edition=FULL), world.hq)


def refused(world: World, name: str, by: Who, **more: Any) -> Kind:
    with pytest.raises(Problem) as caught:
        written(world, name, Format.CSV, request(**more), by)
    return caught.value.kind


def test_figures_need_a_period(visited: Visited) -> None:
    for name in ("scorecards", "league"):
        assert refused(visited.world, name, visited.world.hq, period=None) is Kind.INVALID
