"""What stops the reading of a text: said in our words, to the author who has to mend it."""

from __future__ import annotations

import re

from yaml.error import MarkedYAMLError, YAMLError

from audit_api.errors import Fault

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


LOOK_ALIKE = re.compile(r"[A-Za-z_]\w*(：)|[:\[{,-]\s*([“”])|\w(，)\s*[A-Za-z_]\w*:")
"""Full-width and curly signs in the places of the signs that mean something to YAML."""
BEFORE = 2
"""A line that is no line of its own is complained about in the next, or in the one after it."""


def complaint(error: YAMLError, text: str) -> tuple[Fault, int, int]:
    """The fault of a text that is no YAML, with its line and column, both from 1."""
    fault, line, column = _complaint(error)
    lines = text.split("\n", line)[:line]
    for number in range(line, max(line - BEFORE, 1) - 1, -1):
        if number <= len(lines) and (found := LOOK_ALIKE.search(lines[number - 1])):
            sign = found[found.lastindex or 0]
            return Fault("", "yaml_look_alike", {"sign": sign}), number, found.start() + 1
    return fault, line, column


def _complaint(error: YAMLError) -> tuple[Fault, int, int]:
    if not isinstance(error, MarkedYAMLError):
        return Fault("", "yaml_malformed", {"reason": str(error)}), 1, 1
    said = f"{error.context}: {error.problem}"
    code = next((code for pattern, code in COMPLAINTS if pattern.search(said)), "")
    fault = Fault("", code) if code else Fault("", "yaml_malformed", {"reason": error.problem})
    mark = error.context_mark if BEGUN.search(said) else error.problem_mark
    return (fault, mark.line + 1, mark.column + 1) if mark else (fault, 1, 1)
