"""Every table by its name: a function from the language to the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tools.reference import answers, columns, faults, files, permissions, problems, signals, states

Table = Callable[[str], str]

TABLES: Mapping[str, Table] = {
    **answers.TABLES,
    **columns.TABLES,
    **faults.TABLES,
    **files.TABLES,
    **permissions.TABLES,
    **problems.TABLES,
    **signals.TABLES,
    **states.TABLES,
}
