"""The comparison with competitors as a document: of whom it is, and who gets it."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID, uuid4

import pymupdf
import pytest
from flask import Flask

from audit_api.database import db
from audit_api.services.sites import sites
from tests.statements import counted
from tests.totals.network import Network
from tests.world import ALL_YES, NOW

MARCH = "2026-03-15T12:00:00+08:00"
OWN_WEST, THEIRS = 1, 2
STATEMENTS = 14
LEFT_OUT = ("BEGIN", "SET ")


def failing(**comments: str) -> dict[str, Any]:
    """Answers of which these are a no, each with what is written to it."""
    return ALL_YES | {key: {"value": "no", "comment": text} for key, text in comments.items()}


def sent(network: Network, site: int, answers: dict[str, Any]) -> UUID:
    return network.submit(site=site, review="none", version=0, when=MARCH, answers=answers)


@pytest.fixture
def network(app: Flask) -> Network:
    """In the west own sites score 100 twice, the competitor's 80; in the east nobody is visited."""
    found = Network(app)
    for answers in (ALL_YES, ALL_YES):
        sent(found, OWN_WEST, answers)
    sent(found, THEIRS, failing(clean="Dust below their shelf."))
    return found


def paper(
    network: Network, person: str = "hq", region: UUID | None = None, **query: str
) -> list[str]:
    """The pages of the paper in words."""
    path = f"/regions/{region}" if region else "/organisation"
    asked = {"period": "2026-03", "lang": "en", **query}
    answer = network.world.call(person, "GET", f"{path}/competitors.pdf", query_string=asked)
    assert (answer.status_code, answer.content_type) == (200, "application/pdf"), answer.json
    with pymupdf.open(stream=io.BytesIO(answer.data)) as document:
        return [" ".join(page.get_text().split()) for page in document]


def text_of(network: Network, *given: Any, **query: Any) -> str:
    return " ".join(paper(network, *given, **query))


def test_both_sides_stand_beside_each_other_with_their_figures(network: Network) -> None:
    text = text_of(network, region=network.regions[1])
    for told in ("West", "March 2026", "Small visit", "100.00%", "80.00%", "+20.00", "NY-2"):
        assert told in text
    assert "too few, or too much alike, to tell" in text


def test_what_visitors_wrote_is_about_competitors_alone(network: Network) -> None:
    sent(network, OWN_WEST, failing(clean="Dust below our own shelf."))
    text = text_of(network)
    assert "Dust below their shelf." in text
    assert "Dust below our own shelf." not in text


def test_few_visits_and_sites_without_one_are_told(network: Network) -> None:
    world = network.world
    with world.app.app_context():
        more = {"kind": "competitor", "region_id": network.regions[0], "time_zone": "UTC"}
        sites.add(by=world.hq, now=NOW, code="A-1", name="A-1", **more)
        db.session.commit()
    text = text_of(network)
    assert "Visits to competitors' sites with a score: 1." in text
    assert "without a visit in this period: 1." in text


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ["2026年3月", "竞争对手对比报告"]), ("both", ["March 2026", "2026年3月"])],
)
def test_it_speaks_the_languages_asked_for(network: Network, lang: str, words: list[str]) -> None:
    text = text_of(network, lang=lang)
    assert all(word in text for word in words)


def test_without_a_visit_to_a_competitor_one_page_says_so(network: Network) -> None:
    (page,) = paper(network, region=network.regions[0])
    assert "no visit to a competitor's site counts in this period (March 2026" in page
    assert "How to read" not in page


def test_a_manager_gets_the_region_that_was_granted_and_no_other(network: Network) -> None:
    world = network.world
    assert "East" in text_of(network, "manager", network.regions[0])
    query = "competitors.pdf?period=2026-03"
    for region in (network.regions[1], uuid4()):
        answer = world.call("manager", "GET", f"/regions/{region}/{query}")
        assert answer.status_code == 404
    assert world.call("manager", "GET", f"/organisation/{query}").status_code == 403


def test_the_name_of_the_file_tells_whose_it_is_and_of_when(network: Network) -> None:
    asked = {"period": "P3M/2026-03", "lang": "en", "layout": "summary", "paper": "letter"}
    path = f"/regions/{network.regions[1]}/competitors.pdf"
    answer = network.world.call("hq", "GET", path, query_string=asked)
    named = answer.headers["Content-Disposition"]
    assert 'filename="competitors-west-P3M_2026-03-summary-letter-en.pdf"' in named


def test_its_statements_are_as_many_whatever_the_number_of_sites(network: Network) -> None:
    world = network.world
    text_of(network)  # what a process reads but once, such as checklists
    counts = []
    for place in range(2):
        with counted(world.app) as made:
            text_of(network)
        counts.append([one for one in made if not one.startswith(LEFT_OUT)])
        with world.app.app_context():
            more = {"kind": "competitor", "region_id": network.regions[0], "time_zone": "UTC"}
            site = sites.add(by=world.hq, now=NOW, code=f"A-{place}", name="A", **more).id
            db.session.commit()
        visit = world.plan(campaign_id=network.campaign("none"), site_id=site)
        audit = {"assignment_id": str(visit), "site_id": str(site), "conducted_at": MARCH}
        assert world.put(world.audit(ALL_YES, **audit)).status_code == 201
    first, second = map(len, counts)
    assert (first, second) == (STATEMENTS,) * 2, "\n".join(counts[0])
