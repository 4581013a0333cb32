"""Texts in workbooks that stay the texts that they are."""

from __future__ import annotations

import re
from typing import Any

from xlsxwriter.worksheet import Worksheet

_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""The beginning of what would be read as a character by its number."""
_UNWRITABLE = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff]")
"""What XML cannot hold, and a carriage return, which it would not keep."""


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet of plain texts, where XlsxWriter would not keep all of them as they are."""

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        # It would put what looks like the markup of a formatted text into the file as it is.
        self._xml_inline_string(string, False, attributes)

    @staticmethod
    def _escape_control_characters(data: str | float) -> str:
        # It would pass over an escape that shares its underscore with the one before it.
        text = _LIKE_AN_ESCAPE.sub("_x005F_", str(data))
        return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
