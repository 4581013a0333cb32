"""Whatever cells hold, reading them ends in a checklist or in faults that can be told."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from audit_api.manuscripts.workbook import layout, words
from audit_api.manuscripts.workbook.condition_text import Names
from audit_api.manuscripts.workbook.findings import Imported
from audit_api.manuscripts.workbook.reading import read_workbook
from audit_api.manuscripts.workbook.worth_cells import EFFECTS
from audit_api.manuscripts.xlsform.reading import read_xlsform
from audit_api.rules import authoring
from audit_api.sheets import xlsx_writing
from audit_api.sheets.xlsx_writing import Column, Line, Page
from audit_api.words import say
from tests.chance import times
from tests.manuscripts.remarks import faults, notes
from tests.manuscripts.words import KEYS
from tests.sheets.words import NASTY

COLUMNS = {
    "checklist": layout.SETTINGS,
    "questions": layout.questions(Names((), ())),
    "options": layout.OPTIONS,
    **layout.TABLES,
}
OFFERED = {word for columns in COLUMNS.values() for each in columns for word in each.cell.choices}
WORDS = st.sampled_from(
    [
        *(*NASTY, *KEYS, *sorted(OFFERED), *EFFECTS),
        *("", "0", "1", "-1", "2/3", "cap 5", "from 0: 1", "en, zh"),
    ]
)
CELLS = WORDS | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
CONDITIONS = st.sampled_from(["yes = no", "and", "(", "kind = own", "kind in (own", "not kind = x"])
FORM = {
    "survey": [
        *("type", "name", "label", "label::zh", "hint", "relevant", "constraint", "required"),
        *("parameters", "appearance", "weight", "choice_filter", "calculation"),
    ],
    "choices": ["list_name", "name", "label", "points", "failed"],
    "settings": ["form_title", "form_id", "default_language"],
}
TYPES = [
    *("select_one a", "select_multiple a", "select_one a or_other", "begin group", "end group"),
    *("begin repeat", "end repeat", "integer", "range", "text", "note", "calculate", "image"),
]
FAST = settings(
    max_examples=times(60),
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def sheet(name: str, headings: list[str], rows: list[list[str]]) -> Page:
    return Page(name, [Column(heading) for heading in headings], [Line(row) for row in rows])


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    pages = []
    for name, columns in COLUMNS.items():
        headings = [say(column.heading, "en") for column in columns]
        if name == "checklist":
            rows = [[heading, draw(CELLS)] for heading in headings]
            rows.append(["languages", draw(st.sampled_from(["en", "en, zh", "x y"]))])
            pages.append(sheet(name, ["setting", "value"], rows))
            continue
        cells = [CONDITIONS if column.name == "condition" else CELLS for column in columns]
        rows = draw(st.lists(st.tuples(*cells).map(list), max_size=4))
        pages.append(sheet(say(words.SHEETS[name], "en"), headings, rows))
    return xlsx_writing.write(pages)


@st.composite
def xlsforms(draw: st.DrawFn) -> bytes:
    names = st.sampled_from(["a", "b", "A-1", "and", ""])
    own = {
        "type": st.sampled_from(TYPES),
        "name": names,
        "list_name": st.just("a"),
        "relevant": st.sampled_from(["", "${a} = 'b'", "selected(${b}, 'a')", "1 +", "${A-1} > 2"]),
        "constraint": st.sampled_from(["", ". > 1", ". >= 0 and . <= 1", "(", ". >= 5 and . <= 2"]),
        "parameters": st.sampled_from(["", "start=0 end=5 step=1", "start=5 end=0 step=0.5", "x"]),
    }
    pages = [
        sheet(
            name,
            columns,
            draw(
                st.lists(
                    st.tuples(*(own.get(column, WORDS) for column in columns)).map(list),
                    min_size=1,
                    max_size=5,
                )
            ),
        )
        for name, columns in FORM.items()
    ]
    return xlsx_writing.write(pages)


def check(imported: Imported) -> None:
    told = faults(imported)
    assert notes(imported) is not None
    assert (imported.document is None) == bool(told)
    if imported.document is not None:
        authoring.parse(imported.document)


@pytest.mark.slow
@given(workbooks())
@FAST
def test_no_workbook_breaks_the_reading(data: bytes) -> None:
    check(read_workbook(data))


@pytest.mark.slow
@given(xlsforms())
@FAST
def test_no_form_breaks_the_reading(data: bytes) -> None:
    check(read_xlsform(data))
