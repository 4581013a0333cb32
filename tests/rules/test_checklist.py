"""Reading a checklist document: its values, its defaults, its digest and its scoring key."""

from __future__ import annotations

import json
import re

import pytest

from audit_api.rules import authoring
from audit_api.rules.checklist.questions import Question
from tests.rules.documents import Json, document, option, question, words


def parsed(*questions: Json, **members: object) -> authoring.Checklist:
    return authoring.parse(document(*questions, **members))


def only(*questions: Json) -> Question:
    return next(parsed(*questions).questions())


RICH = document(
    question("greeted", points=2.5, weight=1.125, effect="zero_section", dimensions=["care"]),
    question("clean", "single", response_set="quality", evidence={"photo": "when_failed"}),
    question("shown", "several", options=[option("a", 1), option("b", -0.5, effect="fail")]),
    question("wait", "duration", bands=[{"from": 60, "points": 1}, {"from": 0, "points": 3}]),
    question("faults", "count", per_unit=-2, demerit=1, effect={"cap": 59.99}),
    question("noise", "scale", reverse=True, min=0, max=10, metric="nps"),
    question("price", "number", min=-1.5, max=9, required=False, hint=words("Look closely")),
    question("note", "text", not_applicable=True, not_observed=True),
    question("hoped", "scale", metric="csi", metric_weight=2.5),
    question("got", "scale", expectation="hoped", effect={"cap": "a"}, fails_at=1),
    question(
        "helped",
        evidence={"comment": ["no"]},
        condition={
            "any": [
                {"question": "shown", "contains": "b"},
                {"not": {"site": "format", "one_of": ["mall"]}},
                {"all": [{"site": "kind", "equals": "own"}, {"question": "wait", "at_most": 60}]},
            ]
        },
    ),
    metrics={"csat": {"top": 1}, "ces": {"method": "net"}, "csi": {"item_score": "of_maximum"}},
    site_attributes=[
        {"key": "format", "title": words("Format"), "type": "word", "values": ["mall", "street"]},
        {"key": "area", "title": {"en": "Area"}, "type": "number"},
    ],
    scoring={
        "method": "demerit",
        "start": 99.5,
        "pass_mark": 80,
        "validity": 0.65,
        "unanswered": "zero",
        "bands": [{"key": "a", "title": words("A"), "from": 90}],
    },
    dimensions=[{"key": "care", "title": words("Care")}],
    response_sets={"quality": [option("good", 2), option("bad", 0)]},
)


def test_the_normalised_document_reads_back_as_the_same_checklist() -> None:
    first = authoring.parse(RICH)
    written = authoring.document(first)
    assert authoring.parse(written) == first
    assert authoring.parse(json.loads(json.dumps(written))) == first
    assert authoring.document(authoring.parse(written)) == written


def test_the_normalised_document_holds_no_shared_response_set() -> None:
    written = authoring.document(authoring.parse(RICH))
    assert "response_sets" not in written
    clean = written["touchpoints"][0]["questions"][1]  # type: ignore[index]
    assert [(each["key"], each["failed"]) for each in clean["options"]] == [
        ("good", False),
        ("bad", True),
    ]


def test_the_digest_does_not_depend_on_how_members_are_ordered_or_defaults_written() -> None:
    one = parsed(question())
    backwards = dict(reversed(document(question(weight=1.0, required=True)).items()))
    assert authoring.digest(authoring.parse(backwards)) == authoring.digest(one)
    assert re.fullmatch(r"[0-9a-f]{64}", authoring.digest(one))


def test_the_digest_changes_with_every_word() -> None:
    assert authoring.digest(parsed(question())) != authoring.digest(
        parsed(question(title=words("other")))
    )


def test_a_text_may_be_missing_in_any_language_but_the_first() -> None:
    asked = only(question(title={"en": " Clean? "}, hint={"en": "Look", "zh": "看"}))
    assert (asked.title, asked.hint) == ({"en": "Clean?"}, {"en": "Look", "zh": "看"})


@pytest.mark.parametrize(
    ("metric", "scale"),
    [("nps", (0, 10)), ("csat", (1, 5)), ("ces", (1, 7)), ("csi", (1, 5)), (None, (1, 5))],
)
def test_a_metric_brings_its_own_scale(metric: str | None, scale: tuple[int, int]) -> None:
    asked = only(question("q", "scale", metric=metric))
    assert (asked.minimum, asked.maximum) == scale


@pytest.mark.parametrize(
    "change",
    [
        {"title": words("Other")},
        {"hint": words("Look")},
        {"required": False},
        {"evidence": {"photo": "always"}},
        {"evidence": {"photo": ["yes"]}},
    ],
)
def test_words_and_evidence_leave_the_scoring_key(change: Json) -> None:
    assert authoring.scoring_key(parsed(question(**change))) == authoring.scoring_key(parsed())


