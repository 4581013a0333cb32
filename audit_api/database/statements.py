"""Statements that are compiled once: the same is asked of one site after another, all day, and
every photo is written down in the same way.

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


def parameter(name: str) -> sa.BindParameter[Any]:
    """Return the place in a statement of a value that each call passes under `name`."""
    return sa.bindparam(name, required=False)


def parameters(name: str, count: int) -> list[sa.BindParameter[Any]]:
    """Return the places of `count` values, under the names that `arguments` gives them."""
    return [parameter(f"{name}_{nth}") for nth in range(count)]


def arguments(name: str, values: Collection[Any]) -> dict[str, Any]:
    """Return the values of `parameters` under their names."""
    return {f"{name}_{nth}": value for nth, value in enumerate(values)}


class Statement:
    """A SELECT, or a write that returns something, compiled once for each kind of database; what
    changes from call to call is a `parameter` of it.

    A write says each column's value: the defaults of a model are not asked.
    """

    def __init__(self, statement: sa.SelectBase | sa.UpdateBase) -> None:
        self._statement = statement
        self._compiled: dict[str, _CompiledStatement] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run it in the session's transaction and return its rows.  What the session holds back is
        not sent before."""
        dialect = db.engine.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self._statement, dialect)
        rows = execute_prepared(compiled.text, compiled.parameters(values))
        return compiled.convert(rows)


@dataclass(frozen=True, slots=True)
class _CompiledStatement:
    """A statement's text, and how its values and its columns are converted."""

    text: str
    constants: Mapping[str, Any]
    binds: Mapping[str, Convert | None]
    order: Sequence[str]
    columns: Sequence[Convert | None]

    def parameters(self, values: Mapping[str, Any]) -> Sequence[Any]:
        """The driver's parameters, in order."""
        parameters = dict(self.constants)
        for name, convert in self.binds.items():
            value = values[name]
            parameters[name] = value if convert is None else convert(value)
        return [parameters[name] for name in self.order]

    def convert(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        if not any(self.columns):
            return rows
        return [
            tuple(
                value if convert is None or value is None else convert(value)
                for convert, value in zip(self.columns, row, strict=True)
            )
            for row in rows
        ]


def _compile(statement: sa.SelectBase | sa.UpdateBase, dialect: Dialect) -> _CompiledStatement:
    if dialect.name == "postgresql":
        dialect = cast(Any, type(dialect))(paramstyle="numeric_dollar")
    # Lists of values are written out, for the text is never touched again.
    compiled: Any = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    converts = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect)
        for name, bind in compiled.binds.items()
    }
    names = {name for name, bind in compiled.binds.items() if not bind.unique}
    constants = {
        name: convert(value) if (convert := converts.get(name)) else value
        for name, value in compiled.params.items()
        if name not in names
    }
    binds = {name: converts[name] for name in names}
    columns = [
        column.type.dialect_impl(dialect).result_processor(dialect, None)
        for column in statement.exported_columns
    ]
    return _CompiledStatement(str(compiled), constants, binds, compiled.positiontup, columns)
