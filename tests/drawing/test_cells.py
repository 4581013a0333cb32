"""The rows of charts as cells."""

from __future__ import annotations

from audit_api.drawing import Bar, Comparison, Figure, Metric, cells
from audit_api.drawing.bars import bars
from audit_api.drawing.comparison import comparison
from audit_api.drawing.marks import Drawing, Table, Words
from audit_api.drawing.metrics import metrics
from audit_api.drawing.styles import BODY
from tests.drawing.fixed import FONTS, LABELS

WIDE = 511.28
TABLES = {
    "bars": bars([Bar(("Arrival", "进店体验" * 9), 8640, "50%", 2)], LABELS, FONTS, WIDE),
    "comparison": comparison(
        [Comparison("Arrival", Figure(3, 8640, 8000, 9000), 8240, None)],
        "Touchpoint",
        LABELS,
        FONTS,
        WIDE,
    ),
    "metrics": metrics([Metric("NPS", 6, 3333, -10_000, 10_000)], LABELS, FONTS, WIDE),
}


def said(parted: cells.Cells) -> list[str]:
    return [" ".join(words.text for words in cell) for cell in parted.cells]


def test_each_cell_stands_under_its_head_and_an_axis_is_none() -> None:
    found = {}
    for name, table in TABLES.items():
        among = cells.columns(table)
        heads, row = cells.head(table.head, among), cells.row(table.rows[0], among)
        assert len(said(heads)) == len(said(row))
        assert all(said(heads))
        found[name] = said(row)
        axis = [words.text for words in heads.others]
        assert axis[1:] == ([] if name == "metrics" else ["0%", "20%", "40%", "60%", "80%", "100%"])
    assert found["bars"][1:] == ["86.40%", "50%", "2"]
    assert found["bars"][0].startswith("Arrival 进店体验")
    assert found["comparison"] == ["Arrival", "86.40%", "82.40%", "–", "3"]
    assert found["metrics"] == ["NPS", "−100 100", "33.33", "–", "6"]


def test_no_word_of_a_row_is_lost() -> None:
    for table in TABLES.values():
        among = cells.columns(table)
        for row in table.rows:
            parted = cells.row(row, among)
            words = [one for cell in parted.cells for one in cell]
            assert sorted([*words, *parted.others]) == sorted(row.words)


def test_rows_without_a_head_are_parted_by_their_own_columns() -> None:
    table = TABLES["bars"]
    bare = Table(Drawing(), table.rows)
    assert said(cells.row(table.rows[0], cells.columns(bare)))[1:] == ["86.40%", "50%", "2"]


def test_words_that_were_set_in_no_column_stand_in_the_nearest() -> None:
    table = TABLES["bars"]
    loose = Drawing(words=[Words(400, 9, "86.40%", BODY), Words(2, 9, "Arrival", BODY)])
    found = said(cells.row(loose, cells.columns(table)))
    assert (found[0], sorted(found)) == ("Arrival", ["", "", "86.40%", "Arrival"])


def test_a_table_without_rows_has_no_cells() -> None:
    table = Table(TABLES["bars"].head, ())
    assert cells.columns(table) == []
    assert cells.row(Drawing(), []).cells == []
