"""An XLSForm read into a checklist's document, with a note at each cell that is left behind."""

from __future__ import annotations

from collections.abc import Sequence

from audit_api.errors import Problem
from audit_api.manuscripts.manuscript import SheetPlace
from audit_api.manuscripts.workbook.findings import Findings, Imported, Weight, refused
from audit_api.manuscripts.xlsform import form as forms
from audit_api.manuscripts.xlsform import own_columns
from audit_api.manuscripts.xlsform.form import Form, Json
from audit_api.manuscripts.xlsform.groups import Groups
from audit_api.manuscripts.xlsform.lists import Lists, lists
from audit_api.manuscripts.xlsform.questions import Notes, Questions
from audit_api.manuscripts.xlsform.sheets import (
    CHOICES,
    NAMES,
    OTHERS,
    SETTINGS,
    SURVEY,
    Row,
    called,
)
from audit_api.manuscripts.xlsform.wording import Keys, Wording, wording
from audit_api.rules.checklist.document import FORMAT
from audit_api.sheets import xlsx_reading
from audit_api.sheets.xlsx_reading import Sheet

COMMAND = "pip install '.[xlsform]'"

_MEMBERS = {
    "key": ("name",),
    "response_set": ("type",),
    "options": ("type",),
    "condition": ("bind", "relevant"),
    "weight": ("weight",),
    "min": ("bind", "constraint"),
    "max": ("bind", "constraint"),
}
"""The headings that members come from."""


def read_xlsform(data: bytes) -> Imported:
    """Return the checklist that an XLSForm describes, as far as a checklist can.

    Without the optional extra pyxform that is a fault, which tells how to install it.
    """
    if not forms.AVAILABLE:
        findings = Findings()
        findings.fault(SheetPlace(), "xlsform_unavailable", command=COMMAND)
        return findings.stopped()
    try:
        sheets = xlsx_reading.read(data)
    except Problem as problem:
        return refused(problem)
    findings = Findings()
    form = forms.read(sheets, findings)
    if form is None:
        return findings.stopped()
    _note_sheets(sheets, findings)
    return findings.checked(_document(form, findings))


def _note_sheets(sheets: Sequence[Sheet], findings: Findings) -> None:
    """Note the sheets that hold anything and were not read."""
    for sheet in sheets:
        place = SheetPlace(sheet.name)
        if not sheet.rows or called(sheet, sheets) in NAMES:
            continue
        if called(sheet, sheets) in OTHERS:
            findings.add(place, Weight.NOTE, "xlsform_sheet", given=sheet.name)
        else:
            findings.add(place, Weight.NOTE, "sheet_unknown", given=sheet.name)


def _document(form: Form, findings: Findings) -> Json:
    words = wording(form, findings)
    response_lists = lists(form, words)
    settings, *more = [row for row in form.rows[SETTINGS].values() if row.cells] or [_NO_ROW]
    for row in more:
        findings.add(row.place, Weight.NOTE, "xlsform_row")
    title = words.text(settings, "title") or {words.tags[0]: str(form.survey["title"])}
    document: Json = {
        "format": FORMAT,
        "key": Keys().key(str(form.survey["id_string"]), "form"),
        "locales": words.tags,
        "title": title,
        "response_sets": response_lists.response_sets,
    }
    columns = own_columns.found(form.headings[SURVEY], own_columns.QUESTIONS)
    weight = columns.get("weight", ("weight",))
    questions = Questions(form, words, response_lists, Notes(findings), weight)
    groups = Groups(questions)
    document["touchpoints"] = groups.touchpoints(form.survey["children"], title)
    questions.note_unused(settings, _SETTINGS)
    findings.came_from("", form.sheets[SURVEY])
    for member, heading in (("/title", "title"), ("/key", "id_string")):
        findings.came_from(member, settings.at(heading))
    _note_unmet(form, questions)
    _note_unscored(form, response_lists, findings)
    places = _Places(groups, words)
    places.tell("/touchpoints", document["touchpoints"])
    return document


_SETTINGS = {("title",), ("id_string",), ("default_language",), ("allow_choice_duplicates",)}
_NO_ROW = Row(SheetPlace(), {})


def _note_unmet(form: Form, questions: Questions) -> None:
    """Note the rows that pyxform left out: disabled ones, comments."""
    for row in form.rows[SURVEY].values():
        kind = row.text("type") or ""
        if row.cells and row.place not in questions.met and not kind.lower().startswith("end"):
            questions.notes.add(row, ("type",), "xlsform_row")


def _note_unscored(form: Form, response_lists: Lists, findings: Findings) -> None:
    options = [option for options in response_lists.response_sets.values() for option in options]
    if options and not any("points" in option for option in options):
        findings.add(form.sheets[CHOICES], Weight.NOTE, "xlsform_unscored")


class _Places:
    """Tells the findings which cell each member was written in."""

    def __init__(self, groups: Groups, words: Wording) -> None:
        self._rows = {id(entry): row for entry, row in groups.written}
        self._words = words

    def tell(self, pointer: str, entries: list[Json]) -> None:
        """Tell it of the sections or questions in the list at a pointer, and of all in them."""
        for position, entry in enumerate(entries):
            place = f"{pointer}/{position}"
            if id(entry) in self._rows:
                self._tell_row(place, self._rows[id(entry)])
            self.tell(f"{place}/sections", entry.get("sections", []))
            self.tell(f"{place}/questions", entry.get("questions", []))

    def _tell_row(self, pointer: str, row: Row) -> None:
        findings, locales = self._words.findings, self._words.locales
        findings.came_from(pointer, row.place)
        for member, heading in _MEMBERS.items():
            findings.came_from(f"{pointer}/{member}", row.at(*heading))
        for member in ("title", "hint"):
            column = "label" if member == "title" else member
            for language, cell in row.words(column):
                findings.came_from(f"{pointer}/{member}/{locales.get(language, '')}", cell.place)
