"""An XLSForm's lists of choices as response sets, with points and flags where it has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audit_api.errors import Refused, pointer_to
from audit_api.manuscripts.workbook import cells
from audit_api.manuscripts.workbook.findings import Findings, Weight
from audit_api.manuscripts.xlsform import own_columns
from audit_api.manuscripts.xlsform.form import Form, Json
from audit_api.manuscripts.xlsform.sheets import CHOICES, Row, Tokens
from audit_api.manuscripts.xlsform.wording import Keys, Wording, spoken_in

_READ = {"points": cells.NUMERIC, "failed": cells.FLAG}
"""Columns of our own: what a choice is worth, and whether it is a finding."""
_LIST, _NAME = ("list name",), ("name",)


@dataclass(slots=True)
class ResponseList:
    """The key of a response set, and those of its options by the choices' names: where choices
    share a name, each has its own."""

    key: str
    options: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Lists:
    """The response sets, and what became of the lists, by their names."""

    response_sets: dict[str, list[Json]] = field(default_factory=dict)
    named: dict[str, ResponseList] = field(default_factory=dict)
    _keys: Keys = field(default_factory=Keys)

    def take(
        self, name: str, choices: Sequence[Json], form: Form, choice_reader: _ChoiceReader
    ) -> None:
        """Take one list over."""
        taken = self.named[name] = ResponseList(self._keys.key(name, "list"))
        written = [form.choice_row(choice) for choice in choices]
        first = next((row for row in written if row), None)
        if first:
            choice_reader.begin(name, taken.key, first)
        self.response_sets[taken.key] = [
            choice_reader.option(str(choice["name"]), row, taken, position)
            for position, (choice, row) in enumerate(zip(choices, written, strict=True))
        ]


def lists(form: Form, words: Wording) -> Lists:
    """All lists of the form; every row of its choices is in one, or is told."""
    carried = Lists()
    headings = form.headings.get(CHOICES, {})
    own_columns.tell_slips(headings, words.findings)
    reader = _ChoiceReader(words, own_columns.found(headings, own_columns.CHOICES))
    for name, choices in form.survey.get("choices", {}).items():
        carried.take(str(name), choices, form, reader)
    for row in form.rows[CHOICES].values():
        if row.cells and _LIST not in row.cells:
            _tell_unlisted(row, words.findings)
    return carried


def _tell_unlisted(row: Row, findings: Findings) -> None:
    """Fault a choice of no list, which pyxform passes over; note what is no choice."""
    if _NAME in row.cells:
        findings.fault(row.place, "option_without_list")
    else:
        findings.add(row.place, Weight.NOTE, "xlsform_row")


class _ChoiceReader:
    """Reads choices; `columns` are those of our own that the form has."""

    def __init__(self, words: Wording, columns: Mapping[str, Tokens]) -> None:
        self._words = words
        self._findings = words.findings
        self._columns = columns
        self._keys = Keys()
        self._rows: dict[str, Row] = {}

    def begin(self, name: str, key: str, first: Row) -> None:
        """Begin with a list, which is blamed at the name in its first row."""
        self._keys, self._rows = Keys(), {}
        place = first.at(*_LIST)
        self._findings.came_from(pointer_to("response_sets", key), place)
        if key != name:
            self._findings.add(place, Weight.NOTE, "xlsform_renamed", given=name, key=key)

    def option(self, name: str, row: Row | None, taken: ResponseList, position: int) -> Json:
        """The option that a choice becomes; without a row it is the one for another answer."""
        key = self._keys.key(name, "o")
        earlier = self._rows.setdefault(name, row) if row else None
        taken.options.setdefault(name, []).append(key)
        if row is None:
            return {"key": key, "title": spoken_in("sheets.xlsform.other", self._words.tags)}
        if earlier is not row and earlier is not None:
            values = {"given": name, "first": earlier.at(*_NAME), "key": key}
            self._findings.add(row.at(*_NAME), Weight.NOTE, "xlsform_choice_twice", **values)
        elif key != name:
            self._findings.add(row.at(*_NAME), Weight.NOTE, "xlsform_renamed", given=name, key=key)
        self._place(row, pointer_to("response_sets", taken.key, position))
        return {"key": key, "title": self._title(row, name), **self._stated(row)}

    def _title(self, row: Row, name: str) -> dict[str, str]:
        """The label; where there is none, the name."""
        label = self._words.text(row, "label")
        if label is None:
            self._findings.add(row.at(*_NAME), Weight.NOTE, "xlsform_unlabelled", given=name)
        return label or {self._words.tags[0]: name}

    def _stated(self, row: Row) -> Json:
        """What the columns of our own say; every other cell is noted."""
        stated: Json = {}
        for tokens, cell in row.cells.items():
            member = next((each for each in self._columns if self._columns[each] == tokens), None)
            if member is not None:
                try:
                    stated[member] = _READ[member].read(cell.text)
                except Refused as refused:
                    self._findings.fault(cell.place, refused.code, **refused.values)
            elif tokens not in (_LIST, _NAME) and tokens[0] != "label":
                values = {"heading": cell.heading, "given": cell.text}
                self._findings.add(cell.place, Weight.NOTE, "xlsform_column", **values)
        return stated

    def _place(self, row: Row, pointer: str) -> None:
        came_from, locales = self._findings.came_from, self._words.locales
        came_from(pointer, row.place)
        came_from(f"{pointer}/key", row.at(*_NAME))
        for member, tokens in self._columns.items():
            came_from(f"{pointer}/{member}", row.at(*tokens))
        for language, cell in row.words("label"):
            came_from(f"{pointer}/title/{locales.get(language, '')}", cell.place)
