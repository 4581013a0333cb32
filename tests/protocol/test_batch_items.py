"""Whatever stands in one item of a batch, the others are stored, and it is told as its own PUT
would tell it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid1, uuid4

import pytest
from flask import Flask
from uuid_utils.compat import uuid7
from werkzeug.test import TestResponse

from audit_api.api.audits import batches
from audit_api.api.http import body
from tests.protocol.phone import kind, pointers
from tests.world import ALL_YES, World, make_world

AUDIT_ID, IF_MATCH = "?path/audit_id", "?headers/If-Match"
RAW = "\x00RAW\x00"
"""Stands where a test puts bytes that no JSON writer makes."""


def commented(comment: Any) -> dict[str, Any]:
    return {"answers": ALL_YES | {"clean": {"value": "yes", "comment": comment}}}


def raw(audit: dict[str, Any], bits: bytes) -> bytes:
    """Return an audit as bytes, with `bits` where its RAW stands."""
    return json.dumps(audit).encode().replace(json.dumps(RAW).encode(), bits)


COMMENT = "/answers/clean/comment"
WRONG_AUDITS: dict[str, tuple[bytes, int, set[str]]] = {
    "half a surrogate pair": (rb'"ten \ud83d"', 422, {COMMENT}),
    "the other half": (rb'"\ude00 ten"', 422, {COMMENT}),
    "two halves the wrong way round": (rb'"\ude00\ud83d"', 422, {COMMENT}),
    "half a pair as three bytes": (b'"\xed\xa0\xbd"', 422, {COMMENT}),
    "both halves as three bytes each": (b'"\xed\xa0\xbd\xed\xb8\x80"', 422, {COMMENT}),
    "half a pair in a name": (rb'{"\ud83d": 1}', 422, {COMMENT + "/\ufffd"}),
    "an escaped NUL": (rb'"ten\u0000"', 422, {COMMENT}),
    "a raw NUL": (b'"ten\x00"', 400, set()),
    "broken UTF-8": (b'"\xff"', 400, set()),
    "a text in GBK": ('"服务"'.encode("gbk"), 400, set()),
    "NaN": (b"NaN", 400, set()),
    "a name twice": (b'{"a": 1, "a": 2}', 400, set()),
    "an integer of 65 bits": (b"18446744073709551616", 400, set()),
    "33 levels": (b"[" * 30 + b"]" * 30, 400, set()),
    "100,000 levels": (b"[" * 100_000 + b"]" * 100_000, 400, set()),
    "20,001 values": (b"[" + b"1," * 20_000 + b"1]", 400, set()),
    "a mebibyte": (b'"' + b"x" * body.LIMIT + b'"', 413, set()),
    "no JSON": (b"{]}[", 400, set()),
    "brackets inside a text": (rb'"}]} \" {[{"', 201, set()),
    "an emoji": (rb'"\ud83d\ude00"', 201, set()),
}


@pytest.fixture(scope="module")
def one_world(app: Flask) -> World:
    return make_world(app)


def pushed(world: World, *items: bytes) -> TestResponse:
    return world.call(
        "auditor",
        "POST",
        "/audits/batch",
        data=b'{"audits": [' + b", ".join(items) + b"]}",
        content_type="application/json",
    )


def good(world: World) -> bytes:
    return json.dumps({"id": str(uuid4()), "audit": world.audit()}).encode()


def answered(world: World, item: bytes) -> dict[str, Any]:
    """Push an item between two good ones, which are stored; return its result."""
    answer = pushed(world, good(world), item, good(world))
    assert answer.status_code == 200, answer.json
    first, told, last = answer.json["results"]
    assert (first["status"], last["status"]) == (201, 201)
    return told


@pytest.mark.parametrize("name", WRONG_AUDITS)
def test_what_is_wrong_inside_one_audit_is_told_of_it_alone(one_world: World, name: str) -> None:
    bits, status, places = WRONG_AUDITS[name]
    audit, audit_id = raw(one_world.audit(**commented(RAW)), bits), uuid4()
    told = answered(one_world, b'{"id": "%s", "audit": %s}' % (str(audit_id).encode(), audit))
    assert (told["id"], told["status"]) == (str(audit_id), status)
    if status < 300:
        return
    own = one_world.call(
        "auditor", "PUT", f"/audits/{audit_id}", data=audit, content_type="application/json"
    )
    assert (own.status_code, kind(own)) == (status, told["problem"]["type"].rsplit("/", 1)[-1])
    assert told["problem"] | {"request_id": ""} == own.json | {"request_id": ""}
    assert {error["pointer"] for error in told["problem"].get("errors", ())} == places


IDS = {
    "all zeros": str(UUID(int=0)),
    "all ones": str(UUID(int=2**128 - 1)),
    "version 1": str(uuid1(node=1, clock_seq=1)),
    "version 7": str(uuid7()),
    "version 4 of another variant": "8c9d62a6-8d13-4d2e-c9f3-9d9a2b1f4e5c",
    "braces": "{8c9d62a6-8d13-4d2e-89f3-9d9a2b1f4e5c}",
    "no hyphens": "8c9d62a68d134d2e89f39d9a2b1f4e5c",
    "a word": "nonsense",
    "a line break": "8c9d62a6-8d13-4d2e-89f3-9d9a2b1f4e5c\n",
}


@pytest.mark.parametrize("name", IDS)
def test_an_id_that_is_not_random_is_a_fault_in_a_batch_and_in_an_address(
    one_world: World, name: str
) -> None:
    audit = one_world.audit()
    own = one_world.call(
        "auditor", "PUT", "/audits/" + IDS[name].replace("{", "%7B").replace("\n", "%0A"), audit
    )
    assert (own.status_code, pointers(own)) == (422, {AUDIT_ID})
    told = answered(one_world, json.dumps({"id": IDS[name], "audit": audit}).encode())
    assert told["problem"] | {"request_id": ""} == own.json | {"request_id": ""}


@pytest.mark.parametrize("name", IDS)
def test_the_id_of_a_photo_is_a_random_one_too(one_world: World, name: str) -> None:
    photo = {"question": "clean", "sha256": "0" * 64, "size": 1, "media_type": "image/jpeg"}
    refused = one_world.put(one_world.audit(photos=[photo | {"id": IDS[name]}]))
    assert (refused.status_code, pointers(refused)) == (422, {"/photos/0/id"})


def test_an_id_in_capitals_is_the_same_id(one_world: World) -> None:
    audit, audit_id = one_world.audit(), uuid4()
    path = f"/audits/{str(audit_id).upper()}"
    statuses = [one_world.call("auditor", "PUT", path, audit).status_code for _ in range(2)]
    assert statuses == [201, 200]
    assert one_world.put(audit, audit_id).status_code == 200


def test_whoever_reads_an_audit_by_no_id_finds_none(one_world: World) -> None:
    for address in ("nonsense", "batch", str(UUID(int=0)), str(uuid1(node=1))):
        read = one_world.call("hq", "GET", f"/audits/{address}")
        assert (address, read.status_code) == (address, 404)


FORMS: dict[str, tuple[bytes, int, set[str]]] = {
    "null": (b"null", 422, {"?item"}),
    "a number": (b"7", 422, {"?item"}),
    "a text": (b'"audit"', 422, {"?item"}),
    "a list": (b"[[]]", 422, {"?item"}),
    "nothing": (b"{}", 422, {AUDIT_ID, ""}),
    "no audit": (b'{"id": "%s"}', 422, {""}),
    "an audit of null": (b'{"id": "%s", "audit": null}', 422, {""}),
    "an audit of text": (b'{"id": "%s", "audit": "x"}', 422, {""}),
    "no id": (b'{"audit": {}}', 422, {AUDIT_ID}),
    "an id of null": (b'{"id": null, "audit": {}}', 422, {AUDIT_ID}),
    "an id of a number": (b'{"id": 5, "audit": {}}', 422, {AUDIT_ID}),
    "an id of an object": (b'{"id": {"audit": 1}, "audit": {}}', 422, {AUDIT_ID}),
    "an id with half a pair": (rb'{"id": "\ud83d", "audit": {}}', 422, {AUDIT_ID}),
    "a tag that is no text": (b'{"id": "%s", "if_match": 5, "audit": {}}', 422, {IF_MATCH}),
    "a tag never given": (b'{"id": "%s", "if_match": "x", "audit": {}}', 412, set()),
    "a long tag": (b'{"id": "%s", "if_match": "' + b"1" * 99 + b'", "audit": {}}', 412, set()),
    "another member": (b'{"id": "%s", "audit": {}, "colour": 1}', 422, {"?item/colour"}),
    "two ids": (b'{"id": "%s", "id": "x", "audit": {}}', 400, set()),
    "two audits": (b'{"id": "%s", "audit": {}, "audit": {}}', 400, set()),
    "NaN beside the audit": (b'{"id": "%s", "audit": {}, "a": NaN}', 400, set()),
    "no colon": (b'{"id" "%s", "audit": {}}', 400, set()),
}


@pytest.mark.parametrize("name", FORMS)
def test_what_is_wrong_beside_an_audit_is_told_of_its_item_alone(
    one_world: World, name: str
) -> None:
    form, status, places = FORMS[name]
    told = answered(one_world, form.replace(b"%s", str(uuid4()).encode()))
    assert told["status"] == status, told
    assert {error["pointer"] for error in told["problem"].get("errors", ())} == places


WHOLES: dict[str, tuple[bytes, int]] = {
    "nothing": (b"", 400),
    "null": (b"null", 422),
    "a list": (b"[]", 422),
    "no audits": (b"{}", 422),
    "audits of null": (b'{"audits": null}', 422),
    "audits of an object": (b'{"audits": {}}', 422),
    "an empty list": (b'{"audits": []}', 422),
    "another member": (b'{"audits": [{}], "colour": 1}', 422),
    "the list twice": (b'{"audits": [{}], "audits": [{}]}', 400),
    "a comma too much": (b'{"audits": [{},]}', 400),
    "a comma too few": (b'{"audits": [{} {}]}', 400),
    "another bracket": (b'{"audits": [{}}', 400),
    "broken off in an item": (b'{"audits": [{}, {"id": ', 400),
    "broken off in a text": (b'{"audits": [{"id": "' + rb"\"" * 300_000, 400),
    "broken off behind the list": (b'{"audits": [{}]', 400),
    "something behind": (b'{"audits": [{}]} {}', 400),
    "only brackets": (b'{"audits": ' + b"[" * 300_000, 400),
    "more than a hundred": (b'{"audits": [' + b"1," * 300_000 + b"1]}", 422),
    "a name with half a pair": (rb'{"audits": [{}], "\ud83d": 1}', 422),
}


@pytest.mark.parametrize("name", WHOLES)
def test_a_batch_that_cannot_be_taken_apart_is_refused_as_a_whole(
    one_world: World, name: str
) -> None:
    sent, status = WHOLES[name]
    refused = one_world.call(
        "auditor", "POST", "/audits/batch", data=sent, content_type="application/json"
    )
    assert refused.status_code == status, refused.json


def test_a_batch_is_bounded_as_a_whole(one_world: World) -> None:
    refused = pushed(one_world, b" " * batches.LIMIT)
    assert (refused.status_code, kind(refused)) == (413, "too-large")
    assert str(batches.LIMIT) in refused.json["detail"]
