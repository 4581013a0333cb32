"""Whatever of a form is not taken over is told at its cell: nothing is left behind in silence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform

from audit_api.manuscripts.xlsform.reading import read_xlsform
from tests.manuscripts.documents import Json
from tests.manuscripts.forms import Line, form, row
from tests.manuscripts.remarks import faults, notes

BLANKS = ["", " ", "\u00a0", "\u3000", "\t", "  "]
PARTINGS = [" ", "  ", "\u00a0", " \u00a0"]
KINDS = [
    *("select_one{}yn", "select_multiple{}yn", "select_one{}yn{}or_other", "rank{}yn"),
    *("rank{}yn{}or_other", "select_one_external{}towns", "select_one_from_file{}a.csv"),
    *("integer", "decimal", "range", "text", "note", "image", "audio", "acknowledge", "start"),
    *("date", "sorcery", "begin{}group", "begin_repeat"),
]
CHOICES: list[Line] = [
    {
        "list_name": f"yn{blank}",
        "name": f"{blank}c{number}",
        "label": f"choice {number}",
        "points": 1,
    }
    for number, blank in enumerate(BLANKS)
]


@pytest.mark.parametrize("kind", ["Select_One yn", "select_one y n", "selectone yn", "Select yn"])
def test_a_question_with_choices_that_is_not_understood_is_a_fault(kind: str) -> None:
    imported = read_xlsform(form(row("text", "p"), row(kind, "q"), choices=CHOICES))
    assert ("survey!A3", "xlsform_select_unread") in faults(imported)


def test_a_choice_without_a_label_is_noted() -> None:
    choices = [{"list_name": "yn", "name": "yes", "points": 1}]
    imported = read_xlsform(form(row("select_one yn", "q"), choices=choices))
    assert ("choices!B2", "xlsform_unlabelled") in notes(imported)


@st.composite
def surveys(draw: st.DrawFn) -> list[Line]:
    around = st.sampled_from(BLANKS)
    lines: list[Line] = []
    opened: list[str] = []
    for number in range(draw(st.integers(1, 8))):
        written = draw(st.sampled_from(KINDS))
        kind = written.format(
            *[draw(st.sampled_from(PARTINGS)) for _ in range(written.count("{}"))]
        )
        earlier = [str(line["name"]).strip() for line in lines if "name" in line]
        cells: dict[str, object] = {"label": f"row {number}"}
        if earlier and draw(st.booleans()):
            cells["relevant"] = f"${{{draw(st.sampled_from(earlier))}}} = ‘c1’{draw(around)}"
        name = f"{draw(around)}q{number}{draw(around)}"
        lines.append({"type": f"{draw(around)}{kind}{draw(around)}", "name": name, **cells})
        if kind.startswith("begin"):
            opened.append(kind.split("_")[-1].split()[-1])
    return [*lines, *({"type": f"end {kind}"} for kind in reversed(opened))]


def titles(entries: list[Json]) -> Iterator[str]:
    """The titles of sections, questions and options."""
    for entry in entries:
        yield entry["title"]["en"]
        for member in ("sections", "questions", "options"):
            yield from titles(entry.get(member, []))


@pytest.mark.slow
@given(surveys())
@settings(deadline=None, max_examples=40)
def test_every_row_of_a_form_is_in_the_checklist_or_told(survey: list[Line]) -> None:
    data = form(row("select_one yn", "first"), *survey, choices=CHOICES)
    imported = read_xlsform(data)
    assert faults(imported) == []
    assert imported.document is not None
    shared = imported.document.get("response_sets", {}).values()
    found = {
        *titles(imported.document["touchpoints"]),
        *(option["title"]["en"] for options in shared for option in options),
    }
    assert {f"choice {number}" for number in range(len(BLANKS))} <= found
    told = {remark.place.row for remark in imported.notes if remark.place}  # type: ignore[union-attr]
    for number, line in enumerate(survey, start=3):
        assert line.get("label", "first") in {*found, "first"} or number in told, line


@pytest.mark.slow
@given(surveys())
@settings(deadline=None, max_examples=20)
def test_a_form_is_refused_where_pyxform_refuses_it_and_nowhere_else(survey: list[Line]) -> None:
    kept = [line for line in survey if "external" not in str(line["type"])]
    data = form(row("select_one yn", "first"), *kept, choices=CHOICES)
    try:
        workbook_to_json(get_xlsform(data), form_name="form")
    except Exception:
        accepted = False
    else:
        accepted = True
    assert (read_xlsform(data).document is not None) == accepted
