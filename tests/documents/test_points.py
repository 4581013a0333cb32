"""What the column of points says: no figure of it can be taken for another."""

from __future__ import annotations

from typing import Any

import pytest

from audit_api.rules import authoring
from audit_api.rules.scoring import compile_scorer
from audit_api.services.documents.points import points
from tests.rules.documents import document, question
from tests.rules.explained import section, visit

NA = {"not_applicable": True}


def said(written: dict[str, Any], answer: object, lang: str = "en", **scoring: object) -> object:
    checklist = authoring.parse(
        document(
            touchpoints=[section("one", written, question("other", "yes_no"))], scoring=scoring
        )
    )
    sent = visit({written["key"]: answer} if answer is not None else {})
    (result, _) = compile_scorer(checklist).results(sent)
    told = points(result, lang, by_demerits=scoring.get("method") == "demerit")
    return told[0] if isinstance(told, tuple) else told


PLAIN = question("a", "yes_no", points=5, not_applicable=True)
BONUS = question("a", "yes_no", points=2, bonus=True)
COUNT = question("a", "count", per_unit=-1)
NOTED = question("a", "text")
DEMERIT = question("a", "yes_no", demerit=10, weight=0, fails_at="no")


@pytest.mark.parametrize(
    ("written", "answer", "en", "zh"),
    [
        (PLAIN, "yes", "5 / 5", "5 / 5"),
        (PLAIN, "no", "0 / 5", "0 / 5"),
        (PLAIN, NA, "left out", "不计分"),
        (BONUS, "yes", "+2 bonus", "加分 2"),
        (BONUS, "no", "no bonus", "未加分"),
        (COUNT, 7, "7 deducted", "扣 7 分"),
        (COUNT, 0, "none deducted", "未扣分"),
        (NOTED, "A tale.", "–", "–"),
    ],
)
def test_points_say_what_they_are(
    written: dict[str, Any], answer: object, en: str, zh: str
) -> None:
    assert (said(written, answer), said(written, answer, "zh")) == (en, zh)


def test_demerits_come_off_the_total() -> None:
    assert said(DEMERIT, "no", method="demerit") == "10 off the total"
    assert said(DEMERIT, "yes", method="demerit") == "none deducted"
