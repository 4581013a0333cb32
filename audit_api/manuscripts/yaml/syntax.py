"""What stops the reading of a text: said in our words, to the author who has to mend it."""

from __future__ import annotations

import re

from yaml.error import MarkedYAMLError, YAMLError

from audit_api.manuscripts.manuscript import Remark, TextPlace
from audit_api.rules.names import code_point

# What the parser complains about, and what to say; the first that is found in it holds.
COMPLAINTS = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"escape|hexdecimal", "yaml_escape"),
        (r"quoted scalar", "yaml_quote"),
        (r"parsing a flow", "yaml_bracket"),
        (r"mapping values|unexpected ':'", "yaml_colon"),
        (r"cannot start any token|alphabetic or numeric", "yaml_character"),
        (r"\btag\b", "yaml_tag"),
        (r"document start", "yaml_documents"),
        (r"expected (key|'-'|':')|not allowed", "yaml_indentation"),
    )
)
BEGUN = re.compile("quoted scalar|simple key")
"""What is mended where it begins, not where the parser gave it up."""


LOOK_ALIKE = re.compile(
    r"\b[^\WA-Za-z_]*+[A-Za-z_]\w*+(：)|[:\[{,-]\s*+([“”])|\w(，)\s*+[A-Za-z_]\w*+:"
)
"""Full-width and curly signs in the places of the signs that mean something to YAML."""
BLANK = re.compile("[\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]")
"""What looks like a space and is none; Chinese keyboards type U+3000."""
INDENTED = re.compile(f"^ *({BLANK.pattern})")
BEFORE = 2
"""A line that is no line of its own is complained about in the next, or in the one after it."""


def complaint(error: YAMLError, text: str) -> Remark:
    """The fault of a text that is no YAML, at its place."""
    remark = _complaint(error)
    line = remark.line or 1
    lines = text.split("\n", line)[:line]
    for number in range(line, max(line - BEFORE, 1) - 1, -1):
        if number <= len(lines) and (blank := INDENTED.match(lines[number - 1])):
            place = TextPlace(number, blank.start(1) + 1)
            return Remark("", "yaml_blank", {"character": code_point(blank[1])}, place)
        if number <= len(lines) and (match := LOOK_ALIKE.search(lines[number - 1])):
            values = {"sign": match[match.lastindex or 0]}
            return Remark("", "yaml_look_alike", values, TextPlace(number, match.start() + 1))
    return remark


def _complaint(error: YAMLError) -> Remark:
    if not isinstance(error, MarkedYAMLError):
        return Remark("", "yaml_malformed", {}, TextPlace(1, 1))
    message = f"{error.context}: {error.problem}"
    code = next((code for pattern, code in COMPLAINTS if pattern.search(message)), "")
    mark = error.context_mark if BEGUN.search(message) else error.problem_mark
    place = TextPlace(mark.line + 1, mark.column + 1) if mark else TextPlace(1, 1)
    if code:
        return Remark("", code, {}, place)
    return Remark("", "yaml_malformed", {}, place)
