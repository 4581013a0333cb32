"""What may be planned: the window of a visit, and the period of its campaign."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Window(NamedTuple):
    """The days from one to another, both of them included."""

    starts_on: date
    ends_on: date

    def outside(self, period: Window) -> tuple[str, ...]:
        """Return the names of the days that lie outside a period."""
        return tuple(
            name
            for name, day in zip(self._fields, self, strict=True)
            if not period.starts_on <= day <= period.ends_on
        )
