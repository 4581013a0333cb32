"""The sheet that tells how the workbook is filled in, in both languages side by side."""

from __future__ import annotations

from audit_api.manuscripts.workbook import words
from audit_api.sheets.xlsx_writing import Column, Line, Page
from audit_api.words import LOCALES, say

RULES = (
    "sheets.how_to.sheets",
    "sheets.how_to.languages",
    "sheets.how_to.rows",
    "sheets.how_to.keys",
    "sheets.how_to.types",
    "sheets.how_to.options",
    "sheets.how_to.points",
    "sheets.how_to.value_bands",
    "sheets.how_to.effects",
    "sheets.how_to.evidence",
    "sheets.how_to.condition",
    "sheets.how_to.condition_tests",
    "sheets.how_to.condition_values",
    "sheets.how_to.empty",
    "sheets.how_to.columns",
    "sheets.how_to.import",
)


def page(language: str) -> Page:
    """The page, the workbook's own language first."""
    order = sorted(LOCALES, key=lambda locale: locale != language)
    return Page(
        say(words.SHEETS["how_to"], language),
        [Column(say("sheets.how_to.heading", locale), 80) for locale in order],
        [Line([say(rule, locale) for locale in order]) for rule in RULES],
    )
