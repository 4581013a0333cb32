"""The signals of an audit on its page: what each says, and beside which photos it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from audit_api.console.frame import reader
from audit_api.console.frame.sessions import who
from audit_api.rules.signals.kinds import TABLE, Signal, SignalKind
from audit_api.services.audits import queue, signals
from audit_api.words import signals as wording

if TYPE_CHECKING:
    from audit_api.services.documents.sheet import Sheet

_MOMENTS = ("visited_at", "received_at", "started_at", "conducted_at")


@dataclass(frozen=True, slots=True)
class Hint:
    """A signal in words: `photos` are those that it concerns, `others` the audits that it names,
    each by id and in words."""

    kind: SignalKind
    holds: bool
    text: str
    reason: str
    photos: Collection[UUID] = ()
    others: Sequence[tuple[UUID, str]] = ()


def of(sheet: Sheet) -> list[Hint]:
    """Return the signals of a visit; the office alone may ask."""
    found = signals.of_audits([sheet.audit.id])[sheet.audit.id]
    return [_hint(signal, sheet) for signal in found]


def _hint(signal: Signal, sheet: Sheet) -> Hint:
    locale, others = reader.locale(), _others(signal)
    values = _worded(signal.values, sheet, [said for _, said in others])
    return Hint(
        signal.kind,
        TABLE[signal.kind].holds,
        wording.text(Signal(signal.kind, values), locale),
        wording.reason(signal.kind, locale),
        _photos(signal, sheet),
        others,
    )


def _photos(signal: Signal, sheet: Sheet) -> Collection[UUID]:
    if signal.kind is SignalKind.SAME_PHOTO:
        return signals.photos_of_others(sheet.audit)
    return [UUID(id_) for id_ in _ids(signal.values, "photos")]


def _others(signal: Signal) -> list[tuple[UUID, str]]:
    """The audits that a signal names, as people call them."""
    ids = [UUID(id_) for id_ in _ids(signal.values, "audits")]
    rows = queue.view_ids(ids, by=who()) if ids else []
    return [(row["id"], f"{row['site_code']} {reader.day(row['business_date'])}") for row in rows]


def _worded(
    values: Mapping[str, object], sheet: Sheet, others: Sequence[str]
) -> Mapping[str, object]:
    """The values of a signal as people read them: photos by their questions, times by the clock
    of the site."""
    captions = {
        str(picture.id): picture.caption for line in sheet.lines for picture in line.pictures
    }
    return {
        **values,
        **{
            name: reader.moment(datetime.fromisoformat(str(values[name])), sheet.zone)
            for name in _MOMENTS
            if name in values
        },
        **({"photos": list(_named(values, captions))} if "photos" in values else {}),
        **({"audits": list(others)} if "audits" in values else {}),
    }


def _named(values: Mapping[str, object], captions: Mapping[str, str]) -> Iterator[str]:
    return (captions.get(id_, id_) for id_ in _ids(values, "photos"))


def _ids(values: Mapping[str, Any], name: str) -> Sequence[str]:
    return [str(id_) for id_ in values.get(name, ())]
