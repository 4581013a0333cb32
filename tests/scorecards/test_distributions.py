"""How every question was answered equals a count of the answers, whatever is folded already."""

from __future__ import annotations

import copy
from collections import Counter
from datetime import UTC, datetime
from fractions import Fraction
from random import Random
from typing import Any

import orjson
import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db, one_moment
from audit_api.models import Audit, Revision
from audit_api.rules import authoring
from audit_api.rules.exact import half_up
from audit_api.rules.scoring import Visit, compile_scorer
from audit_api.rules.totals import Kind, details
from audit_api.services.checklists import versions
from audit_api.services.totals import folding
from tests.rules.documents import document, option, question
from tests.totals.network import Network

COLOURS = [option("red", 2), option("blue", 1), option("grey", 0)]
WAIT = [{"from": 0, "points": 2}, {"from": 61, "points": 1}, {"from": 1_205, "points": 0}]
QUESTIONS: list[dict[str, Any]] = [
    question("greeted", not_applicable=True, not_observed=True),
    question("heard", "single", options=[option("web"), option("friend")], required=False),
    question("colour", "single", options=COLOURS),
    question("seen", "several", options=COLOURS, required=False),
    question("mood", "scale", min=1, max=5, weight=0, required=False),
    question("recommend", "scale", min=0, max=10, weight=0, metric="nps", required=False),
    question("wait", "duration", bands=WAIT, not_observed=True),
    question("shelves", "count", required=False),
    question("price", "number", required=False),
    question("note", "text", required=False),
    question("why", condition={"question": "greeted", "equals": "no"}),
]
MARCH = "2026-03-15T12:00:00+08:00"


def survey() -> dict[str, Any]:
    return document(*copy.deepcopy(QUESTIONS), key="all")


def drawn(chance: Random) -> dict[str, Any]:
    """The answers of one visit; many questions may be left out."""
    found: dict[str, Any] = {
        "greeted": {"value": chance.choice(["yes", "no"])},
        "colour": {"value": chance.choice(["red", "blue", "grey"])},
        "wait": {"value": chance.choice([0, 59, 60, 61, 1_204, 1_205, 1_999])},
    }
    if chance.random() < 0.3:
        found["greeted"] = {chance.choice(["not_applicable", "not_observed"]): True}
    if chance.random() < 0.2:
        found["wait"] = {"not_observed": True, "comment": "Nobody looked at the clock"}
    optional = {
        "heard": chance.choice(["web", "friend"]),
        "seen": chance.sample(["red", "blue", "grey"], chance.randrange(4)),
        "mood": chance.randint(1, 5),
        "recommend": chance.randint(0, 10),
        "shelves": chance.randrange(900),
        "price": chance.choice([-2.5, 0, 7.125, 19.99]),
        "note": "Fine",
    }
    found |= {key: {"value": value} for key, value in optional.items() if chance.random() < 0.7}
    if found["greeted"].get("value") == "no":
        found["why"] = {"value": chance.choice(["yes", "no"])}
    return found


@pytest.fixture(scope="module")
def network(app: Flask) -> Network:
    """Thirty visits, some folded, some not, one taken back before and one after it was folded."""
    network, chance = Network(app, survey()), Random(11)
    for place in range(30):
        audit_id = network.submit(
            site=chance.randrange(3),
            review="none",
            version=0,
            when=MARCH,
            answers=drawn(chance),
        )
        if network.state(audit_id) == "submitted":
            network.review(audit_id, "approve")
        if place in (3, 28):
            network.review(audit_id, "exclude")
        if place == 20:
            network.fold(100)
    network.review(next(iter(network.sent)), "exclude")
    network.fold(2)
    return network


def contents(network: Network, sites: list[int]) -> list[dict[str, Any]]:
    """The answers that count, of these sites."""
    site_ids = [network.sites[site] for site in sites]
    with network.world.app.app_context():
        rows = db.session.scalars(
            sa.select(Revision.content)
            .join(Audit, Audit.id == Revision.audit_id)
            .where(Audit.site_id.in_(site_ids), Audit.state == "approved")
        ).all()
        db.session.rollback()
    return [orjson.loads(content)["answers"] for content in rows]


def get(network: Network, person: str = "hq", **query: Any) -> Any:
    path = "/scorecards/questions/distributions"
    headers = {"Accept-Language": query.pop("lang", "en")}
    asked = {"period": "2026-03", **query}
    answer = network.world.call(person, "GET", path, query_string=asked, headers=headers)
    assert answer.status_code == 200, answer.json
    return answer.json


def counted(asked: dict[str, Any], visits: list[dict[str, Any]]) -> dict[str, Any]:
    """What has to be told of one question."""
    key = asked["key"]
    if key == "why":
        visits = [visit for visit in visits if visit["greeted"].get("value") == "no"]
    given = [visit[key] for visit in visits if key in visit]
    values = [each["value"] for each in given if "value" in each]
    left_out = {
        reason: sum(reason in each for each in given)
        for reason in ("not_applicable", "not_observed")
    }
    return {
        "asked": len(visits),
        "answered": len(values),
        **left_out,
        "unanswered": len(visits) - len(given),
        "given": Counter(
            str(one)
            for value in values
            if asked["type"] in ("yes_no", "single", "scale", "several")
            for one in (value if isinstance(value, list) else [value])
        ),
        "spread": spread(values) if asked["type"] in ("duration", "count", "number") else None,
        "bands": bands(values) if key == "wait" else [],
    }


