"""What may be asked for, by whom, and for how long what was made can be fetched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from audit_api.database import db
from audit_api.models import DrawnReport, Export, Job, Organisation, User
from audit_api.services.exports import asking, drawn, files, packing
from audit_api.services.exports.files import LINK_LIFETIME
from tests.exports.archives import APPROVED, COUNT, ask, audits, fetched, get, link, made, opened
from tests.world import World, make_world


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"filter": {"period": "2001-01"}}, "export_empty"),
        ({"filter": {"colour": "red"}}, "unknown_field"),
        ({"form": "tar"}, "not_one_of"),
    ],
)
def test_what_cannot_be_made_is_refused_at_once(
    world: World, asked: dict[str, object], code: str
) -> None:
    answer = world.call("hq", "POST", "/exports/audit-reports", asked)
    assert answer.status_code == 422
    assert [each["code"] for each in answer.json["errors"]] == [code]


def test_one_file_holds_only_so_many(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MAX_MERGED", COUNT - 1)
    answer = world.call("hq", "POST", "/exports/audit-reports", {"form": "pdf"})
    assert answer.status_code == 422
    assert str(COUNT) in answer.json["errors"][0]["detail"]


def test_an_organisation_waits_for_only_so_much(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MAX_UNFINISHED", 1)
    first = ask(world, language="en", filter={"business_date_from": "2026-01-06"})
    asked = {"language": "en", "filter": {"business_date_from": "2026-01-07"}}
    answer = world.call("hq", "POST", "/exports/audit-reports", asked)
    assert answer.status_code == 429
    assert answer.json["type"].endswith("/too-much-unfinished")
    assert int(answer.headers["Retry-After"]) > 0
    world.app.extensions["audit_worker"].work_off()
    assert get(world, first["id"])["state"] == "done"
    assert world.call("hq", "POST", "/exports/audit-reports", asked).status_code == 202
    world.app.extensions["audit_worker"].work_off()


def test_a_link_holds_for_a_while_unless_it_is_revoked(world: World) -> None:
    export = made(world, language="en", filter={"business_date_from": "2026-01-08"})
    first, path = link(world, export["id"]), f"/exports/{export['id']}/links"
    assert fetched(world, first)
    with time_machine.travel(datetime.now(UTC) + LINK_LIFETIME + timedelta(seconds=1)):
        assert world.client.get(urlsplit(first).path).status_code == 403
    assert world.call("hq", "DELETE", path).status_code == 204
    assert world.client.get(urlsplit(first).path).status_code == 403
    second = link(world, export["id"])
    assert fetched(world, second)
    forged = urlsplit(second).path[:-4] + "AAAA"
    assert world.client.get(forged).status_code == 403


def test_there_is_no_link_to_what_is_not_done(world: World) -> None:
    export = ask(world, language="en", filter={"business_date_from": "2026-01-09"})
    answer = world.call("hq", "POST", f"/exports/{export['id']}/links")
    assert answer.status_code == 409
    assert "queued" in answer.json["detail"]
    world.app.extensions["audit_worker"].work_off()


def test_a_file_is_let_go_of_after_its_time(world: World) -> None:
    export = made(world, language="en", filter={"business_date_from": "2026-01-10"})
    held = link(world, export["id"])
    store = world.app.extensions["audit_photo_store"]
    with world.app.app_context():
        key = packing.key(db.session.get_one(Export, UUID(export["id"])))
    assert store.stat(key) is not None
    with (
        time_machine.travel(datetime.now(UTC) + asking.KEPT + timedelta(seconds=1)),
        world.app.app_context(),
    ):
        assert files.sweep(store, now=datetime.now(UTC))
        db.session.commit()
    assert get(world, export["id"])["state"] == "expired"
    assert store.stat(key) is None
    assert world.client.get(urlsplit(held).path).status_code == 404


def test_kept_reports_that_nobody_wants_are_let_go_of(world: World) -> None:
    made(world, language="zh", filter={"business_date_from": "2026-01-11"})
    store = world.app.extensions["audit_photo_store"]
    with world.app.app_context():
        later = datetime.now(UTC) + drawn.KEPT + timedelta(days=1)
        kept = db.session.scalars(
            sa.select(DrawnReport.digest).where(
                DrawnReport.organisation_id == world.organisation_id
            )
        ).all()
        assert kept
        assert drawn.sweep(store, now=later, limit=1_000) == len(kept)
        db.session.commit()
        assert all(store.stat(drawn.key(world.organisation_id, digest)) is None for digest in kept)


def test_an_export_whose_owner_may_not_any_more_fails_and_says_so(alone: Flask) -> None:
    world = make_world(alone)
    audits(world, 1, approved=1)
    export = ask(world)
    with alone.app_context():
        db.session.get_one(User, world.users["hq"]).active = False
        db.session.commit()
    alone.extensions["audit_worker"].work_off()
    with alone.app_context():
        job = db.session.get_one(Job, UUID(export["id"]))
        assert (job.state, job.error) == ("failed", "who asked for it may not any more")


@pytest.mark.parametrize("person", ["auditor", "manager", "reviewer"])
def test_reports_of_many_audits_are_hqs_alone(world: World, person: str) -> None:
    assert world.call(person, "POST", "/exports/audit-reports", {}).status_code == 403


def test_one_sees_ones_own_exports_page_by_page(world: World) -> None:
    for language in ("en", "zh"):
        made(world, language=language)
    first = world.call("hq", "GET", "/exports?limit=1")
    assert len(first.json) == 1
    assert 'rel="next"' in first.headers["Link"]
    with world.app.app_context():
        theirs = db.session.scalars(sa.select(Job.id).where(Job.kind == asking.REPORTS)).all()
    assert {each["id"] for each in world.call("hq", "GET", "/exports?limit=200").json} <= {
        str(each) for each in theirs
    }


def test_a_command_makes_the_same_file(world: World, tmp_path: Path) -> None:
    with world.app.app_context():
        code = db.session.get_one(Organisation, world.organisation_id).code
    path = tmp_path / "reports.zip"
    runner = world.app.test_cli_runner()
    result = runner.invoke(
        args=[
            *("exports", "reports", "--organisation", code),
            *("--in", "en", "--file", str(path), "--language", "en"),
        ]
    )
    assert result.exit_code == 0, result.output
    assert f"{APPROVED} reports in" in result.output
    by_command = opened(path.read_bytes())
    by_call = opened(fetched(world, link(world, made(world, language="en")["id"])))
    assert by_command.files == by_call.files


def test_an_operator_lists_cancels_and_retries_jobs(world: World) -> None:
    runner = world.app.test_cli_runner()
    export = ask(world, language="en", filter={"business_date_from": "2026-01-12"})
    listing = runner.invoke(args=["jobs", "list", "--state", "queued"])
    assert f"{export['id']}  export.reports  queued  0/5" in listing.output
    assert runner.invoke(args=["jobs", "cancel", export["id"]]).exit_code == 0
    assert get(world, export["id"])["state"] == "cancelled"
    refused = runner.invoke(args=["jobs", "retry", export["id"], "--language", "en"])
    assert refused.exit_code == 1
