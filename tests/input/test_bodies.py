"""Hostile bodies: whatever is sent to whichever call, the answer is a documented refusal."""

from __future__ import annotations

import json

import pytest

from audit_api.api.audits import batches
from audit_api.api.http import body
from audit_api.api.sites import imports
from audit_api.manuscripts.files import MAX_BYTES, WORKBOOK
from audit_api.services.sites import logos
from audit_api.web.faults import MAX_FAULTS
from tests.input.calls import calls, problem_of, slug_of
from tests.world import World

JSON = "application/json"

LARGER = {
    "push_batch": batches.LIMIT,
    "text/csv": imports.LIMIT,
    WORKBOOK: MAX_BYTES[WORKBOOK],
    **dict.fromkeys(logos.ACCEPTED_TYPES, logos.MAX_FILE_BYTES),
}


def nested(levels: int) -> bytes:
    return b'{"a":' * levels + b"1" + b"}" * levels


UNREADABLE = {
    "nothing": b"",
    "half an object": b'{"a": 1',
    "two values": b"{} {}",
    "NaN": b'{"a": NaN}',
    "Infinity": b'{"a": -Infinity}',
    "a huge exponent": b'{"a": 1e999}',
    "the same key twice": b'{"a": 1, "a": 2}',
    "33 levels": nested(33),
    "1,000 levels": nested(1_000),
    "100,000 levels": b"[" * 100_000,
    "20,001 values": b"[" + b"1," * 19_999 + b"1]",
    "an integer of 65 bits": b'{"a": 18446744073709551616}',
    "a negative integer of 65 bits": b'{"a": -9223372036854775809}',
    "an integer of 5,000 digits": b'{"a": ' + b"9" * 5_000 + b"}",
    "a raw NUL": b'{"a": "b\x00"}',
    "broken UTF-8": b'{"a": "\xff"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
}


UNFIT = {
    "half a surrogate pair": (rb'{"a": ["\ud83d"]}', "/a/0", "text_half_pair"),
    "the other half, in a name": (rb'{"a~/\ude00": 1}', "/a~0~1\ufffd", "text_half_pair"),
    "half a pair as three bytes": (b'{"a": "\xed\xa0\x80"}', "/a", "text_half_pair"),
    "an escaped NUL": (rb'{"a": {"b": "c\u0000"}}', "/a/b", "text_nul"),
    "NUL in a name": (rb'{"\u0000": 1}', "/\0", "text_nul"),
}


@pytest.mark.parametrize("name", UNFIT)
def test_a_text_that_holds_what_none_may_is_told_by_its_place(
    shared_world: World, name: str
) -> None:
    sent, pointer, code = UNFIT[name]
    for call in calls(shared_world):
        if JSON in call.takes:
            response = call.make(shared_world, data=sent, content_type=JSON)
            assert (call.name, slug_of(response)) == (call.name, "invalid")
            told = [(error["pointer"], error["code"]) for error in problem_of(response)["errors"]]
            assert told == [(pointer, code)]


def test_of_many_unfit_texts_a_short_answer_is_given(shared_world: World) -> None:
    sent = b"[" + rb'"\ud83d",' * 1_000 + b"1]"
    told = shared_world.call("hq", "POST", "/regions", data=sent, content_type=JSON)
    assert len(problem_of(told)["errors"]) == MAX_FAULTS


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_body_that_is_not_strict_json_is_malformed_for_every_call(
    shared_world: World, name: str
) -> None:
    readers = [call for call in calls(shared_world) if JSON in call.takes]
    assert len(readers) > 15
    for call in readers:
        response = call.make(shared_world, data=UNREADABLE[name], content_type=JSON)
        assert (call.name, response.status_code) == (call.name, 400)
        assert slug_of(response) == "malformed"


@pytest.mark.parametrize("sent", ["null", "[]", '"text"', "7"])
def test_a_body_that_is_no_object_is_invalid_as_a_whole(shared_world: World, sent: str) -> None:
    for call in calls(shared_world):
        if JSON in call.takes:
            response = call.make(shared_world, data=sent, content_type=JSON)
            assert (call.name, response.status_code) == (call.name, 422)
            assert [error["pointer"] for error in problem_of(response)["errors"]] == [""]


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/xml", "text/csv"])
def test_a_json_call_takes_nothing_but_json(shared_world: World, content_type: str | None) -> None:
    for call in calls(shared_world):
        if JSON in call.takes:
            response = call.make(shared_world, data=b"{}", content_type=content_type)
            assert (call.name, slug_of(response)) == (call.name, "unsupported-media-type")


def test_a_body_larger_than_its_reader_takes_is_refused_unread(shared_world: World) -> None:
    for call in calls(shared_world):
        for content_type in call.takes:
            limit = LARGER.get(call.name, LARGER.get(content_type, body.LIMIT))
            response = call.make(shared_world, data=b" " * (limit + 1), content_type=content_type)
            assert (call.name, slug_of(response)) == (call.name, "too-large")
            assert str(limit) in problem_of(response)["detail"]


def test_a_key_for_repeating_reads_no_larger_body(shared_world: World) -> None:
    headers = {"Idempotency-Key": "large"}
    for call in calls(shared_world):
        if JSON in call.takes:
            response = call.make(
                shared_world, data=b" " * (2 * batches.LIMIT), content_type=JSON, headers=headers
            )
            assert (call.name, response.status_code) == (call.name, 413)


def test_a_csv_call_takes_nothing_but_csv(shared_world: World) -> None:
    for call in calls(shared_world):
        if "text/csv" in call.takes:
            response = call.make(shared_world, data=b"{}", content_type=JSON)
            assert (call.name, slug_of(response)) == (call.name, "unsupported-media-type")


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"\xff\xfe", b'code,name\n"', b"code\n" + b"x" * 200_000, b"\n" * 9_000]
)
def test_an_import_that_is_no_table_lists_its_faults(shared_world: World, data: bytes) -> None:
    for call in calls(shared_world):
        if "text/csv" in call.takes:
            response = call.make(shared_world, data=data, content_type="text/csv")
            assert (call.name, response.status_code) == (call.name, 422)
            assert problem_of(response)["errors"]


def test_text_that_only_looks_like_an_escape_is_text() -> None:
    for text in (r"C:\u0000 is a folder", r"\\u0000", r"\ud800"):
        assert body.parse(json.dumps(text).encode() + b" ") == text
        assert body.parse(json.dumps([text, "\u00e9"]).encode()) == [text, "é"]


def test_at_the_limits_a_body_is_still_read() -> None:
    assert body.parse(nested(31))
    assert len(body.parse(b"[" + b"1," * 19_998 + b"1]")) == 19_999
    assert body.parse(b"[9223372036854775807, -9223372036854775808]") == [2**63 - 1, -(2**63)]
    assert body.parse(rb'"\ud83d\ude00"') == "😀"
    assert body.parse(b'"' + b"x" * (body.LIMIT - 2) + b'"')
