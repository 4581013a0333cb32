"""Reads that are compiled once: scorecards ask the same of one site after another, all day.

SQLAlchemy builds a statement, and looks up what it has compiled of it, at every call; that takes
longer than the database takes to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from audit_api.database import db, execute_prepared

Convert = Callable[[Any], Any]


def given(name: str) -> sa.BindParameter[Any]:
    """What a statement is given at each call, under a name."""
    return sa.bindparam(name, required=False)


def given_each(name: str, count: int) -> list[sa.BindParameter[Any]]:
    """So many values that a statement is given at each call, as `each` names them."""
    return [given(f"{name}_{nth}") for nth in range(count)]


def each(name: str, values: Collection[Any]) -> dict[str, Any]:
    """The values of `given_each` under their names."""
    return {f"{name}_{nth}": value for nth, value in enumerate(values)}


class Statement:
    """A SELECT that is compiled once for each kind of database; whatever changes from call to
    call is `given` to it."""

    def __init__(self, select: sa.SelectBase) -> None:
        self._select = select
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run it in the session's transaction and return its rows."""
        dialect = db.engine.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self._select, dialect)
        rows = execute_prepared(compiled.text, compiled.parameters(values))
        return compiled.converted(rows)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement's text with what its values and its columns have to be converted by."""

    text: str
    fixed: Mapping[str, Any]
    binds: Mapping[str, Convert | None]
    order: Sequence[str]
    columns: Sequence[Convert | None]

    def parameters(self, values: Mapping[str, Any]) -> Sequence[Any]:
        """The driver's parameters, in order."""
        found = dict(self.fixed)
        for name, convert in self.binds.items():
            value = values[name]
            found[name] = value if convert is None else convert(value)
        return [found[name] for name in self.order]

    def converted(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        if not any(self.columns):
            return rows
        return [
            tuple(
                value if convert is None or value is None else convert(value)
                for convert, value in zip(self.columns, row, strict=True)
            )
            for row in rows
        ]


def _compile(select: sa.SelectBase, dialect: Dialect) -> _Compiled:
    if dialect.name == "postgresql":
        dialect = cast(Any, type(dialect))(paramstyle="numeric_dollar")
    # Lists of values are written out, for the text is never touched again.
    compiled: Any = select.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    converts = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect)
        for name, bind in compiled.binds.items()
    }
    names = {name for name, bind in compiled.binds.items() if not bind.unique}
    fixed = {
        name: convert(value) if (convert := converts.get(name)) else value
        for name, value in compiled.params.items()
        if name not in names
    }
    binds = {name: converts[name] for name in names}
    columns = [
        column.type.dialect_impl(dialect).result_processor(dialect, None)
        for column in select.selected_columns
    ]
    return _Compiled(str(compiled), fixed, binds, compiled.positiontup, columns)
