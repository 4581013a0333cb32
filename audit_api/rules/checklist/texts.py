"""A checklist's own words."""

from __future__ import annotations

from collections.abc import Mapping

Text = Mapping[str, str]
"""Words by locale, in all or some of a checklist's languages."""
