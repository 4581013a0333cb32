"""Checklists written as YAML or JSON: read as data, within limits, and never as code.

Every fault of the text comes at once with its line, and the lines of what was read are kept, so
that a fault found in the document later has its line as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from audit_api.errors import Fault, unescaped
from audit_api.manuscripts.yaml.composing import CONTROL, Composer, Place, Placed, Stopped

__all__ = ["LARGEST", "Place", "Placed", "Written", "compose"]

LARGEST = 1024 * 1024
"""The largest file, in bytes."""

DIRECTIVE = re.compile("^%", re.MULTILINE)
PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
)
"""The two escapes by which JSON writes one character beyond the first 65,536."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a text holds: the document, or None where it cannot be read on, and what is wrong.

    `unread` are the pointers of values that were refused: the document has null in their places.
    """

    document: dict[str, Any] | None
    faults: tuple[Placed, ...]
    unread: frozenset[str] = frozenset()
    place: Place = field(default=Place(1, 1, {}))

    def place_of(self, pointer: str) -> Place:
        """Where the value stands that a JSON pointer names, or the last thing around it."""
        place = self.place
        for token in pointer.split("/")[1:]:
            inside = place.inside.get(unescaped(token))
            if inside is None:
                break
            place = inside
        return place

    def line_of(self, pointer: str) -> int:
        """The line, from 1, of the value that a JSON pointer names, or of what is around it."""
        return self.place_of(pointer).line


def compose(given: str | bytes) -> Written:
    """What a text holds, with every fault of its syntax.

    YAML 1.2: `no` is a text.  Aliases, anchors, tags and merge keys are refused: a few lines of
    them can stand for gigabytes, and a reader of the file would not see what it says.
    """
    text, faults = _text(given)
    if faults:
        return Written(None, faults)
    composer = Composer(text)
    try:
        document, place = composer.compose()
    except Stopped:
        return Written(None, tuple(composer.faults))
    if not isinstance(document, dict):
        fault = Fault("", "yaml_empty") if document is None else Fault("", "yaml_fields_expected")
        composer.faults.append(Placed(fault, place.line, place.column))
        return Written(None, tuple(composer.faults))
    return Written(document, tuple(composer.faults), frozenset(composer.unread), place)


def _text(given: str | bytes) -> tuple[str, tuple[Placed, ...]]:
    """Return the text, or why it is none that a person could have written."""
    data = given.encode(errors="surrogatepass") if isinstance(given, str) else given
    if len(data) > LARGEST:
        return "", (Placed(Fault("", "yaml_too_large", {"limit": LARGEST}), 1, 1),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", (Placed(Fault("", "yaml_not_utf8"), line, 1),)
    if found := CONTROL.search(text):
        fault = Fault("", "yaml_control", {"character": f"U+{ord(found[0]):04X}"})
        return "", (_placed(fault, found),)
    # A directive could only change what the text means, and thousands of them take seconds.
    if found := DIRECTIVE.search(text):
        return "", (_placed(Fault("", "yaml_character"), found),)
    return _joined(text), ()


def _placed(fault: Fault, found: re.Match[str]) -> Placed:
    text, start = found.string, found.start()
    return Placed(fault, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))


def _joined(text: str) -> str:
    """The text with JSON's pairs of escapes as the characters they stand for, where it is JSON:
    YAML has no such pairs."""
    return PAIR.sub(_character, text) if text.lstrip().startswith("{") else text


def _character(pair: re.Match[str]) -> str:
    high, low = int(pair[2], 16), int(pair[3], 16)
    return pair[1] + chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
