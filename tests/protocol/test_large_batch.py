"""A day's work of many visits with much to say comes in one batch."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from audit_api.api.audits.schemas import MAX_BATCH
from audit_api.api.http import body
from tests.world import make_world, small_checklist

QUESTIONS = [f"q{number}" for number in range(94)]
COMMENT = "店员微笑着打了招呼，等候约三分钟。" * 15


def long_checklist() -> dict[str, Any]:
    """Return a checklist of 94 questions at one touchpoint."""
    title = {"en": "Was it done?", "zh": "是否做到？"}
    questions = [{"key": key, "type": "yes_no", "title": title} for key in QUESTIONS]
    whole = {"en": "All of it", "zh": "全程"}
    return small_checklist(
        key="long", touchpoints=[{"key": "all", "title": whole, "questions": questions}]
    )


@pytest.mark.slow
def test_a_hundred_audits_of_94_commented_answers_come_in_one_batch(app: Flask) -> None:
    world = make_world(app, checklist=long_checklist())
    answers = {key: {"value": "yes", "comment": COMMENT} for key in QUESTIONS}
    items = [{"id": str(uuid4()), "audit": world.audit(answers)} for _ in range(MAX_BATCH)]
    sent = json.dumps({"audits": items}, ensure_ascii=False).encode()
    assert len(sent) > 7 * body.LIMIT
    headers = {"content_type": "application/json"}
    first = world.call("auditor", "POST", "/audits/batch", data=sent, **headers)
    assert [result["status"] for result in first.json["results"]] == [201] * MAX_BATCH
    again = world.call("auditor", "POST", "/audits/batch", data=sent, **headers)
    assert [result["status"] for result in again.json["results"]] == [200] * MAX_BATCH
