"""Finds a moment in whatever form it is written: a date and time, a clock, a count of seconds, an
id that was made by the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from uuid import UUID

_NEAR = timedelta(seconds=60)
_LOCAL = timezone(timedelta(hours=8))
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?"
    r"(?: ?(Z|[+-]\d\d:?\d\d)| \(UTC([+-]\d\d:\d\d)\))?"
)
_COMPACT = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)[T ]?(\d\d)(\d\d)(\d\d)?(?!\d)")
_HTTP = re.compile(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT")
_COUNT = re.compile(r"(?<!\d)(\d{10}|\d{13}|\d{16}|\d{19})(?!\d)")
_UUID = re.compile(
    r"(?<![0-9a-f])[0-9a-f]{8}-?[0-9a-f]{4}-?[17][0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}"
    r"(?![0-9a-f])"
)
_CLOCK = re.compile(r"(?<![\d:])(\d\d):(\d\d)(?![\d])")
_GREGORIAN = datetime(1582, 10, 15, tzinfo=UTC)


def found(text: str, moments: Mapping[str, datetime]) -> list[str]:
    """Return the names of those of `moments` that a text tells to the minute, in any form."""
    told = list(_moments(text))
    # A clock alone: dates were read above, the moment of the request among them.
    rest = _CLOCK.finditer(_HTTP.sub("", _ISO.sub("", text)))
    clocks = {(int(clock[1]), int(clock[2])) for clock in rest}
    return [
        name
        for name, moment in moments.items()
        if any(abs(each - moment) < _NEAR for each in told)
        or any((at.hour, at.minute) in clocks for at in (moment, moment.astimezone(_LOCAL)))
    ]


def clock_ids(text: str) -> set[UUID]:
    """Return the ids in a text that were made by a clock: of version 1 or 7."""
    return {UUID(word) for word in _UUID.findall(text.lower())}


def _moments(text: str) -> Iterator[datetime]:
    for pattern in (_ISO, _COMPACT):
        for date in pattern.finditer(text):
            yield from _read(date.groups())
    for date in _HTTP.findall(text):
        yield parsedate_to_datetime(date)
    for count in _COUNT.findall(text):
        seconds = int(count) / 10 ** (len(count) - 10)
        yield datetime.fromtimestamp(seconds, UTC)
    yield from map(_made_at, clock_ids(text))


def _read(parts: tuple[str | None, ...]) -> Iterator[datetime]:
    numbers, offsets = parts[:6], parts[6:]
    offset = next(filter(None, offsets), None)
    try:
        naive = datetime(*[int(number or 0) for number in numbers])  # type: ignore[arg-type]
    except ValueError:
        return
    if offset and offset[0] in "+-":
        yield naive.replace(tzinfo=datetime.strptime(offset.replace(":", ""), "%z").tzinfo)
        return
    yield naive.replace(tzinfo=UTC)
    yield naive.replace(tzinfo=_LOCAL)


def _made_at(id_: UUID) -> datetime:
    if id_.version == 7:
        return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC)
    return _GREGORIAN + timedelta(microseconds=id_.time // 10)
