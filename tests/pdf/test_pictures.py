"""The documents that the README shows: whole, in every language, and drawn by their command."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from audit_api.pdf import render, render_scorecard
from tests.servers.debian import program
from tools.pictures import __main__ as pictures
from tools.pictures import audit, scorecard

ROOT = pictures.FOLDER.parents[1]
SHOWN_IN = (
    "README.md",
    *(f"docs/guide/{name}.md" for name in ("papers", "managers", "reviewers", "headquarters")),
)
MISSING = "□"


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_both_documents_are_whole_in_every_language(lang: str) -> None:
    report = render(audit.report(lang), audit.open_photo)
    card = render_scorecard(scorecard.report(lang), audit.open_photo)
    for document in (report, card):
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)
        assert MISSING not in text
        assert "GZ-012" in text
        assert "{" not in text


def test_every_picture_is_shown_and_they_are_small() -> None:
    texts = [(ROOT / name).read_text("utf-8") for name in SHOWN_IN]
    shown = {name for text in texts for name in re.findall(r"pictures/([\w-]+\.png)", text)}
    assert shown == {path.name for path in pictures.FOLDER.iterdir()}
    for path in pictures.FOLDER.iterdir():
        assert path.stat().st_size <= 150_000


@pytest.mark.slow
def test_the_command_draws_a_page(tmp_path: Path) -> None:
    program("pdftoppm", package="poppler-utils")
    target = tmp_path / "page.png"
    pictures.draw(render_scorecard(scorecard.report("en"), audit.open_photo), 1, target)
    with Image.open(target) as image:
        assert image.height / image.width == pytest.approx(2**0.5, rel=0.01)
