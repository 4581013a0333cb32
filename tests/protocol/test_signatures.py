"""A signature names its writer: sites are told that there is one, and never see it."""

from __future__ import annotations

import io
from uuid import uuid4

import pypdf
import pytest
from flask import Flask

from tests.protocol.phone import settle
from tests.world import World, declared, jpeg, make_world, small_checklist


@pytest.fixture
def world(app: Flask) -> World:
    checklist = small_checklist()
    checklist["touchpoints"][1]["questions"].append(
        {"key": "signed", "type": "signature", "title": {"en": "Your sign", "zh": "请签名"}}
    )
    return make_world(app, checklist=checklist)


def test_only_those_who_may_know_the_auditor_see_the_signature(world: World) -> None:
    audit_id, floor, signature = uuid4(), jpeg(21), jpeg(22)
    photos = [declared(floor, "clean"), declared(signature, "signed")]
    settle(world, audit_id, world.audit(photos=photos), floor, signature)
    world.photo_states(audit_id)
    world.move(audit_id, "approve")

    def seen(person: str, edition: str = "") -> tuple[set[str], int]:
        listed = world.call(person, "GET", f"/audits/{audit_id}/photos").json
        report = world.call(person, "GET", f"/audits/{audit_id}/report.pdf?{edition}")
        pages = pypdf.PdfReader(io.BytesIO(report.data)).pages
        return {photo["question"] for photo in listed}, sum(len(page.images) for page in pages)

    questions, images = seen("hq", "edition=full")
    assert questions == {"clean", "signed"}
    assert seen("manager") == ({"clean"}, images - 1)
