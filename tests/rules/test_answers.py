"""What the scorer accepts as answers, and how it refuses: every fault, each at its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_api.errors import Kind, Problem
from audit_api.rules import authoring
from audit_api.rules.scoring import MAX_FAULTS, SCORING_ENGINE, Scorer, Visit, compile_scorer

OPTIONS = [
    {"key": "good", "title": {"en": "Good"}, "points": 2},
    {"key": "bad", "title": {"en": "Bad"}},
]
EVERY_TYPE: list[dict[str, Any]] = [
    {"type": "single", "options": OPTIONS},
    {"type": "several", "options": OPTIONS},
    {"type": "yes_no"},
    {"type": "scale", "min": 1, "max": 5},
    {"type": "number", "min": -1.5, "max": 10},
    {"type": "duration"},
    {"type": "count"},
    {"type": "text"},
    {"type": "date"},
    {"type": "time"},
    {"type": "photo"},
    {"type": "signature"},
    {"type": "place"},
    {"type": "barcode"},
]
PLACE = {"latitude": 31.2, "longitude": 121, "accuracy": 8.5}


def scorer(*questions: dict[str, Any]) -> Scorer:
    """A scorer of these questions, keyed by their type and optional unless they say otherwise."""
    asked = [
        {"key": question["type"], "title": {"en": "Q"}, "required": False} | question
        for question in questions
    ]
    return compile_scorer(
        authoring.parse(
            {
                "format": 1,
                "key": "c",
                "locales": ["en"],
                "title": {"en": "C"},
                "touchpoints": [{"key": "t", "title": {"en": "T"}, "questions": asked}],
            }
        )
    )


ALL = scorer(*EVERY_TYPE)


def refused(
    by: Scorer, answers: dict[str, Any], photos: dict[str, int] | None = None
) -> list[tuple[str, str]]:
    with pytest.raises(Problem) as refusal:
        by.score(Visit(answers, photos or {}))
    assert refusal.value.kind is Kind.INVALID
    return [(fault.pointer, fault.code) for fault in refusal.value.faults]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("single", ["good", "bad"]),
        ("several", [[], ["good"], ["bad", "good"]]),
        ("yes_no", ["yes", "no"]),
        ("scale", [1, 5]),
        ("number", [-1.5, 0, 2.345, 10, 10.0]),
        ("duration", [0, 1_000_000]),
        ("count", [0, 7]),
        ("text", ["x", "字" * 10_000]),
        ("date", ["2024-02-29"]),
        ("time", ["00:00", "23:59:59"]),
        ("place", [PLACE, {"latitude": -90, "longitude": 180}]),
        ("barcode", ["6901234567892"]),
    ],
)
def test_values_that_fit_the_question_are_accepted(kind: str, values: list[Any]) -> None:
    for value in values:
        for more in ({}, {"comment": "seen twice"}):
            answers = {kind: {"value": value, **more}}
            assert ALL.faults(Visit(answers)) == []
            assert ALL.score(Visit(answers)).engine == SCORING_ENGINE


@pytest.mark.parametrize(
    ("kind", "code", "values"),
    [
        ("single", "option_unknown", ["best", 1, None, True, ["good"], {}]),
        ("several", "options_expected", ["good", None, {"good": True}]),
        ("yes_no", "option_unknown", [True, False, "YES", 1]),
        ("scale", "scale_mark_expected", [0, 6, True, 1.0, "1", None, 10**30]),
        ("number", "number_expected", [-1.501, 10.001, 1.2345, True, "1", None, float("inf")]),
        ("number", "number_expected", [float("nan"), 10**40, 1e300]),
        ("duration", "duration_expected", [-1, 1.0, True, "1", 1_000_001]),
        ("count", "count_expected", [-1, 1.5, False, None]),
        ("text", "text_expected", ["", " \n", 5, None, "x" * 10_001]),
        ("date", "date_expected", ["2023-02-29", "20240229", "2024-W01-1", 20240229]),
        ("time", "time_expected", ["24:00", "9:30", "12:30+02:00", 930]),
        ("photo", "photo_expected", ["x.jpg", None]),
        ("signature", "signature_expected", ["x.png"]),
        ("place", "place_expected", [{}, {"latitude": 91, "longitude": 0}, PLACE | {"x": 1}]),
        ("place", "place_expected", [PLACE | {"accuracy": -1}, PLACE | {"latitude": True}, [1]]),
        ("barcode", "text_expected", ["x" * 501, 6901234567892]),
    ],
)
def test_values_that_do_not_fit_are_refused_at_the_value(
    kind: str, code: str, values: list[Any]
) -> None:
    for value in values:
        faults = refused(ALL, {kind: {"value": value}})
        assert (f"/answers/{kind}/value", code) in faults
        assert {pointer for pointer, _ in faults} <= {f"/answers/{kind}", f"/answers/{kind}/value"}


def test_a_refusal_names_the_accepted_options() -> None:
    with pytest.raises(Problem) as refusal:
        ALL.score(Visit({"single": {"value": "best"}}))
    (fault,) = refusal.value.faults
    assert fault.values == {"accepted": ["good", "bad"]}


def test_options_of_several_are_refused_one_by_one() -> None:
    assert refused(ALL, {"several": {"value": ["good", "best", "good", 3]}}) == [
        ("/answers/several/value/1", "option_unknown"),
        ("/answers/several/value/2", "option_repeated"),
        ("/answers/several/value/3", "option_unknown"),
    ]


@pytest.mark.parametrize("answer", [None, "good", 3, ["good"], True])
def test_an_answer_is_an_object(answer: object) -> None:
    assert refused(ALL, {"single": answer}) == [("/answers/single", "answer_expected")]


@pytest.mark.parametrize(
    ("answer", "faults"),
    [
        ({}, [("/answers/single", "answer_state_expected")]),
        ({"comment": "alone"}, [("/answers/single", "answer_state_expected")]),
        (
            {"value": "good", "valeu": 1, "a/b~c": 2},
            [
                ("/answers/single/a~1b~0c", "answer_member_unknown"),
                ("/answers/single/valeu", "answer_member_unknown"),
            ],
        ),
        ({"value": "good", "comment": 5}, [("/answers/single/comment", "comment_expected")]),
        (
            {"value": "good", "comment": "x" * 4_001},
            [("/answers/single/comment", "comment_expected")],
        ),
        ({"not_applicable": True}, [("/answers/single/not_applicable", "answer_required")]),
        (
            {"value": "good", "not_observed": True},
            [
                ("/answers/single", "answer_state_expected"),
                ("/answers/single/not_observed", "answer_required"),
            ],
        ),
    ],
)
def test_an_answer_is_exactly_one_thing(
    answer: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    assert refused(ALL, {"single": answer}) == faults


def test_not_applicable_and_not_observed_are_accepted_where_allowed_and_counted_apart() -> None:
    by = scorer(
        {"type": "yes_no", "not_applicable": True, "required": True},
        {"type": "single", "options": OPTIONS, "not_observed": True, "required": True},
    )
    answers = {
        "yes_no": {"not_applicable": True, "comment": "closed"},
        "single": {"not_observed": True},
    }
    score = by.score(Visit(answers))
    assert (score.not_applicable, score.not_observed, score.answered) == (1, 1, 0)
    assert score.final is None
    answers = {"yes_no": {"not_applicable": False}, "single": {"not_applicable": True}}
    assert refused(by, answers) == [
        ("/answers/yes_no/not_applicable", "answer_state_not_true"),
        ("/answers/single/not_applicable", "answer_state_refused"),
    ]


def test_a_required_question_has_to_be_answered() -> None:
    assert refused(scorer({"type": "text", "required": True}), {}) == [
        ("/answers/text", "answer_missing")
    ]


def test_every_fault_is_reported_at_once() -> None:
    answers = {"scale": {"value": 9}, "yes_no": {"value": "maybe"}, "a/b": {"value": 1}}
    assert refused(ALL, answers, {"nowhere": 1}) == [
        ("/answers/yes_no/value", "option_unknown"),
        ("/answers/scale/value", "scale_mark_expected"),
        ("/answers/a~1b", "question_unknown"),
        ("/photos", "photo_question_unknown"),
    ]


def test_a_flood_of_faults_is_cut_at_fifty() -> None:
    answers = {f"unknown_{place}": {} for place in range(500)}
    assert len(refused(ALL, answers)) == MAX_FAULTS == 50


def test_a_required_picture_is_answered_by_a_photo_of_the_manifest() -> None:
    by = scorer({"type": "photo", "required": True, "not_applicable": True})
    assert refused(by, {}) == [("/answers/photo", "photo_missing")]
    assert refused(by, {"photo": {"comment": "sorry"}}) == [("/answers/photo", "photo_missing")]
    by.score(Visit({}, {"photo": 1}))
    by.score(Visit({"photo": {"comment": "from the left"}}, {"photo": 2}))
    by.score(Visit({"photo": {"not_applicable": True}}))


def test_evidence_is_demanded_when_the_answer_fails() -> None:
    evidence = {"photo": "when_failed", "comment": "when_failed"}
    by = scorer({"type": "yes_no", "evidence": evidence})
    by.score(Visit({"yes_no": {"value": "yes"}}))
    for answer in ({"value": "no"}, {"value": "no", "comment": "  "}):
        assert refused(by, {"yes_no": answer}) == [
            ("/answers/yes_no", "photo_missing"),
            ("/answers/yes_no/comment", "comment_missing"),
        ]
    by.score(Visit({"yes_no": {"value": "no", "comment": "dirty"}}, {"yes_no": 1}))


def test_evidence_demanded_always_is_not_demanded_without_a_value() -> None:
    by = scorer({"type": "text", "evidence": {"photo": "always"}, "not_observed": True})
    assert refused(by, {"text": {"value": "x"}}) == [("/answers/text", "photo_missing")]
    by.score(Visit({"text": {"not_observed": True}}))
    by.score(Visit({}))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
members = st.sampled_from(["value", "comment", "not_applicable", "not_observed", "else"])
keys = st.sampled_from([question["type"] for question in EVERY_TYPE] + ["unknown"])


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(keys, json_values | st.dictionaries(members, json_values)))
def test_whatever_is_sent_is_scored_or_refused_with_a_reason(answers: dict[str, Any]) -> None:
    faults = ALL.faults(Visit(answers))
    if faults:
        assert refused(ALL, answers) == [(fault.pointer, fault.code) for fault in faults]
    else:
        ALL.score(Visit(answers))
