"""The guide to insights: its calls are made, and what it shows of an answer is in one."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from audit_api.rules.figures.classes import LEAST_IN_CLASS
from audit_api.rules.figures.drivers import LEAST, LEAST_FOR_EACH, PRESENT
from audit_api.rules.figures.forecast import LEAST_PERIODS, LEAST_VISITS, NoForecast
from audit_api.rules.figures.importance import Quadrant
from audit_api.services.insights.sample import MAX_AUDITS
from tests.docs.test_scorecard_guide import missing, visited
from tests.docs.texts import DOCUMENTS, blocks
from tests.world import ALL_YES, World

GUIDE = DOCUMENTS["docs/guide/insights.md"]
CALLS = [
    re.sub(r"period=[^\"&]+", "period=2026-03", re.findall(r"/api/v1(/[^\"]+)\"", block)[0])
    for block in blocks(GUIDE, "sh")
]
ANSWERS = [json.loads(block) for block in blocks(GUIDE, "json")]
__all__ = ["visited"]


def test_the_calls_of_the_guide_answer_what_it_shows(visited: World) -> None:
    for day in (20, 21):
        answers = {**ALL_YES, "clean": {"value": "no"}}
        when = f"2026-03-{day}T10:00:00+08:00"
        sent = visited.put(visited.another(answers, conducted_at=when))
        visited.move(sent.json["receipt"]["audit_id"], "approve", "hq")
    for call, shown in zip(CALLS, ANSWERS, strict=True):
        answer = visited.call("hq", "GET", call)
        assert answer.status_code == 200, answer.json
        assert missing(shown, answer.json) == []
        if "repeats" in call:
            assert answer.json["findings"] == 1


@pytest.mark.parametrize("name", ["docs/guide/insights.md", "docs/guide/insights.zh.md"])
def test_the_figures_are_those_of_the_code(name: str) -> None:
    text = DOCUMENTS[name]
    figures: list[Any] = [LEAST, LEAST_FOR_EACH, PRESENT, LEAST_IN_CLASS, LEAST_PERIODS]
    for figure in (*figures, LEAST_VISITS, f"{MAX_AUDITS:,}"):
        assert re.search(rf"(?<![\d.,]){figure}(?![\d.,]\d)", text), figure
    for word in (*Quadrant, *NoForecast):
        assert f"`{word}`" in text, word
