"""Keyset pages: a page costs the same at the first and at the millionth row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import sqlalchemy as sa
from flask import request

from audit_api.api.http.blueprint import Schema
from audit_api.database import db
from audit_api.web import fields

DEFAULT_LIMIT, MAX_LIMIT = 50, 200


class LimitArguments(Schema):
    """The argument of every list: at most `limit` rows."""

    limit = fields.Integer(
        load_default=DEFAULT_LIMIT,
        validate=fields.Range(1, MAX_LIMIT),
        metadata={"description": "Most rows to answer with."},
    )


class PageArguments(LimitArguments):
    """The arguments of a list that is sorted by id: at most `limit` rows after `cursor`."""

    cursor = fields.UUID(
        load_default=lambda: None,  # a constant None would be told as accepted
        metadata={"description": "Where the page before ended (see `Link`)."},
    )


PAGE_HEADERS = {
    "Link": {
        "description": '`<…>; rel="next"` where there is a next page.',
        "schema": {"type": "string"},
    }
}


def page(
    select: sa.Select[Any], *, limit: int, cursor: UUID | None
) -> tuple[Sequence[Any], dict[str, str]]:
    """Return at most `limit` rows of `select` after `cursor`, ordered by id, and the headers
    that lead to the next page."""
    column = select.selected_columns["id"]
    if cursor is not None:
        select = select.where(column > cursor)
    rows = db.session.scalars(select.order_by(column).limit(limit + 1)).all()
    if len(rows) <= limit:
        return rows, {}
    rows = rows[:limit]
    return rows, link_to_next(str(rows[-1].id))


def link_to_next(cursor: str) -> dict[str, str]:
    """Return the headers that lead to the page after `cursor`."""
    query = request.args.to_dict() | {"cursor": cursor}
    return {"Link": f'<{request.path}?{urlencode(query)}>; rel="next"'}
