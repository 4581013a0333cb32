"""An XLSForm's lists of choices as response sets, with points and flags where it has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from audit_api.errors import Refused, pointer_to
from audit_api.manuscripts.workbook import cells
from audit_api.manuscripts.workbook.findings import Findings, Weight
from audit_api.manuscripts.xlsform.form import CHOICES, Form, Json, Row
from audit_api.manuscripts.xlsform.wording import Keys, Wording, spoken_in

_POINTS = ("points", "score", "weight")
"""Columns of our own for what a choice is worth, the first that a form has."""
_READ = {"points": cells.NUMERIC, "failed": cells.FLAG}


@dataclass(slots=True)
class Lists:
    """The response sets, and the keys that choices got, by list and name."""

    response_sets: dict[str, list[Json]] = field(default_factory=dict)
    _keys: dict[str, dict[str, str]] = field(default_factory=dict)

    def keys_of(self, name: str) -> Mapping[str, str]:
        """The options' keys by the choices' names."""
        return self._keys.get(name, {})

    def add(self, name: str, choices: list[Json], rows: Mapping[str, Row], words: Wording) -> None:
        """Take one list over."""
        keys, own = Keys(), self._keys.setdefault(name, {})
        options = self.response_sets.setdefault(name, [])
        for choice in choices:
            choice_name = str(choice["name"])
            own[choice_name] = keys.key(choice_name, "o")
            option: Json = {"key": own[choice_name]}
            row = rows.get(choice_name)
            if row is None:
                option["title"] = spoken_in("sheets.xlsform.other", words.tags)
            else:
                pointer = pointer_to("response_sets", name, len(options))
                option |= _option(row, choice_name, own[choice_name], words)
                _place(row, pointer, words)
            options.append(option)


def lists(form: Form, words: Wording) -> Lists:
    """All lists of the form."""
    rows: dict[str, dict[str, Row]] = {}
    for row in form.rows[CHOICES].values():
        named = rows.setdefault(row.text("list name") or "", {})
        named.setdefault(" ".join((row.text("name") or "").split()), row)
    carried = Lists()
    for name, choices in form.survey.get("choices", {}).items():
        carried.add(str(name), choices, rows.get(str(name), {}), words)
    return carried


def _option(row: Row, name: str, key: str, words: Wording) -> Json:
    findings = words.findings
    if key != name:
        findings.add(row.at("name"), Weight.NOTE, "xlsform_renamed", given=name, key=key)
    used = {("list name",), ("name",)}
    option: Json = {"title": words.text(row, "label") or {words.tags[0]: name}}
    points = next((column for column in _POINTS if row.text(column) is not None), None)
    for member, column in (("points", points), ("failed", "failed")):
        text = row.text(column) if column else None
        if column and text is not None:
            used.add((column,))
            option |= _stated(member, column, text, row, findings)
    for tokens, cell in row.cells.items():
        if tokens not in used and tokens[0] != "label":
            values = {"heading": cell.heading, "given": cell.text}
            findings.add(cell.place, Weight.NOTE, "xlsform_column", **values)
    return option


def _stated(member: str, column: str, text: str, row: Row, findings: Findings) -> Json:
    try:
        return {member: _READ[member].read(text)}
    except Refused as refused:
        findings.fault(row.at(column), refused.code, **refused.values)
        return {}


def _place(row: Row, pointer: str, words: Wording) -> None:
    words.findings.came_from(pointer, row.place)
    words.findings.came_from(f"{pointer}/key", row.at("name"))
    for language, cell in row.words("label"):
        words.findings.came_from(f"{pointer}/title/{words.locales.get(language, '')}", cell.place)
