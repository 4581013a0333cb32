"""Texts in one language or in two."""

from __future__ import annotations

from audit_api.drawing.languages import each, joined, together
from tests.drawing.fixed import BOTH


def test_a_sentence_takes_its_values_in_each_language() -> None:
    said = BOTH.say("report.answered", answer=("No", "否"))
    assert said == ("Answer: No", "答案：否")
    assert BOTH.say("report.pass_mark", mark="80%")[1] == "合格线：80%"


def test_what_both_languages_write_alike_is_there_once() -> None:
    assert each(("NPS", "NPS")) == ("NPS",)
    assert joined(("Good", "良好")) == "Good 良好"
    assert together((("a", "b"), "c"), " · ") == ("a · c", "b · c")
