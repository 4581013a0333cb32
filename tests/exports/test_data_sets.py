"""HQ and managers take data sets away as files that jobs make."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from audit_api.database import db, one_moment
from audit_api.models import Job, User, UserRegion
from audit_api.rules.figures import periods
from audit_api.services import datasets
from audit_api.services.datasets import DATASETS, Format
from audit_api.services.exports import asking
from audit_api.services.exports.data_sets import DataRequest
from audit_api.sheets import parquet
from tests.access.visited import TRACES, Visited, visit
from tests.datasets.written import READERS
from tests.exports.archives import ask_for_rows as ask
from tests.exports.archives import fetched, get, link
from tests.sheets import readers
from tests.world import World

_days = iter(range(1, 29))
MARCH = {"filter": {"period": "2026-03"}}


@pytest.fixture(scope="module")
def visited(alone: Flask) -> Visited:
    return visit(alone)


@pytest.fixture(scope="module")
def world(visited: Visited) -> World:
    return visited.world


def made(world: World, data_set: str, format: str, person: str = "hq", **more: Any) -> Any:
    """Ask for a data set and have it made; return the export as it is then."""
    answer = ask(world, data_set, format, person, **more)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"/api/v1/exports/{answer.json['id']}"
    world.app.extensions["audit_worker"].work_off()
    told = get(world, answer.json["id"], person)
    assert told["state"] == "done", told
    return told


def rows(world: World, data_set: str, person: str = "hq", **more: Any) -> list[dict[str, Any]]:
    told = made(world, data_set, "jsonl", person, **more)
    return readers.json_rows(fetched(world, link(world, told["id"], person)))


@pytest.mark.parametrize("format", list(Format))
@pytest.mark.parametrize("data_set", DATASETS)
def test_a_file_is_what_the_data_set_writes(world: World, data_set: str, format: Format) -> None:
    period = {} if data_set == "dictionary" else MARCH
    told = made(world, data_set, format, **period)
    data = fetched(world, link(world, told["id"]))
    assert (told["size"], told["done"]) == (len(data), told["total"])
    assert (told["data_set"], told["format"], told["form"]) == (data_set, format, None)
    ending = "zip" if format is Format.PARQUET else format
    assert told["file_name"].startswith(f"{data_set}-")
    assert told["file_name"].endswith(f".{ending}")
    march = periods.parse("2026-03") if period else None
    asked = DataRequest(data_set, format, "en", period=march).request(datetime.now(UTC))
    sink = readers.Appended()
    with world.app.app_context(), one_moment():
        written = datasets.write(DATASETS[data_set], asked, format, sink, by=world.hq)
    read = READERS[format]
    assert written.subjects == told["done"]
    assert read(DATASETS[data_set], asked, data) == read(
        DATASETS[data_set], asked, bytes(sink.data)
    )


def test_csv_begins_with_a_mark_on_request(world: World) -> None:
    told = made(world, "audits", "csv", bom=True)
    assert fetched(world, link(world, told["id"])).startswith(b"\xef\xbb\xbfaudit_id,")


def test_a_file_is_served_as_what_it_is(world: World) -> None:
    told = made(world, "dictionary", "csv")
    place = world.client.get(urlsplit(link(world, told["id"])).path).headers["Location"]
    if world.app.config["AUDIT_PHOTO_STORE"] == "local":
        with world.client.get(urlsplit(place).path) as shown:
            assert shown.content_type == "text/csv; charset=utf-8"
    else:
        assert httpx.get(place).headers["Content-Type"] == "text/csv; charset=utf-8"


def test_the_filter_is_that_of_the_list_and_a_checklist_brings_its_columns(world: World) -> None:
    days = {"business_date_from": "2026-03-01", "state": "approved"}
    listed = world.call("hq", "GET", "/audits?state=approved&limit=200&passed=true").json
    found = rows(world, "audits", filter=days | {"passed": True, "checklist": "small"})
    assert found
    assert {row["audit_id"] for row in found} <= {each["id"] for each in listed}
    assert "touchpoint_arrival" in found[0]
    cards = rows(world, "scorecards", filter={"period": "2026-03"}, points=2)
    assert {row["period"] for row in cards} == {"2026-03"}


def test_the_same_asked_again_is_the_same_export(world: World) -> None:
    first = ask(world, "audits", "csv").json
    assert ask(world, "audits", "csv").json["id"] == first["id"]
    others = [
        ask(world, "audits", "jsonl"),
        ask(world, "observations", "csv"),
        ask(world, "audits", "csv", bom=True),
        ask(world, "audits", "csv", edition="full"),
    ]
    assert len({first["id"], *(other.json["id"] for other in others)}) == 5
    world.app.extensions["audit_worker"].work_off()
    with time_machine.travel(datetime.now(UTC) + 2 * asking.WINDOW):
        again = ask(world, "audits", "csv").json
        assert again["id"] != first["id"]
        assert world.call("hq", "POST", f"/exports/{again['id']}/cancel").status_code == 200


@pytest.mark.parametrize(
    ("asked", "faults"),
    [
        ({"data_set": "moon", "format": "csv"}, {("/data_set", "not_one_of")}),
        ({"data_set": "audits", "format": "ods"}, {("/format", "not_one_of")}),
        ({"data_set": "league", "format": "csv"}, {("/filter/period", "required")}),
        (
            {"data_set": "league", "format": "csv", "filter": {"passed": True}},
            {("/filter/passed", "not_filtered_by"), ("/filter/period", "required")},
        ),
        (
            {"data_set": "dictionary", "format": "csv", "filter": {"checklist": "small"}},
            {("/filter/checklist", "not_filtered_by")},
        ),
    ],
)
def test_what_cannot_be_made_is_refused_at_once(
    world: World, asked: dict[str, Any], faults: set[tuple[str, str]]
) -> None:
    answer = world.call("hq", "POST", "/exports/data-sets", asked)
    assert answer.status_code == 422
    assert {(each["pointer"], each["code"]) for each in answer.json["errors"]} == faults


def test_a_format_whose_extra_is_missing_is_refused_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "pyarrow", None)
    answer = ask(world, "audits", "parquet", filter={"passed": False})
    assert answer.status_code == 422
    assert "pip install" in answer.json["errors"][0]["detail"]


def test_an_organisation_waits_for_only_so_much(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MAX_UNFINISHED", 0)
    answer = ask(world, "audits", "csv", filter={"site_id": str(uuid4())})
    assert answer.status_code == 429


def test_a_manager_gets_the_regions_granted_and_nothing_of_the_auditor(visited: Visited) -> None:
    world = visited.world
    for data_set in ("audits", "observations", "scorecards", "league"):
        found = rows(world, data_set, "manager", **MARCH)
        assert {row["site_code"] for row in found} == {"SH-001"}
        said = "\n".join(str(value) for row in found for value in row.values())
        traces = (*TRACES, "Canary auditor", str(world.users["auditor"]))
        assert [trace for trace in traces if trace in said] == []
    full = ask(world, "audits", "csv", "manager", edition="full")
    by_auditor = ask(
        world, "audits", "csv", "manager", filter={"auditor_id": str(world.users["auditor"])}
    )
    foreign = ask(
        world,
        "league",
        "csv",
        "manager",
        filter={"period": "2026-03", "region_id": visited.places["region"].region_id},
    )
    assert [each.status_code for each in (full, by_auditor, foreign)] == [403, 403, 404]


def test_whoever_may_not_read_a_data_set_may_not_have_it_as_a_file(world: World) -> None:
    for data_set in DATASETS:
        assert ask(world, data_set, "csv", "auditor", **MARCH).status_code == 403
    assert ask(world, "scorecards", "csv", "reviewer", **MARCH).status_code == 403
    assert ask(world, "audits", "csv", "reviewer", **MARCH).status_code == 202
    world.app.extensions["audit_worker"].work_off()


def test_one_sees_ones_own_exports_of_both_kinds(world: World) -> None:
    mine = made(world, "league", "csv", "manager", **MARCH)
    told = world.call("manager", "GET", "/exports?limit=200").json
    assert mine["id"] in {each["id"] for each in told}
    theirs = {each["id"] for each in world.call("hq", "GET", "/exports?limit=200").json}
    assert not theirs & {each["id"] for each in told}
    assert world.call("hq", "GET", f"/exports/{mine['id']}").status_code == 404
    reports = world.call("hq", "POST", "/exports/audit-reports", {"language": "en"}).json
    listed = world.call("hq", "GET", "/exports?limit=200").json
    assert {"export.reports", "export.data"} <= {each["kind"] for each in listed}
    assert world.call("hq", "POST", f"/exports/{reports['id']}/cancel").status_code == 200


def test_of_a_region_that_is_not_granted_any_more_no_file_is_handed_out(world: World) -> None:
    told = made(world, "audits", "jsonl", "manager", filter={"business_date_from": "2026-01-02"})
    manager = world.users["manager"]
    with world.app.app_context():
        grants = sa.select(UserRegion).where(UserRegion.user_id == manager)
        kept = [each.region_id for each in db.session.scalars(grants)]
        db.session.execute(sa.delete(UserRegion).where(UserRegion.user_id == manager))
        db.session.commit()
    try:
        path = f"/exports/{told['id']}/links"
        assert world.call("manager", "POST", path).status_code == 404
    finally:
        with world.app.app_context():
            db.session.add_all(UserRegion(user_id=manager, region_id=each) for each in kept)
            db.session.commit()
    assert fetched(world, link(world, told["id"], "manager"))


def test_what_no_cell_can_hold_fails_once_and_says_where(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit_api.sheets.spreadsheets.MAX_CELL_LENGTH", 3, raising=True)
    export = ask(world, "audits", "xlsx", filter={"business_date_from": "2026-01-04"}).json
    world.app.extensions["audit_worker"].work_off()
    told = get(world, export["id"])
    assert told["state"] == "failed"
    assert "/1/audit_id" in told["error"]


def test_whoever_may_not_any_more_gets_nothing(alone: Flask) -> None:
    world = visit(alone).world
    export = ask(world, "audits", "csv").json
    with alone.app_context():
        db.session.get_one(User, world.users["hq"]).active = False
        db.session.commit()
    alone.extensions["audit_worker"].work_off()
    with alone.app_context():
        job = db.session.get_one(Job, UUID(export["id"]))
        assert (job.state, job.error) == ("failed", "who asked for it may not any more")
