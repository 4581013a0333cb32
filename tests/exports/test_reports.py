"""HQ takes the reports of many audits away in one file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from pypdf import PdfReader

from audit_api.database import db
from audit_api.models import DrawnReport, Export, ExportEntry, Job, Organisation, User
from audit_api.services.exports import asking, drawing, drawn, files, leading, packing
from audit_api.services.exports.files import LINK_LIFETIME
from tests.exports.archives import ask, audits, fetched, get, link, made, opened
from tests.pairs import PAIRS, fresh_pair, running
from tests.world import World, make_world

COUNT, APPROVED = 5, 4


@pytest.fixture(scope="module", params=PAIRS)
def alone(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An application with a broker that nobody listens to: jobs wait until a test does them."""
    with (
        fresh_pair(request, tmp_path_factory.mktemp("exports")) as settings,
        running(settings | {"BROKER_URL": "memory://"}) as app,
    ):
        yield app


@pytest.fixture(scope="module")
def world(alone: Flask) -> World:
    made_world = make_world(alone)
    audits(made_world, COUNT, approved=APPROVED)
    return made_world


@pytest.fixture
def count_drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was drawn from now on, and not taken from what is kept."""
    drawings: list[str] = []
    put = drawn.put

    def counted(organisation_id: UUID, digest: str, *more: object) -> object:
        drawings.append(digest)
        return put(organisation_id, digest, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(drawn, "put", counted)
    return drawings


def ids(world: World, *, state: str | None = None) -> set[str]:
    suffix = f"&state={state}" if state else ""
    return {each["id"] for each in world.call("hq", "GET", f"/audits?limit=200{suffix}").json}


def test_an_export_holds_what_single_reports_hold(world: World) -> None:
    export = made(world, language="en")
    assert (export["state"], export["done"], export["total"]) == ("done", COUNT, COUNT)
    assert export["left_out"] == {"not_counted": COUNT - APPROVED}
    assert export["filter"] == {}
    data = fetched(world, link(world, export["id"]))
    assert len(data) == export["size"]
    archive = opened(data)
    assert list(archive.files) == sorted(archive.files)
    for each in archive.manifest["files"]:
        single = world.call("hq", "GET", f"/audits/{each['audit_id']}/report.pdf?lang=en")
        assert archive.files[each["name"]] == single.data
        assert each["name"] in single.headers["Content-Disposition"]
    assert {each["audit_id"] for each in archive.manifest["files"]} == ids(world, state="approved")
    assert [each["reason"] for each in archive.manifest["left_out"]] == ["not_counted"]
    assert "a site may not learn of it" in archive.sheet


def test_an_anonymous_edition_is_what_a_manager_gets(world: World) -> None:
    archive = opened(fetched(world, link(world, made(world, language="zh")["id"])))
    for each in archive.manifest["files"]:
        told = world.call("manager", "GET", f"/audits/{each['audit_id']}/report.pdf?lang=zh")
        assert archive.files[each["name"]] == told.data


def test_no_anonymous_file_knows_the_auditor(world: World) -> None:
    archive = opened(fetched(world, link(world, made(world, language="both")["id"])))
    for name, data in archive.files.items():
        document = PdfReader(io.BytesIO(data))
        text = "\n".join(page.extract_text() for page in document.pages)
        for trace in ("Canary auditor", "14:30"):
            assert trace not in text + name + archive.sheet + str(archive.manifest)


def test_the_full_edition_is_for_whoever_may_know(world: World) -> None:
    export = made(world, language="en", edition="full", filter={"state": "submitted"})
    assert export["left_out"] == {}
    archive = opened(fetched(world, link(world, export["id"])))
    (data,) = archive.files.values()
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    assert "Canary auditor" in text


def test_one_document_has_a_bookmark_for_each_report(world: World) -> None:
    export = made(world, language="en", form="pdf")
    data = fetched(world, link(world, export["id"]))
    document = PdfReader(io.BytesIO(data))
    top = [each for each in document.outline if not isinstance(each, list)]
    assert len(top) == APPROVED
    starts = [document.get_destination_page_number(each) for each in top]
    assert starts == sorted(set(starts))
    for first, start in enumerate(starts):
        text = document.pages[start].extract_text()
        assert "Mystery shopping audit report" in text, first
    assert export["size"] == len(data)


def test_the_same_asked_again_is_the_same_export(world: World) -> None:
    first = ask(world, language="en", filter={"passed": True})
    assert ask(world, language="en", filter={"passed": True})["id"] == first["id"]
    assert ask(world, language="zh", filter={"passed": True})["id"] != first["id"]
    world.app.extensions["audit_worker"].work_off()
    assert ask(world, language="en", filter={"passed": True})["id"] == first["id"]
    with time_machine.travel(datetime.now(UTC) + 2 * asking.WINDOW):
        assert ask(world, language="en", filter={"passed": True})["id"] != first["id"]
    world.app.extensions["audit_worker"].work_off()


def test_what_was_cancelled_is_made_anew_when_it_is_asked_for_again(world: World) -> None:
    first = ask(world, language="en", filter={"valid": True})
    cancelled = world.call("hq", "POST", f"/exports/{first['id']}/cancel")
    assert (cancelled.status_code, cancelled.json["state"]) == (200, "cancelled")
    again = world.call("hq", "POST", f"/exports/{first['id']}/cancel")
    assert again.status_code == 409
    second = made(world, language="en", filter={"valid": True})
    assert second["id"] != first["id"]
    assert (second["state"], get(world, first["id"])["state"]) == ("done", "cancelled")


def test_an_unchanged_report_is_never_drawn_twice(
    world: World, count_drawings: list[str]
) -> None:
    made(world, language="zh", filter={"business_date_from": "2026-01-01"})
    count_drawings.clear()
    again = made(world, language="zh", filter={"business_date_from": "2026-01-02"})
    assert (again["done"], count_drawings) == (COUNT, [])


def test_a_report_that_the_store_lost_is_drawn_again(
    world: World, count_drawings: list[str]
) -> None:
    first = made(world, language="en", filter={"business_date_from": "2026-01-03"})
    with world.app.app_context():
        entry = db.session.scalars(
            sa.select(ExportEntry.digest).where(
                ExportEntry.export_id == UUID(first["id"]), ExportEntry.digest.is_not(None)
            )
        ).first()
        assert entry is not None
        key = drawn.key(world.organisation_id, entry)
    world.app.extensions["audit_photo_store"].delete(key)
    count_drawings.clear()
    again = made(world, language="en", filter={"business_date_from": "2026-01-04"})
    assert (again["state"], count_drawings) == ("done", [entry])
    assert (again["done"], again["total"]) == (COUNT, COUNT)
    opened(fetched(world, link(world, again["id"])))


def test_a_report_that_cannot_be_drawn_is_left_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = min(ids(world, state="approved"))
    render = drawing.audit.find

    def find(audit_id: UUID, **more: object) -> object:
        if str(audit_id) == broken:
            raise ValueError("a planted fault")
        return render(audit_id, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(drawing.audit, "find", find)
    export = made(world, language="en", filter={"business_date_from": "2026-01-05"})
    assert export["state"] == "done"
    assert export["left_out"] == {"not_counted": 1, "not_drawn": 1}
    archive = opened(fetched(world, link(world, export["id"])))
    assert broken not in {each["audit_id"] for each in archive.manifest["files"]}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"filter": {"period": "2001-01"}}, "export_empty"),
        ({"filter": {"colour": "red"}}, "unknown_field"),
        ({"form": "tar"}, "not_one_of"),
        ({"language": "tlh"}, "not_one_of"),
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
    assert str(COUNT) in answer.json["errors"][0]["message"]


def test_an_organisation_waits_for_only_so_much(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MAX_UNFINISHED", 1)
    first = ask(world, language="en", filter={"business_date_from": "2026-01-06"})
    asked = {"language": "en", "filter": {"business_date_from": "2026-01-07"}}
    answer = world.call("hq", "POST", "/exports/audit-reports", asked)
    assert answer.status_code == 429
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
    assert (answer.status_code, answer.json["state"]) == (409, "queued")
    world.app.extensions["audit_worker"].work_off()


def test_a_file_is_let_go_of_after_its_time(world: World) -> None:
    export = made(world, language="en", filter={"business_date_from": "2026-01-10"})
    held = link(world, export["id"])
    store = world.app.extensions["audit_photo_store"]
    with world.app.app_context():
        key = packing.key(db.session.get_one(Export, UUID(export["id"])))
    assert store.stat(key) is not None
    with (
        time_machine.travel(datetime.now(UTC) + leading.KEPT + timedelta(seconds=1)),
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
        assert all(
            store.stat(drawn.key(world.organisation_id, digest)) is None for digest in kept
        )


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
def test_exports_are_hqs_alone(world: World, person: str) -> None:
    assert world.call(person, "POST", "/exports/audit-reports", {}).status_code == 403
    assert world.call(person, "GET", "/exports").status_code == 403


def test_one_sees_ones_own_exports_page_by_page(world: World) -> None:
    made(world, language="en")
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
            *("exports", "audit-reports", "--organisation", code),
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
