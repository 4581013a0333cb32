"""Documents have names that no two share, that every file system takes, and that tell no person."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from flask import Flask

from audit_api.services.documents.files import file_name
from tests.world import World, make_world

PERIODS = ("2026-12", "2026-Q4", "2026", "P3M/2026-12", "P12M/2026-12", "P1M/2026-12")


@pytest.fixture(scope="module")
def world(shared_app: Flask) -> World:
    return make_world(shared_app, review="none")


def name_of(world: World, path: str, **query: str) -> str:
    answer = world.call("manager", "GET", path, query_string=query)
    assert answer.status_code == 200, answer.json
    found = re.fullmatch(r'inline; filename="([^"]+)"', answer.headers["Content-Disposition"])
    assert found is not None, answer.headers
    return found[1]


def test_every_period_filter_and_language_has_a_name_of_its_own(world: World) -> None:
    asked = [
        {"period": period, **more, "lang": lang}
        for period in PERIODS
        for more in ({}, {"checklist": "small"}, {"checklist": "q4"}, {"checklist": 'a"b'})
        for lang in ("en", "zh", "both")
    ]
    path = f"/sites/{world.site_id}/scorecard.pdf"
    # A page without a visit is as good for its name as any other, and sooner drawn.
    names = [name_of(world, path, **query) for query in asked[::5]]
    assert len({name.lower() for name in names}) == len(names)
    assert name_of(world, path, period="2026-Q4", lang="en") == "scorecard-SH-001-2026-Q4-en.pdf"
    assert name_of(world, path, period="2026-12", lang="en") == "scorecard-SH-001-2026-12-en.pdf"
    rolling = name_of(world, path, period="P3M/2026-12", checklist="small", lang="zh")
    assert rolling == "scorecard-SH-001-P3M_2026-12-checklist-small-zh.pdf"


def test_two_visits_of_a_day_have_two_names_without_the_auditor(world: World) -> None:
    ids = [uuid4(), uuid4()]
    for audit_id, audit in zip(ids, (world.audit(), world.another()), strict=True):
        assert world.put(audit, audit_id).status_code == 201
    names = [name_of(world, f"/audits/{audit_id}/report.pdf", lang="en") for audit_id in ids]
    assert names == [f"audit-SH-001-2026-03-02-{str(audit_id)[:8]}-en.pdf" for audit_id in ids]
    assert not any(str(world.users["auditor"])[:8] in name for name in names)


def test_codes_that_no_file_system_takes_stay_apart() -> None:
    codes = ("北京", "上海", "A/B", "A B", "A_B", "A\\B", "../B", 'A"B', "A\r\nB")
    names = [file_name("scorecard", code, "2026-03", "en") for code in codes]
    assert len(set(names)) == len(codes)
    assert all(re.fullmatch(r"scorecard-[A-Za-z0-9._~-]+\.pdf", name) for name in names)
