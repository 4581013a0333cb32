"""Hostile values beside the body and inside it: queries, addresses, headers, times, languages."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.input.calls import Call, calls, problem_of, slug_of
from tests.world import World, declared, jpeg

HOSTILE = [
    "",
    "0",
    "-1",
    "201",
    "x",
    "1e9",
    "1e400",
    "NaN",
    "9" * 5_000,
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%FF",
    "'; drop table sites; --",
    "x" * 9_000,
    "null",
    "[]",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "0000-01",
    "0001-01",
    "9999-12",
    "2026-13",
    "00000000-0000-0000-0000-000000000000",
    "%F0%9F%98%80",
]


def others(call: Call, name: str = "") -> str:
    """Return what else the call's query needs."""
    return "&period=2026-03" if "period" in call.query.keys() - {name} else ""


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:20])
def test_any_value_of_any_query_is_taken_or_refused_in_order(
    shared_world: World, value: str
) -> None:
    for call in calls(shared_world):
        for name in call.query:
            query = f"{name}={value}{others(call, name)}"
            response = call.make(shared_world, path=f"{call.path}?{query}")
            where = (call.name, name, response.status_code)
            assert response.status_code in {200, 400, 404, 415, 422}, where
            assert (response.status_code == 400) == ("%00" in value), where
            if response.status_code == 422:
                pointers = {error["pointer"] for error in problem_of(response)["errors"]}
                assert pointers == {f"?query/{name}"}, where


def test_an_unknown_filter_is_refused_wherever_filters_are_taken(shared_world: World) -> None:
    for call in calls(shared_world):
        if call.query:
            response = call.make(shared_world, path=f"{call.path}?colour=red{others(call)}")
            assert (call.name, response.status_code) == (call.name, 422)
            told = {error["pointer"]: error["code"] for error in problem_of(response)["errors"]}
            assert told["?query/colour"] == "unknown_field"


ADDRESSES = [
    "/sites/1",
    "/sites/x%00",
    "/sites/" + "9" * 9_000,
    "/sites/{00000000}",
    "/sites/",
    "//sites",
    "/audits/00000000-0000-0000-0000-00000000000g",
    "/checklist-versions/%00",
    "/checklist-versions/" + "f" * 64,
    "/checklist-versions/%FF%FE",
    "/checklist-versions/%ED%A0%80",
    "/problems/%00",
    "/problems/nothing",
    "/problems/..%2f..%2fetc%2fpasswd",
    "/nothing",
    "/%E9",
]


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:40])
@pytest.mark.parametrize("method", ["GET", "PATCH", "BREW"])
def test_an_address_that_leads_nowhere_is_not_found(
    shared_world: World, method: str, address: str
) -> None:
    response = shared_world.call("hq", method, address)
    if "%00" in address:
        assert slug_of(response) == "malformed"
    elif method == "GET":
        assert slug_of(response) == "not-found"
    elif response.status_code == 405:
        assert "GET" in response.headers["Allow"]
        assert "GET" in problem_of(response)["detail"]
    else:
        assert slug_of(response) in {"not-found", "unsupported-media-type"}


def test_a_call_in_another_method_names_those_that_are_accepted(shared_world: World) -> None:
    response = shared_world.call("hq", "DELETE", "/sites")
    assert slug_of(response) == "method-not-allowed"
    assert {"GET", "POST"} < set(response.headers["Allow"].split(", "))


HEADERS = [
    ("If-Match", "1"),
    ("If-Match", "*"),
    ("If-Match", 'W/"1"'),
    ("If-Match", '"²"'),
    ("If-Match", '"' + "1" * 9_000 + '"'),
    ("If-Match", '"-1"'),
    ("If-Match", ""),
    ("Idempotency-Key", ""),
    ("Idempotency-Key", "k" * 201),
    ("Idempotency-Key", "é"),
    ("Idempotency-Key", "k" * 100_000),
    ("Audit-Sent-At", "yesterday"),
    ("Audit-Sent-At", "2026-03-02T10:00:00"),
    ("Audit-Sent-At", "9999-12-31T23:59:59-14:00"),
    ("Audit-Sent-At", "0001-01-01T00:00:00+14:00"),
    ("Audit-Sent-At", "x" * 100_000),
    ("X-Request-Id", "../../etc"),
    ("X-Request-Id", "r" * 100_000),
    ("Range", "bytes=9-1"),
    ("Accept-Language", "x" * 100_000),
    ("Accept-Language", "*;q=nan,zh;q=é"),
    ("If-None-Match", 'W/*,"",' * 999),
    ("Accept", "image/png"),
    ("Content-Length", "x"),
    ("If-Modified-Since", "yesterday"),
    ("Accept-Encoding", "gzip;q=x"),
]


