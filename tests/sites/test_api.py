"""Regions, sites and imports over HTTP; what holds for users too is said of all."""

from __future__ import annotations

import secrets
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_api.api.sites.imports import LIMIT
from audit_api.database import db
from audit_api.services.access import Who
from tests.calls import codes, patch
from tests.organisations import bearer, person, region, site, tenant


def test_a_region_is_added_moved_and_found_below_its_parent(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    north = client.post("/api/v1/regions", json={"code": "n", "name": "North"}, headers=headers)
    city = client.post("/api/v1/regions", json={"code": "c", "name": "City"}, headers=headers)
    path = city.headers["Location"]
    moved = patch(client, path, headers, parent_id=north.json["id"])
    assert (moved.status_code, moved.json["version"]) == (200, 2)
    below = client.get(f"/api/v1/regions?parent_id={north.json['id']}", headers=headers)
    assert [found["code"] for found in below.json] == ["c"]
    back = patch(client, north.headers["Location"], headers, parent_id=city.json["id"])
    assert (back.status_code, codes(back)) == (422, {"/parent_id": "region_cycle"})


def test_a_region_is_deleted_in_the_state_that_was_read_once_nothing_is_in_it(
    client: FlaskClient, hq: Who, headers: dict[str, str]
) -> None:
    north = region(hq, "north")
    inside = site(hq, "s1", north)
    path, away = f"/api/v1/regions/{north}", str(region(hq, "south"))
    db.session.commit()
    assert client.delete(path, headers=headers).status_code == 428
    assert client.delete(path, headers=headers | {"If-Match": '"7"'}).status_code == 412
    chinese = headers | {"If-Match": '"1"', "Accept-Language": "zh"}
    held = client.delete(path, headers=chinese)
    assert (held.status_code, held.json["type"]) == (409, "/api/v1/problems/not-empty")
    assert [error["detail"] for error in held.json["errors"]] == [
        "该区域中有 1 家门店：s1。请先移至其他区域。"
    ]
    assert patch(client, f"/api/v1/sites/{inside}", headers, region_id=away).status_code == 200
    assert client.delete(path, headers=chinese).status_code == 204
    assert client.get(path, headers=headers).status_code == 404


@pytest.mark.parametrize("noun", ["regions", "sites", "users"])
def test_an_update_needs_the_state_that_it_was_made_for(
    client: FlaskClient, hq: Who, headers: dict[str, str], noun: str
) -> None:
    north = region(hq, "north")
    ids = {"regions": north, "sites": site(hq, "s1", north), "users": person(hq, "auditor").id}
    db.session.commit()
    path = f"/api/v1/{noun}/{ids[noun]}"
    sent = {"name": "Another"}
    assert client.patch(path, json=sent, headers=headers).status_code == 428
    stale = client.patch(path, json=sent, headers=headers | {"If-Match": '"7"'})
    assert stale.status_code == 412
    changed = patch(client, path, headers, **sent)
    assert (changed.status_code, changed.json["name"]) == (200, "Another")
    assert changed.headers["ETag"] == '"2"'


def test_changing_to_a_code_in_use_is_a_conflict(
    client: FlaskClient, hq: Who, headers: dict[str, str]
) -> None:
    north = region(hq, "north")
    site(hq, "s1", north)
    path = f"/api/v1/sites/{site(hq, 's2', north)}"
    db.session.commit()
    refused = patch(client, path, headers, code="s1")
    assert (refused.status_code, refused.json["detail"]) == (409, "Another site has this code: s1.")


@pytest.mark.parametrize("noun", ["regions", "sites", "users"])
def test_a_foreign_thing_answers_like_a_missing_one(
    client: FlaskClient, headers: dict[str, str], noun: str
) -> None:
    other = tenant()
    north = region(other, "north")
    foreign = {
        "regions": north,
        "sites": site(other, "s1", north),
        "users": person(other, "auditor").id,
    }[noun]
    db.session.commit()

    def answer(method: str, id_: UUID) -> tuple[int, str]:
        response = client.open(
            f"/api/v1/{noun}/{id_}",
            method=method,
            headers=headers | {"If-Match": '"1"'},
            json={"name": "Mine"} if method == "PATCH" else None,
        )
        return response.status_code, response.json["detail"]

    for method in ("GET", "PATCH"):
        assert answer(method, foreign) == answer(method, UUID(int=7))
        assert answer(method, foreign)[0] == 404


def upload(
    client: FlaskClient,
    headers: dict[str, str],
    noun: str,
    data: bytes,
    charset: str | None = None,
    **query: str,
) -> TestResponse:
    return client.post(
        f"/api/v1/imports/{noun}",
        data=data,
        query_string=query,
        content_type=f"text/csv; charset={charset}" if charset else "text/csv",
        headers=headers,
    )


def test_a_file_is_imported_over_http_and_a_dry_run_writes_nothing(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    data = "code,name,parent_code\neast,华东,cn\ncn,中国,\n".encode("gb18030")
    counts = {"added": 2, "changed": 0, "unchanged": 0}
    shown = upload(client, headers, "regions", data, charset="gbk", dry_run="true").json
    assert shown == counts | {
        "read": {
            "charset": "gb18030",
            "separator": ",",
            "lines": [
                {"number": 1, "cells": ["code", "name", "parent_code"]},
                {"number": 2, "cells": ["east", "华东", "cn"]},
                {"number": 3, "cells": ["cn", "中国", ""]},
            ],
        },
        "warnings": [],
    }
    assert counts.items() <= upload(client, headers, "regions", data, charset="gbk").json.items()
    again = upload(client, headers, "regions", data, charset="gbk").json
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 2)
    names = [found["name"] for found in client.get("/api/v1/regions", headers=headers).json]
    assert sorted(names) == sorted(["中国", "华东"])


def test_every_fault_of_a_file_comes_back_by_line_and_column(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    refused = upload(client, headers, "users", b"email,name,role\n" + b"x,,boss\n" * 100)
    assert refused.status_code == 422
    assert len(refused.json["errors"]) == 300
    assert codes(refused)["/lines/101/role"] == "not_one_of"


def test_a_file_of_another_kind_or_size_is_refused(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    path = "/api/v1/imports/sites"
    assert client.post(path, json={}, headers=headers).status_code == 415
    for more in ({}, {"Idempotency-Key": secrets.token_hex(8)}):
        big = upload(client, headers | more, "sites", b"x" * (LIMIT + 1))
        assert big.status_code == 413, big.json
        assert str(LIMIT) in big.json["detail"]


def test_a_list_leads_from_page_to_page(
    client: FlaskClient, hq: Who, headers: dict[str, str]
) -> None:
    north = region(hq, "north")
    for number in range(5):
        site(hq, f"s{number}", north)
    db.session.commit()
    path, seen = "/api/v1/sites?limit=2", []
    while path:
        response = client.get(path, headers=headers)
        seen += [found["code"] for found in response.json]
        path = response.headers.get("Link", "").partition(">")[0].lstrip("<")
    assert seen == [f"s{number}" for number in range(5)]


def test_a_manager_sees_the_sites_of_the_regions_granted(client: FlaskClient, hq: Who) -> None:
    north, south = region(hq, "north"), region(hq, "south")
    own, other = site(hq, "s1", region(hq, "city", north)), site(hq, "s2", south)
    headers = bearer(person(hq, "manager", north))
    seen = client.get("/api/v1/sites", headers=headers).json
    assert [found["id"] for found in seen] == [str(own)]
    assert client.get(f"/api/v1/sites/{other}", headers=headers).status_code == 404
    assert client.get(f"/api/v1/regions/{south}", headers=headers).status_code == 404


def test_a_name_that_no_report_can_print_is_stored_and_warned_of(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    sent = {"code": f"n{secrets.token_hex(4)}", "name": "𠮷野家 ש 😀"}
    added = client.post("/api/v1/regions", json=sent, headers=headers)
    (warning,) = added.json["warnings"]
    assert (warning["pointer"], warning["code"]) == ("/name", "text_unprintable")
    assert "ש (U+05E9)" in warning["detail"]
    path = added.headers["Location"]
    assert client.get(path, headers=headers).json["name"] == sent["name"]
    assert "warnings" not in client.get(path, headers=headers).json
    assert patch(client, path, headers, code=sent["code"]).json["warnings"] == []
    chinese = patch(client, path, headers | {"Accept-Language": "zh"}, name="ש")
    assert chinese.json["warnings"][0]["detail"].startswith("报告字体没有 ש (U+05E9)")
    fine = {"code": sent["code"], "name": "Łódź", "region_id": added.json["id"]}
    at = {"time_zone": "Europe/Warsaw", "address": "רחוב 1"}
    site_added = client.post("/api/v1/sites", json=fine | at, headers=headers)
    assert [told["pointer"] for told in site_added.json["warnings"]] == ["/address"]


def test_a_file_is_imported_with_warnings_of_its_cells(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    code = secrets.token_hex(4)
    data = f"code,name\na{code},䶮\nb{code},ש\n".encode()
    csv = headers | {"Content-Type": "text/csv"}
    answer = client.post("/api/v1/imports/regions", data=data, headers=csv)
    assert (answer.status_code, answer.json["added"]) == (200, 2)
    assert [told["pointer"] for told in answer.json["warnings"]] == ["/lines/3/name"]
