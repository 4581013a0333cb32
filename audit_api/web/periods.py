"""The field of a period, as requests and pages name it."""

from __future__ import annotations

import re
from typing import Any

from audit_api.rules.figures import periods
from audit_api.web import fields


class PeriodField(fields.Text):
    """A period of whole months: `2026-03`, `2026-Q1`, `2026`, `P6M/2026-03`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            metadata={
                "description": "A month, a quarter, a year, or the months up to one: "
                "`2026-03`, `2026-Q1`, `2026`, `P6M/2026-03`.",
                "example": "2026-03",
                "pattern": re.sub(r"P<[a-z_]+>", ":", periods.PATTERN),
            },
            **kwargs,
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        period = periods.parse(super()._deserialize(value, attr, data, **kwargs))
        if period is None:
            raise fields.refused("not_period")
        return period

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return str(value)
