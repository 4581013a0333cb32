"""How lists of audits are sorted, and where in such a list an audit stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from audit_api.models import Audit
from audit_api.models.audit import UNSCORED

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Order(StrEnum):
    """How a list is sorted; audits of one value follow by id, those without a score come last."""

    ID = "id"
    OLDEST = "received_at"
    NEWEST = "-received_at"
    LOWEST = "final_score"
    LATEST = "-business_date"

    @property
    def by_arrival(self) -> bool:
        """Whether it tells when audits arrived."""
        return self in (Order.OLDEST, Order.NEWEST)

    @property
    def is_downwards(self) -> bool:
        return self.startswith("-")


class Place(NamedTuple):
    """Where an audit stands in a sorted list: its value (hundredths of a percent, microseconds
    since 1970, days since the year 1; 0 in the order of ids) and its id."""

    value: int
    id: UUID


def place(order: Order, audit: Audit) -> Place:
    """Return where an audit stands in a list of this order."""
    match order:
        case Order.ID:
            value = 0
        case Order.LOWEST:
            value = audit.score_order
        case Order.LATEST:
            value = audit.business_date.toordinal()
        case _:
            value = (audit.received_at - _EPOCH) // timedelta(microseconds=1)
    return Place(value, audit.id)


def _columns(order: Order) -> list[InstrumentedAttribute[Any]]:
    match order:
        case Order.ID:
            return [Audit.id]
        case Order.LOWEST:
            return [Audit.score_order, Audit.id]
        case Order.LATEST:
            return [Audit.business_date, Audit.id]
        case _:
            return [Audit.received_at, Audit.id]


def sorting(order: Order) -> list[sa.ColumnElement[Any]]:
    """Return what an order sorts by."""
    return [column.desc() if order.is_downwards else column.asc() for column in _columns(order)]


def is_after(order: Order, place: Place) -> sa.ColumnElement[bool]:
    """Return that an audit comes after a place of an order."""
    columns = _columns(order)
    values = [_value(order, place.value), place.id][-len(columns) :]
    here = sa.tuple_(*columns)
    there = sa.tuple_(
        *(sa.literal(each, column.type) for each, column in zip(values, columns, strict=True))
    )
    return here < there if order.is_downwards else here > there


def _value(order: Order, written: int) -> object:
    """What the first column of an order has at a place."""
    if order.by_arrival:
        return _EPOCH + timedelta(microseconds=written)
    if order is Order.LATEST:
        return date.fromordinal(min(max(written, 1), date.max.toordinal()))
    return min(written, UNSCORED)