@pytest.mark.parametrize(("name", "value"), HEADERS, ids=lambda text: text[:30])
def test_any_value_of_any_header_is_taken_or_refused_in_order(
    shared_world: World, name: str, value: str
) -> None:
    for call in calls(shared_world):
        if call.name in ("log_out", "revoke_token"):
            continue
        body: dict[str, Any] = {}
        if call.takes:
            body = {"data": b"{}", "content_type": max(call.takes)}
        response = call.make(shared_world, headers={name: value}, **body)
        assert response.status_code in call.documented, (call.name, response.status_code)
        assert response.status_code < 500, call.name
        assert len(response.headers["X-Request-Id"]) <= 64


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic eDp5",
        "Bearer é",
        "Bearer " + "x" * 100_000,
        "Bearer ata_\x7f",
        "bearer null",
        "Bearer ati_x",
        "Bearer a b",
    ],
    ids=lambda value: value[:20],
)
def test_whatever_is_not_a_token_is_not_known(shared_world: World, value: str) -> None:
    for call in calls(shared_world):
        if call.person is not None:
            response = call.make(shared_world, headers={"Authorization": value})
            assert (call.name, slug_of(response)) == (call.name, "unauthenticated")
            assert response.headers["WWW-Authenticate"] == "Bearer"


MOMENTS = [
    "2026-03-02T10:00:00",
    "yesterday",
    "0000-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-03-02",
    "2026-03-02T10:00:00+99:00",
    "",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("member", ["conducted_at", "started_at", "taken_at"])
def test_a_time_that_no_calendar_has_is_a_fault_of_the_audit(
    world: World, member: str, moment: str
) -> None:
    photo = declared(jpeg(), "clean")
    if member == "taken_at":
        audit, pointer = world.audit(photos=[photo | {"taken_at": moment}]), "/photos/0/taken_at"
    else:
        audit, pointer = world.audit(**{member: moment}), f"/{member}"
    response = world.put(audit, uuid4())
    assert response.status_code == 422
    assert {error["pointer"] for error in problem_of(response)["errors"]} == {pointer}


@pytest.mark.parametrize("year", ["1900", "1969", "9998"])
def test_an_audit_of_another_age_is_stored(world: World, year: str) -> None:
    response = world.put(world.audit(conducted_at=f"{year}-06-01T10:00:00+08:00"))
    assert response.status_code == 201


@pytest.mark.parametrize(
    ("moment", "status"), [("9999-12-31T23:59:59-14:00", 422), ("9998-12-30T23:59:59+00:00", 201)]
)
def test_a_token_ends_at_a_time_that_every_calendar_has(
    shared_world: World, moment: str, status: int
) -> None:
    sent = {"name": "Till", "permissions": ["site.read"], "expires_at": moment}
    assert shared_world.call("hq", "POST", "/tokens", sent).status_code == status


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("zh", "未找到"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "未找到"),
        ("zh-Hant", "未找到"),
        ("en-GB", "Not found"),
        ("fr", "Not found"),
        ("fr, zh;q=0.5", "未找到"),
        ("zh-CN, en;q=0.5", "未找到"),
        ("zh-HK, en", "未找到"),
        ("en-AU, zh", "Not found"),
        ("zh;q=0, en-GB", "Not found"),
        ("*", "Not found"),
    ],
)
def test_a_problem_speaks_the_language_that_is_asked_for(
    shared_world: World, language: str, title: str
) -> None:
    told = shared_world.call(
        "hq", "GET", f"/sites/{uuid4()}", headers={"Accept-Language": language}
    )
    assert problem_of(told)["title"] == title
    assert told.headers["Content-Language"] == ("zh" if title == "未找到" else "en")


def test_every_fault_of_a_body_is_told_in_chinese(shared_world: World) -> None:
    sent = {
        "code": "",
        "name": 5,
        "region_id": "x",
        "time_zone": "Mars/Base",
        "latitude": 91,
        "geofence_metres": 1.5,
        "active": "perhaps",
        "attributes": [],
        "colour": "red",
        "longitude": "1e999",
    }
    response = shared_world.call("hq", "POST", "/sites", sent, headers={"Accept-Language": "zh"})
    told = problem_of(response)
    assert {error["pointer"].removeprefix("/") for error in told["errors"]} == set(sent) - {
        "time_zone"  # read only where the form is right
    }
    for text in (told["title"], told["detail"], *(error["detail"] for error in told["errors"])):
        assert any("\u4e00" <= character <= "\u9fff" for character in text), text
