"""Leagues and scorecards as sheets: what the same call tells as JSON, in the reader's language."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.access.visited import Visited
from tests.sheets import readers
from tests.world import World

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def get(world: World, person: str, path: str, **headers: str) -> TestResponse:
    answer = world.call(person, "GET", path, headers=headers)
    assert answer.status_code == 200, answer.json
    return answer


def lines(answer: TestResponse) -> list[dict[str, Any]]:
    return [*csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))]


@pytest.mark.parametrize("person", ["hq", "manager"])
def test_the_league_is_the_same_as_a_sheet(visited: Visited, person: str) -> None:
    world = visited.world
    told = get(world, person, "/scorecards/sites?period=2026-03").json
    answer = get(world, person, "/scorecards/sites.csv?period=2026-03")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert 'filename="league-2026-03-en.csv"' in answer.headers["Content-Disposition"]
    rows = lines(answer)
    assert [(row["site_code"], row["rank"], row["mean_score"]) for row in rows] == [
        (
            line["site"]["code"],
            "" if line["rank"] is None else str(line["rank"]),
            f"{line['score']:.2f}",
        )
        for line in told
    ]
    downwards = get(world, person, "/scorecards/sites.csv?period=2026-03&sort=code")
    assert lines(downwards) == sorted(rows, key=lambda row: row["site_code"])


def test_a_workbook_is_in_the_readers_language_and_tells_what_its_columns_mean(
    visited: Visited,
) -> None:
    answer = get(
        visited.world,
        "manager",
        "/scorecards/sites.xlsx?period=2026-03",
        **{"Accept-Language": "zh-CN"},
    )
    assert (answer.content_type, answer.headers["Content-Language"]) == (XLSX, "zh")
    book = readers.xlsx(answer.data)
    assert list(book) == ["门店排名", "列说明"]
    headings, row = book["门店排名"][:2]
    assert dict(zip(headings, row, strict=True))["门店"] == "Shanghai Nanjing Road"
    assert book["列说明"][0] == ["键", "名称", "类型", "含义"]
    english = get(visited.world, "manager", "/scorecards/sites.xlsx?period=2026-03&lang=en")
    assert list(readers.xlsx(english.data)) == ["League", "Columns"]


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("/sites/{site_id}", "SH-001"),
        ("/regions/{region_id}", "east"),
        ("/organisation", None),
        ("/campaigns/{campaign_id}", None),
    ],
)
def test_a_card_is_the_same_as_a_sheet(visited: Visited, address: str, subject: str | None) -> None:
    world, own = visited.world, visited.places["own"]
    path = address.format(site_id=own.site_id, region_id=own.region_id, campaign_id=own.campaign_id)
    told = get(world, "hq", f"{path}/scorecard?period=2026-03").json
    rows = lines(get(world, "hq", f"{path}/scorecard.csv?period=2026-03"))
    by_part = {(row["part"], row["key"]): row for row in rows}
    assert len(by_part) == len(rows)
    whole = by_part["whole", ""]
    assert whole["subject_name"] == told["subject"]["name"]
    assert whole["subject_code"] == (told["subject"]["code"] or "")
    assert subject in (None, whole["subject_code"])
    for part in ("touchpoint", "section", "dimension"):
        lines_told = {line["key"]: line for line in told[f"{part}s"]}
        assert {key for kind, key in by_part if kind == part} == set(lines_told)
        for key, line in lines_told.items():
            row = by_part[part, key]
            assert (row["title"], int(row["n"])) == (line["title"], line["n"])
            assert Decimal(row["figure"]) == Decimal(repr(line["score"]))
            assert Decimal(row["possible"]) == Decimal(repr(line["possible"]))


def test_a_byte_order_mark_comes_on_request(visited: Visited) -> None:
    path = "/scorecards/sites.csv?period=2026-03"
    plain, marked = (get(visited.world, "hq", path + more).data for more in ("", "&bom=true"))
    assert marked == b"\xef\xbb\xbf" + plain


def test_no_other_ending_is_there(visited: Visited) -> None:
    for ending in ("ods", "xls", "xlsxx", ""):
        answer = visited.world.call("hq", "GET", f"/scorecards/sites.{ending}?period=2026-03")
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("application/json, text/csv", "application/json"),
        ("application/*, text/csv;q=0.9", "application/json"),
        ("text/csv", "text/csv"),
        ("text/csv;charset=utf-8", "text/csv"),
        ("text/*", "text/csv"),
        ("application/json;q=0.4, TEXT/CSV;q=0.5", "text/csv"),
        ("text/csv;q=0, */*;q=0.1", "application/json"),
        (XLSX, XLSX),
        (f"text/csv;q=0.5, {XLSX}, application/json;q=0.9", XLSX),
    ],
)
@pytest.mark.parametrize("address", ["/scorecards/sites", "/organisation/scorecard"])
def test_accept_chooses_as_the_ending_does(
    visited: Visited, address: str, accept: str, media_type: str
) -> None:
    world = visited.world
    chosen = get(world, "hq", f"{address}?period=2026-03", Accept=accept)
    assert chosen.mimetype == media_type
    assert "Accept" in chosen.headers["Vary"]
    if media_type != "application/json":
        ending = "csv" if media_type == "text/csv" else "xlsx"
        assert chosen.data == get(world, "hq", f"{address}.{ending}?period=2026-03").data


def test_every_address_with_a_sheet_beside_it_answers_by_accept(visited: Visited) -> None:
    world, own = visited.world, visited.places["own"]
    spec = world.client.get("/api/v1/openapi.json").json["paths"]
    addresses = {path.removesuffix(".{ending}") for path in spec if path.endswith(".{ending}")}
    assert len(addresses) == 5
    for address in addresses:
        told = spec[address]["get"]["responses"]
        assert {*told["200"]["content"]} == {"application/json", "text/csv", XLSX}
        assert {"406", "200"} <= {*told}
        path = address.removeprefix("/api/v1").format_map(vars(own))
        assert get(world, "hq", f"{path}?period=2026-03", Accept="text/csv").mimetype == "text/csv"


def test_what_comes_in_no_accepted_form_is_refused(visited: Visited) -> None:
    for accept in ("image/png", "application/json;q=0", "application/pdf, text/html"):
        answer = visited.world.call(
            "hq", "GET", "/scorecards/sites?period=2026-03", headers={"Accept": accept}
        )
        assert (answer.status_code, answer.mimetype) == (406, "application/problem+json")
        assert "text/csv" in answer.json["detail"]
    foreign = f"/sites/{visited.places['organisation'].site_id}/scorecard?period=2026-03"
    refused = visited.world.call("manager", "GET", foreign, headers={"Accept": "text/csv"})
    assert refused.status_code == 404
