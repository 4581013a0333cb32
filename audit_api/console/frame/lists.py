"""Long lists, a page at a time: a page costs the same at the first and at the millionth row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from audit_api.console.frame import forms, pages
from audit_api.database import db
from audit_api.web import fields

SIZE = 50


class Cursor(forms.Form):
    cursor = fields.UUID(load_default=None)


def page(
    select: sa.Select[Any], size: int = SIZE, *, newest: bool = False
) -> tuple[Sequence[Any], str | None]:
    """Return the rows of `select` after the cursor of the address, ordered by id, the `newest`
    first if asked, and the address of the page after them; None where they are the last."""
    column, cursor = select.selected_columns["id"], forms.asked(Cursor)["cursor"]
    if cursor is not None:
        select = select.where(column < cursor if newest else column > cursor)
    order = column.desc() if newest else column
    rows = db.session.scalars(select.order_by(order).limit(size + 1)).all()
    if len(rows) <= size:
        return rows, None
    return rows[:size], pages.asked(cursor=str(rows[size - 1].id))
