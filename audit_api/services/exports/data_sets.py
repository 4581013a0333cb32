"""Asking for a data set as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from audit_api.errors import Fault, invalid, pointer_to
from audit_api.models import Export
from audit_api.rules.figures import periods
from audit_api.rules.figures.periods import Period
from audit_api.services import access, datasets
from audit_api.services.access import Who
from audit_api.services.audits import queue
from audit_api.services.audits.queue import Filter
from audit_api.services.datasets import DATASETS, MEDIA_TYPES, Dataset, Format, Request
from audit_api.services.documents.editions import Edition
from audit_api.services.exports import asking
from audit_api.services.exports.asking import File

DATA = "export.data"
"""The kind of jobs that write a data set into a file."""
_ENDINGS = {Format.PARQUET: "zip"}
"""Where a format's file is not named by it: Parquet is a folder, and goes as a ZIP of it."""


@dataclass(frozen=True, slots=True)
class DataRequest:
    """Which data set is asked for, how it is filtered and written.

    The members are those of `datasets.Request`; `marked` begins CSV with a byte order mark.
    `regions` are those that whoever asked was granted then, None for one who is bound to none.
    """

    data_set: str
    format: Format
    lang: str
    edition: Edition = Edition.ANONYMOUS
    wanted: Filter = field(default_factory=Filter)
    period: Period | None = None
    points: int = 1
    checklist: str | None = None
    marked: bool = False
    regions: Sequence[UUID] | None = None

    @property
    def dataset(self) -> Dataset:
        return DATASETS[self.data_set]

    def request(self, now: datetime) -> Request:
        """Return what to read, and write."""
        wanted, period = self.wanted, self.period
        return Request(
            locale=self.lang,
            now=now,
            edition=self.edition,
            audits=wanted if period is None else wanted.within(period.starts, period.last_day),
            period=period,
            points=self.points,
            region_id=wanted.region_id,
            checklist=self.checklist,
        )

    def details(self) -> dict[str, Any]:
        """Return it as a job keeps it."""
        members = {name: getattr(self, name) for name in self.__slots__}
        period = None if self.period is None else str(self.period)
        told: dict[str, Any] = orjson.loads(
            orjson.dumps(members | {"wanted": asdict(self.wanted), "period": period})
        )
        return told

    @classmethod
    def of(cls, details: dict[str, Any]) -> DataRequest:
        """Return what a job was asked for."""
        period, regions = details["period"], details["regions"]
        read = {
            "format": Format(details["format"]),
            "edition": Edition(details["edition"]),
            "wanted": queue.filter_of(details["wanted"]),
            "period": None if period is None else periods.parse(period),
            "regions": None if regions is None else [*map(UUID, regions)],
        }
        return cls(**details | read)

    def told(self) -> dict[str, Any]:
        """Return what is told of it to whoever asked."""
        wanted = asking.given(self.wanted)
        named = {"period": self.period, "checklist": self.checklist}
        return {
            "language": self.lang,
            "edition": self.edition,
            "data_set": self.data_set,
            "format": self.format,
            "filter": wanted | {name: value for name, value in named.items() if value is not None},
        }

    def require_reader(self, by: Who) -> None:
        """Raise FORBIDDEN where `by` may not know (any more) what was asked for, NOT_FOUND where a
        region is not granted any more."""
        self.dataset.reader(self.edition, by)
        access.require_granted(self.regions, by)


def data_set(asked: DataRequest, *, by: Who, now: datetime) -> Export:
    """Ask for a data set as a file; the same within `WINDOW` is the same export.

    Raises FORBIDDEN; INVALID where a period is needed, for what the data set is not filtered by,
    for a format whose extra is not installed; NOT_FOUND for a foreign region; TOO_MUCH_UNFINISHED
    where the organisation waits for too much already.
    """
    asked = replace(asked, regions=access.granted_regions(by))
    asked.require_reader(by)
    _require_fitting(asked)
    datasets.require_extra(asked.format)
    return asking.once(DATA, asked.details(), lambda: _file(asked, by, now), by=by, now=now)


def _require_fitting(asked: DataRequest) -> None:
    """Raise INVALID unless the filter is one of the data set."""
    known, given = asked.dataset.filters, asked.told()["filter"]
    told = {"accepted": ", ".join(sorted(known)) or "–"}
    faults = [
        Fault(pointer_to("filter", name), "not_filtered_by", told) for name in given.keys() - known
    ]
    if asked.dataset.needs_period and asked.period is None:
        faults.append(Fault("/filter/period", "required"))
    if faults:
        raise invalid(*faults)


def _file(asked: DataRequest, by: Who, now: datetime) -> File:
    total = asked.dataset.total(asked.request(now), by=by)
    recorded = {"data_set": asked.data_set, "format": asked.format, "edition": asked.edition}
    ending = _ENDINGS.get(asked.format, asked.format)
    return File(total, asked.data_set, ending, MEDIA_TYPES[asked.format], recorded)
