"""What is measured beside each other says the same."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from audit_api.drawing.languages import each
from audit_api.pdf import render
from bench.papers import content
from bench.papers.flowables import flowables
from bench.papers.typesetter import typesetter

MADE = content.report(7)
COPIES = content.display_copies()


@pytest.mark.slow
@pytest.mark.parametrize("arm", ["ours", "flowables", "typst"])
def test_every_arm_draws_the_same_words_and_photos(arm: str, tmp_path: Path) -> None:
    draw = {
        "ours": lambda: render(MADE, COPIES.__getitem__),
        "flowables": lambda: flowables(MADE, COPIES),
        "typst": lambda: typesetter(tmp_path, COPIES)(MADE),
    }
    with pymupdf.open(stream=draw[arm](), filetype="pdf") as document:
        text = "".join("".join(page.get_text() for page in document).split())
        photos = {photo[0] for page in document for photo in page.get_images()}
    assert len(photos) == len(COPIES)
    lines = [line for part in MADE.touchpoints for line in part.questions]
    for words in (*(line.title for line in lines), *(line.comment or "" for line in lines)):
        assert all("".join(said.split()) in text for said in each(words)), words


def test_no_report_is_like_another() -> None:
    assert content.report(1) != content.report(2)
    assert content.report(1) == content.report(1)
