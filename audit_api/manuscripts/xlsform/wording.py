"""An XLSForm's languages, texts and names as a checklist has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from audit_api.manuscripts.manuscript import SheetPlace
from audit_api.manuscripts.workbook.findings import Findings, Weight
from audit_api.manuscripts.xlsform.form import Form
from audit_api.manuscripts.xlsform.sheets import SETTINGS, SURVEY, Row
from audit_api.rules.authoring import LOCALE
from audit_api.rules.authoring.node import KEY
from audit_api.words import DEFAULT_LOCALE, say
from audit_api.words.languages import standard

_IN_BRACKETS = re.compile(r".*\(([A-Za-z][A-Za-z0-9_-]*)\)\s*")
_NAMED = {"english": "en", "chinese": "zh", "中文": "zh", "简体中文": "zh"}
"""Languages that forms often name without their tag."""
_REFERENCE = re.compile(r"\$\{[^{}]*\}")
_KEYED = 64


def locale_of(language: str) -> str | None:
    """The tag of a language as forms name it: `English (en)`, `en`, `English`."""
    inside = _IN_BRACKETS.fullmatch(language)
    named = _NAMED.get(language.strip().lower())
    tag = named or standard(inside[1] if inside else language.strip())
    return tag if tag and LOCALE.fullmatch(tag) else None


def spoken_in(code: str, tags: Iterable[str]) -> dict[str, str]:
    """A sentence of the product in a checklist's languages, English where it does not speak one."""
    return {tag: say(code, tag) for tag in tags}


@dataclass(slots=True)
class Wording:
    """Reads texts; `locales` maps each language as the form writes it to its tag, "" to the
    language of texts that name none, which comes first."""

    findings: Findings
    locales: dict[str, str]
    unknown: set[str] = field(default_factory=set)

    @property
    def tags(self) -> list[str]:
        return list(dict.fromkeys(self.locales.values()))

    def text(self, row: Row, *tokens: str) -> dict[str, str] | None:
        """A text in the form's languages; None where there is none.

        Where the first language has none, it gets another's.
        """
        found: dict[str, str] = {}
        for language, cell in row.words(*tokens):
            if language in self.locales:
                found[self.locales[language]] = cell.text
                if _REFERENCE.search(cell.text):
                    self.findings.add(cell.place, Weight.NOTE, "xlsform_inserted")
        first = self.tags[0]
        if found and first not in found:
            used = next(tag for tag in self.tags if tag in found)
            self.findings.add(row.at(*tokens), Weight.NOTE, "xlsform_language", locale=first)
            found = {first: found[used], **found}
        return found or None


def wording(form: Form, findings: Findings) -> Wording:
    """The form's languages, the one that its settings name as the default first."""
    settings = next((row for row in form.rows[SETTINGS].values() if row.cells), None)
    stated = (settings.text("default_language") if settings else None) or ""
    first = locale_of(stated) or _alone(form) or DEFAULT_LOCALE
    reading = Wording(findings, {"": first})
    for rows in form.rows.values():
        for row in rows.values():
            for tokens, cell in row.cells.items():
                if tokens[0] in ("label", "hint") and len(tokens) == 2:
                    _add_language(reading, tokens[1], cell.place)
    return reading


def _alone(form: Form) -> str | None:
    """The language that stands first among those named, where no text is without one."""
    named = [
        tokens[1:]
        for row in form.rows[SURVEY].values()
        for tokens in row.cells
        if tokens[0] == "label"
    ]
    return locale_of(named[0][0]) if named and all(named) else None


def _add_language(reading: Wording, language: str, place: SheetPlace) -> None:
    if language in reading.locales:
        return
    tag = locale_of(language)
    if tag:
        reading.locales[language] = tag
    elif language not in reading.unknown:
        reading.unknown.add(language)
        reading.findings.add(place, Weight.NOTE, "xlsform_language_unknown", given=language)


@dataclass(slots=True)
class Keys:
    """Makes keys of names, none twice."""

    taken: set[str] = field(default_factory=set)
    _next: dict[str, int] = field(default_factory=dict)

    def key(self, name: str, spare: str = "x") -> str:
        """A key like the name; after what is not alike, a number."""
        plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        stem = (plain if KEY.match(plain) else f"{spare}_{plain}".strip("_"))[:_KEYED]
        found = stem
        while found in self.taken:
            number = self._next[stem] = self._next.get(stem, 1) + 1
            found = f"{stem[: _KEYED - len(str(number)) - 1]}_{number}"
        self.taken.add(found)
        return found
