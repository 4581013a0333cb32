"""The charts of the documents, painted as SVG: the same marks, as real text, named and told."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from audit_api.drawing.colours import BAD, INK
from audit_api.drawing.lettering import Column, line
from audit_api.drawing.marks import Box, Drawing, Shape, Table, Words
from audit_api.drawing.styles import BODY, STRONG
from audit_api.svg import joined, painted, spoken
from tests.drawing.fixed import FONTS
from tests.drawing.samples import charts

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawing: Drawing, title: str = "A chart") -> ET.Element:
    return ET.fromstring(painted(drawing, "chart-1", title))


@pytest.mark.parametrize(("name", "parts"), charts().items(), ids=list(charts()))
def test_every_mark_of_every_chart_is_painted(name: str, parts: list[Drawing]) -> None:
    for drawing in parts:
        element = parsed(drawing)
        assert len(element.findall(f".//{SVG}rect")) == len(drawing.boxes)
        shapes = [*element.iter(f"{SVG}polygon"), *element.iter(f"{SVG}polyline")]
        assert len(shapes) == len(drawing.shapes)
        texts = [text.text or "" for text in element.iter(f"{SVG}text")]
        assert texts == [words.text for words in drawing.words]
        told = element.find(f"{SVG}desc")
        assert (told is not None) == bool(drawing.alt)


def test_it_is_an_image_with_a_title_and_what_it_tells() -> None:
    element = parsed(Drawing(100, 50, alt=("Half", "一半")), "Score <of> “all”")
    assert element.get("role") == "img"
    assert element.get("viewBox") == "0 0 100 50"
    ids = (element.get("aria-labelledby") or "").split()
    named = {each.get("id"): each.text for each in element if each.get("id")}
    assert [named[each] for each in ids] == ["Score <of> “all”", "Half 一半"]


def test_marks_keep_their_places_and_colours() -> None:
    drawing = Drawing(
        100,
        50,
        boxes=[Box(1, 2, 30, 4.5, INK, 3)],
        shapes=[Shape(((0, 0), (1, 1)), BAD, 1.4, (3, 2)), Shape(((0, 0), (1, 0), (1, 1)), BAD)],
        words=[Words(3, 9, "a < b", STRONG)],
    )
    element = parsed(drawing)
    box, open_line, filled, text = list(element.find(f"{SVG}g") or ())
    assert (box.get("x"), box.get("height"), box.get("rx")) == ("1", "4.5", "3")
    assert box.get("fill") == "#1b2430"
    assert (open_line.get("stroke-width"), open_line.get("stroke-dasharray")) == ("1.4", "3 2")
    assert (filled.get("points"), filled.get("fill")) == ("0,0 1,0 1,1", "#bf4a12")
    assert (text.text, text.get("font-weight")) == ("a < b", "700")


@pytest.mark.parametrize(
    ("align", "x", "anchor"),
    [("left", "10", None), ("right", "60", "end"), ("centre", "35", "middle")],
)
def test_a_text_is_held_where_its_column_stands(align: str, x: str, anchor: str | None) -> None:
    words = line("42", BODY, Column(10, 50, align), 0, FONTS)  # type: ignore[arg-type]
    (text,) = parsed(Drawing(100, 20, words=words)).iter(f"{SVG}text")
    assert (text.get("x"), text.get("text-anchor")) == (x, anchor)


def test_rows_become_one_drawing_below_their_head() -> None:
    head, row = Drawing(100, 10), Drawing(100, 20, boxes=[Box(0, 1, 5, 5, INK)])
    whole = joined(Table(head, (row, row)), Drawing(90, 5))
    assert (whole.width, whole.height) == (100, 55)
    assert [box.y for box in whole.boxes] == [11, 31]


def test_rows_are_told_cell_by_cell() -> None:
    name, figure = Column(0, 50), Column(50, 30, "right")

    def row(first: str, second: str) -> Drawing:
        words = [*line(first, BODY, name, 0, FONTS), *line(second, BODY, figure, 0, FONTS)]
        return Drawing(80, 13, words=words)

    told = spoken(Table(row("Part", "Score"), (row("Arrival", "86.40%"), row("Checkout", "–"))))
    assert (told.head, told.rows) == (["Part", "Score"], [["Arrival", "86.40%"], ["Checkout", "–"]])
