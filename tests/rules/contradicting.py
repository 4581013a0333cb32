"""Small documents whose parts do not agree, each with the place and the code of what is told."""

from __future__ import annotations

from tests.rules.documents import Json, document, option, question, words
from tests.rules.doubtful import FAIR, SECOND, Q, asked, scored, section, split

NA = {"not_applicable": True}
UP_AND_DOWN = [option("a", 2), option("b", 1, failed=True), option("c", 0)]


def starts(*bands: tuple[str, int]) -> list[Json]:
    return [{"key": key, "title": words(key), "from": start} for key, start in bands]


def titled(start: int, en: str, zh: str) -> Json:
    return {"key": f"b{start}", "title": {"en": en, "zh": zh}, "from": start}


def banded(kind: str, *bands: tuple[float, float], **members: object) -> Json:
    written = [{"from": start, "points": points} for start, points in bands]
    return asked(kind=kind, bands=written, **members)


WORTHS: list[tuple[Json, str, str]] = [
    (banded("duration", (0, 4), (30, 2), (20, 0)), f"{SECOND}/bands/2/from", "band_out_of_order"),
    (banded("count", (9, 0), (0, 4), (3, 2)), f"{SECOND}/bands/2/from", "band_out_of_order"),
    (
        banded("duration", (0, 4), (20, 0), (30, 2)),
        f"{SECOND}/bands/2/points",
        "value_band_better_again",
    ),
    (
        banded("number", (9, 3), (6, 1), (3, 4), (0, 0), min=0),
        f"{SECOND}/bands/0/points",
        "value_band_better_again",
    ),
    (
        asked(kind="single", options=[option("a", 3), option("b", 3)]),
        SECOND,
        "points_alike",
    ),
    (asked(kind="scale", points=[2] * 5, metric="csat"), SECOND, "points_alike"),
    (banded("count", (0, 4), (3, 4)), SECOND, "points_alike"),
    (banded("duration", (0, 4)), SECOND, "points_alike"),
    (
        asked(kind="single", options=[option("a", 1, failed=True), option("b", failed=True)]),
        SECOND,
        "every_answer_fails",
    ),
    (asked(kind="scale", fails_at=5), SECOND, "every_answer_fails"),
    (asked(kind="scale", fails_at=1, reverse=True), SECOND, "every_answer_fails"),
    (asked(kind="scale", fails_at=2, reverse=True), f"{SECOND}/fails_at", "most_marks_fail"),
    (asked(kind="scale", fails_at=4), f"{SECOND}/fails_at", "most_marks_fail"),
    (
        asked(kind="single", options=[option("a", 2, failed=True), option("b", 1)]),
        f"{SECOND}/options/0",
        "worse_answer_passes",
    ),
    (asked(kind="single", options=UP_AND_DOWN), f"{SECOND}/options/1", "worse_answer_passes"),
    (
        asked(kind="single", options=[option("a", 2, effect={"cap": 50}), option("b", 1)]),
        f"{SECOND}/options/0",
        "worse_answer_passes",
    ),
    (
        asked(
            kind="count",
            bands=[{"from": 3, "points": 0}, {"from": 0, "points": 2, "failed": True}],
        ),
        f"{SECOND}/bands/1",
        "worse_answer_passes",
    ),
    (asked(fails_at="yes"), f"{SECOND}/fails_at", "worse_answer_passes"),
    (asked(fails_at="no", reverse=True), f"{SECOND}/fails_at", "worse_answer_passes"),
    (
        document(
            question("c", "single", response_set="s"),
            response_sets={"s": [option("a", 1, failed=True), option("b")]},
        ),
        "/response_sets/s/0",
        "worse_answer_passes",
    ),
    (
        asked(kind="several", options=[option("a", 1), option("b", 1, effect="fail")]),
        f"{SECOND}/options/1",
        "bad_option_earns",
    ),
    (asked(kind="scale", metric="nps", reverse=True), f"{SECOND}/reverse", "reverse_of_metric"),
    (asked(kind="scale", metric="csi", reverse=True), f"{SECOND}/reverse", "reverse_of_metric"),
    (
        document(
            question("hoped", "scale"), question("got", "scale", reverse=True, expectation="hoped")
        ),
        f"{SECOND}/expectation",
        "pair_reversed",
    ),
    (asked(kind="count", per_unit=0), f"{SECOND}/per_unit", "per_unit_zero"),
    (asked(kind="count", per_unit=-1, bonus=True), f"{SECOND}/bonus", "bonus_takes_away"),
    (
        asked(kind="single", bonus=True, options=[option("a", 1), option("b", -1)]),
        f"{SECOND}/bonus",
        "bonus_takes_away",
    ),
    (
        document(question(effect=["zero_audit", "fail"])),
        f"{Q}/effect/1",
        "effect_idle",
    ),
    (
        document(question(effect=[{"cap": 50}, "zero_audit"])),
        f"{Q}/effect/0",
        "effect_idle",
    ),
    (
        split(section(question(), pass_mark=50, on_fail=[{"cap": 50}, {"cap": 60}])),
        "/touchpoints/0/on_fail/1",
        "effect_idle",
    ),
    (
        scored(
            "weighted",
            question(effect=[{"cap": "b"}, {"cap": "c"}]),
            bands=starts(("a", 90), ("b", 50), ("c", 0)),
        ),
        f"{Q}/effect/0",
        "effect_idle",
    ),
]

BANDS: list[tuple[Json, str, str]] = [
    (
        scored(bands=starts(("top", 80), ("high", 90), ("low", 0))),
        "/scoring/bands/2/from",
        "band_out_of_order",
    ),
    (
        scored(bands=[*FAIR, titled(80, "Excellent", "x"), titled(90, "Good", "y")]),
        "/scoring/bands/2/from",
        "band_above_better",
    ),
    (
        scored(bands=[titled(90, "x", "良好"), titled(80, "y", "优秀"), *FAIR]),
        "/scoring/bands/0/from",
        "band_above_better",
    ),
    (
        scored(bands=starts(("c", 80), ("b", 40), ("a", 0))),
        "/scoring/bands/0/from",
        "band_above_better",
    ),
    (
        scored(bands=starts(("silver", 90), ("gold", 80), ("none", 0))),
        "/scoring/bands/0/from",
        "band_above_better",
    ),
    (
        scored(bands=starts(("very_poor", 50), ("poor", 0))),
        "/scoring/bands/0/from",
        "band_above_better",
    ),
    (
        scored(bands=starts(("top", 80), ("low", 0)), pass_mark=80.01),
        "/scoring/pass_mark",
        "pass_mark_above_bands",
    ),
    (
        scored("demerit", question(demerit=1, **NA), question("r", points=0)),
        "/touchpoints",
        "demerits_may_be_left_out",
    ),
    (
        scored(
            "demerit",
            question("gate"),
            question("r", demerit=1, condition={"question": "gate", "equals": "no"}),
            question("s", demerit=1, not_observed=True),
        ),
        "/touchpoints",
        "demerits_may_be_left_out",
    ),
    (
        asked(kind="single", options=[option("a", 1), option("b", title=words("A "))]),
        f"{SECOND}/options/1/title/zh",
        "title_repeated",
    ),
    (
        scored(bands=[titled(90, "Top", "一"), titled(0, "top", "二")]),
        "/scoring/bands/1/title/en",
        "title_repeated",
    ),
    (
        document(
            question("c", "single", response_set="s"),
            response_sets={"s": [option("a", 1), option("b", title=words("a"))]},
        ),
        "/response_sets/s/1/title/en",
        "title_repeated",
    ),
]
