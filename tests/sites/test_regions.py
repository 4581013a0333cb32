"""The tree of regions, and the table of what lies below what."""

from __future__ import annotations

from contextlib import nullcontext
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.models import Activity, FoldedTotal, Region, RegionAncestor, User, UserRegion
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.sites import regions, sites, trees
from audit_api.services.totals import folding
from tests.chance import times
from tests.organisations import person, region, site, tenant
from tests.protocol.phone import send
from tests.world import NOW, World


def stored(hq: Who) -> set[tuple[UUID, UUID]]:
    own = sa.select(Region.id).where(Region.organisation_id == hq.organisation_id)
    rows = sa.select(RegionAncestor.region_id, RegionAncestor.ancestor_id).where(
        RegionAncestor.region_id.in_(own)
    )
    return {tuple(row) for row in db.session.execute(rows)}


def recomputed(hq: Who) -> set[tuple[UUID, UUID]]:
    """The closure by walking up from every region."""
    parents = dict(
        db.session.execute(
            sa.select(Region.id, Region.parent_id).where(
                Region.organisation_id == hq.organisation_id
            )
        ).all()
    )
    pairs = set()
    for start in parents:
        above: UUID | None = start
        while above is not None:
            pairs.add((start, above))
            above = parents[above]
    return pairs


@pytest.mark.slow
@settings(
    max_examples=times(8),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(-1, 7)), min_size=3, max_size=12))
def test_after_any_moves_the_table_equals_a_recomputation(
    context: Flask, moves: list[tuple[int, int]]
) -> None:
    hq = tenant()
    ids = [region(hq, f"r{n}") for n in range(8)]
    for moved, under in moves:
        parent = ids[under] if under >= 0 else None
        subject = regions.find_to_change(ids[moved], by=hq)
        makes_a_cycle = (parent, subject.id) in recomputed(hq)
        refused = pytest.raises(Problem, match="invalid") if makes_a_cycle else nullcontext()
        with refused:
            regions.change(subject, by=hq, now=NOW, parent_id=parent)
        assert stored(hq) == recomputed(hq)
    db.session.rollback()


def test_a_region_is_in_itself_and_in_all_above_it(hq: Who) -> None:
    north = region(hq, "north")
    city = region(hq, "city", north)
    assert stored(hq) == {(north, north), (city, city), (city, north)}


def test_a_region_cannot_move_into_itself_or_below_itself(hq: Who) -> None:
    north = region(hq, "north")
    city = region(hq, "city", north)
    for under in (north, city):
        with pytest.raises(Problem) as caught:
            regions.change(regions.find(north, by=hq), by=hq, now=NOW, parent_id=under)
        assert caught.value.faults[0].pointer == "/parent_id"


def test_a_tree_grows_and_moves_within_its_levels(hq: Who) -> None:
    deepest = None
    for number in range(regions.MAX_LEVELS):
        deepest = region(hq, f"level{number}", deepest)
    with pytest.raises(Problem) as refused:
        region(hq, "below", deepest)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/parent_id", "region_too_deep")
    ]
    top, alone = region(hq, "top"), regions.find_code("level1", by=hq)
    regions.change(regions.find_to_change(alone.id, by=hq), by=hq, now=NOW, parent_id=top)
    root = regions.find_to_change(regions.find_code("top", by=hq).id, by=hq)
    with pytest.raises(Problem) as refused:
        regions.change(root, by=hq, now=NOW, parent_id=regions.find_code("level0", by=hq).id)
    assert [fault.code for fault in refused.value.faults] == ["region_too_deep"]
    assert stored(hq) == recomputed(hq)


def test_a_code_names_one_region_of_an_organisation_and_another_of_the_next(hq: Who) -> None:
    other = tenant()
    region(hq, "north")
    region(other, "north")
    with pytest.raises(Problem) as caught:
        region(hq, "north")
    assert caught.value.kind is Kind.CONFLICT


def test_renaming_to_a_code_in_use_is_a_conflict(hq: Who) -> None:
    region(hq, "north")
    south = regions.find(region(hq, "south"), by=hq)
    with pytest.raises(Problem) as caught:
        regions.change(south, by=hq, now=NOW, code="north")
    assert caught.value.kind is Kind.CONFLICT


def test_another_organisations_region_is_no_parent_and_is_not_found(hq: Who) -> None:
    foreign = region(tenant(), "north")
    with pytest.raises(Problem) as caught:
        region(hq, "city", foreign)
    assert [fault.code for fault in caught.value.faults] == ["unknown_reference"]
    with pytest.raises(Problem) as caught:
        regions.find(foreign, by=hq)
    assert caught.value.kind is Kind.NOT_FOUND


def test_a_manager_sees_the_regions_granted_and_all_below_and_nothing_beside(hq: Who) -> None:
    north, south = region(hq, "north"), region(hq, "south")
    city = region(hq, "city", north)
    manager = person(hq, "manager", north)
    assert {found.id for found in db.session.scalars(regions.listed(by=manager))} == {north, city}
    with pytest.raises(Problem) as caught:
        regions.find(south, by=manager)
    assert caught.value.kind is Kind.NOT_FOUND


