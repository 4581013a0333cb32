"""A child reads a document as the server itself would, and a hostile one costs an answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audit_api.errors import Kind, Problem
from audit_api.manuscripts import checks
from audit_api.manuscripts.manuscript import Manuscript, Remark
from audit_api.manuscripts.workbook.example import template
from audit_api.manuscripts.xlsform.reading import read_xlsform
from audit_api.readers import apart, checklists, imported
from audit_api.readers.columns import LAYOUTS
from audit_api.rules import authoring
from audit_api.sheets import lines
from audit_api.sheets.lines import Faults, Upload
from audit_api.words import LOCALES, sentence
from audit_api.workshop.process import Overdrawn
from tests.manuscripts.forms import form, row
from tests.rules.documents import document
from tests.sheets.books import book, changed

CHECKLISTS = Path(__file__).parents[2] / "checklists"
WRONG = b"format: audit-checklist/1\nkey: A b\ntitle: {en: X, en: Y}\nlocales: [en\n"
SEVERAL = (CHECKLISTS / "retail_store.yaml").read_bytes()


def told(remarks: tuple[Remark, ...]) -> list[object]:
    """All that anybody learns of remarks."""
    return [
        (each.pointer, each.code, each.place, [sentence(each.sentence, each.values, locale)])
        for each in remarks
        for locale in LOCALES
    ]


def assert_same(apart: Manuscript, here: Manuscript) -> None:
    assert (apart.document, apart.text) == (here.document, here.text)
    assert (told(apart.errors), told(apart.warnings)) == (told(here.errors), told(here.warnings))
    assert (apart.checklist, apart.is_workbook) == (here.checklist, here.is_workbook)


@pytest.mark.parametrize(
    "data",
    [
        *(path.read_bytes() for path in sorted(CHECKLISTS.glob("*.yaml"))),
        SEVERAL.replace(b"questions:", b"questoins:", 3),
        SEVERAL.replace(b"key: ", b"key: same #", 40),
        WRONG,
        b"",
        b"\xff\xfe\xfd",
        template(["en", "zh"], "zh"),
        changed(template(["en"], "en"), {"questions!C5": "#REF!", "questions!D4": "nonsense"}),
        book(page=[["a"]]),
    ],
)
def test_a_file_is_read_as_the_server_would_read_it(data: bytes) -> None:
    assert_same(checklists.check(data), checks.check_file(data))


def test_a_charset_crosses() -> None:
    data = "title: 店".encode("gb18030")
    apart, here = checklists.check(data, checks.YAML, "gbk"), checks.check(data, "gbk")
    assert_same(apart, here)
    assert apart.text == "title: 店"


def test_values_and_a_form_are_read_as_the_server_would_read_them() -> None:
    sent = document(key="A")
    assert_same(checklists.check_document(sent), checks.check(sent))
    data = form(row("text", "q"), row("calculate", "x"))
    assert_same(checklists.check_form(data), checks.of_imported(read_xlsform(data)))


def test_what_is_drafted_can_be_published() -> None:
    apart = checklists.check(SEVERAL)
    assert authoring.digest(apart.require()) == authoring.digest(checks.check(SEVERAL).require())


@pytest.fixture
def poor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Children that have nothing to spend."""

    def work(*_: object) -> None:
        raise Overdrawn

    monkeypatch.setattr(apart._POOL, "work", work)


@pytest.mark.usefixtures("poor")
def test_a_document_that_takes_too_much_is_told_with_what_is_accepted() -> None:
    found = checklists.check(SEVERAL)
    assert [each.code for each in found.errors] == ["document_too_costly"]
    assert found.document is None
    for locale in LOCALES:
        assert "10" in sentence(found.errors[0].sentence, found.errors[0].values, locale)
    with pytest.raises(Problem) as caught:
        imported.rows(Upload(b"code,name\na,b\n"), "regions", Faults())
    assert caught.value.kind is Kind.INVALID


SITES = "code,name,region_code,time_zone,latitude,active,attribute.x\n"
GOOD = "S1,Store,R1,Europe/Paris,1.5,,\nS2,店,R2,Asia/Shanghai,,false,yes\n"
BAD = "S3,,R1,Nowhere,x,no,\n\nS4,a\n#REF!,Store,R1,Europe/Paris,,,\n"


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ("sites", SITES + GOOD),
        ("sites", SITES + GOOD + BAD),
        ("users", "email;name;role;region_codes\na@b.cc;Ann;manager;R1；R2\nx;y;z;\n"),
        ("visits", "campaign,site_code,auditor_email,starts_on\nC,S,a@b.cc,2026-3-1\n"),
        ("regions", "code,name\n"),
    ],
)
def test_rows_are_read_as_the_server_would_read_them(layout: str, text: str) -> None:
    upload, columns = Upload(text.encode()), LAYOUTS[layout]
    faults, here = Faults(), Faults()
    contents = imported.rows(upload, layout, faults)
    assert contents == lines.read(upload, columns.columns, here, free=columns.free)
    assert [replace(each, values=dict(each.values)) for each in faults.found] == [
        replace(each, values=plain(each.values)) for each in here.found
    ]


def plain(values: object) -> object:
    """Values as JSON has them."""
    if isinstance(values, dict):
        return {name: plain(each) for name, each in values.items()}
    return [plain(each) for each in values] if isinstance(values, list | tuple) else values


@pytest.mark.parametrize("data", [b"", b"code;name,x\n", b"code,nonsense\n", b"PK\x03\x04"])
def test_a_file_without_a_header_is_refused_as_the_server_would(data: bytes) -> None:
    with pytest.raises(Problem) as apart:
        imported.rows(Upload(data), "regions", Faults())
    with pytest.raises(Problem) as here:
        lines.read(Upload(data), LAYOUTS["regions"].columns, Faults())
    assert [(f.pointer, f.code) for f in apart.value.faults] == [
        (f.pointer, f.code) for f in here.value.faults
    ]
