"""The fixed words of a report, the same in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import audit_api
from audit_api.glyphs.coverage import missing
from audit_api.pdf import State
from audit_api.rules.checklist.sections import Method
from audit_api.words import LOCALES, vocabulary
from tests.pdf.reports import LABELS

PACKAGE = Path(audit_api.__file__).parent
CHECKLISTS = PACKAGE.parent / "checklists"


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    assert LABELS["en"].keys() == LABELS["zh"].keys()
    for key, sentence in LABELS["en"].items():
        assert placeholders(sentence) == placeholders(LABELS["zh"][key]), key


def test_every_label_is_used_and_every_label_that_is_used_exists() -> None:
    modules = [path for floor in ("pdf", "drawing") for path in (PACKAGE / floor).rglob("*.py")]
    source = "\n".join(module.read_text("utf-8") for module in modules)
    named = set(re.findall(r"""["'](report\.[a-z_]+)["']""", source))
    formed = {f"report.{state}" for state in State if state != State.ANSWERED}
    methods = {f"report.method_{method}" for method in Method}
    assert named | formed | methods == LABELS["en"].keys()


def test_the_fonts_hold_every_sentence_of_the_product() -> None:
    for locale in LOCALES:
        assert missing("".join(vocabulary(locale).values())) == []


def test_the_fonts_hold_every_character_of_the_shipped_checklists() -> None:
    paths = sorted(CHECKLISTS.glob("*.yaml"))
    assert len(paths) >= 5
    for path in paths:
        assert missing(path.read_text("utf-8")) == [], path.name
