"""docs/api.md tells every kind of step with all its values."""

from __future__ import annotations

import re
from dataclasses import fields

from audit_api.rules.scoring.explanation import KINDS
from audit_api.rules.scoring.explanation.questions import Asked, Hidden
from audit_api.rules.scoring.explanation.steps import (
    Affected,
    Banded,
    Capped,
    Covered,
    Decided,
    Deducted,
    Differing,
    Fixed,
    Marked,
    Summed,
    Tagged,
    Zeroed,
)
from tests.docs.texts import DOCUMENTS, chapter

ROWS = re.findall(
    r"^\| (`\w+`(?:, `\w+`)?)(?: by demerits)? \| ([^|]+) \|",
    chapter(DOCUMENTS["docs/api.md"], "The explained score"),
    re.MULTILINE,
)
STEPS = (
    *(Asked, Hidden, Summed, Deducted, Capped, Fixed, Zeroed),
    *(Marked, Affected, Banded, Decided, Covered, Tagged, Differing),
)


def test_every_kind_of_step_is_told() -> None:
    assert {kind for kinds, _ in ROWS for kind in re.findall(r"\w+", kinds)} == {*KINDS}


def test_every_value_of_a_step_is_told() -> None:
    told = [set(re.findall(r"\w+", values)) for _, values in ROWS]
    assert told == [{field.name for field in fields(step)} - {"kind", "key"} for step in STEPS]
