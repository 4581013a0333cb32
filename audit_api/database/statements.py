"""Statements that are compiled once: scorecards ask the same of one site after another, all day,
and audits are stored one after another.

SQLAlchemy builds a statement, and looks up what it has compiled of it, at every call; that takes
longer than the database takes to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from audit_api.database import db, execute_many, execute_prepared

Convert = Callable[[Any], Any]
Executable = sa.SelectBase | sa.Insert | sa.Update | sa.Delete


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
    """A statement that is compiled once for each kind of database; what changes from call to call
    is a `parameter` of it, or a value of an INSERT's `columns`.

    It is made by a function where each kind of database has its own form.
    """

    def __init__(
        self, statement: Executable | Callable[[], Executable], *, columns: Collection[str] = ()
    ) -> None:
        self._statement = statement
        self._columns = [*columns] or None
        self._compiled: dict[str, _CompiledStatement] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run it in the session's transaction and return its rows, none where it returns none."""
        compiled = self._in(db.engine.dialect)
        rows = execute_prepared(compiled.text, compiled.parameters(values))
        return compiled.convert(rows)

    def run(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run it for each of some rows of values."""
        compiled = self._in(db.engine.dialect)
        every = [compiled.parameters(values) for values in rows]
        if len(every) == 1:
            execute_prepared(compiled.text, every[0])
        elif every:
            execute_many(compiled.text, every)

    def _in(self, dialect: Dialect) -> _CompiledStatement:
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            statement = self._statement() if callable(self._statement) else self._statement
            compiled = self._compiled[dialect.name] = _compile(statement, dialect, self._columns)
        return compiled


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


def _compile(
    statement: Executable, dialect: Dialect, columns: list[str] | None
) -> _CompiledStatement:
    if dialect.name == "postgresql":
        dialect = cast(Any, type(dialect))(paramstyle="numeric_dollar")
    # Lists of values are written out, for the text is never touched again.
    compiled: Any = statement.compile(
        dialect=dialect, column_keys=columns, compile_kwargs={"render_postcompile": True}
    )
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
    columns_back = [_result_processor(each.type, dialect) for each in statement.exported_columns]
    return _CompiledStatement(str(compiled), constants, binds, compiled.positiontup, columns_back)


def _result_processor(kind: sa.types.TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """Return what converts a column of a kind; None where values stay as the driver has them."""
    if isinstance(kind, sa.Float):
        # SQLAlchemy would know by an answer alone whether decimals come; of floats none do.
        return None
    return kind.dialect_impl(dialect).result_processor(dialect, None)
