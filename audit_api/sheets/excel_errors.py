"""What Excel shows where a formula has no value: `#REF!`, `#N/A` and their like."""

from __future__ import annotations

ERRORS = frozenset(
    f"#{error}"
    for error in (
        *("NULL!", "DIV/0!", "VALUE!", "REF!", "NAME?", "NUM!", "N/A", "SPILL!", "CALC!"),
        *("FIELD!", "BLOCKED!", "CONNECT!", "UNKNOWN!", "BUSY!", "EXTERNAL!", "GETTING_DATA"),
    )
)


def is_error(text: str) -> bool:
    """Whether a text is an error and nothing else, as it is where values were pasted or saved as
    CSV."""
    return text.strip().upper() in ERRORS
