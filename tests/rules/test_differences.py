"""What changed between two versions of a checklist, and whether scores stay comparable."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_api.rules import authoring
from audit_api.rules.authoring.differences import Act, Change, Differences, differences
from audit_api.rules.authoring.layout import Noun
from tests.chance import times
from tests.rules import audits
from tests.rules.documents import Json, document, option, question, words
from tests.rules.edits import edited


def between(older: Json, newer: Json) -> Differences:
    return differences(authoring.parse(older), authoring.parse(newer))


def only(older: Json, newer: Json) -> Change:
    (change,) = between(older, newer).changes
    return change


BOTH = (
    question("greeted"),
    question("quality", "single", options=[option("good", 2), option("bad", 0)]),
    question("wait", "duration", bands=[{"from": 0, "points": 3}, {"from": 60, "points": 1}]),
    question("smile", "scale"),
    question("note", "text"),
)
BASE = document(
    *BOTH,
    scoring={"bands": [{"key": "low", "title": words("Low"), "from": 0}]},
    dimensions=[{"key": "care", "title": words("Care")}, {"key": "shop", "title": words("Shop")}],
    site_attributes=[{"key": "area", "title": words("Area"), "type": "number"}],
)


def changed(place: int, **members: object) -> Json:
    """The base with other members of one of its questions."""
    asked = [question | (members if at == place else {}) for at, question in enumerate(BOTH)]
    return BASE | {"touchpoints": [BASE["touchpoints"][0] | {"questions": asked}]}


@pytest.mark.parametrize(
    ("place", "members", "member", "before", "after", "breaking"),
    [
        (0, {"weight": 2.5}, "weight", 1, 2.5, True),
        (0, {"title": words("q") | {"en": "Other"}}, "title/zh", "greeted", "q", False),
        (0, {"not_observed": True}, "not_observed", False, True, True),
        (0, {"required": False}, "required", True, False, False),
        (0, {"effect": {"cap": "low"}}, "effect", [], [{"cap": "low"}], True),
        (0, {"evidence": {"photo": ["no"]}}, "evidence/photo", "never", ["no"], False),
        (0, {"dimensions": ["care"]}, "dimensions", [], ["care"], True),
        (0, {"points": 2}, "points", 1, 2, True),
        (0, {"fails_at": None}, "fails_at", "no", None, True),
        (0, {"condition": {"site": "area", "at_least": 9}}, "condition", None, None, True),
        (3, {"metric": "csat"}, "metric", None, "csat", False),
        (4, {"condition": {"site": "area", "at_least": 9}}, "condition", None, None, False),
        (4, {"hint": words("Look")}, "hint/en", None, "Look", False),
    ],
)
def test_a_changed_member_of_a_question_is_told_with_what_it_was(
    place: int, members: Json, member: str, before: object, after: object, breaking: bool
) -> None:
    found = {change.member: change for change in between(BASE, changed(place, **members)).changes}
    told = found[member]
    assert (told.act, told.place.noun) == (Act.CHANGED, Noun.QUESTION)
    assert told.pointer == f"/touchpoints/0/questions/{place}/{member}"
    assert told.before == before
    assert member == "condition" or told.after == after
    assert {change.breaking for change in found.values()} == {breaking}


def test_an_option_that_comes_goes_or_is_worth_more_is_told_beside_its_question() -> None:
    options = [option("bad", 0), option("good", 3, title=words("Fine")), option("poor", 1)]
    told = between(BASE, changed(1, options=options)).changes
    assert [(c.act, c.place.key, c.place.holder, c.member, c.breaking) for c in told] == [
        (Act.MOVED, "bad", "quality", "", False),
        (Act.CHANGED, "good", "quality", "title/en", False),
        (Act.CHANGED, "good", "quality", "title/zh", False),
        (Act.CHANGED, "good", "quality", "points", True),
        (Act.ADDED, "poor", "quality", "", True),
    ]


def test_a_band_of_values_goes_by_where_it_begins() -> None:
    bands = [{"from": 0, "points": 3}, {"from": 90, "points": 1}]
    told = between(BASE, changed(2, bands=bands)).changes
    assert [(change.act, change.place.key, change.breaking) for change in told] == [
        (Act.ADDED, 90, True),
        (Act.REMOVED, 60, True),
    ]


def test_a_question_comes_and_goes_in_one_line_with_all_its_answers() -> None:
    fewer = BASE | {"touchpoints": [BASE["touchpoints"][0] | {"questions": [BOTH[0]]}]}
    gone = between(BASE, fewer).changes
    assert [(c.act, c.place.key, c.pointer[-1], c.breaking) for c in gone] == [
        (Act.REMOVED, "quality", "1", True),
        (Act.REMOVED, "wait", "2", True),
        (Act.REMOVED, "smile", "3", True),
        (Act.REMOVED, "note", "4", False),
    ]
    come = between(fewer, BASE).changes
    assert [(c.act, c.place.key, c.breaking) for c in come] == [
        (Act.ADDED, c.place.key, c.breaking) for c in gone
    ]


def touchpoint(key: str) -> Json:
    return {
        "key": key,
        "title": words(key),
        "questions": [question(f"{key}_q"), question(f"{key}_n")],
    }


def test_a_question_is_followed_into_another_section() -> None:
    first, second = touchpoint("arrival"), touchpoint("checkout")
    taken, left = first["questions"]
    older = BASE | {"touchpoints": [first, second]}
    newer = BASE | {
        "touchpoints": [
            first | {"questions": [left]},
            second | {"questions": [*second["questions"], taken]},
        ]
    }
    told = only(older, newer)
    assert (told.act, told.place.key, told.before, told.after) == (
        Act.PLACED,
        "arrival_q",
        "arrival",
        "checkout",
    )
    assert told.breaking


def test_only_what_left_its_neighbours_has_moved() -> None:
    asked = [BOTH[4], *BOTH[:4]]
    newer = BASE | {"touchpoints": [BASE["touchpoints"][0] | {"questions": asked}]}
    told = only(BASE, newer)
    assert (told.act, told.place.key, told.breaking) == (Act.MOVED, "note", False)


def test_turning_a_scale_round_is_told_member_by_member_and_breaks() -> None:
    told = between(BASE, changed(3, reverse=True)).changes
    assert {change.member for change in told} == {"points", "reverse"}
    assert all(change.breaking for change in told)


def test_rules_of_scoring_bands_dimensions_and_attributes_are_told() -> None:
    newer = BASE | {
        "title": words("Shop"),
        "locales": ["zh", "en"],
        "scoring": {
            "pass_mark": 80,
            "bands": [
                {"key": "low", "title": words("Poor"), "from": 0},
                {"key": "high", "title": words("High"), "from": 90},
            ],
        },
        "metrics": {"csat": {"top": 1}},
        "dimensions": [{"key": "shop", "title": words("Shop")}],
        "site_attributes": [{"key": "area", "title": words("Area"), "type": "word"}],
    }
    told = between(BASE, newer).changes
    assert [(c.act, c.place.noun, c.place.key, c.member, c.breaking) for c in told] == [
        (Act.CHANGED, Noun.CHECKLIST, "", "locales", False),
        (Act.CHANGED, Noun.CHECKLIST, "", "title/zh", False),
        (Act.CHANGED, Noun.CHECKLIST, "", "title/en", False),
        (Act.CHANGED, Noun.CHECKLIST, "", "scoring/pass_mark", True),
        (Act.CHANGED, Noun.CHECKLIST, "", "metrics/csat/top", False),
        (Act.CHANGED, Noun.SCORE_BAND, "low", "title/zh", False),
        (Act.CHANGED, Noun.SCORE_BAND, "low", "title/en", False),
        (Act.ADDED, Noun.SCORE_BAND, "high", "", True),
        (Act.CHANGED, Noun.SITE_ATTRIBUTE, "area", "type", False),
        (Act.REMOVED, Noun.DIMENSION, "care", "", False),
    ]


def test_the_order_of_tags_is_told_and_breaks_nothing() -> None:
    older, newer = (changed(0, dimensions=tags) for tags in (["care", "shop"], ["shop", "care"]))
    told = only(older, newer)
    assert (told.member, told.after, told.breaking) == ("dimensions", ["shop", "care"], False)


def test_what_answers_are_worth_breaks_nothing_where_the_question_weighs_nothing() -> None:
    idle = {"weight": 0, "type": "single"}
    older = changed(1, **idle)
    newer = changed(1, **idle, options=[option("good", 5), option("fine", 1)])
    assert [(c.act, c.place.key, c.breaking) for c in between(older, newer).changes] == [
        (Act.CHANGED, "good", False),
        (Act.ADDED, "fine", False),
        (Act.REMOVED, "bad", False),
    ]


@pytest.mark.parametrize(("asked", "breaking"), [(BOTH[0], True), (BOTH[4], False)])
def test_a_section_weighs_as_much_as_what_is_asked_in_it(asked: Json, breaking: bool) -> None:
    older = {"key": "inner", "title": words("Inner"), "questions": [asked]}
    newer = older | {"weight": 2}
    around = {"key": "outer", "title": words("Outer")}
    for outer, inner in (
        (older, newer),
        (around | {"sections": [older]}, around | {"sections": [newer]}),
    ):
        told = only(BASE | {"touchpoints": [outer]}, BASE | {"touchpoints": [inner]})
        assert (told.member, told.place.key, told.breaking) == ("weight", "inner", breaking)


def test_true_is_not_the_number_one() -> None:
    older, newer = (
        changed(0, condition={"site": "area", "equals": value})
        | {"site_attributes": [{"key": "area", "title": words("Area"), "type": kind}]}
        for kind, value in (("flag", True), ("number", 1))
    )
    assert [(c.member, c.breaking) for c in between(older, newer).changes] == [
        ("type", True),
        ("condition", True),
    ]


def test_a_question_without_points_matters_while_a_weighty_one_depends_on_it() -> None:
    tested = {"question": "note", "answered": True}
    depending = document(BOTH[4], question("greeted", condition=tested))
    asked = [BOTH[4] | {"required": False}, BOTH[4] | {"not_applicable": True}]
    for note, breaking in zip(asked, (False, True), strict=True):
        newer = document(note, question("greeted", condition=tested))
        assert only(depending, newer).breaking is breaking


def holds(older: Json, newer: Json) -> None:
    old, new = authoring.parse(older), authoring.parse(newer)
    found = differences(old, new)
    assert bool(found.changes) == (authoring.digest(old) != authoring.digest(new))
    assert found.comparable == (authoring.scoring_key(old) == authoring.scoring_key(new))
    assert found.comparable is not any(change.breaking for change in found.changes)


def resolved(written: Any, pointer: str) -> Any:
    for token in pointer.split("/")[1:]:
        written = written[int(token)] if isinstance(written, list) else written.get(token)
    return written


PATIENT = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.slow
@settings(PATIENT, max_examples=times(50))
@given(st.data())
def test_there_are_changes_where_documents_differ_and_breaking_ones_where_scoring_does(
    data: st.DataObject,
) -> None:
    older = data.draw(audits.visits())[0]
    newer = edited(data, copy.deepcopy(older))
    holds(older, newer)
    holds(newer, older)
    holds(older, copy.deepcopy(older))


@pytest.mark.slow
@settings(PATIENT, max_examples=times(20))
@given(audits.visits(), audits.visits())
def test_so_it_is_between_documents_that_have_nothing_to_do_with_each_other(
    one: tuple[Json, object], other: tuple[Json, object]
) -> None:
    holds(one[0], other[0])


@pytest.mark.slow
@settings(PATIENT, max_examples=times(20))
@given(st.data())
def test_every_pointer_leads_to_what_it_names(data: st.DataObject) -> None:
    older = data.draw(audits.visits())[0]
    newer = authoring.document(authoring.parse(edited(data, copy.deepcopy(older))))
    for change in between(older, newer).changes:
        found = resolved(older if change.act is Act.REMOVED else newer, change.pointer)
        if change.act is Act.CHANGED:
            assert found == change.after
        else:
            assert change.place.key in (found.get("key"), found.get("from"))
