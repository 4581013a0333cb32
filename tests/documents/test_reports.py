"""Reports as people get them: in the language asked for, and silent about who the auditor was."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from pypdf import PdfReader
from werkzeug.test import TestResponse

from tests.images.photos import encoded, quarters
from tests.world import ALL_YES, World, make_world, small_checklist


@pytest.fixture(scope="module")
def approved(shared_app: Flask) -> tuple[World, str]:
    """A world with an approved audit, one finding in it."""
    world, audit_id = make_world(shared_app), str(uuid4())
    audit = world.audit(ALL_YES | {"honest": {"value": "no", "comment": "They denied it."}})
    assert world.put(audit, audit_id).status_code == 201
    for action in ("open", "approve"):
        assert world.move(audit_id, action).status_code == 200
    return world, audit_id


def report(approved: tuple[World, str], who: str, lang: str) -> TestResponse:
    world, audit_id = approved
    return world.call(who, "GET", f"/audits/{audit_id}/report.pdf?lang={lang}")


def text_of(answer: TestResponse) -> str:
    assert answer.status_code == 200, answer.text
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_a_managers_copy_never_names_the_auditor(approved: tuple[World, str], lang: str) -> None:
    world, _ = approved
    name = world.call("hq", "GET", f"/users/{world.users['auditor']}").json["name"]
    office = report(approved, "hq", f"{lang}&edition=full")
    manager = report(approved, "manager", lang)
    assert name in text_of(office)
    document = PdfReader(BytesIO(manager.data))
    told = text_of(manager) + str(document.metadata) + str(document.outline)
    for trace in (name, "Auditor", "14:30"):
        assert trace not in told
    assert name.encode() not in manager.data


@pytest.mark.parametrize(
    ("lang", "language", "words"),
    [
        ("en", "en", ["Findings (1)", "How the score came about"]),
        ("zh", "zh", ["问题点 (1)", "得分说明"]),
        ("both", "en, zh", ["Findings · 问题点 (1)", "How the score came about · 得分说明"]),
    ],
)
def test_a_report_comes_in_the_language_asked_for(
    approved: tuple[World, str], lang: str, language: str, words: list[str]
) -> None:
    answer = report(approved, "manager", lang)
    assert answer.headers["Content-Language"] == language
    text = text_of(answer)
    assert all(each in text for each in [*words, "They denied it."])


REGIONAL = {"en": "en-US", "zh": "zh-CN"}
TRADITIONAL = {
    "Were you greeted?": "是否有人招呼您？（繁體）",
    "Was the floor clean?": "地面是否乾淨？",
}


def regional(value: Any) -> Any:
    """The checklist with its texts in the languages of regions, two of them in a third."""
    if isinstance(value, list):
        return [regional(each) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == set(REGIONAL):
        more = {"zh-TW": TRADITIONAL[value["en"]]} if value["en"] in TRADITIONAL else {}
        return {REGIONAL[language]: text for language, text in value.items()} | more
    return {name: regional(each) for name, each in value.items()}


@pytest.fixture(scope="module")
def approved_regional(shared_app: Flask) -> tuple[World, str]:
    written = small_checklist(locales=[*REGIONAL.values(), "zh-TW"])
    world, audit_id = make_world(shared_app, checklist=regional(written)), str(uuid4())
    assert world.put(world.audit(), audit_id).status_code == 201
    return world, audit_id


@pytest.mark.parametrize(
    ("lang", "language", "shown", "silent"),
    [
        ("zh", "zh", ["得分说明", "是否给了小票？", "地面是否干净？"], ["Did you get a receipt?"]),
        ("zh-CN", "zh", ["得分说明", "是否给了小票？"], ["Did you get a receipt?", "乾淨"]),
        ("zh_Hant_HK", "zh", ["得分说明", "地面是否乾淨？"], ["地面是否干净？"]),
        ("en-GB", "en", ["How the score came about", "Did you get a receipt?"], ["小票"]),
        ("both", "en, zh", ["Did you get a receipt?", "是否给了小票？", "得分说明"], ["乾淨"]),
    ],
)
def test_a_report_shows_the_texts_in_the_language_nearest_to_the_one_asked_for(
    approved_regional: tuple[World, str],
    lang: str,
    language: str,
    shown: list[str],
    silent: list[str],
) -> None:
    answer = report(approved_regional, "hq", lang)
    assert answer.headers["Content-Language"] == language
    text = text_of(answer)
    assert [each for each in shown if each not in text] == []
    assert [each for each in silent if each in text] == []


def test_without_a_language_a_report_is_in_the_one_that_the_header_asks_for(
    approved_regional: tuple[World, str],
) -> None:
    world, audit_id = approved_regional
    path, headers = f"/audits/{audit_id}/report.pdf", {"Accept-Language": "zh-TW, en;q=0.5"}
    assert "地面是否乾淨？" in text_of(world.call("hq", "GET", path, headers=headers))


def test_another_language_is_refused(approved: tuple[World, str]) -> None:
    assert report(approved, "hq", "fr").status_code == 422


def test_a_report_carries_the_logo_instead_of_the_name(approved: tuple[World, str]) -> None:
    world, _ = approved
    headers = {"Authorization": f"Bearer {world.tokens['hq']}", "Content-Type": "image/png"}
    plain = PdfReader(BytesIO(report(approved, "hq", "en").data)).pages[0]
    logo = encoded(quarters(), "PNG")
    put = world.client.put("/api/v1/organisation/logo", data=logo, headers=headers)
    assert put.status_code == 204
    branded = PdfReader(BytesIO(report(approved, "hq", "en").data)).pages[0]
    assert (len(plain.images), len(branded.images)) == (0, 1)
    assert "Tea & Co" in plain.extract_text()
    assert "Tea & Co" not in branded.extract_text()
