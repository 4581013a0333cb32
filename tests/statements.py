"""Which statements a call makes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from flask import Flask

from audit_api.database import db, execute_prepared, statements


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Yield the statements that are made in the block."""
    found: list[str] = []
    asking = threading.get_ident()

    def note(statement: str) -> None:
        # The worker's thread has statements of its own.
        if threading.get_ident() == asking and "login_tokens" not in statement:
            found.append(statement)

    def compiled(connection: object, cursor: object, statement: str, *more: object) -> None:
        note(statement)

    def prepared(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        note(statement)
        return execute_prepared(statement, parameters)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", compiled)
    try:
        with patch.object(statements, "execute_prepared", prepared):
            yield found
    finally:
        sa.event.remove(engine, "before_cursor_execute", compiled)
