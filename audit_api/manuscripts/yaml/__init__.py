"""Checklists written as YAML or JSON: read as data, within limits, and never as code.

Every fault of the text comes at once with its line, and the lines of what was read are kept, so
that a fault found in the document later has its line as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from audit_api.errors import Fault, Problem, unescaped
from audit_api.manuscripts import files
from audit_api.manuscripts.manuscript import Remark, TextPlace
from audit_api.manuscripts.yaml.composing import (
    BEGINNING,
    CONTROL,
    EMPTY,
    UNREAD,
    Composer,
    Outline,
    Stopped,
)
from audit_api.rules.names import code_point
from audit_api.sheets import charsets

__all__ = ["MAX_BYTES", "Composition", "compose"]

MAX_BYTES = files.MAX_BYTES[files.YAML]
"""The largest file, in bytes."""

DIRECTIVE = re.compile("^%", re.MULTILINE)
PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
)
"""The two escapes by which JSON writes one character beyond the first 65,536."""


@dataclass(frozen=True, slots=True)
class Composition:
    """What a text holds: the document, or None where it cannot be read on, and what is wrong.

    `text` is what was read, empty where the bytes are none; `unread` are the pointers of values
    that were refused: the document has null in their places.
    """

    document: dict[str, Any] | None
    faults: tuple[Remark, ...]
    text: str = ""
    unread: frozenset[str] = frozenset()
    outline: Outline = EMPTY

    def place_of(self, pointer: str) -> TextPlace:
        """Where the value stands that a JSON pointer names, or the last thing around it."""
        outline = self.outline
        for token in pointer.split("/")[1:]:
            inside = outline.inside.get(unescaped(token))
            if inside is None:
                break
            outline = inside
        return outline.place

    def line_of(self, pointer: str) -> int:
        """The line, from 1, of the value that a JSON pointer names, or of what is around it."""
        return self.place_of(pointer).line


def compose(sent: str | bytes, charset: str | None = None) -> Composition:
    """What a text holds, with every fault of its syntax; bytes are of the charset that is declared,
    or UTF-8, or UTF-16 behind a byte order mark.

    YAML 1.2: `no` is a text.  Aliases, anchors, tags and merge keys are refused: a few lines of
    them can stand for gigabytes, and a reader of the file would not see what it says.
    """
    text, faults = _text(sent, charset)
    if faults:
        return Composition(None, faults)
    composer = Composer(text)
    try:
        document, outline = composer.compose()
    except Stopped:
        return Composition(None, tuple(composer.faults), text)
    if not isinstance(document, dict):
        place = outline.place
        if document is None:
            composer.faults.append(Remark("", "yaml_empty", {}, place))
        else:
            composer.faults.append(Remark("", "yaml_fields_expected", {}, place))
        return Composition(None, tuple(composer.faults), text)
    unread = frozenset(composer.unread)
    return Composition(document, tuple(composer.faults), text, unread, outline)


def _text(sent: str | bytes, charset: str | None) -> tuple[str, tuple[Remark, ...]]:
    """Return the text, or why it is none that a person could have written."""
    data = sent.encode(errors="surrogatepass") if isinstance(sent, str) else sent
    if len(data) > MAX_BYTES:
        return "", (Remark("", "yaml_too_large", {"limit": MAX_BYTES}, BEGINNING),)
    try:
        text = charsets.decode(data, charset or "utf-8").text
    except Problem as problem:
        return "", tuple(_of_charset(fault) for fault in problem.faults)
    if character := CONTROL.search(text):
        values = {"character": code_point(character[0])}
        return "", (Remark("", "yaml_control", values, _place(character)),)
    if character := UNREAD.search(text):
        values = {"character": code_point(character[0])}
        return "", (Remark("", "yaml_unread", values, _place(character)),)
    # A directive could only change what the text means, and thousands of them take seconds.
    if directive := DIRECTIVE.search(text):
        return "", (Remark("", "yaml_character", {}, _place(directive)),)
    return _joined(text), ()


def _of_charset(fault: Fault) -> Remark:
    """The fault of a file's encoding, which names at most a line."""
    line = fault.pointer.rpartition("/")[2]
    return Remark("", fault.code, fault.values, TextPlace(int(line or 1), 1))


def _place(match: re.Match[str]) -> TextPlace:
    text, start = match.string, match.start()
    return TextPlace(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))


def _joined(text: str) -> str:
    """The text with JSON's pairs of escapes as the characters they stand for, where it is JSON:
    YAML has no such pairs."""
    return PAIR.sub(_character, text) if text.lstrip().startswith("{") else text


def _character(pair: re.Match[str]) -> str:
    high, low = int(pair[2], 16), int(pair[3], 16)
    return pair[1] + chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
