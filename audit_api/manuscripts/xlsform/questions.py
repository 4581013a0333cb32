"""One question of an XLSForm as one of a checklist, and notes of all that is left behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from audit_api.errors import Refused
from audit_api.manuscripts.manuscript import SheetPlace
from audit_api.manuscripts.workbook import cells
from audit_api.manuscripts.workbook.findings import Findings, Weight
from audit_api.manuscripts.xlsform import natures, relevance
from audit_api.manuscripts.xlsform.form import Form, Json
from audit_api.manuscripts.xlsform.lists import Lists
from audit_api.manuscripts.xlsform.relevance import AskedQuestion
from audit_api.manuscripts.xlsform.sheets import Row, Tokens
from audit_api.manuscripts.xlsform.wording import Keys, Wording, spoken_in
from audit_api.rules.checklist.questions import SCORED

_TRUE = ("yes", "true", "true()")
_FALSE = ("no", "false", "false()")
_BOUND = re.compile(r"\(?\s*\.\s*(>=|<=|>|<)\s*(-?[0-9]{1,9}(?:\.[0-9]{1,3})?)\s*\)?")
_MAX_MARK = 100
"""The highest mark of a checklist's scales."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Takes notes of what is not carried over, or not as it was."""

    findings: Findings

    def add(self, row: Row, tokens: Tokens, code: str, /, **values: object) -> None:
        """Note it at the cell below a heading."""
        self.findings.add(row.at(*tokens), Weight.NOTE, code, **values)


@dataclass(slots=True)
class Questions:
    """Carries questions over; `subjects` are those carried so far, by name, `met` the places of
    the rows that were looked at."""

    form: Form
    wording: Wording
    lists: Lists
    notes: Notes
    weight: Tokens = ("weight",)
    keys: Keys = field(default_factory=Keys)
    subjects: dict[str, AskedQuestion] = field(default_factory=dict)
    met: set[SheetPlace] = field(default_factory=set)

    def question(self, child: Json, row: Row) -> Json | None:
        """The question; None, with a note, where a checklist has none like it."""
        self.met.add(row.place)
        try:
            carry = _CARRIED[natures.of(child, self.lists.named)]
        except Refused as refused:
            self._tell_left(row, refused)
            return None
        used: set[Tokens] = {("type",), ("name",), ("bind", "required"), ("bind", "relevant")}
        question = {
            "key": self.named(row, str(child["name"])),
            "type": "text",
            "title": self.title(row, str(child["name"])),
            **self._hint(row),
            **self._required(row),
            **self.condition(child, row),
        }
        question |= carry(self, child, row, used)
        if question["type"] in SCORED:
            question |= self._weight(row, used)
        self.note_unused(row, used)
        self.subjects[str(child["name"])] = AskedQuestion(
            question["key"], question["type"], self._choices(child)
        )
        return question

    def _tell_left(self, row: Row, refused: Refused) -> None:
        """Note a question that is left behind; one that was meant to offer choices is a fault, for
        their points would be lost."""
        kind = row.text("type") or ""
        if refused.code == "xlsform_type" and kind.lower().startswith("select"):
            self.notes.findings.fault(row.at("type"), "xlsform_select_unread", given=kind)
            return
        values = {"given": kind} if "given" in refused.values else {}
        self.notes.add(row, ("type",), refused.code, **values)

    def _choices(self, child: Json) -> Mapping[str, Sequence[str]]:
        """The keys of the options of a question by the names of its choices."""
        offered = self.lists.named.get(str(child.get("itemset")))
        return offered.options if offered else {}

    def other(self, child: Json) -> Json | None:
        """The question that pyxform adds for `or_other`: which other one it was."""
        if child["type"] != "text":
            return None
        try:
            asked = relevance.condition(child["bind"]["relevant"], self.subjects)
        except Refused:  # The question itself was left behind, and its row says so.
            return None
        tags = self.wording.tags
        question: Json = {
            "key": self.keys.key(str(child["name"]), "q"),
            "type": "text",
            "title": spoken_in("sheets.xlsform.which_other", tags),
            "required": False,
            "condition": asked.document,
        }
        self.subjects[str(child["name"])] = AskedQuestion(question["key"], question["type"])
        return question

    def named(self, row: Row, name: str) -> str:
        """The key for a name, with a note where it differs."""
        key = self.keys.key(name, "q")
        if key != name:
            self.notes.add(row, ("name",), "xlsform_renamed", given=name, key=key)
        return key

    def title(self, row: Row, name: str) -> dict[str, str]:
        """The label; where there is none, the name."""
        label = self.wording.text(row, "label")
        if label is None:
            self.notes.add(row, ("name",), "xlsform_unlabelled", given=name)
        return label or {self.wording.tags[0]: name}

    def condition(self, child: Json, row: Row) -> Json:
        """The member `condition`, if there is one that can be carried over."""
        expression = child.get("bind", {}).get("relevant")
        if expression is None:
            return {}
        try:
            carried = relevance.condition(expression, self.subjects)
        except Refused as refused:
            self.notes.add(row, ("bind", "relevant"), refused.code, **refused.values)
            return {}
        for name in carried.unquoted:
            self.notes.add(row, ("bind", "relevant"), "xlsform_unquoted", given=name)
        return {"condition": carried.document}

    def _hint(self, row: Row) -> Json:
        hint = self.wording.text(row, "hint")
        return {"hint": hint} if hint else {}

    def _required(self, row: Row) -> Json:
        required = (row.text("bind", "required") or "no").lower()
        if required not in (*_TRUE, *_FALSE):
            self.notes.add(row, ("bind", "required"), "xlsform_required")
        return {} if required in _TRUE else {"required": False}

    def _weight(self, row: Row, used: set[Tokens]) -> Json:
        text = row.text(*self.weight)
        if text is None:
            return {}
        used.add(self.weight)
        try:
            return {"weight": cells.number(text)}
        except Refused as refused:
            self.notes.findings.fault(row.at(*self.weight), refused.code, **refused.values)
            return {}

    def note_unused(self, row: Row, used: Collection[Tokens]) -> None:
        """Note every filled cell of a row that nothing was made of."""
        self.met.add(row.place)
        for tokens, cell in row.cells.items():
            worded = tokens[0] in ("label", "hint") and len(tokens) <= 2
            if tokens not in used and not worded:
                self.notes.add(row, tokens, "xlsform_column", heading=cell.heading, given=cell.text)

    def choice(self, child: Json, row: Row, used: set[Tokens]) -> Json:
        offered = self.lists.named[child["itemset"]]
        single = natures.of(child, self.lists.named) == natures.SINGLE
        return {"type": "single" if single else "several", "response_set": offered.key}

    def number(self, child: Json, row: Row, used: set[Tokens]) -> Json:
        """A whole number that may not be negative is a count; others are numbers."""
        whole = natures.of(child) == natures.INTEGER
        bounds = _bounds(row.text("bind", "constraint") or "", whole=whole)
        if bounds is not None:
            used.add(("bind", "constraint"))
        if whole and bounds == {"min": 0}:
            return {"type": "count"}
        if whole:
            self.notes.add(row, ("type",), "xlsform_integer")
        return {"type": "number", **(bounds or {})}

    def range(self, child: Json, row: Row, used: set[Tokens]) -> Json:
        """Whole marks in steps of one are a scale; other ranges are numbers between bounds."""
        used.add(("parameters",))
        start, end, step = (
            float(child["parameters"].get(name, usual))
            for name, usual in (("start", 1), ("end", 10), ("step", 1))
        )
        bounds: Json = {"min": _short(start), "max": _short(end)}
        whole = start.is_integer() and end.is_integer()
        if step == 1 and whole and 0 <= start < end <= _MAX_MARK:
            return {"type": "scale", **bounds}
        self.notes.add(row, ("parameters",), "xlsform_step", step=_short(step))
        return {"type": "number", **bounds}

    def photo(self, child: Json, row: Row, used: set[Tokens]) -> Json:
        signed = "signature" in (row.text("control", "appearance") or "").split()
        if signed:
            used.add(("control", "appearance"))
        return {"type": "signature" if signed else "photo"}

    def acknowledge(self, child: Json, row: Row, used: set[Tokens]) -> Json:
        self.notes.add(row, ("type",), "xlsform_acknowledge")
        return {"type": "yes_no", "points": 0}

    def date(self, child: Json, row: Row, used: set[Tokens]) -> Json:
        if natures.of(child) == natures.DATE_TIME:
            self.notes.add(row, ("type",), "xlsform_date_time")
        return {"type": "date"}


