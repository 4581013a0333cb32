"""Exact whole numbers, written in JSON as the decimal number that a person reads; and moments."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import marshmallow as ma

DIGEST = ma.validate.Regexp(r"[0-9a-f]{64}\Z")
"""What a SHA-256 digest looks like."""

_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)


class Parts(ma.fields.Float):
    """A whole number of parts, of which `of` make one: 8640 hundredths are written 86.4."""

    def __init__(self, of: int, description: str, **kwargs: Any) -> None:
        super().__init__(metadata={"description": description}, **kwargs)
        self._of = of

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else value / self._of


def percent(description: str = "Percent, two decimals.", **kwargs: Any) -> Parts:
    """A score, held in hundredths of a percent."""
    return Parts(100, description, allow_none=True, required=True, **kwargs)


def points(**kwargs: Any) -> Parts:
    """Points, held in millionths."""
    return Parts(1_000_000, "Points.", required=True, **kwargs)


def check_moment(moment: datetime) -> None:
    """Raise ValidationError for a time that does not exist in every time zone and database."""
    if not _FIRST <= moment <= _LAST:
        raise ma.ValidationError(
            f"Must be greater than or equal to {_FIRST.date()}"
            f" and less than or equal to {_LAST.date()}."
        )
