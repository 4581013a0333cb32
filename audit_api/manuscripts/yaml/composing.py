"""A YAML text composed once into plain values, with the line and column of every one.

The parser's events are taken one by one, so that a text is left where it passes a limit; what
they stand for is resolved here, because the library would read `no` as false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from audit_api.errors import pointer_to
from audit_api.manuscripts.manuscript import Remark, TextPlace
from audit_api.manuscripts.yaml.scalars import resolve
from audit_api.manuscripts.yaml.syntax import BLANK, complaint
from audit_api.rules.names import code_point

MAX_DEPTH = 32
MAX_VALUES = 20_000
MAX_NAME_LENGTH = 128
"""The longest name of a member, in characters; no name that a checklist knows is as long."""
MAX_FAULTS = 100
"""After so many faults of the text nothing more is looked for."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Characters that nobody sees; some of them end a line for one program and not for another."""
UNREAD = re.compile("[\ue000-\uf8ff\ufdd0-\ufdef\ufffd\U000f0000-\U0010ffff]")
"""Characters that the wrong encoding leaves: of a private use, or in the place of another."""


BEGINNING = TextPlace(1, 1)


class Outline(NamedTuple):
    """Where a value stands, and where the values inside it stand, by name or number."""

    place: TextPlace
    inside: Mapping[str, Outline] = {}


EMPTY = Outline(BEGINNING)


class Stopped(Exception):
    """The reading was left at a fault that is noted."""


@dataclass(slots=True)
class Composer:
    """Composes the first document of a text; faults are noted, few of them stop it.

    `unread` are the pointers of values that stand for nothing because they were refused.
    """

    text: str
    faults: list[Remark] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    path: list[str] = field(default_factory=list)
    nodes: int = 0

    def compose(self) -> tuple[Any, Outline]:
        """Return the document and its outline; raise Stopped where there is none to go on with."""
        events = yaml.parse(self.text, Loader=yaml.CSafeLoader)
        try:
            return self._document(events)
        except yaml.YAMLError as error:
            self.faults.append(complaint(error, self.text))
            raise Stopped from None
        finally:
            events.close()

    def _document(self, events: Iterator[Event]) -> tuple[Any, Outline]:
        document, outline, documents = None, EMPTY, 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fault(event, "yaml_documents")
                    raise Stopped
            elif isinstance(event, NodeEvent):
                document, outline = self._value(event, events)
        return document, outline

    def _value(self, event: Event, events: Iterator[Event]) -> tuple[Any, Outline]:
        self._count(event)
        self._refuse_properties(event)
        value: Any
        inside: dict[str, Outline] = {}
        if isinstance(event, MappingStartEvent):
            value = self._mapping(events, inside)
        elif isinstance(event, SequenceStartEvent):
            value = self._sequence(events, inside)
        else:
            value = self._scalar(event)
        return value, Outline(_place(event), inside)

    def _count(self, event: Event) -> None:
        self.nodes += 1
        if self.nodes > MAX_VALUES:
            self.fault(event, "yaml_too_many_values", most=MAX_VALUES)
            raise Stopped
        if len(self.path) >= MAX_DEPTH:
            self.fault(event, "yaml_too_deep", most=MAX_DEPTH)
            raise Stopped

    def _refuse_properties(self, event: Event) -> None:
        if isinstance(event, AliasEvent):
            self.fault(event, "yaml_alias_refused", name=event.anchor)
            self.unread.add(self._pointer())
        elif event.anchor is not None:
            self.fault(event, "yaml_anchor_refused", name=event.anchor)
        if getattr(event, "tag", None) is not None:
            self.fault(event, "yaml_tag")
            self.unread.add(self._pointer())

    def _mapping(self, events: Iterator[Event], inside: dict[str, Outline]) -> dict[str, Any]:
        """Return the members; put the outline of each `inside`."""
        members: dict[str, Any] = {}
        repeated = False
        before = ""
        for key in _inside(events):
            name = _name(key)
            self.path.append(name)
            named = self._is_name(key, events)
            if named and name in members and not repeated:
                repeated = name == "key"
                self._name_repeated(key, first=inside[name].place.line)
            elif not named and members.get(before, self) is None:
                # What was meant for the name above went astray.
                self.unread.add(pointer_to(*self.path[:-1], before))
            value, outline = self._value(next(events), events)
            self.path.pop()
            before = name
            if named and name not in members:
                members[name] = value
                inside[name] = Outline(_place(key), outline.inside)
        return members

    def _name_repeated(self, key: Event, first: int) -> None:
        """Note a name that stands twice; a second key most likely begins another entry."""
        if key.value == "key" and len(self.path) > 1:
            self.fault(key, "yaml_key_repeated", first=first)
        else:
            self.fault(key, "yaml_name_repeated", first=first)

    def _is_name(self, key: Event, events: Iterator[Event]) -> bool:
        """Whether a key can name a member; where it cannot, that is noted."""
        if not isinstance(key, ScalarEvent):
            self._value(key, events)
            self.fault(key, "yaml_name_expected")
            return False
        self._refuse_properties(key)
        if CONTROL.search(key.value):
            self.fault(key, "yaml_control_escaped")
            return False
        if (blank := BLANK.search(key.value)) and not key.style:
            self.fault(key, "yaml_blank", character=code_point(blank[0]))
            return False
        if key.value == "<<" and not key.style:
            self.fault(key, "yaml_merge_refused")
            return False
        if len(key.value) > MAX_NAME_LENGTH:
            self.fault(key, "yaml_name_too_long", longest=MAX_NAME_LENGTH)
            return False
        return True

    def _sequence(self, events: Iterator[Event], inside: dict[str, Outline]) -> list[Any]:
        """Return the entries; put the outline of each `inside`."""
        entries: list[Any] = []
        for event in _inside(events):
            self.path.append(str(len(entries)))
            value, inside[self.path[-1]] = self._value(event, events)
            self.path.pop()
            entries.append(value)
        return entries

    def _scalar(self, event: Event) -> object:
        """Return what a scalar, or an alias in the place of one, stands for."""
        if isinstance(event, AliasEvent):
            return None
        if event.style:
            return self._quoted(event)
        try:
            return resolve(event.value)
        except ValueError:
            self.fault(event, "yaml_number")
            self.unread.add(self._pointer())
            return None

    def _quoted(self, event: ScalarEvent) -> str | None:
        if CONTROL.search(event.value):
            self.fault(event, "yaml_control_escaped")
            self.unread.add(self._pointer())
            return None
        return str(event.value)

    def fault(self, event: Event, code: str, **values: object) -> None:
        """Note a fault of what is being read, at the line of an event."""
        self.faults.append(Remark(self._pointer(), code, values, _place(event)))
        if len(self.faults) >= MAX_FAULTS:
            raise Stopped

    def _pointer(self) -> str:
        return pointer_to(*self.path)


def _inside(events: Iterator[Event]) -> Iterator[Event]:
    """Yield what begins inside the collection that has just begun, up to its end."""
    for event in events:
        if isinstance(event, CollectionEndEvent):
            return
        yield event


def _name(key: Event) -> str:
    """What a pointer calls a member."""
    if not isinstance(key, ScalarEvent) or CONTROL.search(key.value):
        return "?"
    return str(key.value[:MAX_NAME_LENGTH])


def _place(event: Event) -> TextPlace:
    return TextPlace(event.start_mark.line + 1, event.start_mark.column + 1)
