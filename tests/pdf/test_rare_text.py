"""Rare ideographs, pictures and letters of mathematics: drawn, measured, and copied as typed."""

from __future__ import annotations

import subprocess
import sys

import pymupdf
import pytest

from audit_api.drawing.styles import BOLD, REGULAR
from audit_api.pdf import AuditReport, render
from audit_api.pdf.audit.report import lay_out
from audit_api.typography.fonts import typeface
from audit_api.typography.text import measure
from tests.pdf.layouts import check_that_all_is_on_the_paper
from tests.pdf.reports import open_jpeg, question, read, report, text_of, touchpoint

TYPED = (
    "𠮷野家（南京西路店）",
    "店长䶮先生，收银员㛃小姐，㐂寿司",
    "金属名称：𬬭、𬬻、𬭊、𫟹",
    "海盗旗🏴‍☠️、家庭👩‍👩‍👧、爱心❤️、国旗🇨🇳、英格兰🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "Loved it 😀👍🏽 – 10/10, 1️⃣ best in town",
    "mathematical 𝒳 and 𝓪𝓫𝓬",
    "The staff were 很热情 🧋, the queue 太长了 😤!",
    "葛󠄀城 and 葛城",
    "生僻字：𪛖、𫠝、𮯠",
    "Łódź, žluťoučký kůň, ẞ",
)


def rare_report() -> AuditReport:
    asked = question("𠮷野家的门店招牌是否干净？🧹", comment=TYPED[6], failed=True, answer="否 ❌")
    return report(
        "zh",
        site_name="𠮷野家 ❤️ 䶮店",
        region="㛃区",
        touchpoints=(touchpoint(asked, title="𬬭 Arrival 🚪"),),
        review_notes=TYPED,
    )


@pytest.fixture(scope="module")
def document() -> pymupdf.Document:
    return pymupdf.open(stream=render(rare_report(), open_jpeg), filetype="pdf")


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_copied_is_what_was_typed(document: pymupdf.Document, typed: str) -> None:
    assert typed in document[0].get_text() + document[-1].get_text()
    assert " ".join(typed.split()) in text_of(rare_report())


def test_titles_beside_the_pages_are_what_was_typed() -> None:
    found = read(rare_report())
    assert found.metadata is not None
    assert "𠮷野家 ❤️ 䶮店" in (found.metadata.title or "")
    assert "𬬭 Arrival 🚪" in [each.title for each in found.outline[-1]]  # type: ignore[union-attr]


def test_no_box_is_drawn(document: pymupdf.Document) -> None:
    assert "□" not in "".join(page.get_text() for page in document)


@pytest.mark.parametrize(
    "sign", ["𠮷", "䶮", "𬬻", "㐂", "🏴", "👩", "❤", "🇨", "👍", "𝒳", "🧋", "葛", "𪛖", "𮯠", "Ł"]
)
def test_every_sign_has_ink(document: pymupdf.Document, sign: str) -> None:
    found = [(page, place) for page in document for place in page.search_for(sign)]
    assert found
    for page, place in found:
        assert min(page.get_pixmap(clip=place, dpi=200).samples) < 128


def test_lines_are_as_wide_as_they_were_measured(document: pymupdf.Document) -> None:
    lines = {
        "".join(span["text"] for span in line["spans"]): (line["bbox"], line["spans"][0]["size"])
        for page in document
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
    }
    for typed in TYPED:
        (left, _, right, _), size = lines[typed]
        assert right - left == pytest.approx(measure(typed, typeface(REGULAR, typed)) * size, 0.01)


def test_all_is_on_the_paper() -> None:
    check_that_all_is_on_the_paper(lay_out(rare_report(), open_jpeg))


def test_a_picture_of_several_characters_is_as_wide_as_one() -> None:
    wide = measure("👩‍👩‍👧", typeface(REGULAR, ""))
    assert wide == measure("👩", typeface(REGULAR, ""))


def test_a_bold_text_without_a_bold_font_is_drawn_bolder() -> None:
    assert typeface(BOLD, "𠮷").weight == BOLD
    widths = [measure("𠮷好", typeface(weight, "𠮷好")) for weight in (REGULAR, BOLD)]
    assert widths[0] == widths[1]


LOADED = """
from audit_api.pdf import render
from audit_api.typography.fonts import rare
from tests.pdf.reports import chinese_report, open_jpeg
render(chinese_report(), open_jpeg)
print(rare.cache_info().currsize)
"""


@pytest.mark.slow
def test_a_plain_document_reads_no_rare_font() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True)
    assert done.stdout == "0\n", done.stderr
