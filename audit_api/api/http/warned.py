"""Answers to what was stored, with warnings beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit_api.api.http.problem_schema import FaultSchema
from audit_api.api.http.problems import told
from audit_api.errors import Fault, pointer_to
from audit_api.glyphs.warnings import unprintable
from audit_api.web import fields
from audit_api.web.languages import locale


def warnings() -> fields.List:
    """Return the field for what may not have been meant, and is stored all the same."""
    about = (
        "What is stored all the same, and may not have been meant: characters that reports have no "
        "letter for, and print □ in the place of. Of the members that were sent."
    )
    return fields.List(fields.Nested(FaultSchema), metadata={"description": about})


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored, its members as they are, with `warnings` beside them."""

    what: Any
    warnings: Sequence[Mapping[str, str]]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.what, name)


def stored(what: Any, sent: Iterable[str], *printed: str) -> Stored:
    """Return what was stored, with a warning for each member that was sent and that reports would
    have to print, but cannot."""
    texts = {pointer_to(name): getattr(what, name) for name in printed if name in sent}
    return Stored(what, in_words(unprintable(texts)))


def in_words(warnings: Iterable[Fault]) -> Sequence[Mapping[str, str]]:
    """Return warnings in words, in the asker's language."""
    language = locale()
    return [told(each, language) for each in warnings]
