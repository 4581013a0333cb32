"""Visits by CSV: all of a file, or every fault of it by line and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Problem
from audit_api.models import Activity, Assignment, User
from audit_api.services.access import Who
from audit_api.services.sites import imports
from audit_api.services.totals import of_visits
from audit_api.services.visits import assignments, campaigns
from audit_api.sheets.lines import Counts, Upload
from tests.world import NOW, World

HEAD = "campaign,site_code,auditor_email,starts_on,ends_on,offer,repeat,override\n"


def load(world: World, text: str, *, by: Who | None = None, dry_run: bool = False) -> Counts:
    with world.app.app_context():
        upload = Upload((HEAD + text.replace("AUDITOR", email(world))).encode())
        outcome = imports.visits.load(upload, by=by or world.hq, now=NOW, dry_run=dry_run)
        db.session.commit()
        return outcome.counts


def email(world: World) -> str:
    return db.session.get_one(User, world.users["other_auditor"]).email


def faults(world: World, text: str) -> list[tuple[str, str]]:
    with pytest.raises(Problem) as caught:
        load(world, text)
    return [(fault.pointer, fault.code) for fault in caught.value.faults]


def planned(world: World) -> list[tuple[date, date, str]]:
    """The visits of the other auditor; the totals of all visits are exact."""
    with world.app.app_context():
        assert of_visits.differences(world.organisation_id) == []
        listed = assignments.listed(by=world.hq, auditor_id=world.users["other_auditor"])
        found = db.session.scalars(listed.order_by(Assignment.starts_on)).all()
        return [(each.starts_on, each.ends_on, each.state) for each in found]


def test_visits_are_planned_as_the_file_says(world: World) -> None:
    text = "Spring,SH-001,AUDITOR,,,,,\nSpring, ＳＨ–００１,AUDITOR,2026/3/2,2026-03-09,TRUE,,\n"
    assert load(world, text) == Counts(added=2, changed=0, unchanged=0)
    assert planned(world) == [
        (date(2026, 3, 1), date(2026, 3, 31), "assigned"),
        (date(2026, 3, 2), date(2026, 3, 9), "offered"),
    ]


def test_a_column_that_is_left_out_says_nothing(world: World) -> None:
    with world.app.app_context():
        text = f"auditor_email;campaign;site_code\n{email(world)};{world.campaign_id};SH-001\n"
        imports.visits.load(Upload(text.encode()), by=world.hq, now=NOW)
        db.session.commit()
    assert planned(world) == [(date(2026, 3, 1), date(2026, 3, 31), "assigned")]


def test_every_fault_has_its_line_and_column_and_nothing_is_planned(world: World) -> None:
    text = """Spring,SH-001,AUDITOR,,,,,
Autumn,SH-002,nobody@brand.example,,,,,
Spring,SH-001,AUDITOR,2026-02-28,2026-04-01,,,
Spring,SH-001,AUDITOR,2026-03-09,2026-03-08,,,
Spring,SH-001,AUDITOR,3/9/2026,,maybe,,
Spring,SH-001,AUDITOR,,,,,
,SH-001\u200b,x,,,,,
"""
    assert sorted(faults(world, text)) == sorted(
        [
            ("/lines/3/campaign", "unknown_name"),
            ("/lines/3/site_code", "unknown_code"),
            ("/lines/3/auditor_email", "unknown_name"),
            ("/lines/4/starts_on", "outside_campaign"),
            ("/lines/4/ends_on", "outside_campaign"),
            ("/lines/5/ends_on", "ends_before_start"),
            ("/lines/6/starts_on", "not_date"),
            ("/lines/6/offer", "not_one_of"),
            ("/lines/6/site_code", "visit_planned_already"),
            ("/lines/7/site_code", "visit_planned_already"),
            ("/lines/8/campaign", "cell_empty"),
            ("/lines/8/site_code", "character_invisible"),
            ("/lines/8/auditor_email", "not_email"),
        ]
    )
    assert planned(world) == []


def test_the_same_file_again_is_refused_unless_it_is_meant(world: World) -> None:
    text = "Spring,SH-001,AUDITOR,,,,,\n"
    load(world, text)
    assert faults(world, text) == [("/lines/2/site_code", "visit_planned_already")]
    load(world, "Spring,SH-001,AUDITOR,,,,TRUE,\n")
    assert len(planned(world)) == 2


def test_days_outside_the_campaign_need_a_reason_that_is_recorded(world: World) -> None:
    load(world, "Spring,SH-001,AUDITOR,2026-04-01,2026-04-02,,,The shop opens late.\n")
    with world.app.app_context():
        acts = sa.select(Activity.details).order_by(Activity.id.desc())
        assert db.session.scalars(acts).first() == {
            "added": "assigned",
            "override": "The shop opens late.",
            "imported": True,
        }


def test_a_name_of_two_campaigns_names_neither(world: World) -> None:
    with world.app.app_context():
        days = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 31)}
        campaigns.add(
            by=world.hq,
            now=NOW,
            name="Spring",
            checklist_version_id=world.version_id,
            review="always",
            **days,
        )
        db.session.commit()
    text = "Spring,SH-001,AUDITOR,,,,,\n"
    assert faults(world, text) == [("/lines/2/campaign", "campaign_ambiguous")]
    assert load(world, text.replace("Spring", str(world.campaign_id))).added == 1


def test_a_dry_run_checks_and_plans_nothing(world: World) -> None:
    assert load(world, "Spring,SH-001,AUDITOR,,,,,\n", dry_run=True).added == 1
    assert planned(world) == []


def test_a_file_is_planned_over_http_and_by_a_command(world: World, tmp_path: Path) -> None:
    with world.app.app_context():
        text = HEAD + f"Spring,SH-001,{email(world)},,,,TRUE,\n"
    sent = world.client.post(
        "/api/v1/imports/visits",
        data=text.encode(),
        content_type="text/csv",
        headers={"Authorization": f"Bearer {world.tokens['hq']}"},
    )
    assert (sent.status_code, sent.json["added"]) == (200, 1)
    with world.app.app_context():
        code = db.session.scalar(sa.text("SELECT code FROM organisations ORDER BY created_at DESC"))
    file = tmp_path / "visits.csv"
    file.write_text(text)
    runner = world.app.test_cli_runner()
    told = runner.invoke(args=["visits", "import", str(file), "--organisation", str(code)])
    assert told.output == "added 1, changed 0, unchanged 0\n"
    assert len(planned(world)) == 2
