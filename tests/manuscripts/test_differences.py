"""Differences in words: a sentence for everything that an author can change."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from audit_api.manuscripts import checks
from audit_api.manuscripts.differences import compared
from audit_api.rules import authoring
from audit_api.rules.authoring.differences import differences
from audit_api.rules.authoring.layout import Noun, laid_out
from tests.rules.documents import Json, document, option, question, words

ROOT = Path(__file__).parents[2]
BASE: Any = authoring.document(
    authoring.parse(
        document(
            question(
                "greeted",
                "single",
                options=[option("warmly", 2), option("no", 0, effect="fail")],
                hint=words("Wait a minute."),
                dimensions=["care"],
            ),
            question("clean", demerit=5),
            question("expected", "scale"),
            question("noise", "scale", metric="csi", metric_weight=2, expectation="expected"),
            question("price", "number", min=0, max=9, bands=[{"from": 1, "points": 3}]),
            question("faults", "count", per_unit=-1, condition={"site": "area", "at_least": 9}),
            scoring={"bands": [{"key": "low", "title": words("Low"), "from": 0}]},
            dimensions=[{"key": "care", "title": words("Care")}],
            site_attributes=[
                {"key": "area", "title": words("Area"), "type": "number"},
                {"key": "format", "title": words("Format"), "type": "word", "values": ["mall"]},
            ],
        )
    )
)
BASE["touchpoints"][0] |= {"pass_mark": 50, "on_fail": "fail"}
Q = "/touchpoints/0/questions"
EVERYTHING = [
    ("/key", "shop", "Checklist: key store → shop."),
    ("/locales", ["zh", "en"], "Checklist: languages en, zh → zh, en."),
    ("/title/zh", "门店", "Checklist: title (zh) “Store” → “门店”."),
    ("/scoring/method", "pooled", "Checklist: method weighted → pooled*"),
    ("/scoring/start", 90, "Checklist: start value 100 → 90*"),
    ("/scoring/bonus_over_100", True, "Checklist: bonus over 100 no → yes*"),
    ("/scoring/pass_mark", 59.5, "Checklist: pass mark – → 59.5*"),
    ("/scoring/every_section_must_pass", True, "Checklist: every section must pass no → yes*"),
    ("/scoring/validity", "1/2", "Checklist: validity 2/3 → 1/2*"),
    ("/scoring/unanswered", "zero", "Checklist: unanswered ignore → zero*"),
    ("/metrics/csat/top", 1, "Checklist: CSAT top marks 2 → 1."),
    ("/metrics/ces/method", "net", "Checklist: CES method mean → net."),
    ("/metrics/csi/item_score", "of_maximum", "Checklist: CSI item score of range → of maximum."),
    ("/scoring/bands/0/title/en", "Poor", "Score band low: title (en) “Low” → “Poor”."),
    ("/scoring/bands/0/from", 5, "Score band low: from 0 → 5*"),
    ("/dimensions/0/title/en", "Heed", "Dimension care: title (en) “Care” → “Heed”."),
    ("/site_attributes/0/title/en", "Size", "Site attribute area: title (en) “Area” → “Size”."),
    ("/site_attributes/1/type", "flag", "Site attribute format: type word → flag."),
    (
        "/site_attributes/1/values",
        ["mall", "street"],
        "Site attribute format: values mall → mall, street.",
    ),
    ("/touchpoints/0/title/en", "Entry", "Touchpoint arrival: title (en) “Arrival” → “Entry”."),
    ("/touchpoints/0/weight", 2.5, "Touchpoint arrival: weight 1 → 2.5*"),
    ("/touchpoints/0/pass_mark", 60, "Touchpoint arrival: pass mark 50 → 60*"),
    ("/touchpoints/0/on_fail", {"cap": "low"}, "Touchpoint arrival: on fail fail → cap low*"),
    (
        "/touchpoints/0/condition",
        {"not": {"site": "kind", "equals": "own"}},
        "Touchpoint arrival: condition – → the site is not our own*",
    ),
    (f"{Q}/1/type", "text", "Question 1.2 (clean): type yes/no → text*"),
    (f"{Q}/0/title/en", "Hello?", "Question 1.1 (greeted): title (en) “greeted” → “Hello?”."),
    (
        f"{Q}/0/hint/zh",
        "等一分钟。",
        "Question 1.1 (greeted): hint (zh) “Wait a minute.” → “等一分钟。”.",
    ),
    (f"{Q}/0/required", False, "Question 1.1 (greeted): required yes → no."),
    (f"{Q}/0/not_applicable", True, "Question 1.1 (greeted): not applicable no → yes*"),
    (f"{Q}/0/not_observed", True, "Question 1.1 (greeted): not observed no → yes*"),
    (f"{Q}/0/evidence/photo", ["no"], "Question 1.1 (greeted): photo never → no."),
    (
        f"{Q}/0/evidence/comment",
        "when_failed",
        "Question 1.1 (greeted): comment never → when failed.",
    ),
    (f"{Q}/0/dimensions", [], "Question 1.1 (greeted): dimensions care → –*"),
    (f"{Q}/0/weight", 3, "Question 1.1 (greeted): weight 1 → 3*"),
    (f"{Q}/0/bonus", True, "Question 1.1 (greeted): bonus no → yes*"),
    (f"{Q}/0/effect", {"cap": 60}, "Question 1.1 (greeted): effect – → cap 60*"),
    (
        f"{Q}/0/options/0/title/en",
        "Warm",
        "Question 1.1 (greeted), option warmly: title (en) “warmly” → “Warm”.",
    ),
    (f"{Q}/0/options/0/points", 4, "Question 1.1 (greeted), option warmly: points 2 → 4*"),
    (f"{Q}/0/options/0/failed", True, "Question 1.1 (greeted), option warmly: failed no → yes*"),
    (
        f"{Q}/0/options/1/effect",
        [{"cap": 60}, "fail"],
        "Question 1.1 (greeted), option no: effect fail → fail, cap 60*",
    ),
    (
        f"{Q}/0/options/1/effect",
        "zero_section",
        "Question 1.1 (greeted), option no: effect fail → zero section*",
    ),
    (f"{Q}/1/demerit", 2.5, "Question 1.2 (clean): demerit 5 → 2.5*"),
    (f"{Q}/1/points", 2, "Question 1.2 (clean): points 1 → 2*"),
    (f"{Q}/1/fails_at", "yes", "Question 1.2 (clean): fails at no → yes*"),
    (f"{Q}/1/reverse", True, "Question 1.2 (clean): reverse no → yes*"),
    (f"{Q}/3/metric", "ces", "Question 1.4 (noise): metric csi → ces."),
    (f"{Q}/3/metric_weight", 3, "Question 1.4 (noise): metric weight 2 → 3."),
    (f"{Q}/3/expectation", None, "Question 1.4 (noise): expectation expected → –."),
    (f"{Q}/4/min", 0.5, "Question 1.5 (price): min 0 → 0.5."),
    (f"{Q}/4/max", None, "Question 1.5 (price): max 9 → –."),
    (f"{Q}/4/bands/0/points", 2, "Question 1.5 (price), value band from 1: points 3 → 2*"),
    (f"{Q}/4/bands/0/failed", True, "Question 1.5 (price), value band from 1: failed no → yes*"),
    (f"{Q}/4/bands/0/effect", "fail", "Question 1.5 (price), value band from 1: effect – → fail*"),
    (f"{Q}/5/per_unit", -2.5, "Question 1.6 (faults): per unit -1 → -2.5*"),
    (
        f"{Q}/5/condition",
        {"question": "clean", "equals": "no"},
        "Question 1.6 (faults): condition the site's “Area” is at least 9 → "
        "question 1.2 “clean” is “No”*",
    ),
]
"""Where a value is changed, to what, and what is said of it; * stands for what breaks scores."""


def put(pointer: str, value: object) -> Json:
    """The base with another value at a pointer."""
    changed: Json = copy.deepcopy(BASE)
    *path, last = pointer.split("/")[1:]
    inner: Any = changed
    for token in path:
        inner = inner[int(token)] if isinstance(inner, list) else inner[token]
    inner[last] = value
    if last == "type" and value == "text":
        for member in ("weight", "bonus", "effect", "demerit", "points", "reverse", "fails_at"):
            del inner[member]
    if last == "type" and value == "flag":
        del inner["values"]
    if last == "metric":
        del inner["metric_weight"]
    return changed


def told(older: Json, newer: Json, locale: str = "en") -> list[str]:
    found = compared(authoring.parse(older), authoring.parse(newer), locale)
    return [change.detail for change in found.changes]


@pytest.mark.parametrize(("pointer", "value", "said"), EVERYTHING)
def test_whatever_is_changed_is_told(pointer: str, value: object, said: str) -> None:
    sentence = said.replace("*", ": scores are no longer comparable.")
    assert sentence in told(BASE, put(pointer, value))


def test_everything_that_can_be_changed_is_told_in_this_table() -> None:
    base = authoring.parse(BASE)
    there = {
        (thing.place.noun, plain(member))
        for thing in laid_out(base).things.values()
        for member in thing.members
    }
    changed = {
        (change.place.noun, plain(change.member))
        for pointer, value, _ in EVERYTHING
        for change in differences(base, authoring.parse(put(pointer, value))).changes
    }
    # A key is what a thing is known by, and so is where a band of values begins.
    keys = {(noun, "key") for noun in Noun if noun not in (Noun.CHECKLIST, Noun.VALUE_BAND)}
    left = {(Noun.CHECKLIST, "format"), (Noun.VALUE_BAND, "from")}
    assert there - changed == (keys | left) & there


def plain(member: str) -> str:
    """A member without the language of its words."""
    return member.removesuffix("/en").removesuffix("/zh")


def without(pointer: str) -> Json:
    """The base without what stands at a pointer in a list."""
    changed: Json = copy.deepcopy(BASE)
    *path, last = pointer.split("/")[1:]
    inner: Any = changed
    for token in path:
        inner = inner[int(token)] if isinstance(inner, list) else inner[token]
    del inner[int(last)]
    return changed


@pytest.mark.parametrize(
    ("pointer", "en", "zh"),
    [
        ("/scoring/bands/0", "Score band low", "评分等级 low"),
        ("/site_attributes/1", "Site attribute format", "门店属性 format"),
        (f"{Q}/4", "Question 1.5 (price)", "第 1.5 题（price）"),
        (
            f"{Q}/0/options/0",
            "Question 1.1 (greeted), option warmly",
            "第 1.1 题（greeted）选项 warmly",
        ),
    ],
)
def test_what_comes_and_goes_is_told_in_both_languages(pointer: str, en: str, zh: str) -> None:
    fewer = without(pointer)
    breaking = {en: ": scores are no longer comparable.", zh: "。得分不再可比。"}
    if "site_attributes" in pointer:
        breaking = {en: ".", zh: "。"}
    assert f"{en}: removed{breaking[en]}" in told(BASE, fewer)
    assert f"{en}: added{breaking[en]}" in told(fewer, BASE)
    assert f"{zh}：删除{breaking[zh]}" in told(BASE, fewer, "zh")
    assert f"{zh}：新增{breaking[zh]}" in told(fewer, BASE, "zh")


def test_what_is_put_elsewhere_is_told() -> None:
    moved = copy.deepcopy(BASE)
    asked = moved["touchpoints"][0]["questions"]
    moved["touchpoints"].append(
        {"key": "checkout", "title": words("Checkout"), "questions": [asked.pop()]}
    )
    asked[0]["options"].reverse()
    assert told(BASE, moved) == [
        "Question 1.1 (greeted), option no: put elsewhere among its neighbours.",
        "Touchpoint checkout: added: scores are no longer comparable.",
        "Question 2.1 (faults): moved from arrival to checkout: scores are no longer comparable.",
    ]
    assert (
        told(BASE, moved, "zh")[-1]
        == "第 2.1 题（faults）：由 arrival 移至 checkout。得分不再可比。"
    )


def test_a_touchpoint_that_becomes_a_section_leaves_the_touchpoints() -> None:
    nested = copy.deepcopy(BASE)
    around = {"key": "visit", "title": words("Visit"), "sections": nested["touchpoints"]}
    nested["touchpoints"] = [around]
    assert told(BASE, nested)[-1] == (
        "Section arrival: moved from the touchpoints to visit: scores are no longer comparable."
    )


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_shipped_checklists_differ_in_words(locale: str) -> None:
    shipped = [
        checks.check(path.read_bytes()).require()
        for path in sorted((ROOT / "checklists").glob("*.yaml"))
    ]
    for older, newer in zip(shipped, [*shipped[1:], shipped[0]], strict=True):
        found = compared(older, newer, locale)
        assert found.changes
        assert all(change.detail.endswith((".", "。")) for change in found.changes)
