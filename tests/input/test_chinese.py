"""Whoever asks in Chinese is refused in Chinese: no sentence of a library, nor of ours, in
English."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from audit_api.words import vocabulary
from tests.input.calls import Call, calls, problem_of
from tests.input.test_bodies import UNFIT, UNREADABLE
from tests.input.test_values import HEADERS, HOSTILE, others
from tests.world import World, declared, jpeg

JSON = "application/json"
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|`[^`]*`|「[^」]*」|\{.*\}")
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]+|[a-z]{2,}\.$")
"""Two words in a row, or one that ends a sentence as only Latin letters do."""
NAMES = re.compile("Excel Workbook|Excel 工作簿")
SPELT = {
    "cli.no_tables",
    "documentation.title",
    "fault.condition_comparison_expected",
    "fault.condition_list_expected",
    "fault.workbook_is_form",
    "sheets.how_to.condition",
    "sheets.how_to.condition_tests",
    "sheets.note.condition",
    "specification.receipt_keys",
    "specification.title",
}
"""They spell a command, or conditions, whose words are the same in both languages."""

VALUES: list[Any] = [
    *(None, True, 5, -1, 1e300, 0.5, "", "x", "a b", "x" * 5_000, [], {}, [None], {"a": "b"}),
    *("2026-02-30", "not a moment", "00000000-0000-0000-0000-000000000000", ["x"], [5], [{}]),
]


def english(text: str) -> bool:
    return bool(ENGLISH.search(NAMES.sub("", QUOTED.sub("", text))))


def told(answer: Any) -> Iterator[str]:
    """Yield every sentence of a refusal."""
    problem = problem_of(answer)
    yield from (problem["title"], problem["detail"])
    for error in problem.get("errors", ()):
        yield error["detail"]


def shape(spec: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return what a schema says of each member."""
    while "$ref" in schema:
        schema = spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    members: dict[str, Any] = schema.get("properties", {})
    return members


def bodies(spec: dict[str, Any], call: Call) -> Iterator[dict[str, Any]]:
    """Yield bodies that a call refuses, one value in all members, and one deeper where one is."""
    operation = next(
        operations[call.method.lower()]
        for operations in spec["paths"].values()
        if operations.get(call.method.lower(), {}).get("operationId") == call.name
    )
    members = shape(spec, operation["requestBody"]["content"][JSON]["schema"])
    for value in VALUES:
        yield dict.fromkeys([*members, "colour"], value)
    for name, member in members.items():
        inner = shape(spec, member.get("items", member))
        for value in VALUES:
            deep = dict.fromkeys([*inner, "colour"], value)
            yield {name: [deep] if "items" in member else deep}


@pytest.fixture(scope="module")
def spec(shared_world: World) -> dict[str, Any]:
    specification: dict[str, Any] = shared_world.client.get("/api/v1/openapi.json").json
    return specification