def test_what_moves_out_of_a_managers_region_is_out_of_sight(hq: Who) -> None:
    north, south = region(hq, "north"), region(hq, "south")
    city = region(hq, "city", north)
    manager = person(hq, "manager", north)
    regions.change(regions.find(city, by=hq), by=hq, now=NOW, parent_id=south)
    assert {found.id for found in db.session.scalars(regions.listed(by=manager))} == {north}


@pytest.mark.parametrize("role", ["auditor", "manager", "reviewer"])
def test_only_headquarters_write_regions(hq: Who, role: str) -> None:
    by = person(hq, role)
    north = region(hq, "north")
    for write in (
        lambda: regions.add(by=by, now=NOW, code="x", name="x"),
        lambda: regions.find_to_change(north, by=by),
        lambda: regions.change(regions.find(north, by=hq), by=by, now=NOW, name="x"),
        lambda: regions.delete(regions.find(north, by=hq), by=by, now=NOW),
    ):
        with pytest.raises(Problem) as caught:
            write()
        assert caught.value.kind is Kind.FORBIDDEN


def test_every_change_is_counted_and_recorded(hq: Who) -> None:
    north = regions.find(region(hq, "north"), by=hq)
    regions.change(north, by=hq, now=NOW, name="The North")
    db.session.flush()
    acts = db.session.scalars(
        sa.select(Activity).where(Activity.subject_id == north.id).order_by(Activity.id)
    ).all()
    assert north.version == 2
    assert [(act.actor_id, act.verb, act.details) for act in acts] == [
        (access.SYSTEM_ID, "region.write", {"added": "north"}),
        (access.SYSTEM_ID, "region.write", {"changed": ["name"]}),
    ]


def test_an_empty_region_is_deleted_and_its_code_is_free_again(hq: Who) -> None:
    north = region(hq, "north")
    city = region(hq, "city", north)
    regions.delete(regions.find_to_change(city, by=hq), by=hq, now=NOW)
    assert stored(hq) == {(north, north)}
    act = db.session.scalars(
        sa.select(Activity).where(Activity.subject_id == city).order_by(Activity.id.desc())
    ).first()
    assert act is not None
    assert (act.verb, act.details) == ("region.write", {"deleted": "city"})
    assert region(hq, "city") != city


def test_what_a_region_holds_is_named_and_nothing_is_deleted(hq: Who) -> None:
    north = region(hq, "north")
    for number in range(12):
        site(hq, f"s{number:02}", north)
    region(hq, "city", north)
    email = db.session.get_one(User, person(hq, "manager", north).id).email
    with pytest.raises(Problem) as caught:
        regions.delete(regions.find_to_change(north, by=hq), by=hq, now=NOW)
    assert caught.value.kind is Kind.NOT_EMPTY
    named = [*(f"s{number:02}" for number in range(10)), "…"]
    assert [(fault.code, dict(fault.values)) for fault in caught.value.faults] == [
        ("region_holds_sites", {"count": 12, "names": named}),
        ("region_holds_regions", {"count": 1, "names": ["city"]}),
        ("region_is_granted", {"count": 1, "names": [email]}),
    ]
    assert len(stored(hq)) == 3


def test_what_once_counted_in_a_deleted_region_counts_where_its_site_went(world: World) -> None:
    audit_id = send(world)
    assert world.move(audit_id, "approve").status_code == 200
    with world.app.app_context():
        folding.fold(folding.gather(world.organisation_id, most=100))
        db.session.commit()
        west = regions.add(by=world.hq, now=NOW, code="west", name="West")
        moved = sites.find_to_change(world.site_id, ["region_id"], by=world.hq)
        sites.change(moved, by=world.hq, now=NOW, region_id=west.id)
        db.session.execute(sa.delete(UserRegion).where(UserRegion.region_id == world.region_id))
        left = regions.find_to_change(world.region_id, by=world.hq)
        regions.delete(left, by=world.hq, now=NOW)
        db.session.commit()
        assert folding.differences(world.organisation_id) == []
        scopes = set(db.session.scalars(sa.select(FoldedTotal.scope_id)))
        assert west.id in scopes
        assert world.region_id not in scopes


def test_the_tree_has_each_region_before_those_below_it(context: Flask, hq: Who) -> None:
    country = region(hq, "cn")
    region(hq, "west", country)
    east = region(hq, "east", country)
    region(hq, "shanghai", east)
    region(hq, "abroad")
    tree = [(branch.code, branch.level) for branch in trees.tree(by=hq)]
    assert tree == [("abroad", 0), ("cn", 0), ("east", 1), ("shanghai", 2), ("west", 1)]
    manager = person(hq, "manager", east)
    seen = [(branch.code, branch.level) for branch in trees.tree(by=manager)]
    assert seen == [("east", 0), ("shanghai", 1)]
