"""The closed sets of words that tables, schemas and documents share."""

from __future__ import annotations

SITE_KINDS = ("own", "competitor")
STANDINGS = ("current", "superseded", "lost")
LEFT_OUT = ("gone", "not_counted", "not_drawn")
"""Why an audit is not in an export that it was asked for."""
