"""The scores of touchpoints and dimensions stand in columns of the checklist that is asked for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from audit_api.services.datasets import AUDITS, Format
from audit_api.services.datasets.parts import Part
from tests.access.visited import Visited
from tests.datasets.written import FULL, plain, read, request

PARTS = ["touchpoint_arrival", "touchpoint_checkout"]


@pytest.mark.parametrize("format", list(Format))
def test_audits_of_one_checklist_have_a_column_for_each_touchpoint(
    visited: Visited, format: Format
) -> None:
    world = visited.world
    asked = request(checklist="small", period=None, edition=FULL)
    rows = [plain(row) for row in read(world, "audits", format, asked, world.hq)]
    assert {row["checklist"] for row in rows} == {"small"}
    assert {"small", "other"} <= {
        row["checklist"] for row in read(world, "audits", format, request(), world.hq)
    }
    assert [*rows[0]][-2:] == PARTS
    for row in rows:
        told = world.call("hq", "GET", f"/audits/{row['audit_id']}").json["touchpoints"]
        assert {name: row[name] for name in PARTS} == {
            f"touchpoint_{part['key']}": Decimal(repr(part["score"])) for part in told
        }
    assert len({row[PARTS[0]] for row in rows}) > 1


def test_without_a_checklist_there_is_no_such_column(visited: Visited) -> None:
    world = visited.world
    (first, *_) = read(world, "audits", Format.JSONL, request(), world.hq)
    assert [*first] == [field.name for field in AUDITS.fields if not field.full]
    assert read(world, "audits", Format.JSONL, request(checklist="none"), world.hq) == []


def test_observations_are_of_the_checklist_that_is_asked_for(visited: Visited) -> None:
    world = visited.world
    asked = request(checklist="other", period=None)
    rows = read(world, "observations", Format.JSONL, asked, world.hq)
    assert {row["checklist"] for row in rows} == {"other"}


def test_a_touchpoint_and_a_dimension_of_one_key_have_columns_of_their_own() -> None:
    names = {
        Part(kind, "service", {"en": "Service"}).column for kind in ("touchpoint", "dimension")
    }
    assert len(names) == 2
    assert not names & {field.name for field in AUDITS.fields}


def test_the_dictionary_tells_of_which_checklist_a_column_is(visited: Visited) -> None:
    world = visited.world
    rows = read(world, "dictionary", Format.JSONL, request(), world.hq)
    told = {
        row["key"]: (row["title_en"], row["title_zh"], row["type"], row["unit"])
        for row in rows
        if (row["entry"], row["belongs_to"], row["part_of"]) == ("column", "audits", "small")
    }
    assert told["touchpoint_arrival"] == ("Arrival", "进店体验", "decimal", "percent")
    assert [*told] == PARTS