def spread(values: list[float]) -> dict[str, Any]:
    if not values:
        return {"n": 0, "mean": None, "least": None, "median": None, "most": None}
    classes = sorted(down(value) for value in values)
    exact = Fraction(sum(Fraction(str(value)) * 1000 for value in values), len(values))
    return {
        "n": len(values),
        "mean": half_up(exact.numerator, exact.denominator) / 1000,
        "least": classes[0],
        "median": classes[(len(classes) - 1) // 2],
        "most": classes[-1],
    }


def down(value: float) -> float:
    """The start of a value's class: 1,205 begins a band."""
    return {1_204: 1_200, 1_999: 1_990, 7.125: 7.12, 19.99: 19.9}.get(value, value)


def bands(values: list[int]) -> list[Any]:
    ends = [None, 61, 1_205, None]
    counts = [
        sum(value < 61 for value in values),
        sum(61 <= value < 1_205 for value in values),
        sum(value >= 1_205 for value in values),
    ]
    return [(ends[place], ends[place + 1], n) for place, n in enumerate(counts)]


def told(line: dict[str, Any]) -> dict[str, Any]:
    names = ("asked", "answered", "not_applicable", "not_observed", "unanswered", "spread")
    return {
        **{name: line[name] for name in names},
        "given": Counter({each["key"]: each["n"] for each in line["given"] if each["n"]}),
        "bands": [(band["from"], band["to"], band["n"]) for band in line["bands"]],
    }


def scopes(network: Network) -> list[tuple[dict[str, Any], list[int]]]:
    """Queries and the sites that they are of; the last site is a competitor's."""
    return [
        ({}, [0, 1]),
        ({"checklist": "all"}, [0, 1]),
        *(({"site_id": site_id}, [place]) for place, site_id in enumerate(network.sites)),
        ({"region_id": network.regions[0]}, [0]),
        ({"region_id": network.regions[1]}, [1]),
        ({"campaign_id": network.campaign("none")}, [0, 1]),
    ]


def test_every_answer_is_counted(network: Network) -> None:
    for query, sites in scopes(network):
        visits = contents(network, sites)
        assert len(visits) > 3
        lines = get(network, **query)
        assert [line["key"] for line in lines] == [asked["key"] for asked in QUESTIONS]
        for line, asked in zip(lines, QUESTIONS, strict=True):
            assert told(line) == counted(asked, visits), asked["key"]
    # A worker may fold between two statements: both are read in one moment.
    with network.world.app.app_context(), one_moment():
        assert folding.differences(network.world.organisation_id) == []


def test_another_period_and_another_checklist_have_none(network: Network) -> None:
    assert get(network, period="2026-02") == []
    assert get(network, checklist="another") == []
    assert get(network, campaign_id=network.campaign("always")) == []


def test_a_manager_is_told_of_the_regions_granted(network: Network) -> None:
    assert get(network, "manager") == get(network, region_id=network.regions[0])


def test_answers_are_in_the_order_and_the_language_of_their_reader(network: Network) -> None:
    by_key = {line["key"]: line for line in get(network, lang="zh")}
    assert [each["key"] for each in by_key["colour"]["given"]] == ["red", "blue", "grey"]
    assert [each["title"] for each in by_key["greeted"]["given"]] == ["是", "否"]
    assert [each["key"] for each in by_key["mood"]["given"]] == ["1", "2", "3", "4", "5"]
    greeted = {each["key"]: each for each in by_key["greeted"]["given"]}
    answered = by_key["greeted"]["answered"]
    assert greeted["yes"]["share"] == half_up(10_000 * greeted["yes"]["n"], answered) / 100


def test_what_brings_no_points_stays_counted_when_it_leaves_the_checklist(app: Flask) -> None:
    network = Network(app, survey())
    world = network.world
    given = {"greeted": "yes", "colour": "red", "wait": 30, "heard": "friend", "note": "Fine"}
    answers = {key: {"value": value} for key, value in given.items()}
    sent = {"site": 0, "review": "none", "when": MARCH}
    network.submit(**sent, version=0, answers=answers)
    changed = survey()
    asked = changed["touchpoints"][0]["questions"]
    asked[1]["options"] = [option("web"), option("radio")]
    changed["touchpoints"][0]["questions"] = [each for each in asked if each["key"] != "note"]
    with world.app.app_context():
        now = datetime.now(UTC)
        version = versions.draft(changed, by=world.hq, now=now)
        versions.publish(version, by=world.hq, now=now)
        network.digests.append(str(version.digest))
        db.session.commit()
    again = {key: value for key, value in answers.items() if key != "note"}
    network.submit(**sent, version=1, answers=again | {"heard": {"value": "radio"}})
    by_key = {line["key"]: line for line in get(network)}
    heard = {each["key"]: (each["title"], each["n"]) for each in by_key["heard"]["given"]}
    assert heard == {"web": ("web", 0), "radio": ("radio", 1), "friend": ("friend", 1)}
    assert (by_key["note"]["asked"], by_key["note"]["answered"]) == (1, 1)


@pytest.mark.parametrize(
    ("photos", "answers", "expected"),
    [
        ({"shelf": 1}, {}, {Kind.QUESTION: (1, 1)}),
        ({}, {}, {Kind.QUESTION: (1, 0)}),
        ({}, {"shelf": {"not_observed": True}}, {Kind.QUESTION: (1, 0), Kind.ANSWER: (1, 0)}),
    ],
)
def test_a_photo_is_the_answer_to_its_question(photos: Any, answers: Any, expected: Any) -> None:
    asked = question("shelf", "photo", required=False, not_observed=True)
    scorer = compile_scorer(authoring.parse(document(asked)))
    visit = Visit(answers, photos)
    found = {
        kind: (sums.audits, sums.scored)
        for kind, part, sums in details(scorer.score(visit), visit, scorer)
        if part.startswith("shelf")
    }
    assert found == expected
