"""What an explained score says of each question."""

from __future__ import annotations

import pytest

from audit_api.rules.scoring.explanation import explain
from tests.rules.documents import Json, option
from tests.rules.explained import (
    MALL,
    NA,
    asked,
    compiled,
    optional,
    section,
    share,
    steps,
    told,
    visit,
)

SEVERAL = [option("tea", 1), option("cake", 2), option("dust", -4)]
BANDS = [{"from": 0, "points": 2}, {"from": 60, "points": 1.5}, {"from": 90, "points": 0}]


@pytest.mark.parametrize(
    ("written", "value", "worth", "earned", "possible"),
    [
        (optional("q"), "yes", ([1], 1, 1), 1, 1),
        (optional("q", points=0.333, weight=2.5), "yes", ([0.333], 1, 0.333), 0.8325, 0.8325),
        (optional("q", weight=0), "yes", ([1], 1, 1), 0, 0),
        (optional("q", bonus=True, weight=2), "yes", ([1], 1, 1), 2, 0),
        (optional("q", "scale", reverse=True), 2, ([4], 1, 4), 4, 5),
        (optional("q", "several", options=SEVERAL), ["cake", "tea"], ([2, 1], 1, 3), 3, 3),
        (optional("q", "several", options=SEVERAL), ["tea", "dust"], ([1, -4], 1, 0), 0, 3),
        (optional("q", "count", per_unit=-0.5), 3, ([-0.5], 3, -1.5), -1.5, 0),
        (optional("q", "duration", bands=BANDS), 89, ([1.5], 1, 1.5), 1.5, 2),
        (optional("q", "number"), 7, ([], 1, 0), 0, 0),
    ],
)
def test_a_question_tells_how_its_points_came_about(
    written: Json, value: object, worth: tuple[object, ...], earned: float, possible: float
) -> None:
    found = asked(written, value)
    assert (found["worth"]["terms"], found["worth"]["units"], found["worth"]["points"]) == worth
    assert (found["earned"], found["possible"]) == (earned, possible)


@pytest.mark.parametrize(
    ("value", "low", "high"), [(0, None, 60), (60, 60, 90), (89, 60, 90), (90, 90, None)]
)
def test_a_measured_value_tells_where_its_band_begins_and_ends(
    value: int, low: int | None, high: int | None
) -> None:
    worth = asked(optional("q", "duration", bands=BANDS), value)["worth"]
    assert (worth["low"], worth["high"]) == (low, high)


@pytest.mark.parametrize(
    ("written", "value", "finding"),
    [
        (optional("q"), "no", "answer"),
        (optional("q"), "yes", None),
        (optional("q", "several", options=SEVERAL), ["tea", "dust"], "nothing"),
        (
            optional("q", "several", options=[*SEVERAL, option("rat", 9, failed=True)]),
            ["rat"],
            "answer",
        ),
        (optional("q", "count", per_unit=-1), 2, "counted"),
        (optional("q", "count", per_unit=-1), 0, None),
        (optional("q", "count", bands=[{"from": 0, "points": 1, "failed": True}]), 0, "band"),
    ],
)
def test_a_finding_says_why_it_is_one(written: Json, value: object, finding: str | None) -> None:
    assert asked(written, value)["finding"] == finding


@pytest.mark.parametrize(
    ("method", "demerit", "findings"), [("demerit", 1.5, 4), ("pooled", 0, 4), ("weighted", 0, 4)]
)
def test_demerits_are_told_where_they_count(method: str, demerit: float, findings: int) -> None:
    stains = section("one", optional("stains", "count", demerit=1.5), optional("q"))
    found = steps({"stains": 4, "q": "yes"}, stains, scoring={"method": method})
    (stain,) = told(found, "question", "stains")
    assert (stain["demerit"], stain["findings"]) == (demerit, findings)
    (whole,) = told(found, "whole")
    lost = [{"key": "stains", "demerit": 6}]
    assert whole.get("demerits", lost) == lost
    assert whole["share"] == (share("47/50", 94) if method == "demerit" else share("1", 100))


def test_demerits_beyond_the_start_leave_nothing() -> None:
    stains = section("one", optional("stains", "count", demerit=30))
    (whole,) = told(steps({"stains": 4}, stains, scoring={"method": "demerit"}), "whole")
    assert (whole["start"], whole["answered"], whole["share"]) == (100, 1, share("0", 0))


@pytest.mark.parametrize(
    ("answers", "state", "possible"),
    [
        ({"q": NA}, "not_applicable", 0),
        ({"q": {"not_observed": True}}, "not_observed", 0),
        ({}, "unanswered", 2),
    ],
)
def test_a_question_without_a_value_says_why(answers: Json, state: str, possible: int) -> None:
    written = section("one", optional("q", points=2, not_observed=True))
    found = steps(answers, written, scoring={"unanswered": "zero"})
    (step,) = told(found, "question", "q")
    assert (step["state"], step["value"], step["possible"]) == (state, None, possible)


def test_nothing_is_told_of_an_answer_that_can_bring_no_points() -> None:
    story, where = optional("story", "text"), optional("where", "place")
    place = {"latitude": 31.23773, "longitude": 121.47773}
    found = steps({"story": "I am Kim", "where": place}, section("one", story, where))
    assert {value["state"] for value in told(found, "question", "story")} == {"answered"}
    assert "Kim" not in str(found)
    assert "31.23773" not in str(found)


def test_a_photo_answers_a_question() -> None:
    parsed, scorer = compiled(section("one", optional("proof", "photo"), optional("q")))
    photos = {"proof": 1}
    answered = explain(parsed, scorer, visit({}, photos=photos))
    refused = explain(parsed, scorer, visit({"proof": NA}, photos=photos))
    assert [told(found, "question", "proof")[0]["state"] for found in (answered, refused)] == [
        "answered",
        "not_applicable",
    ]


CLEAN = {"question": "clean", "equals": "no"}
ANSWERED = {"question": "clean", "answered": True}


def test_a_hidden_question_names_the_outermost_condition_that_kept_it() -> None:
    inner = section("inner", optional("late", condition=CLEAN), condition=MALL)
    other = section("other", optional("soon", condition=CLEAN), condition=ANSWERED)
    outer = section("outer", inner, other)
    found = steps({"clean": "yes", "late": "no"}, section("one", optional("clean")), outer)
    expected = {"section": "inner", "place": "inner", "condition": MALL}
    assert told(found, "hidden", "late") == [expected]
    assert told(found, "hidden", "soon") == [
        {"section": "other", "place": "soon", "condition": CLEAN}
    ]


def test_a_question_is_hidden_with_the_section_around_its_section() -> None:
    outer = section("outer", section("inner", optional("late"), condition=ANSWERED), condition=MALL)
    found = steps({"clean": "yes"}, section("one", optional("clean")), outer)
    assert [each["place"] for each in told(found, "hidden", "late")] == ["outer"]


def test_an_answer_to_a_hidden_question_lets_nothing_be_asked() -> None:
    late = {"question": "late", "equals": "no"}
    asking = section("one", optional("late", condition=MALL), optional("why", condition=late))
    found = steps({"late": "no"}, asking)
    assert [each["place"] for each in told(found, "hidden", "why")] == ["why"]


def test_a_refused_answer_hides_what_it_would_hide() -> None:
    guests = optional("guests", "number", max=10)
    late = optional("late", condition={"not": {"question": "guests", "more_than": 5}})
    found = steps({"guests": 99}, section("one", guests, late))
    assert told(found, "question", "guests")[0]["state"] == "unanswered"
    assert len(told(found, "hidden", "late")) == 1
