"""Members of the document as the sheets, lines and cells of a workbook in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit_api.manuscripts.workbook import layout, words
from audit_api.manuscripts.workbook.layout import ABSENT, Column
from audit_api.sheets import xlsx_writing
from audit_api.sheets.xlsx_writing import CellValue, Line, Page
from audit_api.words import say

_FROZEN = {"questions": 3}
"""Type, key and the first title stay in view."""
_MAX_OFFER_LENGTH = 255
"""Excel takes no longer list of words to choose from, the commas counted."""
_LAST_OPTION = 2_000

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pages:
    """Makes the pages of a workbook: of a checklist's languages, in one of the product's."""

    locales: Sequence[str]
    language: str

    def settings(self, document: Json) -> Page:
        """The sheet of settings: a line for each, with its meaning beside it."""
        return Page(
            say(words.SHEETS["checklist"], self.language),
            (
                xlsx_writing.Column(say("sheets.heading.setting", self.language), 34),
                xlsx_writing.Column(say("sheets.heading.value", self.language), 40),
                xlsx_writing.Column(say("sheets.heading.meaning", self.language), 80),
            ),
            [
                Line(
                    (
                        self._heading(column, path),
                        self._cell(document, column, path),
                        self._note(column),
                    ),
                    choices=self._words(column),
                )
                for column, path in self._spread(layout.SETTINGS)
            ],
            frozen=1,
        )

    def table(self, name: str, columns: Sequence[Column], lines: Sequence[Line]) -> Page:
        """One of the other sheets."""
        headed = [self._column(column, path) for column, path in self._spread(columns)]
        return Page(say(words.SHEETS[name], self.language), headed, lines, _FROZEN.get(name, 0))

    def lines(self, entries: Iterable[Json], columns: Sequence[Column]) -> list[Line]:
        """A line for each entry."""
        return [Line(self.cells(entry, columns)) for entry in entries]

    def cells(self, entry: Json, columns: Sequence[Column]) -> list[CellValue]:
        """The cells of one line."""
        return [self._cell(entry, column, path) for column, path in self._spread(columns)]

    def _spread(self, columns: Iterable[Column]) -> Iterator[tuple[Column, tuple[str, ...]]]:
        """The columns with the paths of their members: of a text, in each language."""
        for column in columns:
            if column.texts:
                yield from ((column, (*column.path, locale)) for locale in self.locales)
            else:
                yield column, column.path

    def _cell(self, entry: Json, column: Column, path: tuple[str, ...]) -> CellValue:
        value = layout.member(entry, path)
        if value is ABSENT or value == column.default:
            return None
        return column.cell.write(value, self.language)

    def _column(self, column: Column, path: tuple[str, ...]) -> xlsx_writing.Column:
        return xlsx_writing.Column(
            heading=self._heading(column, path),
            width=column.width,
            note=self._note(column),
            choices=self._lists() if column.path == layout.OPTIONS_OF else self._words(column),
            strict=column.cell.strict,
            number=column.cell.number,
        )

    def _heading(self, column: Column, path: tuple[str, ...]) -> str:
        heading = say(column.heading, self.language)
        return f"{heading} ({path[-1]})" if column.texts else heading

    def _note(self, column: Column) -> str:
        return say(column.note, self.language)

    def _words(self, column: Column) -> tuple[str, ...]:
        """The words to choose from, where Excel can offer so many."""
        offered = tuple(words.spoken(word, self.language) for word in column.cell.choices)
        return offered if len(",".join(offered)) <= _MAX_OFFER_LENGTH else ()

    def _lists(self) -> str:
        """The names of the lists of options, where they stand."""
        return f"='{say(words.SHEETS['options'], self.language)}'!$A$2:$A${_LAST_OPTION}"