def test_a_question_without_consequence_leaves_the_scoring_key() -> None:
    more = parsed(question(), question("note", "text"), question("nps", "scale", weight=0))
    assert authoring.scoring_key(more) == authoring.scoring_key(parsed())


def test_no_two_checklists_share_a_scoring_key_however_alike_they_score() -> None:
    assert authoring.scoring_key(parsed(key="copy")) != authoring.scoring_key(parsed())


MALL = {"site": "format", "equals": "mall"}
FORMAT = {"key": "format", "title": words("Format"), "type": "word"}


def test_an_attribute_that_decides_nothing_leaves_the_scoring_key() -> None:
    more = parsed(question(), question("note", "text", condition=MALL), site_attributes=[FORMAT])
    assert authoring.scoring_key(more) == authoring.scoring_key(parsed())


def test_what_decides_whether_a_scored_question_is_asked_changes_the_scoring_key() -> None:
    def key(place: str, kind: str = "text", **members: object) -> str:
        note = question("note", kind, **members)
        asked = question(condition={"question": place, "answered": True})
        return authoring.scoring_key(
            parsed(question("base"), note, asked, site_attributes=[FORMAT])
        )

    keys = {key("base"), key("note"), key("note", "date"), key("note", condition=MALL)}
    assert len(keys) == 4
    assert key("base") == key("base", "date")


@pytest.mark.parametrize(
    "change",
    [
        {"condition": {"site": "kind", "equals": "own"}},
        {"weight": 2},
        {"points": 2},
        {"reverse": True},
        {"fails_at": None},
        {"effect": "fail"},
        {"effect": {"cap": 10}},
        {"effect": ["fail", {"cap": 10}]},
        {"demerit": 1},
        {"bonus": True},
        {"not_applicable": True},
        {"not_observed": True},
        {"key": "other"},
        {"type": "scale"},
    ],
)
def test_whatever_bears_on_a_score_changes_the_scoring_key(change: Json) -> None:
    changed = document(question() | change)
    assert authoring.scoring_key(authoring.parse(changed)) != authoring.scoring_key(parsed())


def test_one_effect_is_a_list_of_one_and_their_order_means_nothing() -> None:
    def read(effect: object) -> authoring.Checklist:
        return parsed(question(effect=effect))

    several = ["fail", {"cap": 60}, {"cap": 70}]
    assert read("fail") == read(["fail"])
    assert read([]) == read(None)
    assert read(several[::-1]) == read(several)
    (touchpoint,) = authoring.document(read(several[::-1]))["touchpoints"]  # type: ignore[misc]
    assert touchpoint["questions"][0]["effect"] == several


@pytest.mark.parametrize(
    "scoring",
    [
        {"method": "pooled"},
        {"start": 90},
        {"bonus_over_100": True},
        {"pass_mark": 80},
        {"every_section_must_pass": True},
        {"validity": "1/2"},
        {"unanswered": "zero"},
        {"bands": [{"key": "a", "title": words("A"), "from": 0}]},
    ],
)
def test_every_rule_of_scoring_changes_the_scoring_key(scoring: Json) -> None:
    assert authoring.scoring_key(parsed(scoring=scoring)) != authoring.scoring_key(parsed())


def test_points_are_held_exactly_in_thousandths() -> None:
    asked = only(question("q", "single", options=[option("a", 0.1), option("b", 2.675)]))
    assert [each.points for each in asked.options] == [100, 2675]


def test_an_answer_without_points_fails_where_another_has_some() -> None:
    asked = only(question("q", "single", options=[option("a", 2), option("b"), option("c", -1)]))
    assert [each.failed for each in asked.options] == [False, True, True]


def test_one_flag_decides_for_all_options() -> None:
    asked = only(question("q", "single", options=[option("a", 2, failed=True), option("b")]))
    assert [each.failed for each in asked.options] == [True, False]


@pytest.mark.parametrize("members", [{"weight": 0}, {"bonus": True}, {"points": 0}])
def test_a_question_that_adds_nothing_possible_does_not_fail_by_itself(members: Json) -> None:
    assert not only(question(**members)).can_fail


def test_reverse_mirrors_a_scale_and_what_fails_on_it() -> None:
    asked = only(question("q", "scale", reverse=True, min=1, max=4, fails_at=3))
    assert [(each.key, each.points, each.failed) for each in asked.options] == [
        (1, 4000, False),
        (2, 3000, False),
        (3, 2000, True),
        (4, 1000, True),
    ]


def test_a_scale_may_list_its_points() -> None:
    asked = only(question("q", "scale", min=1, max=3, points=[0, 0.5, 4]))
    assert [(each.points, each.failed) for each in asked.options] == [
        (0, True),
        (500, False),
        (4000, False),
    ]


def test_no_is_the_good_answer_of_a_reversed_question() -> None:
    asked = only(question(reverse=True, points=3))
    assert [(each.key, each.points, each.failed) for each in asked.options] == [
        ("yes", 0, True),
        ("no", 3000, False),
    ]