class Refusals:
    """Makes calls in Chinese, and keeps what is said in English."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.count = 0
        self.found: dict[str, str] = {}

    def make(self, call: Call, **request: Any) -> None:
        headers = {"Accept-Language": "zh"} | request.pop("headers", {})
        if call.name in ("log_out", "revoke_token"):
            return
        answer = call.make(self._world, headers=headers, **request)
        assert answer.status_code < 500, (call.name, request)
        if answer.status_code < 400:
            return
        self.count += 1
        for text in told(answer):
            if english(text):
                self.found.setdefault(text, call.name)


def test_every_body_that_is_refused_is_refused_in_chinese(
    shared_world: World, spec: dict[str, Any]
) -> None:
    refusals = Refusals(shared_world)
    for call in calls(shared_world):
        if JSON not in call.takes:
            continue
        for data in (*UNREADABLE.values(), *(sent for sent, *_ in UNFIT.values()), b"null", b"[]"):
            refusals.make(call, data=data, content_type=JSON)
        for sent in bodies(spec, call):
            refusals.make(call, data=json.dumps(sent).encode(), content_type=JSON)
        for other in (None, "text/plain", "text/csv; charset=klingon"):
            refusals.make(call, data=b"{}", content_type=other)
    assert refusals.count > 1_000
    assert refusals.found == {}


def test_every_query_header_and_address_that_is_refused_is_refused_in_chinese(
    shared_world: World,
) -> None:
    refusals = Refusals(shared_world)
    for call in calls(shared_world):
        for name in call.query:
            for value in (*HOSTILE, "2026-W40", "2026 W40", "a b"):
                path = f"{call.path}?{name}={value}{others(call, name)}"
                refusals.make(call, path=path)
        scopes = "site_id", "region_id", "campaign_id"
        twice = "".join(f"&{name}={shared_world.site_id}" for name in scopes)
        refusals.make(call, path=f"{call.path}?colour=a+b{others(call)}{twice}")
        for header, value in HEADERS:
            if header != "Accept-Language":
                refusals.make(call, headers={header: value})
        refusals.make(call, path=call.path + "/nothing")
        refusals.make(call, headers={"Authorization": "Bearer a b"})
    assert refusals.count > 500
    assert refusals.found == {}


CSV = [
    b"",
    b"\x00",
    b"\xff\xfe",
    b'code,name\n"',
    b'code,name\n"a"b,c\n',
    b"code,name\n" + b"x" * 200_000,
    b"code;name\na;b\n",
    b"code,code\n",
    b"code,name,colour\na,b,c,d\n",
    b"code,name,region_code,time_zone,latitude,active\n,,nowhere,Mars/Base,91,perhaps\n" * 2,
    b"email,name,role,locale,region_codes,active\nx y,,boss of all,klingon,a b,who knows\n" * 2,
    b"code,name,parent_code\na,A,b\nb,B,a\na,A,\n",
]
YAML = [
    b"",
    b"\x00",
    b"\xff",
    b"a: b: c",
    b"a: [1, 2",
    b"a: >x\n",
    b"a: !!python/object x",
    b"&a *a",
    b"%YAML 9.9\n---\na: 1",
    b"\ta: 1",
    b"- 1\n- 2",
    b'a: "\\ud83d"',
    b'a: "\\x00"',
    b"a: 1\na: 2",
    b"key: k\ntitle: {en: [1]}\nlocales: [xx]\ntouchpoints: {a: 1}\nscoring: none\n",
    b'key: k\ntitle: {en: "half \\ud83d"}\n',
    b'key: k\ntitle: {en: "nul \\x00"}\n"\\u0000": 1\n',
    b"key: a b\nformat: 7\ntitle: 5\ncolour: red\n",
]


def test_every_file_that_is_refused_is_refused_in_chinese(shared_world: World) -> None:
    refusals = Refusals(shared_world)
    for call in calls(shared_world):
        for kind in call.takes - {JSON}:
            for data in (*CSV, *YAML, b"PK\x03\x04 no workbook", jpeg()[:200]):
                refusals.make(call, data=data, content_type=kind)
    assert refusals.count > 100
    assert refusals.found == {}


def test_what_is_found_in_a_checklist_is_told_in_chinese(shared_world: World) -> None:
    headers = {"Accept-Language": "zh"}
    for data in YAML:
        checked = shared_world.call(
            "hq",
            "POST",
            "/checklists/checks",
            data=data,
            content_type="application/yaml",
            headers=headers,
        )
        remarks = [*checked.json.get("errors", ()), *checked.json.get("warnings", ())]
        assert [r["detail"] for r in remarks if english(r["detail"])] == [], data


def test_every_fault_of_an_audit_is_told_in_chinese(world: World) -> None:
    wrong: list[Any] = [{}, 5, "a b", [], {"value": "perhaps not"}, {"value": None, "colour": 1}]
    photo = declared(jpeg(), "no such question", sha256="a b", size=-1, media_type="text/plain")
    for answer in wrong:
        answers = dict.fromkeys(("greeted", "clean", "receipt", "nothing"), answer)
        for photos in ([photo, photo], [5], "a b"):
            audit = world.audit(answers, photos=photos, checklist="a b", conducted_at="last week")
            audit["site_attributes"] = answer
            for sent in (audit, world.audit(answers, photos=photos)):
                refused = world.put(sent, headers={"Accept-Language": "zh"})
                assert refused.status_code == 422
                assert [text for text in told(refused) if english(text)] == []


def test_no_sentence_in_chinese_has_english_in_it() -> None:
    assert {code for code, text in vocabulary("zh").items() if english(text)} <= SPELT


@pytest.mark.parametrize(
    ("text", "is_english"),
    [
        ("应为月，例如 2026-03。", False),
        ("可接受：image/jpeg、image/png。", False),
        ("值“not a period”不可用。", False),
        ("Not a valid period.", True),
        ("无法读取：Invalid type.", True),
        ("无法读取：invalid.", True),
    ],
)
def test_english_is_told_from_a_quoted_value(text: str, is_english: bool) -> None:
    assert english(text) == is_english
