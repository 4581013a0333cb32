"""What leaves equals what is stored: every format, read by others, against the API's own answers
and the tables themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, Site
from audit_api.services.datasets import DATASETS, Format
from audit_api.services.datasets import visited as paging
from tests.access.visited import Visited
from tests.datasets.conftest import NASTY
from tests.datasets.written import FULL, plain, read, request
from tests.world import World

FORMATS = pytest.mark.parametrize("format", list(Format))


def stored(world: World) -> dict[str, dict[str, Any]]:
    """The organisation's audits as the table has them, by id."""
    with world.app.app_context():
        rows = db.session.execute(
            sa.select(Audit.__table__, Site.code.label("site_code"))
            .join(Site, Site.id == Audit.site_id)
            .where(Audit.organisation_id == world.organisation_id)
        )
        return {str(row["id"]): dict(row) for row in rows.mappings()}


@pytest.mark.slow
@FORMATS
def test_audits_leave_as_they_are_stored(visited: Visited, format: Format) -> None:
    world = visited.world
    rows = {
        row["audit_id"]: plain(row)
        for row in read(world, "audits", format, request(edition=FULL, period=None), world.hq)
    }
    kept = stored(world)
    assert rows.keys() == kept.keys()
    for audit_id, audit in kept.items():
        row = rows[audit_id]
        assert row["score"] == Decimal(audit["final_score"]) / 100
        assert row["earned"] == Decimal(audit["earned"]) / 1_000_000
        same = ("business_date", "state", "revision", "passed", "valid", "site_code", "scoring_key")
        assert {name: row[name] for name in same} == plain({name: audit[name] for name in same})
        for name in ("visited_at", "conducted_at", "received_at"):
            assert row[name] == pytest.approx(audit[name].timestamp(), abs=0.001), name
        assert row["auditor_id"] == str(audit["auditor_id"])
        assert (row["findings"], row["duration"]) == (audit["findings_count"], audit["seconds"])
    of_canaries = rows[str(visited.audit_id)]
    assert (of_canaries["photos"], of_canaries["auditor"]) == (1, "Canary auditor")
    assert of_canaries["notes"] == "Well done"


@pytest.mark.slow
@FORMATS
def test_observations_leave_as_they_are_stored(visited: Visited, format: Format) -> None:
    world = visited.world
    rows = read(world, "observations", format, request(edition=FULL, period=None), world.hq)
    by_audit: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        by_audit.setdefault(row["audit_id"], {})[row["question"]] = plain(row)
    assert by_audit.keys() == stored(world).keys()
    for audit_id, observations in by_audit.items():
        told = world.call("hq", "GET", f"/audits/{audit_id}").json
        for key, row in observations.items():
            answer = told["answers"].get(key, {})
            assert row["comment"] == (answer.get("comment") or None)
            assert bool(row["failed"]) == (key in told["findings"])
            assert row["status"] == next(
                (why for why in ("not_applicable", "not_observed") if why in answer),
                "answered" if "value" in answer else "unanswered",
            )
            if isinstance(answer.get("value"), str):
                assert row["value"] == answer["value"]
        assert set(told["answers"]) <= set(observations)
    assert {row["comment"] for row in rows} >= set(NASTY)
    greeted = by_audit[str(visited.audit_id)]["greeted"]
    assert greeted["question_title"] == "Were you greeted?"
    assert (greeted["number"], greeted["touchpoint_title"]) == ("1.1", "Arrival")
    assert (greeted["label"], greeted["value"], greeted["earned"]) == ("Yes", "yes", Decimal(1))
    assert by_audit[str(visited.audit_id)]["clean"]["photos"] == 1


@pytest.mark.slow
@FORMATS
def test_scorecards_and_the_league_leave_as_the_api_tells_them(
    visited: Visited, format: Format
) -> None:
    world = visited.world
    (card,) = [
        plain(row)
        for row in read(world, "scorecards", format, request(), world.hq)
        if row["site_code"] == "SH-001"
    ]
    told = world.call("hq", "GET", f"/sites/{world.site_id}/scorecard?period=2026-03").json
    overall = told["overall"]
    assert (card["n"], card["audits"], card["valid_audits"]) == (
        overall["n"],
        told["audits"],
        told["valid"],
    )
    for name, value in {
        "mean_score": overall["score"],
        "low": overall["low"],
        "high": overall["high"],
        "pass_rate": told["pass_rate"],
        "coverage": told["coverage"],
        "change": overall["change"]["points"],
    }.items():
        assert card[name] == (None if value is None else Decimal(repr(value))), name
    league = [plain(row) for row in read(world, "league", format, request(), world.hq)]
    lines = world.call("hq", "GET", "/scorecards/sites?period=2026-03").json
    assert [(row["site_code"], row["rank"], row["n"], row["mean_score"]) for row in league] == [
        (line["site"]["code"], line["rank"], line["n"], Decimal(repr(line["score"])))
        for line in lines
    ]
    assert {row["region_code"] for row in league} == {"east", "west"}


@pytest.mark.slow
@FORMATS
def test_the_dictionary_has_every_column_question_and_option(
    visited: Visited, format: Format
) -> None:
    rows = read(visited.world, "dictionary", format, request(), visited.world.hq)
    columns = [
        (row["belongs_to"], row["key"])
        for row in rows
        if row["entry"] == "column" and not row["part_of"]
    ]
    for name, dataset in DATASETS.items():
        assert [key for of, key in columns if of == name] == [each.name for each in dataset.fields]
    questions = {(row["belongs_to"], row["key"]) for row in rows if row["entry"] == "question"}
    assert {("small", "greeted"), ("small", "receipt_number"), ("other", "honest")} <= questions
    (greeted,) = [row for row in rows if (row["belongs_to"], row["key"]) == ("small", "greeted")]
    assert (greeted["title_en"], greeted["title_zh"]) == ("Were you greeted?", "是否有人招呼？")
    assert (greeted["part_of"], greeted["type"], Decimal(greeted["points"])) == (
        "arrival",
        "yes_no",
        Decimal(1),
    )


def test_a_page_goes_on_where_the_one_before_it_ended(
    visited: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = visited.world
    asked = request(edition=FULL, period=None)
    whole = read(world, "observations", Format.JSONL, asked, world.hq)
    days = [(row["business_date"], UUID(row["audit_id"])) for row in whole]
    assert days == sorted(days)
    for size in (1, 2, 3):
        monkeypatch.setattr(paging, "PAGE", size)
        assert read(world, "observations", Format.JSONL, asked, world.hq) == whole
