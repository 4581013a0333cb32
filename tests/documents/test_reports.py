"""Reports as people get them: in the language asked for, and silent about who the auditor was."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from flask import Flask
from pypdf import PdfReader
from werkzeug.test import TestResponse

from tests.images.photos import encoded, quarters
from tests.world import ALL_YES, World, make_world


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
    office, manager = report(approved, "hq", lang), report(approved, "manager", lang)
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
