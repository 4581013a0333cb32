"""The page of a visit: for a manager nothing that leads to the auditor, for the office all."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
from flask import Flask
from PIL import Image

from tests.access.visited import TRACES, Visited, visit
from tests.console.audits.reader import Reader
from tests.protocol.phone import send
from tests.world import World, make_world

MINUTES = ("14:03", "14:37", "14:41", "14:05", "06:37", "06:03", "06:41")


@pytest.fixture(scope="module")
def visited(shared_app: Flask) -> Visited:
    return visit(shared_app)


def canaries(world: World, *people: str) -> list[str]:
    """Return everything by which somebody could be known."""
    told = [world.call(person, "GET", "/me").json for person in people]
    ids = [each["id"] for each in told]
    return [
        *(each[name] for each in told for name in ("name", "email", "id")),
        *(id_.replace("-", "") for id_ in ids),
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_managers_pages_hold_nothing_that_leads_to_the_auditor(
    visited: Visited, language: str
) -> None:
    world, reader = visited.world, Reader(visited.world, "manager")
    reader.client.set_cookie("console-language", language)
    secrets = [
        *TRACES,
        *MINUTES,
        *canaries(world, "auditor", "other_auditor", "reviewer"),
        "Well done",
    ]
    visit_path = f"/visits/{visited.audit_id}"
    (photo,) = world.call("hq", "GET", f"/audits/{visited.audit_id}/photos").json
    for path in (visit_path, f"{visit_path}/photos/{photo['id']}", "/visits"):
        page = reader.read(path)
        assert [secret for secret in secrets if secret in page] == []
    page = reader.read(visit_path)
    assert "Were you greeted?" in page or "是否有人招呼？" in page


def test_the_canaries_are_real_for_the_office(visited: Visited) -> None:
    page = Reader(visited.world, "reviewer").read(f"/visits/{visited.audit_id}")
    assert "Canary auditor" in page
    assert "14:37" in page
    assert "Well done" in page
    assert "Asia/Shanghai" in page


def test_a_managers_list_has_only_what_counts_and_a_filter_of_states_is_refused(
    visited: Visited,
) -> None:
    waiting = send(visited.world, visited.world.another())
    manager, reviewer = (Reader(visited.world, who) for who in ("manager", "reviewer"))
    assert str(waiting) not in manager.read("/visits")
    assert str(waiting) in reviewer.read("/visits")
    assert str(waiting) not in manager.read("/visits?state=submitted")
    assert manager.get(f"/visits/{waiting}").status_code == 404
    assert str(visited.audit_id) in manager.read("/visits?period=2026-03")
    assert str(visited.audit_id) not in manager.read("/visits?period=2026-04")


def test_foreign_visits_answer_as_missing_ones_and_auditors_have_no_pages_of_visits(
    visited: Visited,
) -> None:
    other = make_world(visited.world.app)
    foreign = send(other)
    for person in ("manager", "reviewer", "hq"):
        reader = Reader(visited.world, person)
        answers = [reader.get(f"/visits/{id_}") for id_ in (foreign, uuid4())]
        assert [answer.status_code for answer in answers] == [404, 404]
    auditor = Reader(visited.world, "auditor")
    assert auditor.get("/visits").status_code == 403
    assert auditor.get(f"/visits/{visited.audit_id}").status_code == 403


def test_photos_are_shown_to_whoever_sees_the_visit_without_when_they_came(
    visited: Visited,
) -> None:
    world = visited.world
    (photo,) = world.call("hq", "GET", f"/audits/{visited.audit_id}/photos").json
    path = f"/visits/{visited.audit_id}/photos/{photo['id']}"
    manager = Reader(world, "manager")
    assert f"/console{path}/thumbnail" in manager.read(f"/visits/{visited.audit_id}")
    for copy in ("display", "thumbnail"):
        answer = manager.get(f"{path}/{copy}")
        assert Image.open(io.BytesIO(answer.data)).format == "JPEG"
        assert "Last-Modified" not in answer.headers
        assert answer.headers["Cache-Control"].startswith("private")
    etag = {"If-None-Match": answer.headers["ETag"]}
    assert manager.client.get(f"/console{path}/thumbnail", headers=etag).status_code == 304
    assert manager.get(f"{path}/original").status_code == 404
    assert manager.get(f"/visits/{visited.audit_id}/photos/{uuid4()}").status_code == 404
    assert manager.get(f"/visits/{uuid4()}/photos/{photo['id']}/display").status_code == 404
    stranger = Reader(make_world(world.app), "hq")
    assert stranger.get(f"{path}/display").status_code == 404
    nobody = world.app.test_client().get(f"/console{path}/display")
    assert nobody.status_code == 303
