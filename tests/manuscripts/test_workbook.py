"""A checklist written as a workbook and read back is the same checklist, to the digest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from audit_api.errors import Problem
from audit_api.manuscripts import checks
from audit_api.manuscripts.workbook import layout, words
from audit_api.manuscripts.workbook.condition_text import Names
from audit_api.manuscripts.workbook.example import template
from audit_api.manuscripts.workbook.findings import Imported
from audit_api.manuscripts.workbook.reading import read_workbook
from audit_api.manuscripts.workbook.writing import write_workbook
from audit_api.manuscripts.yaml import writing
from audit_api.manuscripts.yaml.composing import CONTROL
from audit_api.rules import authoring
from audit_api.words import LOCALES, say
from tests.chance import times
from tests.manuscripts.documents import Json, documents
from tests.manuscripts.remarks import notes
from tests.rules.documents import document, option, question
from tests.sheets.books import changed, grid, place_of

SHIPPED = sorted((Path(__file__).parents[2] / "checklists").glob("*.yaml"))
TABLES = {**layout.TABLES, "options": layout.OPTIONS, "checklist": layout.SETTINGS}


def read(data: bytes) -> Imported:
    imported = read_workbook(data)
    assert imported.faults == ()
    return imported


def digest_of(imported: Imported) -> str:
    assert imported.document is not None
    return authoring.digest(authoring.parse(imported.document))


def visible(value: Any) -> Any:
    """The value without the characters that nobody sees, which no YAML file may hold."""
    if isinstance(value, str):
        return CONTROL.sub(lambda found: f"<{ord(found[0]):x}>", value)
    if isinstance(value, list):
        return [visible(inner) for inner in value]
    if isinstance(value, dict):
        return {visible(name): visible(inner) for name, inner in value.items()}
    return value


# To explain or shrink a failure takes minutes, for a workbook is written and read at each step.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
SLOW = list(HealthCheck)


@pytest.mark.slow
@given(documents())
@settings(max_examples=times(40), suppress_health_check=SLOW, phases=PHASES)
def test_every_checklist_comes_back_from_its_workbook(written: Json) -> None:
    parsed = authoring.parse(written)
    for language in LOCALES:
        assert digest_of(read(write_workbook(parsed, language))) == authoring.digest(parsed)


@pytest.mark.slow
@given(documents())
@settings(max_examples=times(60), suppress_health_check=SLOW, phases=PHASES)
def test_every_document_comes_back_from_its_yaml(written: Json) -> None:
    seen = visible(written)
    manuscript = checks.check(writing.write(seen))
    assert (manuscript.errors, manuscript.document) == ((), seen)


@pytest.mark.slow
@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.stem))
def test_every_shipped_checklist_comes_back(path: Path, language: str) -> None:
    parsed = checks.check(path.read_text("utf-8")).require()
    imported = read(write_workbook(parsed, language))
    assert digest_of(imported) == authoring.digest(parsed)


def test_headings_are_in_the_checklist_s_own_language_unless_another_is_asked_for() -> None:
    parsed = authoring.parse(document(locales=["zh", "en"]))
    assert grid(write_workbook(parsed), "问题")[0][:3] == ["类型", "键", "标题 (zh)"]
    assert grid(write_workbook(parsed, "en"), "questions")[0][:3] == ["type", "key", "title (zh)"]
    only = {"fr": "x"}
    french = document(question(title=only), locales=["fr"], title=only)
    french["touchpoints"][0]["title"] = only
    assert grid(write_workbook(authoring.parse(french)), "questions")[0][2] == "title (fr)"


@pytest.mark.parametrize("locales", [["en", "zh"], ["zh"], ["fr", "en"], ["pt-BR"]])
def test_the_template_is_a_checklist_without_a_fault_or_a_doubt(locales: list[str]) -> None:
    imported = read(template(locales))
    assert imported.document is not None
    assert imported.document["locales"] == locales
    assert [code for _, code in notes(imported) if code != "translation_missing"] == []


def test_a_template_needs_languages() -> None:
    with pytest.raises(Problem):
        template(["English"])


def test_the_rules_stand_on_the_first_sheet_in_both_languages() -> None:
    rows = grid(template(["en", "zh"]), "how to")
    assert rows[0] == ["How to fill in this workbook", "如何填写本工作簿"]
    assert len(rows) > 10
    assert all(row[0] and row[1] for row in rows)


def test_options_are_listed_once_however_many_questions_share_them() -> None:
    shared = {"quality": [option("good", 2), option("bad", 0)]}
    asked = [question(key, "single", response_set="quality") for key in ("one", "two")]
    parsed = authoring.parse(document(*asked, response_sets=shared))
    data = write_workbook(parsed)
    assert [row[0] for row in grid(data, "options")[1:]] == ["one", "one"]
    imported = read(data)
    assert imported.document is not None
    assert list(imported.document["response_sets"]) == ["one"]
    assert digest_of(imported) == authoring.digest(parsed)


def test_what_goes_without_saying_leaves_its_cell_empty() -> None:
    asked = [question("plain"), question("mark", "scale", min=0, max=2, points=[0, 1, 2])]
    data = write_workbook(authoring.parse(document(*asked)))
    rows = grid(data, "questions")
    plain = dict(zip(rows[0], rows[2], strict=True))
    mark = dict(zip(rows[0], rows[3], strict=True))
    assert {name for name, value in plain.items() if value is not None} == {
        *("type", "key", "title (en)", "title (zh)"),
    }
    assert (mark["points"], mark["fails at"], mark["min"], mark["max"]) == (None, None, 0, 2)


def test_what_a_person_changes_is_read() -> None:
    data = template(["en", "zh"])
    cell = place_of(data, "questions", "points", "entrance_clean")
    imported = read(changed(data, {cell: 5}))
    assert imported.document is not None
    assert imported.document["touchpoints"][0]["questions"][0]["points"] == 5


@pytest.mark.parametrize("language", LOCALES)
def test_no_two_headings_of_a_sheet_and_no_two_sheets_have_one_name(language: str) -> None:
    tables = {**TABLES, "questions": layout.questions(Names((), ()))}
    for columns in tables.values():
        headings = [say(column.heading, language) for column in columns]
        assert len(set(headings)) == len(headings)
    sheets = [say(code, language) for code in words.SHEETS.values()]
    assert len(set(sheets)) == len(sheets)


@pytest.mark.parametrize("language", LOCALES)
def test_every_word_that_a_cell_offers_is_understood(language: str) -> None:
    for columns in (*TABLES.values(), layout.questions(Names((), ()))):
        for column in columns:
            for word in column.cell.choices:
                spoken = words.spoken(word, language)
                assert words.understood(spoken, column.cell.choices) == word
                assert words.understood(word, column.cell.choices) == word


def test_yaml_is_written_as_an_author_would() -> None:
    imported = read(template(["en"]))
    assert imported.document is not None
    text = writing.write(imported.document)
    assert text.startswith("format: 1\nkey: my_checklist\nlocales: [en]\n")
    assert "\ntouchpoints:\n  - key: arrival\n    title: {en: Arrival}\n" in text
    assert "          - {from: 31, points: 1}\n" in text
    assert "          - {key: fully, title: {en: Fully}, points: 2}\n" in text
    assert "\n\nscoring:\n" in text
    assert "response_sets" not in text
