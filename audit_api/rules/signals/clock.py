"""The phone's clock against the server's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

SKEW = timedelta(minutes=5)
"""How far a phone's clock may be from the server's."""
_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)
"""Every time zone and database knows the times between."""


def known_skew(sent_at: datetime | None, received_at: datetime) -> timedelta:
    """Return how far a phone's clock is ahead of the server's: none where it is not told, and none
    where the journey alone may have taken as long."""
    skew = sent_at - received_at if sent_at else timedelta()
    return skew if abs(skew) > SKEW else timedelta()


def corrected(moment: datetime, skew: timedelta) -> datetime:
    """Return a moment of a phone's clock by the server's; a skew that leads out of all calendars
    corrects nothing."""
    try:
        by_server = moment - skew
    except OverflowError:
        return moment
    return by_server if _FIRST <= by_server <= _LAST else moment
