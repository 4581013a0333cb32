"""The guide to scorecards: its calls are made, and what it shows of an answer is in one."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.docs.texts import DOCUMENTS, blocks
from tests.world import ALL_YES, World

GUIDE = DOCUMENTS["docs/guide/scorecards.md"]
CALLS = [
    re.sub(r"period=[^\"&]+", "period=2026-03", re.findall(r"/api/v1(/[^\"]+)\"", block)[0])
    for block in blocks(GUIDE, "sh")
]
ANSWERS = [json.loads(block) for block in blocks(GUIDE, "json")]


@pytest.fixture
def visited(world: World) -> World:
    """A region with visits in two months, some of which failed."""
    for month in ("02", "03"):
        for answer in ("yes", "no", "no"):
            answers = {**ALL_YES, "clean": {"value": answer}}
            when = f"2026-{month}-1{len(answer)}T10:00:00+08:00"
            sent = world.put(world.audit(answers, conducted_at=when))
            world.move(sent.json["receipt"]["audit_id"], "approve", "hq")
    return world


@pytest.mark.parametrize(("call", "shown"), list(zip(CALLS, ANSWERS, strict=True)))
def test_a_call_of_the_guide_answers_what_it_shows(visited: World, call: str, shown: Any) -> None:
    path = call.replace("$region", str(visited.region_id))
    answer = visited.call("manager", "GET", path)
    assert answer.status_code == 200, answer.json
    assert missing(shown, answer.json) == []


def missing(shown: Any, given: Any, place: str = "") -> list[str]:
    """The members that the guide shows and an answer does not have."""
    if isinstance(shown, dict):
        return [
            lack
            for name, value in shown.items()
            for lack in (
                missing(value, given[name], f"{place}/{name}")
                if name in given
                else [f"{place}/{name}"]
            )
        ]
    if isinstance(shown, list) and given:
        return [lack for value in shown for lack in missing(value, given[0], f"{place}/0")]
    return []


def test_the_guide_has_four_questions_of_one_call_each() -> None:
    assert len(CALLS) == len(ANSWERS) == len(re.findall(r"^## .*\?$", GUIDE, re.MULTILINE)) == 4
