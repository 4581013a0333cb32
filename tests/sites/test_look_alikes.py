"""Codes and addresses that look alike are one at every door, and what nobody sees is told there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from audit_api.database import db
from audit_api.services.access import Who
from audit_api.services.people import passwords, users
from audit_api.services.sites import regions, sites
from tests.calls import codes, patch
from tests.input.calls import calls, problem_of
from tests.organisations import address, bearer, faults, load, person, region, site
from tests.world import NOW, World

ALIKE = [" ZW-1", "ZW-1 ", "ZW-1\u3000", "ＺＷ－１", "ZW–1", "ZW\u2011\u0031"]


@pytest.fixture
def headers(hq: Who) -> dict[str, str]:
    site(hq, "ZW-1", region(hq, "ZW-1"))
    return bearer(person(hq, "hq"))


@pytest.mark.parametrize("code", ALIKE)
def test_a_call_finds_and_refuses_a_code_however_it_was_typed(
    client: FlaskClient, headers: dict[str, str], code: str
) -> None:
    for noun in ("regions", "sites"):
        (found,) = client.get(f"/api/v1/{noun}", query_string={"code": code}, headers=headers).json
        more = {"region_id": found.get("region_id"), "time_zone": "Asia/Shanghai"}
        sent = {"code": code, "name": "Again"} | (more if noun == "sites" else {})
        again = client.post(f"/api/v1/{noun}", json=sent, headers=headers)
        assert (again.status_code, again.json["detail"].endswith(": ZW-1.")) == (409, True)


@pytest.mark.parametrize("code", ALIKE)
def test_a_file_changes_the_site_of_a_code_however_it_was_typed(
    hq: Who, headers: dict[str, str], code: str
) -> None:
    text = f'code,name,region_code,time_zone\n"{code}",New,"{code}",Asia/Shanghai\n'
    counts = load("sites", text, hq)
    assert (counts.added, counts.changed) == (0, 1)
    assert db.session.scalars(sites.listed(by=hq)).one().name == "New"


def test_codes_that_look_alike_stand_twice_in_a_file(hq: Who) -> None:
    text = "code,name\nZW-1,A\nZW-1 ,B\nＺＷ－１,C\n"
    assert faults("regions", text, hq) == [
        ("/lines/3/code", "repeated_in_file"),
        ("/lines/4/code", "repeated_in_file"),
    ]


def test_a_managers_regions_are_found_however_they_were_typed(hq: Who) -> None:
    north = region(hq, "ZW-1")
    email = address("m")
    text = f"email,name,role,region_codes\n{email.upper()}\u00a0,M,manager,ＺＷ－１；ZW–1\n"
    assert load("users", text, hq).added == 1
    assert users.find_email(email).region_ids == [north]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("SH-001\u200b", "character_invisible"),
        ("SH\ue000", "character_private"),
        ("SH\ufffd", "character_unread"),
        ("SH\x00", "character_control"),
        ("S\x1bH", "character_control"),
        ("АBC", "scripts_mixed"),
        ("#REF!", "cell_error_value"),
        ("#N/A", "cell_error_value"),
        ("1.23E+11", "cell_number_form"),
        ("2026/3/1", "cell_date_form"),
        ("Mar-01", "cell_date_form"),
    ],
)
@pytest.mark.parametrize("column", ["code", "region_code"])
def test_a_cell_that_is_no_code_is_told_by_line_and_column(
    hq: Who, column: str, cell: str, code: str
) -> None:
    region(hq, "north")
    row = {"code": "s1", "name": "S", "region_code": "north", "time_zone": "Asia/Shanghai"}
    text = ",".join(row) + "\n" + ",".join((row | {column: cell}).values()) + "\n"
    assert faults("sites", text, hq) == [(f"/lines/2/{column}", code)]


@pytest.mark.parametrize("column", ["name", "address", "latitude", "kind", "attribute.format"])
def test_the_error_of_a_spreadsheet_is_no_value_of_any_column(hq: Who, column: str) -> None:
    region(hq, "north")
    row = {"code": "s1", "name": "S", "region_code": "north", "time_zone": "Asia/Shanghai"}
    row[column] = "#DIV/0!"
    text = ",".join(row) + "\n" + ",".join(row.values()) + "\n"
    assert faults("sites", text, hq) == [(f"/lines/2/{column}", "cell_error_value")]


def test_a_heading_is_known_however_it_was_typed_and_told_what_nobody_sees_in_it(hq: Who) -> None:
    assert load("regions", "ｃｏｄｅ;\u00a0name\nn;North\n", hq).added == 1
    assert faults("regions", "code,na\u200bme\nn,North\n", hq)[0] == (
        "/lines/1/na\u200bme",
        "character_invisible",
    )


@pytest.mark.parametrize(
    "text",
    [
        "code,name,,\nn,North,,\n",
        "code,name\nn,North,,\n",
        "code,name,\nn,North\n",
        "code;name\nn;North\n",
        "sep=|\ncode|name\nn|North\n",
        "code\tname\n\t\nn\tNorth\n , \n".replace(" , ", "\t "),
    ],
)
def test_empty_last_cells_and_lines_are_nothing(hq: Who, text: str) -> None:
    counts = load("regions", text, hq)
    assert (counts.added, regions.find_code("n", by=hq).name) == (1, "North")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code,name\nn,North,x\n", [("/lines/2", "cell_count")]),
        ("code,name,parent_code\nn,North\n", [("/lines/2", "cell_count")]),
        ("code,,name\nn,,North\n", [("/lines/1/", "unknown_column")]),
    ],
)
def test_a_line_of_another_width_is_told(
    hq: Who, text: str, expected: list[tuple[str, str]]
) -> None:
    assert faults("regions", text, hq) == expected


def test_a_decimal_comma_is_a_point(hq: Who) -> None:
    region(hq, "north")
    text = "code;name;region_code;time_zone;latitude\ns1;S;north;Asia/Shanghai;−31,25\n"
    load("sites", text, hq)
    assert db.session.scalars(sites.listed(by=hq)).one().latitude == -31.25


def test_attributes_that_look_alike_are_told_and_kept_in_one_form(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    (found,) = client.get("/api/v1/sites", headers=headers).json
    path = f"/api/v1/sites/{found['id']}"
    twice = patch(client, path, headers, attributes={"size": 1, "ｓｉｚｅ": 2})
    assert codes(twice) == {"/attributes": "names_alike"}
    wrong = patch(client, path, headers, attributes={"size": "\ue000"})
    assert codes(wrong) == {"/attributes/size/value": "character_private"}
    kept = patch(client, path, headers, attributes={" ｓｉｚｅ": " big ", "floors": 2})
    assert kept.json["attributes"] == {"size": "big", "floors": 2}


@pytest.mark.parametrize("form", ["{}\u00a0", " {}", "ＫＩＭ{}", "{}"])
def test_somebody_logs_in_however_the_address_was_typed(
    lasting_app: Flask, client: FlaskClient, hq: Who, form: str
) -> None:
    rest = address("x")
    users.add(
        by=hq,
        now=NOW,
        password_hash=passwords.hash_password("correct horse"),
        email=form.format(rest).strip().replace("ＫＩＭ", "kim"),
        name="Kim",
        role="hq",
        locale="en",
    )
    db.session.commit()
    sent = {"email": form.format(rest).replace("@", "＠"), "password": "correct horse"}
    assert client.post("/api/v1/login", json=sent).status_code == 200


@pytest.mark.parametrize(
    "typed", ["crème brûlée", "cre\u0300me bru\u0302le\u0301e", "crème\u00a0brûlée"]
)
def test_a_password_is_the_same_from_every_keyboard(typed: str) -> None:
    known = passwords.hash_password("cre\u0300me bru\u0302lée")
    assert passwords.matches(known, typed)
    assert not passwords.matches(known, typed.upper())


def test_guesses_are_counted_by_the_address_and_not_by_its_form(client: FlaskClient) -> None:
    email = address("victim")
    forms = [email, f" {email}", email.upper(), email.replace("@", "＠"), f"{email}\u00a0"]
    for form in forms:
        sent = {"email": form, "password": "wrong horse"}
        assert client.post("/api/v1/login", json=sent).status_code == 401
    for form in (email.replace(".", "。"), " " * 300 + email, f"{email}{' ' * 700}"):
        sent = {"email": form, "password": "wrong horse"}
        assert client.post("/api/v1/login", json=sent).status_code == 429
    sent = {"email": " " * 2_000 + email, "password": "wrong horse"}
    assert codes(client.post("/api/v1/login", json=sent)) == {"/email": "length"}


def test_an_organisation_is_one_however_its_code_was_typed(lasting_app: Flask) -> None:
    code = f"Tea-{address('x').partition('@')[0]}"
    runner = lasting_app.test_cli_runner()
    assert runner.invoke(args=["organisations", "add", f"{code} ", "Tea"]).exit_code == 0
    again = runner.invoke(args=["organisations", "add", code.replace("-", "–"), "Tea"])
    assert (again.exit_code, code in again.stderr) == (1, True)
    listed = runner.invoke(args=["sites", "list", "--organisation", code.replace("T", "Ｔ")])
    assert listed.exit_code == 0


NAMED = {
    "code": "character_invisible",
    "name": "character_invisible",
    "email": "character_invisible",
    "address": "character_private",
    "scenario": "character_private",
}


def members(world: World) -> Iterator[tuple[Any, str]]:
    """Every member, of any call's body, that is somebody's word for a thing or a person."""
    spec = world.client.get("/api/v1/openapi.json").json
    for call in calls(world):
        operations = (o for path in spec["paths"].values() for o in path.values())
        (operation,) = (
            o for o in operations if isinstance(o, dict) and o.get("operationId") == call.name
        )
        content = operation.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        name = schema.get("$ref", "").rpartition("/")[2]
        for member in spec["components"]["schemas"].get(name, schema).get("properties", {}):
            if member in NAMED:
                yield call, member


def test_every_door_tells_a_character_that_nobody_sees(shared_world: World) -> None:
    doors = set()
    for call, member in members(shared_world):
        sent = {member: "x\u200b\ue000@b.example"}
        told = problem_of(call.make(shared_world, json=sent, headers={"If-Match": '"1"'}))
        found = {fault["pointer"]: fault["code"] for fault in told["errors"]}
        assert found[f"/{member}"] == NAMED[member], call.name
        doors.add((call.name, member))
    assert {
        *{(f"{verb}_{noun}", "code") for verb in ("add", "change") for noun in ("region", "site")},
        *{(f"{verb}_campaign", "name") for verb in ("add", "change")},
        *{(f"{verb}_user", "email") for verb in ("add", "change")},
        ("add_token", "name"),
        ("log_in", "email"),
    } <= doors
