"""What no database takes is refused as itself, and holds up nothing beside it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from audit_api.rules.scoring import arithmetic
from audit_api.services.audits import submission
from tests.world import ALL_YES, World, make_world, small_checklist

OFFSETS = ["+15:59", "-15:59:59", "+16:00", "-16:00", "+23:59", "-23:59:59.999999"]


@pytest.fixture
def steep(app: Flask) -> World:
    """A world whose checklist has a bonus of a million times what is possible beside it."""
    checklist = small_checklist(scoring={"method": "pooled", "bonus_over_100": True})
    greeted, clean = checklist["touchpoints"][0]["questions"]
    greeted |= {"weight": 100, "points": 1000, "bonus": True, "not_applicable": False}
    clean |= {"weight": 0.001, "points": 0.001}
    for question in checklist["touchpoints"][1]["questions"]:
        question |= {"points": 0}
        question.pop("effect", None)
    return make_world(app, review="none", checklist=checklist)


def items(*audits: dict[str, Any]) -> dict[str, Any]:
    return {"audits": [{"id": str(uuid4()), "audit": audit} for audit in audits]}


def pushed(world: World, *audits: dict[str, Any]) -> list[dict[str, Any]]:
    answer = world.call("auditor", "POST", "/audits/batch", items(*audits))
    assert answer.status_code == 200
    results: list[dict[str, Any]] = answer.json["results"]
    return results


@pytest.mark.parametrize("offset", OFFSETS)
def test_a_visit_is_stored_by_whatever_clock_it_was_made(world: World, offset: str) -> None:
    moment, audit_id = f"2026-03-02T14:30:00{offset}", uuid4()
    audit = world.another(conducted_at=moment, started_at=f"2026-03-02T14:00:00{offset}")
    headers = {"Audit-Sent-At": f"2026-03-02T14:40:00{offset}"}
    assert world.put(audit, audit_id, headers=headers).status_code == 201
    assert world.put(audit, audit_id, headers=headers).status_code == 200
    for path in ("", "/revisions", "/explanation", "/activity"):
        assert world.call("hq", "GET", f"/audits/{audit_id}{path}").status_code == 200
    told = pushed(world, world.another(), world.another(conducted_at=moment), world.another())
    assert [result["status"] for result in told] == [201] * 3


def test_the_highest_score_that_a_checklist_allows_is_stored_and_added_up(steep: World) -> None:
    told = pushed(steep, *(steep.another(ALL_YES) for _ in range(3)))
    assert [result["status"] for result in told] == [201] * 3
    detail = steep.call("hq", "GET", f"/audits/{told[0]['id']}").json
    assert detail["final_score"] == 999.99
    card = steep.call("hq", "GET", f"/sites/{steep.site_id}/scorecard?period=2026-03").json
    assert card["audits"] == 3


def test_a_value_that_the_database_refuses_is_a_refusal_of_its_audit_alone(
    steep: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arithmetic, "MAX_SCORE", 10**18)
    good, bad = (ALL_YES | {"greeted": {"value": value}} for value in ("no", "yes"))
    told = pushed(steep, steep.another(good), steep.another(bad), steep.another(good))
    assert [result["status"] for result in told] == [201, 422, 201]
    (fault,) = told[1]["problem"]["errors"]
    assert (fault["pointer"], fault["code"]) == ("", "not_storable")
    alone = steep.put(steep.another(bad))
    assert [error["code"] for error in alone.json["errors"]] == ["not_storable"]


def test_an_error_over_one_audit_of_a_batch_is_told_of_it_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd, usual = world.another(), submission.read

    def read(audit_id: Any, body: Any, *args: Any, **more: Any) -> Any:
        if body["assignment_id"] == odd["assignment_id"]:
            raise RuntimeError("nobody foresaw this")
        return usual(audit_id, body, *args, **more)

    monkeypatch.setattr(submission, "read", read)
    told = pushed(world, world.another(), odd, world.another())
    assert [result["status"] for result in told] == [201, 500, 201]
    assert "foresaw" not in str(told[1])


def test_a_header_with_nul_is_refused_by_every_database_alike(world: World) -> None:
    sent = {"code": "new", "name": "New"}
    for name in ("Idempotency-Key", "X-Request-Id", "User-Agent", "If-Match"):
        answer = world.call("hq", "POST", "/regions", sent, headers={name: "a\0b"})
        assert (answer.status_code, answer.json["type"][-9:]) == (400, "malformed")
