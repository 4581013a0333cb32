"""In which language a request is answered."""

from __future__ import annotations

from functools import lru_cache

from flask import g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from audit_api.words import DEFAULT_LOCALE, read_locale


def locale() -> str:
    """Return the language to answer in: the first of the request's that the product speaks, else
    the person's own, else English."""
    who = g.get("who")
    return accepted() or (who.locale if who else DEFAULT_LOCALE)


def accepted() -> str | None:
    """Return the first language of the request's that the product speaks, None where it names
    none."""
    return _asked(request.headers.get("Accept-Language", ""))


# Asked for by every text of an answer, and the header is long to weigh.
@lru_cache(maxsize=256)
def _asked(accepted: str) -> str | None:
    # Werkzeug's best match would rather take English exactly than zh-CN as Chinese.
    ranges = parse_accept_header(accepted, LanguageAccept)
    return next((found for tag, weight in ranges if weight and (found := read_locale(tag))), None)
