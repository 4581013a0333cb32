"""The words of the workbook, in each of the product's languages: names of sheets, cells' words.

What is written is in one language; what is read may be in any, or the word of the format itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from audit_api.words import LOCALES, say

SHEETS: Mapping[str, str] = {
    "how_to": "sheets.sheet.how_to",
    "checklist": "sheets.sheet.checklist",
    "questions": "sheets.sheet.questions",
    "options": "sheets.sheet.options",
    "bands": "sheets.sheet.bands",
    "dimensions": "sheets.sheet.dimensions",
    "site_attributes": "sheets.sheet.site_attributes",
}
"""The sheets, in their order, each with the code of its name."""

WORDS: Mapping[str, str] = {
    "touchpoint": "sheets.word.touchpoint",
    "section": "sheets.word.section",
    "subsection": "sheets.word.subsection",
    "single": "sheets.word.single",
    "several": "sheets.word.several",
    "yes_no": "sheets.word.yes_no",
    "scale": "sheets.word.scale",
    "number": "sheets.word.number",
    "duration": "sheets.word.duration",
    "count": "sheets.word.count",
    "text": "sheets.word.text",
    "date": "sheets.word.date",
    "time": "sheets.word.time",
    "photo": "sheets.word.photo",
    "signature": "sheets.word.signature",
    "place": "sheets.word.place",
    "barcode": "sheets.word.barcode",
    "yes": "sheets.word.yes",
    "no": "sheets.word.no",
    "never": "sheets.word.never",
    "when_failed": "sheets.word.when_failed",
    "always": "sheets.word.always",
    "fail": "sheets.word.fail",
    "zero_section": "sheets.word.zero_section",
    "zero_audit": "sheets.word.zero_audit",
    "cap": "sheets.word.cap",
    "from": "sheets.word.from",
    "failed": "sheets.word.failed",
    "not_failed": "sheets.word.not_failed",
    "weighted": "sheets.word.weighted",
    "pooled": "sheets.word.pooled",
    "demerit": "sheets.word.demerit",
    "ignore": "sheets.word.ignore",
    "zero": "sheets.word.zero",
    "mean": "sheets.word.mean",
    "positive_share": "sheets.word.positive_share",
    "net": "sheets.word.net",
    "of_range": "sheets.word.of_range",
    "of_maximum": "sheets.word.of_maximum",
    "nps": "sheets.word.nps",
    "csat": "sheets.word.csat",
    "ces": "sheets.word.ces",
    "csi": "sheets.word.csi",
    "word": "sheets.word.word",
    "flag": "sheets.word.flag",
}
"""The words that cells may hold, each with the code of what it is called."""


def plain(text: str) -> str:
    """The text as people mean it: half-width, small letters, single spaces, none around it."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def spoken(word: str, language: str) -> str:
    """What a word is called in a language."""
    return say(WORDS[word], language)


def understood(text: str, among: Iterable[str]) -> str | None:
    """The word that a text stands for, in any language; None where it is none of them."""
    return find(text, {word: WORDS[word] for word in among})


def find(text: str, named: Mapping[str, str]) -> str | None:
    """The member whose own name, or what its code says in some language, is the text."""
    sought = _joined(text)
    return next(
        (
            member
            for member, code in named.items()
            if sought in (_joined(member), *(_joined(say(code, locale)) for locale in LOCALES))
        ),
        None,
    )


def listed(among: Iterable[str]) -> list[str]:
    """The words in every language, as a sentence tells them."""
    return [called(WORDS[word]) for word in among]


def called(code: str) -> str:
    """What a code says in every language."""
    return " / ".join(dict.fromkeys(say(code, locale) for locale in LOCALES))


def _joined(text: str) -> str:
    return re.sub(r"[\s_\-]+", "_", plain(text))
