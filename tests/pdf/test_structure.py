"""Documents as those hear them who do not see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest

from audit_api.drawing import Labels
from audit_api.pdf import (
    AuditReport,
    Explanation,
    Impression,
    VisitLine,
    render,
    render_all,
    render_competitors,
    render_network,
    render_scorecard,
)
from audit_api.pdf.photo import plain
from audit_api.rules.papers import Form, Layout, Paper
from tests.pdf.networks import network
from tests.pdf.reports import (
    LABELS,
    chinese_report,
    effect,
    jpeg,
    open_jpeg,
    photos,
    question,
    report,
    touchpoint,
)
from tests.pdf.rivals import comparison
from tests.pdf.scorecards import open_photo, scorecard
from tests.pdf.tagged import Part, Tagged

BOTH = Labels((LABELS["en"], LABELS["zh"]))
LONG = "Nobody looked up from the till while we stood there. " * 12
GONE = "photo-404"


def full_report(**given: object) -> AuditReport:
    asked = (
        question(photos=photos(7), comment="Very tidy."),
        question(
            ("Was the queue short?", "排队时间是否较短？"),
            number="1.2",
            answer=("No", "否"),
            failed=True,
            critical="The audit does not pass",
            comment=LONG,
            photos=photos(2),
        ),
    )
    many = tuple(question(f"Question {place}?", number=f"2.{place}") for place in range(1, 60))
    values = {
        "labels": BOTH,
        "touchpoints": (touchpoint(*asked), touchpoint(*many, title=("Checkout", "结账环节"))),
        "effects": (effect(),),
        "review_notes": ("Checked with the shop.", "两张照片模糊。"),
        "explanation": Explanation(("By weight.", "按权重计算。"), ((LONG, "第 1.1 题：" * 60),)),
        "impression": Impression("9.9", ("In your own words?", "请用自己的话描述。"), LONG),
    }
    return report(**values | given)


MADE: dict[str, Callable[[], bytes]] = {
    "report": lambda: render(full_report(), open_jpeg),
    "report on Letter": lambda: render(full_report(), open_jpeg, Form(paper=Paper.LETTER)),
    "summary": lambda: render(full_report(), open_jpeg, Form(Layout.SUMMARY)),
    "findings": lambda: render(full_report(logo=jpeg()), open_jpeg, Form(Layout.FINDINGS)),
    "Chinese report": lambda: render(chinese_report(), open_jpeg),
    "reports": lambda: render_all([report(), full_report()], open_jpeg, title="All of them"),
    "scorecard": lambda: render_scorecard(scorecard("en", "zh"), open_photo),
    "Chinese scorecard": lambda: render_scorecard(scorecard("zh"), open_photo),
    "paper about many sites": lambda: render_network(network("en", "zh"), open_jpeg),
    "comparison": lambda: render_competitors(comparison("zh", "en")),
}


@pytest.fixture(scope="module", params=MADE)
def made(request: pytest.FixtureRequest) -> Tagged:
    return Tagged(MADE[request.param]())


@pytest.fixture(scope="module")
def audit() -> Tagged:
    return Tagged(MADE["report"]())


@pytest.fixture(scope="module")
def card() -> Tagged:
    return Tagged(MADE["scorecard"]())


def row(document: Tagged, name: str) -> list[Part]:
    """The cells of the row that begins so."""
    rows = [part for part in document.of("/TR") if part.inside[0].said == name]
    assert len(rows) == 1
    return rows[0].inside


def test_whatever_is_painted_is_said_once_or_marked_as_unsaid(made: Tagged) -> None:
    assert Counter(made.hung) == Counter(made.sequences.keys())


def test_each_page_knows_whose_its_sequences_are(made: Tagged) -> None:
    numbers = made.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    owners = {
        (page, number): owner.idnum
        for page, own in zip(numbers[::2], numbers[1::2], strict=True)
        for number, owner in enumerate(own)
    }
    assert owners == made.owners
    assert [page["/StructParents"] for page in made.reader.pages] == numbers[::2]
    assert {page["/Tabs"] for page in made.reader.pages} == {"/S"}


def test_every_figure_tells_what_it_shows_and_where_it_stands(made: Tagged) -> None:
    for figure in made.of("/Figure"):
        assert figure.alt
        left, bottom, right, top = figure.entry["/A"]["/BBox"]
        page = made.reader.pages[made.pages[figure.entry.raw_get("/Pg").idnum]]
        assert 0 < left < right < page.mediabox.width
        assert 0 < bottom < top < page.mediabox.height


def test_headings_begin_at_the_title_and_leave_no_level_out(made: Tagged) -> None:
    levels = [int(part.tag[2:]) for part in made.document.all() if part.tag[1] == "H"]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_row_has_the_cells_of_its_table_and_a_head(made: Tagged) -> None:
    tables = made.of("/Table")
    assert tables
    for table in tables:
        assert {part.tag for part in table.inside} == {"/TR"}
        assert len({len(cells.inside) for cells in table.inside}) == 1
        for cells in table.inside:
            head, *others = cells.inside
            assert {part.tag for part in others} in ({"/TH"}, {"/TD"})
            scope = "/Column" if others[0].tag == "/TH" else "/Row"
            heads = [part for part in cells.inside if part.tag == "/TH"]
            assert head in heads
            assert {part.entry["/A"]["/Scope"] for part in heads} == {scope}


def test_nothing_is_said_of_page_heads_and_the_identity_comes_last_and_once(
    audit: Tagged,
) -> None:
    assert len(audit.reader.pages) > 3
    said = audit.document.said
    assert "Page 2 of" not in said
    assert said.count("SHA-256") == 1
    assert audit.document.inside[-1].said.startswith("Revision 2")
    assert said.count("Northwind Retail Group") == 1


def test_a_table_that_runs_over_pages_is_one_whose_head_is_said_once(audit: Tagged) -> None:
    last = audit.of("/Table")[-1]
    assert [cell.said for cell in last.inside[0].inside][:2] == ["No. 编号", "Question 问题"]
    assert [cells.inside[0].said for cells in last.inside[1:]] == [
        f"2.{place}" for place in range(1, 60)
    ]


def test_an_answer_is_followed_by_its_comment_and_its_photos(audit: Tagged) -> None:
    number, _, answer, points = row(audit, "1.1")
    assert answer.text == "Yes"
    assert [part.tag for part in answer.inside] == ["/P", *["/Figure"] * 7]
    assert answer.inside[0].said == "Very tidy."
    assert answer.inside[-1].alt == "Shelf 6"
    assert (number.said, points.said) == ("1.1", "5 / 5")


def test_the_sign_of_a_finding_is_said_in_words(audit: Tagged) -> None:
    (sign,) = [part for part in row(audit, "1.2")[2].inside if part.alt]
    assert (sign.alt, sign.said) == ("Finding", "×")


def test_each_language_of_a_long_text_is_said_as_a_whole(audit: Tagged) -> None:
    paragraphs = [part.said for part in audit.of("/P")]
    english = paragraphs.index(LONG.strip(), paragraphs.index("By weight."))
    assert paragraphs[english + 1] == "第 1.1 题：" * 60


def test_lines_of_a_paragraph_are_apart_where_words_are(audit: Tagged) -> None:
    assert LONG.strip() in [part.said for part in audit.of("/P")]
    assert "till while" in audit.document.said


def test_words_of_the_other_language_say_so(audit: Tagged) -> None:
    heading = next(part for part in audit.of("/H2") if part.text.startswith("Findings"))
    (span,) = heading.inside
    assert (span.tag, span.language, span.text) == ("/Span", "zh", "· 问题点 (1)")
    note = next(part for part in audit.of("/LBody") if part.said == "两张照片模糊。")
    assert note.language == "zh"
    assert audit.root["/Lang"] == "en"


def test_the_contents_are_said_where_they_stand(audit: Tagged) -> None:
    order = [part.said for part in audit.document.inside]
    contents = next(
        place for place, said in enumerate(order) if "Findings · 问题点 (1) – p." in said
    )
    assert contents < order.index("In the shopper's own words · 神秘顾客原话")


def test_the_gauge_and_the_trend_are_told_in_figures(card: Tagged) -> None:
    gauge, trend = [part.alt for part in card.of("/Figure")]
    assert gauge == (
        "A gauge from 0 to 100% shows 84.67%, Good. The pass mark is 80.00%. “Poor” begins at "
        "0.00%. “Fair” begins at 65.00%. “Good” begins at 80.00%."
    )
    assert trend.startswith("A line shows the score from 2025-01 to 2025-12. 2025-01: 80.00%, vis")


def test_a_chart_of_rows_is_a_table_of_its_figures(card: Tagged) -> None:
    assert [cell.said for cell in row(card, "Arrival")] == [
        "Arrival",
        "79.17%",
        "82.40%",
        "81.05%",
        "6",
    ]
    assert [cell.said for cell in row(card, "NPS")][1:3] == ["−100 100", "33.33"]


def test_a_figure_beside_the_gauge_is_said_with_its_name() -> None:
    card = Tagged(render_scorecard(scorecard("en"), open_photo))
    name, value = row(card, "Visits done")
    assert (name.said, value.said) == ("Visits done", "6 of 7 planned")


def test_the_logo_stands_for_the_name_of_its_owner() -> None:
    made = Tagged(render(report(logo=jpeg()), open_jpeg))
    assert made.document.inside[0].alt == "Northwind Retail Group"
    assert plain(jpeg()).colours == 3


def test_a_photo_that_is_lost_is_no_figure() -> None:
    def lost(key: str) -> bytes:
        raise KeyError(key)

    made = Tagged(render(report(touchpoints=(touchpoint(question(photos=photos(1))),)), lost))
    (cell,) = [part for part in made.of("/TD") if part.text == "Yes"]
    assert [(part.tag, part.said) for part in cell.inside] == [("/P", "Photo unavailable Shelf 0")]


def test_each_report_of_a_collection_is_a_section() -> None:
    made = Tagged(MADE["reports"]())
    assert [part.tag for part in made.document.inside] == ["/Sect", "/Sect"]
    assert [len(part.of("/H1")) for part in made.document.inside] == [1, 1]


def test_many_visits_are_one_table() -> None:
    line = scorecard().visits[0]
    made = Tagged(render_scorecard(scorecard(visits=(line,) * 90), open_photo))
    assert len(made.reader.pages) > 2
    assert len(made.of("/Table")[-1].inside) == 91
    assert isinstance(line, VisitLine)
