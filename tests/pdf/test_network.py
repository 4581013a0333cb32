"""What stands in the paper about many sites."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pymupdf
import pytest
from pypdf import PdfReader

from audit_api.drawing import Figure, Period
from audit_api.errors import Kind, Problem
from audit_api.pdf import (
    Coverage,
    Difference,
    Finding,
    NetworkReport,
    Part,
    Repeats,
    render_network,
)
from audit_api.pdf.network.report import lay_out_network
from audit_api.rules.papers import USUAL, Form, Layout
from tests.drawing.sites import PERIODS, heat_of, league_of
from tests.pdf.networks import empty, network, question
from tests.pdf.reports import open_jpeg

ONE = Figure(1, 8467)


def read(report: NetworkReport, form: Form = USUAL) -> PdfReader:
    return PdfReader(BytesIO(render_network(report, open_jpeg, form)))


def text_of(report: NetworkReport, form: Form = USUAL) -> str:
    """The text that pypdf finds, white space evened out."""
    pages = read(report, form).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def sections(report: NetworkReport, layout: Layout = Layout.FULL) -> list[str]:
    flow = lay_out_network(report, open_jpeg, Form(layout))
    return [mark.title for mark in flow.outline]


def test_the_paper_says_every_figure_that_it_was_given() -> None:
    text = text_of(network())
    for words in (
        "Region report North West Q1 2026 · NW",
        "North West scores 78.31%, 6.69 percentage points below its target of 85.00%.",
        "78.31%",
        "76.20% – 80.42%",
        "Pass rate 63.12%",
        "Target 85.00% 6.69 pp below it",
        "Visits done 203 of 210 planned",
        "Visits with a score 198",
        "Sites visited 42 of 44",
        "+1.37 pp +1.64% against Q4 2025 198 visits against 190: more than chance",
        "−0.57 pp −0.72% against Q1 2025 · other rules 198 visits against 180: may be chance",
        "Q2 2026 is expected to score 79.00%",
        "Consultation 78.55% 75.20% +0.30 196",
        "After-sales follow-up 40 of 60 visits 4.17",
        "41 sites have a score both in this period and in Q4 2025.",
        "“Consultation” has most to do with the overall score.",
        "“Fitting room” is left out: too few visits have it.",
        "7 findings came again",
        "Saturdays score 3.10 percentage points below the other days",
        "33.33",
        "Market Street 1 · 2026-03-14 · Consultation · Answer: Yes, in detail",
        "She let me smell each tea. 2026-03-21 · Consultation",
        "Of them valid 196 with enough answers",
        "97.12% of the scored questions asked",
        "2 sites have no visit in this period and stand in no table.",
        "Figures as of 2026-04-01 08:00 UTC",
    ):
        assert words in text


def test_the_answer_stands_first_and_each_layout_tells_its_part() -> None:
    report = network()
    assert sections(report) == [
        "Region report",
        "In short",
        "Trend",
        "Scores by touchpoint",
        "Scores by dimension",
        "Sites by touchpoint",
        "Sites ranked",
        "Sites that moved most",
        "What to fix first",
        "What has most to do with the score",
        "Findings that came again",
        "Days of the week",
        "What customers would say",
        "What the best sites do",
        "What went wrong at the weakest sites",
        "What visitors wrote",
        "How questions were answered",
        "What the figures rest on",
        "How to read this report",
    ]
    assert sections(report, Layout.SUMMARY)[1:] == [
        "In short",
        "Scores by touchpoint",
        "Trend",
        "Sites that moved most",
        "What to fix first",
    ]
    assert sections(report, Layout.FINDINGS)[1:] == [
        "In short",
        "Sites that moved most",
        "What to fix first",
        "Findings that came again",
        "What went wrong at the weakest sites",
        "What visitors wrote",
    ]


def test_a_summary_is_two_pages_and_names_five_sites_that_moved_and_three_questions() -> None:
    for languages in (("en",), ("zh",), ("en", "zh")):
        flow = lay_out_network(network(*languages), open_jpeg, Form(Layout.SUMMARY))
        assert len(flow.pages) <= 2
        said = [words.text for words in flow.pages[-1].words]
        assert sum(words.startswith("MAN-") for words in said) == 5
        assert sum(words.startswith("5.") for words in said) == 3


def test_a_summary_says_what_is_expected_once() -> None:
    said = "Q2 2026 is expected to score 79.00%"
    told = network(findings=(Finding(network().forecast or ""),))
    for report in (network(), told):
        assert text_of(report, Form(Layout.SUMMARY)).count(said) == 1


def test_no_page_ends_with_a_bullet_without_its_sentence() -> None:
    lines = tuple(f"{place}: {'the same finding came again ' * 9}" for place in range(1, 60))
    flow = lay_out_network(network(repeats=Repeats("Came again.", lines)), open_jpeg)
    for page in flow.pages:
        for bullet in [box for box in page.boxes if (box.width, box.height) == (3, 3)]:
            assert any(0 < words.y - bullet.y < 10 for words in page.words)


def test_findings_show_neither_praise_nor_what_improved() -> None:
    text = text_of(network(), Form(Layout.FINDINGS))
    assert "Three minutes at the door." in text
    assert "Worsened" in text
    for words in ("She let me smell each tea.", "Improved", "What the best sites do"):
        assert words not in text


@pytest.mark.parametrize(("good", "sign"), [(True, "+"), (False, "−"), (None, "•")])
def test_a_finding_tells_good_and_bad_by_a_sign(good: bool | None, sign: str) -> None:
    report = network()
    finding = type(report.findings[0])("Something is so.", good)
    flow = lay_out_network(network(findings=(finding,)), open_jpeg)
    said = [words.text for words in flow.pages[0].words]
    assert said[said.index("Something is so.") - 1] == sign


@pytest.mark.parametrize(
    ("target", "score", "said"),
    [
        (8000, 8000, "Target 80.00% met"),
        (8000, 7999, "Target 80.00% 0.01 pp below it"),
        (None, 8000, "Visits done"),
    ],
)
def test_a_target_says_whether_it_is_met(target: int | None, score: int, said: str) -> None:
    text = text_of(network(target=target, overall=Figure(5, score, 7000, 9000)))
    assert said in text
    assert ("Target" in text.replace("its target", "")) is (target is not None)


def test_two_hundred_sites_run_over_pages_with_the_head_again_and_the_total() -> None:
    report = network(heat=heat_of(200), league=league_of(200, 3))
    pages = [page.extract_text() for page in read(report).pages]
    ranked = [page for page in pages if "Pass rate" in page and "Rank" in page]
    assert len(ranked) > 5
    assert sum(page.count("Old Town Shopping Gallery 200") for page in ranked) == 1
    shaded = [page for page in pages if "Greeting and reception" in page and "Farewell" in page]
    assert len(shaded) > 5
    assert sum("North West 31.13% n 600" in " ".join(page.split()) for page in pages) == 1


def test_no_page_begins_with_the_last_row_of_a_table_alone() -> None:
    for sites in range(8, 44, 3):
        flow = lay_out_network(network(league=league_of(sites, 3), heat=None), open_jpeg)
        for page in flow.pages:
            codes = [words for words in page.words if words.text.endswith(" · North West")]
            assert len(codes) not in (1, 2)


def test_a_paper_without_a_scored_visit_is_one_page_that_says_so_and_shows_no_zero() -> None:
    for language, said in (
        ("en", "No visit of this period has a score yet."),
        ("zh", "本期尚无计分的暗访"),
    ):
        report = empty(language)
        assert len(read(report).pages) == 1
        text = text_of(report)
        assert said in text
        assert "0.00%" not in text


def test_one_visit_has_no_interval_and_shouts_nowhere() -> None:
    none = Difference(PERIODS[3], None, None)
    report = network(
        overall=ONE,
        previous=none,
        last_year=None,
        coverage=Coverage(None, None, 1, 1, None, 3, 1),
        trend=(Period(PERIODS[-1], ONE),),
        expected=(),
        touchpoints=(Part("Arrival", ONE, None, none),),
        heat=heat_of(1, 4),
        league=league_of(1, 1),
    )
    text = text_of(report)
    for words in ("one visit has none", "told once the period is over", "nothing to compare in"):
        assert words in text
    assert "Arrival 84.67% 1" in text


def test_a_section_without_content_is_not_printed() -> None:
    lists = (
        *("findings", "trend", "expected", "touchpoints", "dimensions", "failing", "metrics"),
        *("practices", "comments", "questionnaires", "notes"),
    )
    single = ("heat", "league", "movers", "drivers", "repeats", "weekdays", "forecast")
    nothing: dict[str, Any] = dict.fromkeys(lists, ()) | dict.fromkeys(single)
    assert sections(network(**nothing)) == [
        "Region report",
        "What the figures rest on",
        "How to read this report",
    ]


def test_how_to_read_it_explains_what_the_paper_has_and_nothing_else() -> None:
    text = text_of(network())
    explained = ("Benjamini–Hochberg", "the darker a cell", "goes on from the periods shown")
    for words in explained:
        assert words in text
    bare = text_of(network(movers=None, heat=None, expected=()))
    for words in explained:
        assert words not in bare


def test_a_photo_is_asked_for_once_and_a_lost_one_leaves_a_labelled_cell() -> None:
    asked: list[str] = []

    def open_photo(key: str) -> bytes:
        asked.append(key)
        raise KeyError(key)

    data = render_network(network(), open_photo)
    assert sorted(asked) == ["photo-0", "photo-1", "photo-3", "photo-4"]
    document = PdfReader(BytesIO(data))
    text = " ".join(page.extract_text() for page in document.pages)
    assert text.count("Photo unavailable") == 4


def test_a_store_that_is_away_costs_the_paper_and_not_its_photos() -> None:
    def open_photo(_: str) -> bytes:
        raise Problem(Kind.UNAVAILABLE, what="photos")

    with pytest.raises(Problem):
        render_network(network(), open_photo)


def test_the_same_values_are_the_same_bytes() -> None:
    made = [render_network(network("en", "zh"), open_jpeg) for _ in range(2)]
    assert made[0] == made[1]


def test_properties_name_the_paper() -> None:
    data = render_network(network(), open_jpeg)
    with pymupdf.open(stream=data, filetype="pdf") as opened:
        assert opened.metadata is not None
        assert opened.metadata["title"] == "Region report – North West – Q1 2026"
        assert opened.metadata["author"] == "Northwind Retail Group"


def test_thirty_questions_run_over_pages_under_their_head() -> None:
    report = network(failing=tuple(question(place) for place in range(30)))
    pages = [page.extract_text() for page in read(report).pages]
    assert sum("Costs the score, pp" in page for page in pages) >= 2


def test_both_languages_say_each_sentence_in_both() -> None:
    text = text_of(network("en", "zh"))
    for words in ("In short · 要点", "Sites ranked · 门店排名", "阅读说明", "本杰明尼–霍赫伯格法"):
        assert words in text
