"""The phone's conditions in JavaScript answer as the server's in Python."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from audit_api.rules.checklist.conditions import site_values
from tests.chance import seed, times
from tests.rules.vectors.condition_cases import ATTRIBUTES, QUESTIONS
from tests.rules.vectors.condition_draws import Draws
from tests.rules.vectors.make_conditions import EVERY_TYPE, FROZEN, holds, visible
from tests.servers.debian import program

pytestmark = pytest.mark.slow

Json = dict[str, Any]
Call = Sequence[object]
"""The name of a function of the phone's rules, and what it is given."""

RUNNER = Path(__file__).parent / "conditions.mjs"
VECTORS: Json = json.loads(FROZEN.read_text("utf-8"))
DRAWN_CONDITIONS, DRAWN_VISITS = times(20_000), times(1_000)
SEED = seed(1)


def said_by_the_phone(calls: Iterable[Call]) -> list[Any]:
    """What one Node process answers to all the calls."""
    node = program("node", "nodejs", package="nodejs")
    asked = "".join(f"{json.dumps(call)}\n" for call in calls)
    told = subprocess.run([node, RUNNER], input=asked, capture_output=True, encoding="utf-8")
    assert told.returncode == 0, told.stderr
    return [json.loads(line) for line in told.stdout.split("\n") if line]


def condition_call(case: Json) -> Call:
    return "holds", case["condition"], case["values"], ATTRIBUTES, case["site"]


def visit_call(case: Json) -> Call:
    return "visible", case["checklist"], case["answers"], case["photos"], case["site"]


def wrong(cases: Sequence[Json], told: Sequence[Any]) -> list[str]:
    return [case["name"] for case, each in zip(cases, told, strict=True) if each != case["expect"]]


def test_every_golden_condition_holds_on_the_phone_as_it_should() -> None:
    told = said_by_the_phone(map(condition_call, VECTORS["conditions"]))
    assert wrong(VECTORS["conditions"], told) == []


def test_every_golden_visit_shows_its_questions_on_the_phone() -> None:
    told = said_by_the_phone(map(visit_call, VECTORS["visible"]))
    assert wrong(VECTORS["visible"], told) == []


@pytest.mark.chance
def test_twenty_thousand_drawn_conditions_are_answered_alike() -> None:
    draws = Draws(SEED)
    cases: list[Json] = [
        {
            "name": f"seed {SEED}, case {number}",
            "condition": draws.condition(QUESTIONS),
            "values": draws.values(),
            "site": draws.site(),
        }
        for number in range(DRAWN_CONDITIONS)
    ]
    for case in cases:
        case["expect"] = holds(case["condition"], case["values"], case["site"])
    assert 0.1 < sum(case["expect"] for case in cases) / len(cases) < 0.9
    assert wrong(cases, said_by_the_phone(map(condition_call, cases))) == []


@pytest.mark.chance
def test_a_thousand_drawn_visits_show_the_same_questions() -> None:
    draws = Draws(SEED)
    cases = [draws.visit() for _ in range(DRAWN_VISITS)]
    told = said_by_the_phone(map(visit_call, cases))
    for number, (case, shown) in enumerate(zip(cases, told, strict=True)):
        assert shown == visible(*case.values()), f"seed {SEED}, visit {number}: {case}"


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(10**400, id="larger than a double"),
        pytest.param(-(10**400), id="smaller than a double"),
        pytest.param(2**1024 - 1, id="rounded up to infinity"),
        1e308,
        pytest.param("\ud835", id="half a letter"),
        pytest.param("9\u2028", id="a line separator"),
        pytest.param("9\0", id="an end of C"),
        pytest.param([None], id="a list of nothing"),
    ],
)
def test_what_no_server_lets_in_is_read_alike(value: object) -> None:
    site = dict.fromkeys(("format", "city", "area", "mall", "kind", "__proto__"), value)
    conditions: list[Json] = [
        {"question": "spent", "at_least": 1},
        {"question": "spent", "equals": 0.3},
        {"question": "said", "equals": "9"},
        {"question": "spent", "answered": True},
    ]
    calls: list[Call] = [
        ("holds", each, {"spent": value, "said": value}, [], {}) for each in conditions
    ]
    told = said_by_the_phone([*calls, ("site", ATTRIBUTES, site)])
    given = {"spent": value, "said": value}
    assert told[:-1] == [holds(each, given, {}) for each in conditions]
    assert told[-1] == site_values(EVERY_TYPE.site_attributes, site)


def test_a_name_of_javascript_is_a_key_like_any_other() -> None:
    names = ("constructor", "__proto__", "toString", "hasOwnProperty")
    calls: list[Call] = [
        ("holds", {source: name, "answered": True}, {}, [{"key": name, "type": "word"}], {})
        for source in ("question", "site")
        for name in names
    ]
    assert said_by_the_phone(calls) == [False] * len(calls)
    declared = [{"key": name, "type": "word"} for name in names]
    given = {name: name for name in names}
    assert said_by_the_phone([("site", declared, given)]) == [given]


def test_true_is_no_one() -> None:
    flag = {"site": "mall", "equals": True}
    numbered = [{"key": "mall", "type": "number"}]
    assert said_by_the_phone([("holds", flag, {}, numbered, {"mall": 1})]) == [False]


def test_a_condition_of_a_newer_format_is_an_error_not_a_guess() -> None:
    with pytest.raises(AssertionError, match="TypeError: a condition that is not known"):
        said_by_the_phone([("holds", {"question": "mood", "resembles": "good"}, {}, [], {})])
