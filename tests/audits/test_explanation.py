"""Whoever may read an audit is told how its score came about, and nothing that leads to anybody."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Audit, Revision
from audit_api.rules import authoring as rules
from audit_api.rules.scoring import Visit, compile_scorer, explanation
from audit_api.words.explanation.steps import in_words
from tests.protocol.phone import change_site
from tests.rules.by_hand import Sheet, computed
from tests.world import ALL_YES, World, declared, jpeg, make_world, small_checklist, upload

ONE_WRONG = ALL_YES | {"honest": {"value": "no"}}


def checklist_with_everything() -> dict[str, Any]:
    """Return the small checklist, with conditions on the site and on a photo, and with evidence."""
    written = small_checklist()
    written["site_attributes"] = [{"key": "format", "title": {"en": "Format"}, "type": "word"}]
    arrival, checkout = written["touchpoints"]

    def extra(key: str, kind: str, **members: Any) -> dict[str, Any]:
        title = {"en": key.title(), "zh": key.title()}
        return {"key": key, "type": kind, "title": title, "required": False, **members}

    arrival["questions"] += [
        extra("front", "photo"),
        extra("sign", "yes_no", condition={"question": "front", "answered": True}),
        extra("entered", "time"),
        extra("story", "text"),
    ]
    checkout["questions"].append(
        extra("escalator", "yes_no", condition={"site": "format", "equals": "mall"})
    )
    return written


@pytest.fixture(scope="module")
def world(shared_app: Flask) -> World:
    return make_world(shared_app, checklist=checklist_with_everything())


def sent(world: World, answers: dict[str, Any], photo: bytes | None = None, **more: Any) -> UUID:
    """Send an audit of a new visit, with a photo of the front where there is one."""
    audit_id = uuid4()
    photos = [declared(photo, "front")] if photo else []
    audit = world.audit(answers, photos=photos, **more) | {"assignment_id": str(world.plan())}
    first = world.put(audit, audit_id)
    assert first.status_code == 201, first.json
    for ticket in first.json["uploads"]:
        assert upload(world.client, ticket, photo or b"") == 200
    assert world.put(audit, audit_id).json["receipt"]["complete"]
    return audit_id


def explained(world: World, audit_id: UUID, person: str = "hq") -> dict[str, Any]:
    answer = world.call(person, "GET", f"/audits/{audit_id}/explanation")
    assert answer.status_code == 200, answer.json
    return answer.json


def sheet_of(told: dict[str, Any]) -> Sheet:
    return computed((step["kind"], step["key"] or "", step["values"]) for step in told["steps"])


def step(told: dict[str, Any], kind: str, key: str | None = None) -> dict[str, Any]:
    (found,) = (each for each in told["steps"] if (each["kind"], each["key"]) == (kind, key))
    return found


def test_the_score_of_an_audit_is_computed_from_its_explanation(world: World) -> None:
    audit_id = sent(world, ONE_WRONG)
    told = explained(world, audit_id)
    detail = world.call("hq", "GET", f"/audits/{audit_id}").json
    assert (told["audit_id"], told["revision"]) == (str(audit_id), 1)
    assert told["checklist"] == world.digest
    sheet = sheet_of(told)
    assert sheet.raw == Fraction(str(detail["raw_score"]))
    assert sheet.final == Fraction(str(detail["final_score"])) == 50
    assert sheet.passed is detail["passed"] is False
    assert [key for key, effect in sheet.effects] == ["honest"]
    assert detail["effects"] == [
        {"kind": "cap", "where": "honest", "before": 70, "after": 50, "band": None}
    ]
    assert detail["findings"] == [key for key, each in sheet.questions.items() if each["finding"]]
    touchpoints = {part["key"]: Fraction(str(part["score"])) for part in detail["touchpoints"]}
    assert sheet.scores == touchpoints


def test_a_step_is_told_in_numbers_and_in_both_languages(world: World) -> None:
    told = explained(world, sent(world, ONE_WRONG))
    clean = step(told, "question", "clean")
    assert clean["number"] == "1.2"
    assert clean["values"]["earned"] == 1
    assert clean["text"] == {
        "en": "1.2 “Was the floor clean?”: Yes. Points: 1 of 1.",
        "zh": "第 1.2 题“地面是否干净？”：是。得分：1，满分 1。",
    }
    final = step(told, "final")
    assert (final["number"], final["values"]["score"]) == (None, 50)


def test_an_audit_is_explained_by_its_photos_and_by_the_site_as_the_phone_knew_it(
    world: World,
) -> None:
    answers = ONE_WRONG | {"sign": {"value": "yes"}, "escalator": {"value": "no"}}
    plain = sent(world, answers)
    hidden = sheet_of(explained(world, plain)).hidden
    pictured = sent(world, answers, jpeg(5), site_attributes={"format": "mall", "kind": "own"})
    change_site(world, attributes={"format": "street"})
    assert hidden == ["sign", "escalator"]
    assert sheet_of(explained(world, plain)).hidden == ["sign", "escalator"]
    assert sheet_of(explained(world, pictured)).hidden == []


def test_the_revision_that_stands_is_explained(world: World) -> None:
    audit_id = sent(world, ONE_WRONG)
    before = explained(world, audit_id)
    returned = world.move(audit_id, "return", note="Look again")
    audit = world.call("hq", "GET", f"/audits/{audit_id}").json
    second = world.audit(ALL_YES, revision=2) | {"assignment_id": audit["assignment_id"]}
    tag = {"If-Match": returned.headers["ETag"]}
    assert world.put(second, audit_id, headers=tag).status_code == 201
    after = explained(world, audit_id)
    assert [told["revision"] for told in (before, after)] == [1, 2]
    assert [sheet_of(told).final for told in (before, after)] == [50, 100]


def test_what_only_the_auditor_knows_is_in_no_explanation(world: World) -> None:
    canaries = {
        "clean": {"value": "yes", "comment": "Canary comment"},
        "story": {"value": "Canary story"},
        "entered": {"value": "14:02:11"},
    }
    audit_id = sent(world, ALL_YES | canaries)
    assert world.move(audit_id, "approve").status_code == 200
    said = json.dumps(explained(world, audit_id, "manager"))
    for canary in ("Canary", "14:02", str(world.users["auditor"])):
        assert canary not in said


def stored(world: World, audit_id: UUID, **other: Any) -> None:
    """Store another score with an audit than it got."""
    with world.app.app_context():
        audit = db.session.get_one(Audit, audit_id)
        revision = db.session.get_one(Revision, (audit_id, audit.content_digest))
        score = json.dumps(json.loads(revision.score) | other)
        db.session.execute(
            sa.update(Revision).where(Revision.audit_id == audit_id).values(score=score)
        )
        db.session.commit()


@pytest.mark.parametrize(
    ("other", "en", "zh"),
    [
        ({"final": 9_000}, "A fault of the system: the stored score is 90.00%", "系统故障"),
        ({"final": 9_000, "engine": 7}, "made by version 7", "第 7 版"),
    ],
)
def test_another_score_than_the_stored_one_is_never_explained(
    world: World, other: dict[str, Any], en: str, zh: str
) -> None:
    audit_id = sent(world, ONE_WRONG)
    stored(world, audit_id, **other)
    (only,) = explained(world, audit_id)["steps"]
    assert only["kind"] == "differs"
    assert only["values"] == {"score": 90, "engine": other.get("engine", 1), "current": 1}
    assert en in only["text"]["en"]
    assert zh in only["text"]["zh"]


def test_a_dimension_named_like_a_question_has_no_number() -> None:
    document = small_checklist(dimensions=[{"key": "clean", "title": {"en": "Tidy", "zh": "整洁"}}])
    document["touchpoints"][0]["questions"][1]["dimensions"] = ["clean"]
    checklist = rules.parse(document)
    steps = explanation.explain(checklist, compile_scorer(checklist), Visit(ALL_YES))
    numbers = {(each.kind, each.key): each.number for each in in_words(checklist, steps)}
    assert numbers["question", "clean"] == "1.2"
    assert numbers["dimension", "clean"] is None


def test_who_may_not_read_an_audit_is_told_that_there_is_none(world: World) -> None:
    audit_id = sent(world, ONE_WRONG)
    for person in ("other_auditor", "manager"):
        answer = world.call(person, "GET", f"/audits/{audit_id}/explanation")
        missing = world.call(person, "GET", f"/audits/{uuid4()}/explanation")
        assert answer.status_code == missing.status_code == 404
