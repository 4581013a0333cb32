"""What a site's scorecard prints as praise and as complaint, and of which audits."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

import pymupdf

from audit_api.database import db
from audit_api.services.checklists import versions
from audit_api.services.visits import campaigns
from tests.world import NOW, World, small_checklist

SCATHING = "The worst service I ever met"
ANSWERS: dict[str, Any] = {
    "greeted": {"not_applicable": True, "comment": "Nobody was at the door"},
    "clean": {"value": "yes", "comment": "Not a crumb on the floor"},
    "receipt": {"value": "no", "comment": "They forgot the receipt"},
    "honest": {"value": "yes"},
}


def scale(key: str, **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "type": "scale",
        "title": {"en": key, "zh": key},
        "min": 1,
        "max": 5,
        **more,
    }


def with_scales() -> dict[str, Any]:
    """A checklist with scales that never fail, one of them without points."""
    checklist = small_checklist(key="scales")
    checklist["touchpoints"][0]["questions"] += [scale("service"), scale("mood", weight=0)]
    return checklist


def marks(service: int, comment: str) -> dict[str, Any]:
    told = {"value": service, "comment": comment}
    return {**ANSWERS, "service": told, "mood": {"value": 5, "comment": "I was in a good mood"}}


def plan_with(world: World, checklist: dict[str, Any]) -> tuple[UUID, str]:
    """Publish another checklist and plan a visit with it; return the visit and the digest."""
    with world.app.app_context():
        version = versions.draft(checklist, by=world.hq, now=NOW)
        versions.publish(version, by=world.hq, now=NOW)
        campaign = campaigns.add(
            by=world.hq,
            now=NOW,
            name="Scales",
            review="none",
            checklist_version_id=version.id,
            starts_on=NOW.date(),
            ends_on=NOW.date().replace(day=31),
        )
        db.session.commit()
        campaign_id, digest = campaign.id, str(version.digest)
    return world.plan(campaign_id=campaign_id), digest


def send(world: World, planned: UUID, digest: str, answers: dict[str, Any]) -> None:
    audit = world.audit(answers, assignment_id=str(planned), checklist=digest)
    sent = world.put(audit)
    assert sent.status_code == 201, sent.json


def printed(world: World, **query: str) -> str:
    path = f"/sites/{world.site_id}/scorecard.pdf"
    asked = {"period": "2026-03", "lang": "en", **query}
    answer = world.call("hq", "GET", path, query_string=asked)
    assert answer.status_code == 200, answer.json
    with pymupdf.open(stream=io.BytesIO(answer.data)) as document:
        return " ".join(" ".join(page.get_text() for page in document).split())


def sides(text: str) -> tuple[str, str]:
    """What stands under praise, and what under complaints; "" where there is none."""
    remarks = text.partition("What visitors wrote")[2].partition("How to read")[0]
    praise, _, complaints = remarks.partition("What went wrong")
    return praise, complaints


def test_praise_stands_at_answers_that_earned_nearly_all_their_points(world: World) -> None:
    planned, digest = plan_with(world, with_scales())
    send(world, planned, digest, marks(1, SCATHING))
    text = printed(world)
    praise, complaints = sides(text)
    assert "Not a crumb on the floor" in praise
    assert SCATHING in complaints
    assert "They forgot the receipt" in complaints
    for neither in ("Nobody was at the door", "I was in a good mood"):
        assert neither not in text
    assert "at least 90% of their points" in text
    assert "90%" in printed(world, lang="zh")


def test_a_middling_answer_is_neither(world: World) -> None:
    planned, digest = plan_with(world, with_scales())
    send(world, planned, digest, marks(3, "It was so-so"))
    assert "It was so-so" not in printed(world)


def test_a_card_of_one_checklist_prints_no_remark_of_another(world: World) -> None:
    planned, digest = plan_with(world, with_scales())
    send(world, planned, digest, marks(1, SCATHING))
    of_scales, of_small = (printed(world, checklist=key) for key in ("scales", "small"))
    assert SCATHING in of_scales
    assert "with the checklist “Small visit” alone" in of_scales
    assert "What visitors wrote" not in of_small
    assert "with the checklist “small” alone" in of_small
    assert "alone" not in printed(world).partition("How to read")[0]
