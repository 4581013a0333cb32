"""The files that a checklist may come as: media types, and bytes that are accepted at most."""

from __future__ import annotations

from collections.abc import Mapping

from audit_api.sheets import xlsx_package

YAML = "application/yaml"
WORKBOOK = xlsx_package.MEDIA_TYPE

MAX_BYTES: Mapping[str, int] = {YAML: 1024 * 1024, WORKBOOK: xlsx_package.MAX_BYTES}
"""By media type; no other is accepted."""
