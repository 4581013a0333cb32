"""The closed sets of words that tables, schemas and documents share."""

from __future__ import annotations

SITE_KINDS = ("own", "competitor")
STANDINGS = ("current", "superseded", "lost")
