"""Conditions that never hold, and those that always do, are found; of others nothing is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from audit_api.rules import authoring
from audit_api.rules.authoring import reachability
from audit_api.rules.authoring.reachability import Reach, reach
from tests.rules.vectors.condition_cases import (
    ATTRIBUTES,
    PLACE,
    Json,
    options,
    question,
    section,
)
from tests.rules.vectors.condition_cases import checklist as document
from tests.rules.vectors.condition_draws import Draws
from tests.rules.vectors.make_conditions import visible

NEVER, REACHABLE, ALWAYS = Reach.NEVER, Reach.REACHABLE, Reach.ALWAYS


def due(key: str, kind: str, **members: object) -> Json:
    """A question that has a value wherever it is asked."""
    return question(key, kind, **{"required": True, **members})


def on(subject: str, **comparisons: object) -> Json:
    """Tests of one subject, all of which have to hold."""
    source, _, key = subject.rpartition(":")
    return every(*({source or "question": key} | {name: to} for name, to in comparisons.items()))


def every(*parts: Json) -> Json:
    return {"all": list(parts)}


def some(*parts: Json) -> Json:
    return {"any": list(parts)}


def no(part: Json) -> Json:
    return {"not": part}


def verdicts(*touchpoints: Json) -> dict[str, Reach]:
    return dict(reach(authoring.parse(document(*touchpoints, attributes=ATTRIBUTES))))


def verdict(condition: Json, *earlier: Json) -> Reach:
    last = question("last", "text", condition=condition)
    return verdicts(section("visit", *earlier, last))["last"]


MOOD = {"options": options("good", "fair", "poor")}
AMOUNT = {"min": 0, "max": 10}
GOOD, FAIR = on("q", equals="good"), on("q", equals="fair")
HAS_GOOD = on("q", contains="good")


@pytest.mark.parametrize(
    ("kind", "members", "condition", "expected"),
    [
        ("single", MOOD, GOOD, REACHABLE),
        ("single", MOOD, every(GOOD, FAIR), NEVER),
        ("single", MOOD, some(GOOD, no(GOOD)), ALWAYS),
        ("single", MOOD, on("q", one_of=["good", "fair", "poor"]), ALWAYS),
        ("single", MOOD, no(on("q", one_of=["good", "fair", "poor"])), NEVER),
        ("single", MOOD, on("q", answered=True), ALWAYS),
        ("single", MOOD, on("q", answered=False), NEVER),
        ("several", MOOD, on("q", contains="good"), REACHABLE),
        ("several", MOOD, every(HAS_GOOD, on("q", contains="fair")), REACHABLE),
        ("several", MOOD, every(no(HAS_GOOD), no(on("q", contains="fair"))), REACHABLE),
        ("several", MOOD, every(HAS_GOOD, no(HAS_GOOD)), NEVER),
        ("yes_no", {}, some(on("q", equals="yes"), on("q", equals="no")), ALWAYS),
        ("yes_no", {}, every(on("q", equals="yes"), on("q", equals="no")), NEVER),
        ("scale", {}, on("q", at_most=5), ALWAYS),
        ("scale", {}, on("q", less_than=1), NEVER),
        ("scale", {}, on("q", more_than=4, less_than=5), NEVER),
        ("scale", {"min": 0, "max": 10}, on("q", more_than=4, less_than=6), REACHABLE),
        ("number", {}, on("q", more_than=4, less_than=4.001), NEVER),
        ("number", {}, on("q", more_than=4, less_than=4.002), REACHABLE),
        ("number", {}, on("q", at_least=-1_000_000_000), ALWAYS),
        ("number", {}, some(on("q", less_than=4), on("q", at_least=4)), ALWAYS),
        ("number", {}, some(on("q", less_than=4), on("q", more_than=4)), REACHABLE),
        ("number", AMOUNT, on("q", at_least=0, at_most=10), ALWAYS),
        ("number", AMOUNT, on("q", less_than=0), NEVER),
        ("number", AMOUNT, on("q", more_than=9.999), REACHABLE),
        ("number", AMOUNT, on("q", one_of=[0, 10]), REACHABLE),
        ("count", {}, on("q", less_than=0), NEVER),
        ("count", {}, on("q", at_least=0), ALWAYS),
        ("count", {}, on("q", more_than=2, less_than=3), NEVER),
        ("duration", {}, on("q", more_than=58, less_than=60), REACHABLE),
        ("duration", {}, on("q", more_than=1_000_000), NEVER),
        ("date", {}, on("q", more_than="2026-02-28", less_than="2026-03-01"), NEVER),
        ("date", {}, on("q", more_than="2024-02-28", less_than="2024-03-01"), REACHABLE),
        ("date", {}, on("q", less_than="0001-01-01"), NEVER),
        ("date", {}, on("q", at_most="9999-12-31"), ALWAYS),
        ("time", {}, on("q", more_than="14:30", less_than="14:30:01"), NEVER),
        ("time", {}, on("q", more_than="14:30", less_than="14:30:02"), REACHABLE),
        ("time", {}, every(on("q", equals="14:30"), on("q", equals="14:30:00")), REACHABLE),
        ("time", {}, on("q", equals="14:30:45"), REACHABLE),
        ("time", {}, on("q", more_than="23:59:59"), NEVER),
        ("time", {}, on("q", at_least="00:00"), ALWAYS),
        ("text", {}, every(on("q", equals="a"), on("q", equals="b")), NEVER),
        ("text", {}, no(on("q", one_of=["a", "b"])), REACHABLE),
        ("text", {}, on("q", answered=True), ALWAYS),
        ("barcode", {}, no(on("q", equals="0012")), REACHABLE),
        ("photo", {}, on("q", answered=True), ALWAYS),
        ("signature", {}, on("q", answered=False), NEVER),
        ("place", {}, on("q", answered=True), ALWAYS),
    ],
)
def test_the_answers_that_there_can_be_decide(
    kind: str, members: Json, condition: Json, expected: Reach
) -> None:
    assert verdict(condition, due("q", kind, **members)) is expected


@pytest.mark.parametrize(
    "members", [{"required": False}, {"not_applicable": True}, {"not_observed": True}]
)
def test_where_there_may_be_no_value_nothing_about_it_is_certain(members: Json) -> None:
    for kind in ("yes_no", "count", "text", "photo"):
        for answered in (True, False):
            condition = on("q", answered=answered)
            assert verdict(condition, due("q", kind, **members)) is REACHABLE
    yes_or_no = on("q", one_of=["yes", "no"])
    assert verdict(yes_or_no, due("q", "yes_no", **members)) is REACHABLE


FORMAT, IN_MALL = on("site:format", answered=True), on("site:mall", equals=True)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (on("site:kind", one_of=["own", "competitor"]), ALWAYS),
        (every(on("site:kind", equals="own"), on("site:kind", equals="competitor")), NEVER),
        (on("site:kind", answered=False), NEVER),
        (on("site:format", one_of=["flagship", "outlet"]), REACHABLE),
        (every(FORMAT, no(on("site:format", one_of=["flagship", "outlet"]))), REACHABLE),
        (on("site:format", answered=False, equals="outlet"), NEVER),
        (every(on("site:city", equals="上海"), on("site:city", equals="北京")), NEVER),
        (on("site:mall", answered=True), REACHABLE),
        (every(IN_MALL, on("site:mall", equals=False)), NEVER),
        (some(IN_MALL, on("site:mall", equals=False)), REACHABLE),
        (some(IN_MALL, no(IN_MALL), on("site:mall", answered=False)), ALWAYS),
        (on("site:area", more_than=4, less_than=4.001), REACHABLE),
        (on("site:area", more_than=4, less_than=4), NEVER),
        (on("site:area", less_than=-1_000_000_000), REACHABLE),
    ],
)
def test_the_values_that_a_site_can_have_decide(condition: Json, expected: Reach) -> None:
    assert verdict(condition) is expected


A = due("a", "yes_no")
A_YES, A_NO = on("a", equals="yes"), on("a", equals="no")
B = due("b", "yes_no", condition=A_YES)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (every(on("b", answered=True), A_NO), NEVER),
        (every(on("b", answered=False), A_YES), NEVER),
        (on("b", answered=False), REACHABLE),
        (some(on("b", answered=True), A_NO), ALWAYS),
        (some(on("b", equals="yes"), A_NO), REACHABLE),
    ],
)
def test_a_hidden_question_has_no_value(condition: Json, expected: Reach) -> None:
    assert verdict(condition, A, B) is expected


def test_visibility_is_followed_through_a_chain() -> None:
    chain = [A, B]
    for key, subject in (("c", "b"), ("d", "c")):
        chain.append(due(key, "yes_no", condition=on(subject, equals="yes")))
    assert verdict(every(on("d", answered=True), A_NO), *chain) is NEVER
    assert verdict(every(on("d", answered=True), A_YES), *chain) is REACHABLE


def test_a_condition_is_judged_where_its_section_is_shown() -> None:
    found = verdicts(
        section("arrival", A),
        section(
            "talk",
            question("again", "text", condition=A_YES),
            question("contrary", "text", condition=A_NO),
            question("open", "yes_no"),
            question("free", "text", condition=on("open", answered=True)),
            condition=A_YES,
        ),
    )
    assert found == {"talk": REACHABLE, "again": ALWAYS, "contrary": NEVER, "free": REACHABLE}


def test_nothing_is_said_of_conditions_in_a_section_that_is_never_shown() -> None:
    inner = section("inner", question("b", "text", condition=A_YES), condition=A_NO)
    outer = {"key": "outer", "title": {"en": "Outer"}, "sections": [inner]}
    found = verdicts(section("arrival", A), outer | {"condition": every(A_YES, A_NO)})
    assert found == {"outer": NEVER}


def test_an_answer_inside_a_hidden_section_has_no_value() -> None:
    found = verdicts(
        section("arrival", A),
        section("talk", due("polite", "yes_no"), condition=A_YES),
        section("end", question("x", "text"), condition=every(on("polite", answered=True), A_NO)),
        section("last", question("y", "text"), condition=some(on("polite", answered=True), A_NO)),
    )
    assert found == {"talk": REACHABLE, "end": NEVER, "last": ALWAYS}


@pytest.mark.parametrize(("many", "expected"), [(14, NEVER), (15, REACHABLE)])
def test_nothing_is_claimed_where_combinations_are_too_many(many: int, expected: Reach) -> None:
    """Every question doubles them: 14 make 16,384 and 15 make 32,768, of 20,000 that are tried."""
    asked = [due(f"q{place}", "yes_no") for place in range(many)]
    yes = [on(each["key"], equals="yes") for each in asked]
    assert verdict(every(every(*yes), no(yes[-1])), *asked) is expected


@pytest.mark.parametrize(("many", "expected"), [(14, NEVER), (15, REACHABLE), (49, REACHABLE)])
def test_nothing_is_claimed_of_a_choice_of_too_many(many: int, expected: Reach) -> None:
    chosen = options(*(f"o{place}" for place in range(many)))
    holds = [on("q", contains=each["key"]) for each in chosen]
    all_hold = every(*(every(*holds[start : start + 20]) for start in range(0, many, 20)))
    asked = due("q", "several", options=chosen)
    assert verdict(every(all_hold, no(holds[-1])), asked) is expected


def test_what_no_test_tells_apart_is_one_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reachability, "MAX_COMBINATIONS", 4)
    asked = [due(key, "single", options=options(*map("o{}".format, range(100)))) for key in "ab"]
    either = every(on("a", equals="o1"), on("b", one_of=["o1", "o2", "o3"]))
    assert verdict(every(either, no(either)), *asked) is NEVER


def test_nothing_is_claimed_once_a_checklist_has_asked_for_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    never = every(A_YES, A_NO)
    asked = [question(key, "text", condition=never) for key in ("first", "second", "third")]
    # Gathering one question; two tests on each of two answers, and of two combinations: 8.
    monkeypatch.setattr(reachability, "MAX_TRIALS", 2 * (reachability.GATHERING_COST + 8))
    found = verdicts(section("visit", A, *asked))
    assert found == {"first": NEVER, "second": NEVER, "third": REACHABLE}


def every_question(
    sections: Sequence[Json], around: tuple[str, ...] = ()
) -> Iterator[tuple[Json, tuple[str, ...]]]:
    """Each question with the keys of all that has to be shown: its sections, and itself."""
    for each in sections:
        inside = (*around, each["key"])
        for asked in each.get("questions", ()):
            yield asked, (*inside, asked["key"])
        yield from every_question(each.get("sections", ()), inside)


def drawn_answers(draws: Draws, asked: Sequence[Json]) -> Json:
    """Accepted answers to all the questions, but for some that are not required."""
    answers = {}
    for each in asked:
        value: Any = PLACE
        if each["type"] not in ("photo", "signature", "place"):
            value = draws.proper(each["type"], each)
        if each["required"] or draws.below(4):
            answers[each["key"]] = {"value": value}
    return answers


@pytest.mark.slow
def test_no_drawn_visit_contradicts_what_is_claimed() -> None:
    draws, claims = Draws(7), {NEVER: 0, ALWAYS: 0}
    for _ in range(80):
        written = draws.visit()["checklist"]
        paths = list(every_question(written["touchpoints"]))
        for asked, _ in paths:
            asked["required"] = draws.below(3) > 0
        found = reach(authoring.parse(written))
        never = {a["key"] for a, path in paths if any(found.get(k) is NEVER for k in path)}
        always = {
            a["key"] for a, path in paths if all(found.get(k, ALWAYS) is ALWAYS for k in path)
        }
        for _ in range(20):
            answers = drawn_answers(draws, [asked for asked, _ in paths])
            shown = set(visible(written, answers, dict.fromkeys(answers, 1), draws.site()))
            assert not never & shown, written
            assert always <= shown, written
        for claim in claims:
            claims[claim] += sum(outcome is claim for outcome in found.values())
    assert min(claims.values()) > 10, claims
