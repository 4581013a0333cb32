"""The fixed words of a report, the same in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import audit_api.pdf
from audit_api.pdf import State, missing_glyphs
from tests.pdf.reports import LABELS


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    assert LABELS["en"].keys() == LABELS["zh"].keys()
    for key, sentence in LABELS["en"].items():
        assert placeholders(sentence) == placeholders(LABELS["zh"][key]), key


def test_every_label_is_used_and_every_label_that_is_used_exists() -> None:
    modules = Path(audit_api.pdf.__file__).parent.glob("*.py")
    source = "\n".join(module.read_text("utf-8") for module in modules)
    named = set(re.findall(r"""["'](report\.[a-z_]+)["']""", source))
    formed = {f"report.{state}" for state in State if state != State.ANSWERED}
    assert named | formed | {"report.score", "report.weight"} == LABELS["en"].keys()


def test_the_fonts_hold_every_label() -> None:
    for labels in LABELS.values():
        assert missing_glyphs("".join(labels.values())) == set()
