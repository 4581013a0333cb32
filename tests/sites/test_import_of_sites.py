"""Imports: all of a file or nothing, and every fault by its line and column."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.models import (
    Activity,
    Assignment,
    Campaign,
    Checklist,
    ChecklistVersion,
    FeedEntry,
    Site,
)
from audit_api.services.access import Who
from audit_api.services.sites import sites
from audit_api.sheets.lines import MAX_FAULTS, Counts
from tests.organisations import faults, load, person, region, site, tenant
from tests.world import NOW

SITES = """code,name,region_code,kind,time_zone,address,latitude,longitude,active,attribute.format
s1,Nanjing Road,north,own,Asia/Shanghai,"1, Nanjing Road",31.2346,121.4747,TRUE,flagship
s2,The Others,north,competitor,Asia/Shanghai,,,,,
"""


def count(hq: Who) -> int:
    return len(db.session.scalars(sites.listed(by=hq)).all())


def the_site(hq: Who, code: str) -> Site:
    db.session.expire_all()
    return db.session.scalars(sites.listed(by=hq, code=code)).one()


def test_sites_are_added_as_the_file_says(hq: Who) -> None:
    north = region(hq, "north")
    assert load("sites", SITES, hq) == Counts(added=2, changed=0, unchanged=0)
    first, second = the_site(hq, "s1"), the_site(hq, "s2")
    assert (first.name, first.region_id, first.address) == (
        "Nanjing Road",
        north,
        "1, Nanjing Road",
    )
    assert (first.latitude, first.longitude, first.attributes) == (
        31.2346,
        121.4747,
        {"format": "flagship"},
    )
    assert (second.kind, second.active, second.geofence_metres, second.latitude) == (
        "competitor",
        True,
        150,
        None,
    )
    assert (second.attributes, second.version) == ({}, 1)


def test_the_same_file_again_changes_nothing(hq: Who) -> None:
    region(hq, "north")
    load("sites", SITES, hq)
    assert load("sites", SITES, hq) == Counts(added=0, changed=0, unchanged=2)
    assert the_site(hq, "s1").version == 1


def test_a_changed_line_changes_its_site_alone(hq: Who) -> None:
    region(hq, "north")
    load("sites", SITES, hq)
    assert load("sites", SITES.replace("flagship", "small"), hq) == Counts(0, 1, 1)
    assert the_site(hq, "s1").attributes == {"format": "small"}
    assert (the_site(hq, "s1").version, the_site(hq, "s2").version) == (2, 1)


def test_a_column_that_is_left_out_leaves_what_is_stored_and_an_empty_cell_empties_it(
    hq: Who,
) -> None:
    region(hq, "north")
    load("sites", SITES, hq)
    head = "code,name,region_code,time_zone,address\n"
    load("sites", head + "s1,Nanjing Road,north,Asia/Shanghai,\n", hq)
    changed = the_site(hq, "s1")
    assert (changed.address, changed.latitude) == (None, 31.2346)
    assert changed.attributes == {"format": "flagship"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_understood_as_excel_saves_it(hq: Who, encoding: str) -> None:
    region(hq, "north")
    text = SITES.replace("Nanjing Road,north", "南京东路店,north")
    text = text.replace("1, Nanjing Road", "上海市黄浦区南京东路一号")
    load("sites", text.replace("\n", "\r\n").encode(encoding), hq)
    assert the_site(hq, "s1").name == "南京东路店"


def test_a_protected_formula_is_stored_as_its_text(hq: Who) -> None:
    region(hq, "north")
    load("sites", SITES.replace("The Others", "'=1+1"), hq)
    assert the_site(hq, "s2").name == "=1+1"


TEN_FAULTS = """code,name,region_code,kind,time_zone,latitude,longitude,geofence_metres,active
ok,Sound,north,own,Asia/Shanghai,,,,
,No code,north,own,Asia/Shanghai,,,,
s3,,north,own,Asia/Shanghai,,,,
s4,No region,nowhere,own,Asia/Shanghai,,,,
s5,Bad kind,north,rented,Asia/Shanghai,,,,
s6,Bad zone,north,own,Asia/Atlantis,,,,
s7,Bad place,north,own,Asia/Shanghai,91,1e2,,
s8,Bad fence,north,own,Asia/Shanghai,,,9,
ok,Twice,north,own,Asia/Shanghai,,,,maybe
s9,Short line,north
"""


def test_every_fault_of_a_file_is_told_at_once_and_nothing_is_imported(hq: Who) -> None:
    region(hq, "north")
    db.session.commit()
    assert sorted(faults("sites", TEN_FAULTS, hq)) == sorted(
        [
            ("/lines/3/code", "cell_empty"),
            ("/lines/4/name", "cell_empty"),
            ("/lines/5/region_code", "unknown_code"),
            ("/lines/6/kind", "not_one_of"),
            ("/lines/7/time_zone", "time_zone"),
            ("/lines/8/latitude", "number_range"),
            ("/lines/8/longitude", "number_range"),
            ("/lines/9/geofence_metres", "whole_range"),
            ("/lines/10/code", "repeated_in_file"),
            ("/lines/10/active", "not_one_of"),
            ("/lines/11", "cell_count"),
        ]
    )
    db.session.commit()
    assert count(hq) == 0


def test_faults_stand_in_the_order_of_the_lines(hq: Who) -> None:
    region(hq, "north")
    places = [int(pointer.split("/")[2]) for pointer, _ in faults("sites", TEN_FAULTS, hq)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("code,name,region_code,time_zone,colour", [("/lines/1/colour", "unknown_column")]),
        ("code,name,code,region_code,time_zone", [("/lines/1/code", "column_twice")]),
        (
            "code,time_zone,attribute.",
            [
                ("/lines/1/attribute.", "unknown_column"),
                ("/lines/1/name", "column_missing"),
                ("/lines/1/region_code", "column_missing"),
            ],
        ),
    ],
)
def test_a_header_at_fault_is_told_by_its_columns(
    hq: Who, header: str, expected: list[tuple[str, str]]
) -> None:
    assert faults("sites", f"{header}\n,,,,\n", hq) == expected


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "csv_empty"), (b"\xff\xfe", "csv_empty"), (b"\xff", "charset_untold")]
)
def test_what_is_no_file_of_lines_is_a_fault(hq: Who, data: bytes, code: str) -> None:
    assert faults("sites", data, hq) == [("", code)]


def test_a_hopeless_file_is_read_until_a_thousand_faults(hq: Who) -> None:
    found = faults("regions", "code,name\n" + "x,\n" * 5_000, hq)
    assert len(found) == MAX_FAULTS + 1
    assert found[-1] == ("", "more_faults")


def test_a_dry_run_counts_and_writes_nothing(hq: Who) -> None:
    region(hq, "north")
    assert load("sites", SITES, hq, dry_run=True) == Counts(2, 0, 0)
    assert count(hq) == 0


def test_another_organisations_codes_are_neither_changed_nor_known(hq: Who) -> None:
    other = tenant()
    region(hq, "north")
    foreign = site(other, "s1", region(other, "south"))
    load("sites", SITES, hq)
    assert sites.find(foreign, by=other).name == "s1"
    assert faults("sites", SITES.replace("north", "south"), hq)[0][1] == "unknown_code"


def plan(hq: Who, site_id: object, auditor: Who) -> Assignment:
    checklist = Checklist(organisation_id=hq.organisation_id, key="small", created_at=NOW)
    db.session.add(checklist)
    db.session.flush()
    version = ChecklistVersion(
        organisation_id=hq.organisation_id,
        checklist_id=checklist.id,
        number=1,
        state="published",
        title={},
        document="{}",
        written="{}",
        written_as="json",
    )
    db.session.add(version)
    db.session.flush()
    dates = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 31), "created_at": NOW}
    campaign = Campaign(
        organisation_id=hq.organisation_id,
        checklist_version_id=version.id,
        name="Spring",
        review="always",
        **dates,
    )
    db.session.add(campaign)
    db.session.flush()
    planned = Assignment(
        organisation_id=hq.organisation_id,
        campaign_id=campaign.id,
        site_id=site_id,
        auditor_id=auditor.id,
        state="assigned",
        **dates,
    )
    db.session.add(planned)
    db.session.flush()
    return planned


def test_auditors_learn_of_changed_sites_and_of_no_others(hq: Who) -> None:
    region(hq, "north")
    load("sites", SITES, hq)
    auditor = person(hq, "auditor")
    planned = plan(hq, the_site(hq, "s1").id, auditor)
    told = sa.select(FeedEntry.assignment_id, FeedEntry.seq).where(FeedEntry.user_id == auditor.id)
    load("sites", SITES.replace("The Others", "Another name"), hq)
    assert db.session.execute(told).all() == []
    load("sites", SITES.replace("Nanjing Road,north", "A new name,north"), hq)
    assert db.session.execute(told).all() == [(planned.id, 1)]


def test_an_import_is_recorded_for_each_thing_that_it_wrote(hq: Who) -> None:
    region(hq, "north")
    load("sites", SITES, hq)
    load("sites", SITES.replace("The Others", "Another name"), hq)
    changed = the_site(hq, "s2").id
    acts = db.session.scalars(
        sa.select(Activity).where(Activity.subject_id == changed).order_by(Activity.id)
    ).all()
    assert [act.verb for act in acts] == ["site.write", "site.write"]
    assert [act.details["imported"] for act in acts] == [True, True]
    assert acts[0].details["added"] == "s2"


@pytest.mark.parametrize("noun", ["regions", "sites", "users"])
@pytest.mark.parametrize("role", ["auditor", "manager", "reviewer"])
def test_only_headquarters_import(context: Flask, hq: Who, noun: str, role: str) -> None:
    with pytest.raises(Problem) as caught:
        load(noun, "", person(hq, role))
    assert caught.value.kind is Kind.FORBIDDEN
