"""HQ takes the reports of many audits away in one file."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from uuid import UUID

import pytest
import sqlalchemy as sa
import time_machine
from pypdf import PdfReader

from audit_api.database import db
from audit_api.models import ExportEntry
from audit_api.services.exports import asking, drawing, drawn
from tests.exports.archives import APPROVED, COUNT, ask, fetched, get, link, made, opened
from tests.world import World


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


def test_an_unchanged_report_is_never_drawn_twice(world: World, count_drawings: list[str]) -> None:
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
