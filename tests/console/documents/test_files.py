"""Documents and sheets of the console: those of the calls, each for whoever asks."""

from __future__ import annotations

import io
from uuid import uuid4

import pymupdf
import pytest
from werkzeug.test import TestResponse

from tests.console.visitor import Visitor
from tests.world import ALL_YES, World

MARCH = "period=2026-03"


@pytest.fixture(scope="module")
def world(shared_world: World) -> World:
    return shared_world


@pytest.fixture(scope="module")
def audit_id(world: World) -> str:
    sent = world.put(world.another(ALL_YES))
    assert sent.status_code == 201, sent.json
    found: str = sent.json["receipt"]["audit_id"]
    world.move(found, "approve", "hq")
    return found


def text_of(answer: TestResponse) -> str:
    assert (answer.status_code, answer.content_type) == (200, "application/pdf"), answer.text
    with pymupdf.open(stream=io.BytesIO(answer.data)) as document:
        return "\n".join(page.get_text() for page in document)


def test_scorecards_are_sent_as_pdf_in_the_language_wanted(world: World, audit_id: str) -> None:
    manager, hq = Visitor(world.app, world.users["manager"]), Visitor(world.app, world.users["hq"])
    site = f"/console/sites/{world.site_id}/scorecard.pdf?{MARCH}"
    assert "Shanghai Nanjing Road" in text_of(manager.get(site))
    assert "门店评分卡" in text_of(manager.get(f"{site}&lang=zh"))
    region = f"/console/scorecard.pdf?{MARCH}&region_id={world.region_id}"
    assert "Region scorecard" in text_of(manager.get(region))
    assert "Network scorecard" in text_of(hq.get(f"/console/scorecard.pdf?{MARCH}"))
    campaign = f"/console/scorecard.pdf?campaign_id={world.campaign_id}"
    assert "Campaign scorecard" in text_of(hq.get(campaign))
    text_of(manager.get(f"/console/competitors.pdf?{MARCH}&region_id={world.region_id}"))


def test_a_report_is_of_the_edition_that_its_reader_may_have(world: World, audit_id: str) -> None:
    path = f"/console/visits/{audit_id}/report.pdf"
    assert "Canary auditor" in text_of(Visitor(world.app, world.users["reviewer"]).get(path))
    assert "Canary auditor" not in text_of(Visitor(world.app, world.users["manager"]).get(path))


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_figures_are_sent_as_sheets(world: World, audit_id: str, ending: str) -> None:
    manager = Visitor(world.app, world.users["manager"])
    for path in (
        f"sites.{ending}?{MARCH}&sort=-change",
        f"sites/{world.site_id}/scorecard.{ending}?{MARCH}",
        f"scorecard.{ending}?{MARCH}&region_id={world.region_id}",
    ):
        answer = manager.get(f"/console/{path}")
        assert answer.status_code == 200, path
        assert answer.headers["Content-Disposition"].endswith(f'.{ending}"')


def test_what_may_not_be_read_is_not_sent(world: World, audit_id: str) -> None:
    manager, reviewer = (
        Visitor(world.app, world.users["manager"]),
        Visitor(world.app, world.users["reviewer"]),
    )
    for path in (
        f"scorecard.pdf?{MARCH}",
        f"competitors.pdf?{MARCH}",
        f"scorecard.csv?{MARCH}",
        f"scorecard.pdf?campaign_id={world.campaign_id}",
    ):
        assert manager.get(f"/console/{path}").status_code == 403, path
    for path in (
        f"sites/{uuid4()}/scorecard.pdf?{MARCH}",
        f"sites/{uuid4()}/scorecard.csv?{MARCH}",
        f"scorecard.pdf?{MARCH}&region_id={uuid4()}",
        f"visits/{uuid4()}/report.pdf",
    ):
        assert manager.get(f"/console/{path}").status_code == 404, path
    assert reviewer.get(f"/console/sites/{world.site_id}/scorecard.pdf?{MARCH}").status_code == 403
    assert manager.get("/console/scorecard.pdf").status_code == 422
