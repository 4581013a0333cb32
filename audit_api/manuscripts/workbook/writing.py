"""A checklist written as a workbook that people change and give back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit_api.manuscripts.workbook import how_to, layout
from audit_api.manuscripts.workbook.condition_text import Names
from audit_api.manuscripts.workbook.layout import DEPTHS
from audit_api.manuscripts.workbook.pages import Pages
from audit_api.manuscripts.workbook.worth_cells import stated_failures
from audit_api.rules import authoring as rules
from audit_api.rules.authoring import Checklist
from audit_api.rules.checklist.conditions import KIND
from audit_api.rules.checklist.questions import CHOICES, QuestionType
from audit_api.sheets import xlsx_writing
from audit_api.sheets.xlsx_writing import Line, Page
from audit_api.words import DEFAULT_LOCALE, spoken

Json = Mapping[str, Any]


def write_workbook(checklist: Checklist, language: str | None = None) -> bytes:
    """Return the workbook of a checklist; `read_workbook` makes the same checklist of it.

    Headings and words are in `language`, by default the checklist's first one that the product
    speaks.  Raises INVALID for a text that no cell can hold.
    """
    asked = [language] if language else checklist.locales
    headings = next(filter(None, map(spoken, asked)), DEFAULT_LOCALE)
    pages = Pages(checklist.locales, headings)
    return xlsx_writing.write(_pages(checklist, pages))


def _pages(checklist: Checklist, pages: Pages) -> Iterator[Page]:
    document = rules.document(checklist)
    lists: dict[str, Sequence[Json]] = {}
    rows = [_sparing(row, lists) for row in _rows(document["touchpoints"])]
    columns = layout.questions(_names(checklist))
    yield how_to.page(pages.language)
    yield pages.settings(document)
    yield pages.table("questions", columns, [_line(row, columns, pages) for row in rows])
    options = [option for name in lists for option in _options(name, lists[name])]
    yield pages.table("options", layout.OPTIONS, pages.lines(options, layout.OPTIONS))
    for name, columns in layout.TABLES.items():
        entries = layout.member(document, layout.LISTS[name])
        yield pages.table(name, columns, pages.lines(entries, columns))


def _names(checklist: Checklist) -> Names:
    return Names(
        questions={question.key for question in checklist.questions()},
        attributes={KIND.key, *(attribute.key for attribute in checklist.site_attributes)},
    )


def _rows(sections: Any, depth: int = 1) -> Iterator[Json]:
    """The sections and questions in asking order; a section's type tells its depth."""
    for section in sections:
        yield {**section, "type": list(DEPTHS)[depth - 1]}
        yield from section.get("questions", ())
        yield from _rows(section.get("sections", ()), depth + 1)


def _line(row: Json, columns: Sequence[layout.Column], pages: Pages) -> Line:
    return Line(pages.cells(row, columns), banner=row["type"] in DEPTHS)


def _sparing(row: Json, lists: dict[str, Sequence[Json]]) -> Json:
    """A row without what goes without saying; its options are put among the lists."""
    if row["type"] in CHOICES:
        return {**row, "response_set": _listed(row, lists)}
    usual = _usual(row)
    return {name: row[name] for name in row if name not in usual or row[name] != usual[name]}


def _usual(row: Json) -> Json:
    """The points and `fails_at` that a yes/no or a scale has where its author gives none."""
    fails = row.get("weight") and not row.get("bonus")
    if row["type"] == QuestionType.YES_NO:
        bad = "yes" if row["reverse"] else "no"
        return {"fails_at": bad if fails and row["points"] else None}
    if row["type"] != QuestionType.SCALE:
        return {}
    marks = list(range(row["min"], row["max"] + 1))
    worths = row["points"]
    failing = [mark for mark, worth in zip(marks, worths, strict=True) if worth <= 0]
    mildest = failing[0 if row["reverse"] else -1] if failing else None
    return {
        "points": marks[::-1] if row["reverse"] else marks,
        "fails_at": mildest if fails and max(worths) > 0 else None,
    }


def _listed(row: Json, lists: dict[str, Sequence[Json]]) -> str:
    """The name of the list that holds the question's options: that of the first one asked."""
    options = row["options"]
    for name, entries in lists.items():
        if entries == options:
            return name
    lists[row["key"]] = options
    return str(row["key"])


def _options(name: str, options: Sequence[Json]) -> Iterator[Json]:
    for option, failed in zip(options, stated_failures(options), strict=True):
        yield {**option, "failed": failed, layout.LIST[0]: name}
