"""Where things stand on the pages, seen in the marks before they are painted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_api.drawing import BandStart, Labels, Scale
from audit_api.pdf import AuditReport, Explanation, Impression, QuestionLine, look
from audit_api.pdf.audit.report import lay_out
from audit_api.pdf.gallery import EVIDENCE, THUMBNAILS
from audit_api.pdf.page import Flow
from audit_api.rules.papers import Form, Layout, Paper
from tests.chance import times
from tests.pdf.layouts import check_that_all_is_on_the_paper, check_that_no_texts_overlap
from tests.pdf.reports import LABELS, effect, jpeg, open_jpeg, photos, question, report, touchpoint

title = st.text("好店 ab", max_size=300)
text = title | st.tuples(title, title)
questions = st.builds(
    question,
    text,
    number=st.just("12.3"),
    answer=st.text("是否 ab", max_size=200) | st.tuples(title, title),
    failed=st.booleans(),
    comment=st.none() | st.text("员工 ab", max_size=2_000),
    photos=st.builds(photos, st.integers(0, 8)),
    critical=st.none() | text,
    note=st.none() | text,
    points=st.just("3 / 5") | st.just(("7 deducted", "扣 7 分")),
)
touchpoints = st.builds(
    lambda asked, title, score: touchpoint(*asked, title=title, score=score),
    st.lists(questions, min_size=1, max_size=6),
    text,
    st.none() | st.integers(-500, 12_000),
)
effects = st.builds(effect, text, done=text, section=text, total=text)
impressions = st.none() | st.builds(Impression, st.just("12.3"), text, st.text("好店 ab\n"))
reports = st.builds(
    lambda languages, parts, explanation, scale, final, band, effects, impression: report(
        labels=Labels(tuple(LABELS[language] for language in languages)),
        touchpoints=tuple(parts),
        explanation=explanation,
        scale=scale,
        final=final,
        band=band,
        effects=effects,
        impression=impression,
    ),
    st.sampled_from([("en",), ("zh",), ("en", "zh")]),
    st.lists(touchpoints, max_size=5),
    st.none() | st.builds(Explanation, text, st.tuples(text, text)),
    st.builds(
        Scale,
        st.lists(st.builds(BandStart, text, st.integers(0, 10_000)), max_size=8).map(tuple),
        st.none() | st.integers(0, 10_000),
    ),
    st.none() | st.integers(-500, 12_000),
    st.none() | text,
    st.lists(effects, max_size=3).map(tuple),
    impressions,
)


def laid_out(made: AuditReport) -> Flow:
    return lay_out(made, open_jpeg)


@pytest.mark.slow
@settings(max_examples=times(25))
@given(reports, st.builds(Form, st.sampled_from(Layout), st.sampled_from(Paper)))
def test_a_report_keeps_to_its_paper_and_prints_nothing_over_anything(
    made: AuditReport, form: Form
) -> None:
    flow = lay_out(made, open_jpeg, form)
    check_that_all_is_on_the_paper(flow)
    check_that_no_texts_overlap(flow)


@pytest.mark.parametrize("length", range(1_000, 9_000, 800))
def test_no_box_leaves_the_page_however_long_the_names_and_high_the_scores(length: int) -> None:
    parts = (touchpoint(score=12_000), touchpoint(score=-500))
    flow = laid_out(report(organisation="north wind " * (length // 11), touchpoints=parts))
    check_that_all_is_on_the_paper(flow)


@pytest.mark.parametrize("size", [(40, 30), (30, 40), (200, 10), (7, 90)])
def test_a_photo_of_any_shape_keeps_its_shape_inside_its_cell(size: tuple[int, int]) -> None:
    failed, fine = question(photos=photos(1), failed=True), question(photos=photos(1))
    made = report(touchpoints=(touchpoint(failed, fine),))
    pictures = [
        picture
        for page in lay_out(made, lambda _: jpeg(size=size)).pages
        for picture in page.pictures
    ]
    assert len(pictures) == 2
    for picture, grid in zip(pictures, (EVIDENCE, THUMBNAILS), strict=True):
        assert picture.width / picture.height == pytest.approx(size[0] / size[1])
        assert picture.width <= grid.cell + 0.01
        assert picture.height <= grid.cell * 0.75 + 0.01


def test_the_first_page_names_the_organisation_once_and_the_others_at_their_head() -> None:
    part = touchpoint(*(question() for _ in range(40)))
    first, second, *_ = laid_out(report(touchpoints=(part,))).pages
    names = [words.y for words in first.words if words.text == "Northwind Retail Group"]
    assert len(names) == 1
    assert [words.y < look.TOP for words in second.words if "Northwind" in words.text] == [True]


@pytest.mark.slow
def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    failed = question("Was the queue short? " * 4, failed=True, photos=photos(2))
    parts = (touchpoint(failed, question()), touchpoint(question(photos=photos(1)), failed))
    for notes in range(55):
        flow = laid_out(
            report(effects=(effect(),) * notes, review_notes=("a note",) * notes, touchpoints=parts)
        )
        for mark in flow.outline:
            below = [words for words in flow.pages[mark.page].words if words.y > mark.y + 40]
            assert [words for words in below if words.y < flow.sheet.bottom], (notes, mark.title)


@pytest.mark.slow
@pytest.mark.parametrize("failed", [True, False])
def test_a_photo_stays_on_the_page_of_its_short_comment(failed: bool) -> None:
    told = question(comment="A short remark.", photos=photos(1), failed=failed)
    for before in range(45):
        part = touchpoint(*(question(),) * before, told)
        for page in laid_out(report(touchpoints=(part,), effects=(effect(),) * before)).pages:
            remarks = [words for words in page.words if words.text == "A short remark."]
            assert len(page.pictures) == len(remarks), before


@pytest.mark.parametrize("count", range(1, 40, 3))
def test_a_touchpoint_that_runs_over_a_page_repeats_its_head(count: int) -> None:
    part = touchpoint(*(question(number=f"1.{number}") for number in range(count * 3)))
    flow = laid_out(report(touchpoints=(part,)))
    for page in flow.pages[1:]:
        assert [words.text for words in page.words][:2] == ["Arrival (continued)", "90.00%"]


def test_a_chart_of_many_touchpoints_runs_over_pages_with_its_head() -> None:
    parts = tuple(touchpoint(title=f"Touchpoint {number}") for number in range(60))
    flow = laid_out(report(touchpoints=parts))
    assert flow.pages[1].words[0].text == "Touchpoint"


def test_an_empty_page_is_never_made() -> None:
    asked: QuestionLine = question("t" * 5_000, answer="a" * 9_000, comment="c" * 9_000)
    for page in laid_out(report(touchpoints=(touchpoint(asked, asked),))).pages:
        assert len(page.words) > 8
