"""Reports in the form that is asked for, and with the figures that the calls tell."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from flask import Flask
from pypdf import PdfReader
from werkzeug.test import TestResponse

from audit_api.services.documents.languages import BOTH, led, locales
from tests.world import ALL_YES, World, make_world


@pytest.fixture(scope="module")
def capped(shared_app: Flask) -> tuple[World, str]:
    """A world with an approved audit that a critical finding capped."""
    world, audit_id = make_world(shared_app), str(uuid4())
    assert (
        world.put(world.audit(ALL_YES | {"honest": {"value": "no"}}), audit_id).status_code == 201
    )
    for action in ("open", "approve"):
        assert world.move(audit_id, action).status_code == 200
    return world, audit_id


def report(capped: tuple[World, str], query: str = "") -> TestResponse:
    world, audit_id = capped
    return world.call("hq", "GET", f"/audits/{audit_id}/report.pdf?lang=en{query}")


def text_of(answer: TestResponse) -> str:
    assert answer.status_code == 200, answer.text
    pages = PdfReader(BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_an_effect_is_told_with_the_scores_of_the_call(capped: tuple[World, str]) -> None:
    world, audit_id = capped
    told = world.call("hq", "GET", f"/audits/{audit_id}/explanation").json["steps"]
    (raw,) = [step["text"]["en"] for step in told if step["kind"] == "raw"]
    (final,) = [step["text"]["en"] for step in told if step["kind"] == "final"]
    before, after = (text.split()[-1].rstrip(".") for text in (raw, final))
    assert f"{before} → {after}" in text_of(report(capped))


def test_a_report_comes_on_the_paper_and_in_the_layout_asked_for(
    capped: tuple[World, str],
) -> None:
    answer = report(capped, "&layout=findings&paper=letter")
    assert "All questions" not in text_of(answer)
    assert PdfReader(BytesIO(answer.data)).pages[0].mediabox.width == 612
    assert "findings-letter-en.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("query", ["&layout=long", "&paper=a3"])
def test_a_form_that_there_is_not_is_refused(capped: tuple[World, str], query: str) -> None:
    assert report(capped, query).status_code == 422


@pytest.mark.parametrize(
    ("lang", "home", "leading"),
    [
        (BOTH, "zh-TW", ("zh", "en")),
        (BOTH, "en-GB", ("en", "zh")),
        (BOTH, "fr", ("en", "zh")),
        ("en", "zh", ("en",)),
    ],
)
def test_both_languages_begin_with_the_organisations_own(
    lang: str, home: str, leading: tuple[str, ...]
) -> None:
    assert locales(led(lang, home)) == leading
