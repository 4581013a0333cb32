"""What a data set is: columns, each with what it means, and the rows behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from audit_api.errors import Fault, invalid
from audit_api.rules.checklist.texts import Text
from audit_api.rules.exact import decimal
from audit_api.rules.figures.periods import Period
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits.queue import Filter
from audit_api.services.documents import editions
from audit_api.services.documents.editions import Edition
from audit_api.services.scorecards.subjects import Subject
from audit_api.sheets.tables import Cell, Column, Kind, Row
from audit_api.words import pick, say


class Unit(StrEnum):
    """What a number counts, where its title alone does not say it; of some another cell tells."""

    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage_points"
    POINTS = "points"
    SECONDS = "seconds"
    MINUTES = "minutes"
    OF_THE_ROW = "of_the_row"
    OF_THE_METRIC = "of_the_metric"
    OF_THE_QUESTION = "of_the_question"


OF_FIGURES = frozenset({"period", "region_id", "checklist"})
"""What figures are filtered by."""
OF_AUDITS = OF_FIGURES | {each.name for each in dataclass_fields(Filter)}
"""What audits are filtered by."""
TOLD_ELSEWHERE = (Unit.OF_THE_ROW, Unit.OF_THE_METRIC, Unit.OF_THE_QUESTION)
"""What no title says."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a data set, and how its cell is read from a row's record.

    `source` is where it comes from: a table's column, or the room whose rules compute it.  `full`:
    only the full edition has it.  `named` is what a checklist calls it, of a column that a
    checklist has brought.
    """

    name: str
    kind: Kind
    read: Callable[[Any], Cell]
    source: str
    unit: Unit | None = None
    places: int = 0
    full: bool = False
    width: int = 14
    named: Text | None = None

    def column(self, locale: str) -> Column:
        """Return the column that formats write, with its title in a reader's language."""
        return Column(self.name, self.kind, title(self, locale), self.places, self.width)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for of a data set, in the language of `locale`.

    `audits` filters those that are about audits; `period` is needed by those about periods,
    `points` is how many of them up to it, `region_id` whose sites, and `checklist` the key of the
    only checklist that counts; `sort` orders a league, `subject` is whose card it is.
    """

    locale: str
    now: datetime
    edition: Edition = Edition.ANONYMOUS
    audits: Filter = field(default_factory=Filter)
    period: Period | None = None
    points: int = 1
    region_id: UUID | None = None
    checklist: str | None = None
    sort: str = "-score"
    subject: Subject | None = None

    def require_period(self) -> Period:
        """Return the period; raise INVALID where none is asked for."""
        if self.period is None:
            raise invalid(Fault("/period", "required"))
        return self.period


def _no_more(request: Request, by: Who) -> Sequence[Field]:
    return ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set by its name: `records` yields a record a row, in memory that does not grow.

    Whoever reads it needs the permission `needs`.  `month` is the column of days by whose months
    its rows come sorted and Parquet parts them; None where it has none.  `more` are columns that
    what is asked for brings.

    It is filtered by `filters`, and `needs_period` unless it has rows of every time.  `size` tells
    how many subjects its rows will be about (audits, sites), None where that cannot be told; a
    subject has as many rows behind each other as have its value in the column `subject`, and one
    where there is no such column.
    """

    name: str
    fields: tuple[Field, ...]
    records: Callable[[Request, Who], Iterator[Any]]
    needs: Permission
    month: str | None = None
    more: Callable[[Request, Who], Sequence[Field]] = _no_more
    filters: frozenset[str] = frozenset()
    needs_period: bool = False
    size: Callable[[Request, Who], int | None] | None = None
    subject: str | None = None

    def columns(self, request: Request, *, by: Who) -> tuple[Field, ...]:
        """Return the columns that are asked for: those of the edition, and what the request brings
        beside them."""
        is_full = request.edition is Edition.FULL
        always = tuple(each for each in self.fields if is_full or not each.full)
        return (*always, *self.more(request, by))

    def reader(self, edition: Edition, by: Who) -> Who:
        """Return for whose eyes an edition that `by` asks for is read; raise FORBIDDEN."""
        access.require(by, self.needs)
        return editions.reader(edition, by)

    def total(self, request: Request, *, by: Who) -> int | None:
        """Return how many subjects the rows will be about, where that can be told; raises as
        `rows`."""
        reader = self.reader(request.edition, by)
        return None if self.size is None else self.size(request, reader)

    def rows(self, request: Request, *, by: Who) -> Iterator[Row]:
        """Yield the rows that are asked for, of the edition that is asked for; raise FORBIDDEN.

        The anonymous edition is read as somebody reads it who may not know the auditors.
        """
        records = self.records(request, self.reader(request.edition, by))
        readers = [each.read for each in self.columns(request, by=by)]
        return ([read(record) for read in readers] for record in records)


def title(of: Field, locale: str) -> str:
    """Return what people read above a column, with its unit."""
    name = say(f"data.{of.name}", locale) if of.named is None else pick(of.named, locale)
    if of.unit is None or of.unit in TOLD_ELSEWHERE:
        return name
    return say("data.title_with_unit", locale, title=name, unit=say(f"data.unit.{of.unit}", locale))


def meaning(of: Field, locale: str) -> str:
    """Return what a column means."""
    if of.named is not None:
        return say("data.part_score.meaning", locale, title=pick(of.named, locale))
    return say(f"data.{of.name}.meaning", locale)


def hundredths(value: int | None) -> Decimal | None:
    """Return a percentage that is held in hundredths."""
    return decimal(value, 2)


def millionths(value: int | None) -> Decimal | None:
    """Return points that are held in millionths."""
    return decimal(value, 6)
