"""Cells that say what an answer is worth: critical effects, and the bands of measured values.

An effect is `fail`, `zero section`, `zero audit`, `cap 60` or `cap fair`; several stand between
commas.  Bands stand one to a line or between semicolons: `from 0: 4; from 181: 0 failed, cap 60`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from audit_api.errors import Refused
from audit_api.manuscripts.workbook import words
from audit_api.manuscripts.workbook.cells import MAX_ENTRIES, NUMBER, Cell, number, split
from audit_api.sheets.xlsx_writing import CellValue
from audit_api.words import LOCALES

EFFECTS = ("fail", "zero_section", "zero_audit")
_DECIMAL = r"-?[0-9.]+(?:e[+-]?[0-9]+)?"
_BAND = re.compile(rf"(?P<lead>[^-0-9.]*)(?P<start>{_DECIMAL})\s*[:=]\s*(?P<rest>.+)")
_POINTS = re.compile(rf"(?P<points>{_DECIMAL})[\s,]*(?P<rest>.*)")


def _called(word: str) -> list[str]:
    """What a word is called in any language, the longest first."""
    names = {word.replace("_", " "), *(words.spoken(word, locale) for locale in LOCALES)}
    return sorted(map(words.plain, names), key=len, reverse=True)


def _effects(text: str) -> object:
    """One effect alone, or the list of several."""
    effects = [_effect(entry) for entry in split(text) if entry]
    return effects[0] if len(effects) == 1 else effects


def _effect(text: str) -> object:
    plain = words.plain(text)
    found = words.understood(plain, EFFECTS)
    if found:
        return found
    cap = _after(plain, "cap")
    if not cap:
        raise Refused("cell_effect", given=text, accepted=[*words.listed(EFFECTS), "cap 60"])
    limit = cap.removesuffix("%").strip()
    return {"cap": number(limit) if NUMBER.fullmatch(limit) else cap}


def _write_effects(effects: Any, language: str) -> CellValue:
    return ", ".join(_write_effect(effect, language) for effect in effects)


def _write_effect(effect: Any, language: str) -> str:
    if isinstance(effect, str):
        return words.spoken(effect, language)
    return f"{words.spoken('cap', language)} {effect['cap']}"


def _after(plain: str, word: str) -> str | None:
    """What follows a word at the beginning of a text; None where the word does not stand there."""
    for name in _called(word):
        if plain.startswith(name):
            return plain.removeprefix(name).lstrip(" :")
    return None


def _bands(text: str) -> object:
    entries = re.split(r"[;；\n]", text)
    if len(entries) > MAX_ENTRIES:
        raise Refused("cell_entries", most=MAX_ENTRIES)
    return [_band(entry) for entry in entries if entry.strip()]


def _band(entry: str) -> dict[str, object]:
    shape = _BAND.fullmatch(words.plain(entry))
    worth = _POINTS.fullmatch(shape["rest"]) if shape else None
    if shape is None or worth is None or shape["lead"].strip() not in ("", *_called("from")):
        raise Refused("cell_value_band", given=entry.strip())
    band: dict[str, object] = {"from": number(shape["start"]), "points": number(worth["points"])}
    rest = worth["rest"]
    for word, failed in (("not_failed", False), ("failed", True)):
        after = _after(rest, word)
        if after is not None:
            band["failed"] = failed
            rest = after.lstrip(", ")
            break
    return band | ({"effect": _effects(rest)} if rest else {})


def _write_bands(bands: Any, language: str) -> CellValue:
    stated = stated_failures(bands)
    return "\n".join(
        _write_band(band, failed, language) for band, failed in zip(bands, stated, strict=True)
    )


def _write_band(band: Mapping[str, Any], failed: bool | None, language: str) -> str:
    text = f"{words.spoken('from', language)} {band['from']}: {band['points']}"
    if failed is not None:
        text += f" {words.spoken('failed' if failed else 'not_failed', language)}"
    effects = band["effect"]
    return f"{text}, {_write_effects(effects, language)}" if effects else text


def stated_failures(worths: Sequence[Mapping[str, Any]]) -> list[bool | None]:
    """What has to be said of each answer, so that those fail again that do, and no other: where
    none does, it has to be said of one that would fail without it."""
    if any(worth["failed"] for worth in worths):
        return [True if worth["failed"] else None for worth in worths]
    return [False if worth["points"] <= 0 else None for worth in worths]


EFFECT = Cell(_effects, _write_effects)
VALUE_BANDS = Cell(_bands, _write_bands)
