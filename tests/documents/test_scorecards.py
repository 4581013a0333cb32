"""A site's scorecard as a document: the call's figures, the languages' words, nobody's name."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pymupdf
import pytest

from audit_api.rules.figures.periods import parse
from audit_api.rules.scoring.praise import Tone
from audit_api.services.documents import comments
from audit_api.services.documents.card_parts import period_words
from audit_api.services.documents.comments import Candidate
from tests.world import ALL_YES, World


def submitted(world: World, **comments: str) -> None:
    """Send an audit that failed where it is commented with a no, and approve it."""
    answers: dict[str, Any] = {key: dict(answer) for key, answer in ALL_YES.items()}
    for key, comment in comments.items():
        verdict, _, text = comment.partition(": ")
        answers[key] = {"value": verdict, "comment": text}
    sent = world.put(world.audit(answers))
    assert sent.status_code == 201, sent.json
    world.move(sent.json["receipt"]["audit_id"], "approve", "hq")


def text_of(world: World, person: str, lang: str) -> str:
    path = f"/sites/{world.site_id}/scorecard.pdf?period=2026-03&lang={lang}"
    answer = world.call(person, "GET", path)
    assert (answer.status_code, answer.content_type) == (200, "application/pdf"), answer.json
    with pymupdf.open(stream=io.BytesIO(answer.data)) as document:
        return "\n".join(page.get_text() for page in document)


def test_the_document_says_what_the_call_says(world: World) -> None:
    submitted(world, clean="no: Dust below the shelf.", greeted="yes: A friendly word at the door.")
    submitted(world)
    card = world.call("manager", "GET", f"/sites/{world.site_id}/scorecard?period=2026-03").json
    text = text_of(world, "manager", "en")
    assert f"{card['overall']['score']:.2f}" in text
    assert "March 2026" in text
    assert "Was the floor clean?" in text
    assert "Dust below the shelf." in text
    assert "A friendly word at the door." in text


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ["2026年3月", "结账环节"]), ("both", ["March 2026", "2026年3月"])]
)
def test_it_speaks_the_languages_asked_for(world: World, lang: str, words: list[str]) -> None:
    submitted(world, receipt="no: 没有给小票。")
    text = text_of(world, "hq", lang)
    assert all(word in text for word in words)


def test_a_site_without_a_visit_has_a_document_too(world: World) -> None:
    assert "March 2026" in text_of(world, "hq", "en")


def test_nobody_reads_who_visited(world: World) -> None:
    submitted(world, clean="no: Dust.")
    name = world.call("auditor", "GET", "/me").json["name"]
    for person in ("manager", "hq"):
        assert name not in text_of(world, person, "both")


@pytest.mark.parametrize(
    ("period", "en", "zh"),
    [
        ("2026-11", "November 2026", "2026年11月"),
        ("2026-Q2", "Q2 2026", "2026年第2季度"),
        ("2026", "2026", "2026年"),
        ("P6M/2026-03", "6 months to March 2026", "截至2026年3月的6个月"),
    ],
)
def test_a_period_is_written_as_people_write_it(period: str, en: str, zh: str) -> None:
    found = parse(period)
    assert found is not None
    assert period_words(found, "both") == (en, zh)


def test_each_visit_is_heard_before_any_is_heard_twice() -> None:
    def written(lot: int, visit: Any, tone: Tone = Tone.COMPLAINT) -> Candidate:
        site: Any = None
        return Candidate(bytes([lot]), visit, site, date(2026, 3, lot), site, f"{lot}", tone)

    one = [written(lot, "first visit") for lot in range(1, 6)]
    others = [written(lot, f"visit {lot}") for lot in (6, 7)]
    praise = [written(9, "first visit", Tone.PRAISE)]
    drawn = comments.draw_by_lot([*one, *others, *praise], Tone.COMPLAINT)
    assert [each.text for each in drawn] == ["1", "6", "7"]
    assert [each.text for each in comments.draw_by_lot(one, Tone.COMPLAINT)] == ["1", "2", "3"]
