"""Documents in two languages: both are there, side by side, and a plain text is there once."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from audit_api.drawing import Labels
from audit_api.pdf import Explanation, render, render_scorecard
from tests.pdf.reports import LABELS, open_jpeg, question, report, text_of, touchpoint
from tests.pdf.scorecards import open_photo, scorecard
from tests.servers.debian import program

BOTH = Labels((LABELS["en"], LABELS["zh"]))
STEP = ("1.1 earned 2 of 2 points.", "第 1.1 题：得 2 分，满分 2 分。")
MADE = report(
    labels=BOTH,
    band=("Good", "良好"),
    touchpoints=(
        touchpoint(
            question(
                ("Was the queue short?", "排队时间是否较短？"), answer=("No", "否"), failed=True
            ),
            title=("Checkout", "结账环节"),
        ),
    ),
    explanation=Explanation(("By weight.", "按权重计算。"), (STEP,)),
)


def test_a_report_in_both_languages_says_everything_in_both() -> None:
    text = text_of(MADE)
    for words in (
        "Mystery shopping audit report · 神秘顾客暗访报告",
        "Findings · 问题点 (1)",
        "Was the queue short? 排队时间是否较短？",
        "Answer: No · Points: 5 / 5",
        "答案：否 · 分数：5 / 5",
        "Good 良好",
        "Page 1 of 2 · 第 1 页，共 2 页",
    ):
        assert words in text


def test_the_steps_of_an_explanation_stand_side_by_side(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(render(MADE, open_jpeg))
    tool = program("pdftotext", package="poppler-utils")
    read = subprocess.run(
        [tool, "-layout", tmp_path / "report.pdf", "-"], check=True, capture_output=True
    ).stdout.decode()
    rows = [line for line in read.splitlines() if STEP[0] in line]
    assert len(rows) == 1
    assert all(STEP[1] in row for row in rows)


@pytest.mark.parametrize("languages", [("en",), ("zh",), ("en", "zh")])
def test_another_reader_finds_titles_pages_and_digest(
    languages: tuple[str, ...], tmp_path: Path
) -> None:
    labels = Labels(tuple(LABELS[language] for language in languages))
    (tmp_path / "report.pdf").write_bytes(render(report(labels=labels), open_jpeg))
    (tmp_path / "card.pdf").write_bytes(render_scorecard(scorecard(*languages), open_photo))
    tool = program("pdftotext", package="poppler-utils")
    read = {
        name: subprocess.run(
            [tool, tmp_path / name, "-"], check=True, capture_output=True
        ).stdout.decode()
        for name in ("report.pdf", "card.pdf")
    }
    for language in languages:
        words = LABELS[language]
        assert words["report.title"] in read["report.pdf"]
        assert words["report.page"].format(page=1, pages=1) in read["report.pdf"]
        assert words["report.scorecard_title"] in read["card.pdf"]
        assert words["report.read_change"][:12] in read["card.pdf"].replace("\n", " ")
    assert "9f2c4a7be1d05836" * 4 in read["report.pdf"]