def _bounds(constraint: str, *, whole: bool) -> Json | None:
    """`min` and `max` of a constraint that states nothing else; None for any other."""
    bounds: Json = {}
    for part in " ".join(constraint.split()).split(" and "):
        shape = _BOUND.fullmatch(part.strip())
        if shape is None or (len(shape[1]) == 1 and not whole):
            return None
        member = "min" if shape[1][0] == ">" else "max"
        if member in bounds:
            return None
        inside = {">": 1, "<": -1}.get(shape[1], 0)
        bounds[member] = cells.number(shape[2]) + inside
    return bounds


def _short(value: float) -> int | float:
    """The number as people write it: 5 for 5.0."""
    return int(value) if value.is_integer() else value


def _plain(kind: str) -> Callable[..., Json]:
    return lambda questions, child, row, used: {"type": kind}


_CARRIED: Mapping[str, Callable[[Questions, Json, Row, set[Tokens]], Json]] = {
    natures.SINGLE: Questions.choice,
    natures.SEVERAL: Questions.choice,
    natures.INTEGER: Questions.number,
    natures.DECIMAL: Questions.number,
    natures.RANGE: Questions.range,
    natures.TEXT: _plain("text"),
    natures.DATE: Questions.date,
    natures.DATE_TIME: Questions.date,
    natures.TIME: _plain("time"),
    natures.PHOTO: Questions.photo,
    natures.PLACE: _plain("place"),
    natures.BARCODE: _plain("barcode"),
    natures.ACKNOWLEDGE: Questions.acknowledge,
}
"""What carries over a question of each nature; the others are left behind."""
