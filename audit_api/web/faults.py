"""Gathers the faults that a schema's fields and checks found, each at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from audit_api.errors import Fault, escaped

MAX_FAULTS = 50
"""Of one body: a short answer to a hostile one."""


def from_messages(messages: object, pointer: str = "") -> tuple[Fault, ...]:
    """Return the faults in marshmallow's nested `messages`, by JSON pointer."""
    return tuple(_walk(messages, pointer))


def _walk(messages: object, pointer: str) -> Iterator[Fault]:
    if isinstance(messages, Mapping):
        for name, below in messages.items():
            inside = pointer if name == "_schema" else f"{pointer}/{escaped(str(name))}"
            yield from _walk(below, inside)
    elif isinstance(messages, list):
        for message in messages:
            yield from _walk(message, pointer)
    else:
        assert isinstance(messages, Fault), messages
        yield replace(messages, pointer=pointer)
