"""A checklist's document as YAML that people go on writing: members in the format's order, what
is short on one line, a blank line between the parts."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

_ORDER = (
    *("format", "key", "type", "locales", "title", "from", "hint", "condition"),
    *("scoring", "metrics", "method", "start", "weight", "pass_mark", "on_fail"),
    *("every_section_must_pass", "bonus_over_100", "validity", "unanswered", "values"),
    *("response_set", "options", "min", "max", "points", "reverse", "fails_at", "failed"),
    *("bands", "per_unit", "demerit", "bonus", "effect"),
    *("required", "not_applicable", "not_observed", "evidence", "dimensions"),
    *("site_attributes", "metric", "metric_weight", "expectation"),
    *("response_sets", "touchpoints", "sections", "questions"),
)
_RANK = {member: rank for rank, member in enumerate(_ORDER)}
_SPREAD = ("touchpoints", "sections", "questions", "scoring", "response_sets")
"""Members that stand over several lines however short they are."""
_SHORT = 90
"""The most characters on one line, beside its indentation and quotes."""
_UNFOLDED = 1_000_000
_PART = re.compile(r"^(?:scoring|metrics|dimensions|site_attributes|response_sets|touchpoints):")
_TOUCHPOINT = "  - key:"
_PLAIN = re.compile(
    r"[^\W\d_]([\w ,.;!?()'’…、，。；！？（）/&+-]*[\w.!?)。！？）])?|[0-9]+/[0-9]+"
)


def write(document: Mapping[str, Any]) -> str:
    """Return the text; reading it as a checklist gives the same document."""
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = _UNFOLDED
    yaml.allow_unicode = True
    out = io.StringIO()
    yaml.dump(_styled(document, ""), out)
    return _aired(out.getvalue())


def _styled(value: Any, member: str) -> Any:
    """The value with its style: on one line where it is short and no part of the checklist."""
    if isinstance(value, Mapping):
        # The members of a text are languages, whose order is the author's.
        ranked = sorted(value.items(), key=lambda item: _RANK.get(item[0], len(_RANK)))
        mapping = CommentedMap((_quoted(name), _styled(inner, name)) for name, inner in ranked)
        if member and member not in _SPREAD and _is_short(value):
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list | tuple):
        entries = CommentedSeq(_styled(inner, member) for inner in value)
        if not any(isinstance(inner, Mapping) for inner in value) and _is_short(value):
            entries.fa.set_flow_style()
        return entries
    return _quoted(value) if isinstance(value, str) else value


def _quoted(text: str) -> str:
    """The text, in quotes unless every reader of YAML takes it for the same plain text."""
    return text if _PLAIN.fullmatch(text) else DoubleQuotedScalarString(text)


def _is_short(value: object) -> bool:
    return len(json.dumps(value, ensure_ascii=False).replace('"', "")) <= _SHORT


def _aired(text: str) -> str:
    """Put a blank line before each part and each touchpoint: no value has lines of its own."""
    aired: list[str] = []
    for line in text.splitlines():
        is_next = line.startswith(_TOUCHPOINT) and aired[-1] != "touchpoints:"
        if _PART.match(line) or (is_next and "touchpoints:" in aired):
            aired.append("")
        aired.append(line)
    return "\n".join(aired) + "\n"
