"""Writes a condition as its author would type it into a cell: what `condition_text` reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from audit_api.manuscripts.workbook.condition_text import (
    COMPARISONS,
    FLAGS,
    KEYWORDS,
    NUMBER,
    Names,
)

_SIGNS = {operator: sign for sign, operator in COMPARISONS.items()}
_BARE = re.compile(r"[A-Za-z0-9_.:/+\-\u4e00-\u9fff]+")


def write(condition: Mapping[str, Any], names: Names) -> str:
    """Return the text of a condition's document; reading it gives the same document."""
    for form, joint in (("all", " and "), ("any", " or ")):
        if form in condition:
            parts = condition[form]
            if len(parts) == 1:
                return f"{form}({write(parts[0], names)})"
            return joint.join(_unit(part, names) for part in parts)
    if "not" in condition:
        return _negation(condition["not"], names)
    return _test(condition, names)


def _unit(condition: Mapping[str, Any], names: Names) -> str:
    joined = any(len(condition.get(form, ())) > 1 for form in ("all", "any"))
    text = write(condition, names)
    return f"({text})" if joined else text


def _negation(negated: Mapping[str, Any], names: Names) -> str:
    """`x != v` and `x not in (…)` for two tests, `not (…)` for everything else."""
    if "equals" in negated:
        return f"{_subject(negated, names)} != {_value(negated['equals'])}"
    if "one_of" in negated:
        return f"{_subject(negated, names)} not in {_values(negated['one_of'])}"
    return f"not ({write(negated, names)})"


def _test(test: Mapping[str, Any], names: Names) -> str:
    subject = _subject(test, names)
    operator = next(member for member in test if member not in ("question", "site"))
    operand = test[operator]
    if operator == "answered":
        return f"{subject} is answered" if operand else f"{subject} is not answered"
    if operator == "one_of":
        return f"{subject} in {_values(operand)}"
    return f"{subject} {_SIGNS.get(operator, operator)} {_value(operand)}"


def _subject(test: Mapping[str, Any], names: Names) -> str:
    source = "site" if "site" in test else "question"
    key = str(test[source])
    shadowed = key in names.questions if source == "site" else key not in names.questions
    return f"{source}.{key}" if shadowed or key in KEYWORDS else key


def _values(operands: list[Any]) -> str:
    return f"({', '.join(map(_value, operands))})"


def _value(operand: object) -> str:
    if isinstance(operand, bool):
        return "true" if operand else "false"
    if not isinstance(operand, str):
        return repr(operand)
    lower = operand.lower()
    special = lower in KEYWORDS or lower in FLAGS or NUMBER.fullmatch(operand)
    if _BARE.fullmatch(operand) and not special:
        return operand
    return '"' + operand.replace('"', '""') + '"'
