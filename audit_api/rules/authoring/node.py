"""An untrusted document read field by field: faults are noted, none stops the reading."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit_api.errors import Fault, Refused, escaped
from audit_api.rules import names
from audit_api.rules.authoring.spelling import FULL_WIDTH_COLON, hints, shown
from audit_api.rules.checklist.texts import Text
from audit_api.rules.exact import number, thousandths

KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
MAX_GUESSES = 50
"""After so many faults no fault guesses any more what was meant: guessing takes time."""


def members(document: object, names: Sequence[str], pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Every object under one of the names, however deep, and its pointer."""
    entries = enumerate(document) if isinstance(document, list) else ()
    inside = document.items() if isinstance(document, Mapping) else entries
    for name, value in inside:
        here = f"{pointer}/{escaped(str(name))}"
        if name in names and isinstance(value, Mapping):
            yield here, value
        else:
            yield from members(value, names, here)


@dataclass(frozen=True, slots=True)
class Node:
    """One object of the document, where it stands, and the list that all its faults go to.

    A method that notes a fault still returns a usable value, the likeliest one if there is one,
    so that the rest is read as well; whoever started the reading looks at `faults` at the end.
    `misspelt` has the author's spelling of each member that is read as one that it resembles.
    """

    members: Mapping[str, object]
    pointer: str
    faults: list[Fault]
    misspelt: Mapping[str, str] = field(default_factory=dict)

    def at(self, member: str) -> str:
        """The pointer to a member of this object."""
        return f"{self.pointer}/{escaped(self.misspelt.get(member, member))}"

    def fault(self, member: str, code: str, **values: object) -> None:
        """Note a fault at one member."""
        self.faults.append(Fault(self.at(member), code, values))

    def unlike(self, given: object, accepted: Iterable[object]) -> dict[str, Any]:
        """What a fault says of a word that is not accepted: `given`, `accepted`, and hints of what
        was meant."""
        listed = list(accepted)
        guesses = hints(given, listed) if len(self.faults) < MAX_GUESSES else {}
        return {"given": shown(given), "accepted": listed, **guesses}

    def only(self, accepted: Collection[str]) -> Node:
        """This object; every member that nothing would read is noted.

        A member that resembles an accepted one is read as that one, unless both are there.
        """
        misspelt: dict[str, str] = {}
        for member in map(str, self.members):
            if member in accepted:
                continue
            free = [name for name in accepted if name not in self.members and name not in misspelt]
            values = {**self.unlike(member, free), "accepted": sorted(accepted)}
            if FULL_WIDTH_COLON in member:
                self.fault(member, "colon_full_width", **values)
            else:
                self.fault(member, "member_unknown", **values)
                misspelt |= {values["near"]: member} if "near" in values else {}
        if not misspelt:
            return self
        renamed = {near: self.members[member] for near, member in misspelt.items()}
        return Node({**self.members, **renamed}, self.pointer, self.faults, misspelt)

    def missing(self, member: str) -> bool:
        """Note a member that has to be there and is not."""
        if member in self.members:
            return False
        self.fault(member, "member_missing")
        return True

    def flag(self, member: str, default: bool = False) -> bool:
        """True or false."""
        value = self.members.get(member, default)
        if not isinstance(value, bool):
            self.fault(member, "flag_expected")
            return default
        return value

    def word(self, member: str, accepted: Sequence[str], default: str = "") -> str:
        """One of a few words; required where there is no default."""
        if not default and self.missing(member):
            return default
        value = self.members.get(member, default)
        if isinstance(value, str) and value in accepted:
            return value
        values = self.unlike(value, accepted)
        self.fault(member, "word_not_accepted", **values)
        return str(values.get("near", default))

    def key(self, member: str = "key") -> str:
        """A name for machines: a small letter, then small letters, digits and underscores.

        If it is no text, the pointer to it stands in, which is nothing else's key.
        """
        if self.missing(member):
            return self.at(member)
        value = self.members[member]
        if not isinstance(value, str) or not KEY.fullmatch(value):
            self._refuse_key(member, value)
        return value if isinstance(value, str) and value else self.at(member)

    def _refuse_key(self, member: str, value: object) -> None:
        """Note why something is no key: the first character that nobody sees, if it has one."""
        try:
            names.require_visible(value if isinstance(value, str) else "")
        except Refused as refused:
            self.fault(member, refused.code, **refused.values)
        else:
            self.fault(member, "key_malformed")

    def fresh_key(self, taken: dict[str, str]) -> str:
        """The key, unlike all that are taken already; `taken` has the pointer to each, and
        takes this one in."""
        key, here = self.key(), self.at("key")
        if key in taken:
            self.fault("key", "key_repeated", given=shown(key), first=taken[key])
            return here
        taken[key] = here
        return key

    def decimal(self, member: str, default: int, low: int, high: int, *, step: int = 1) -> int:
        """A decimal from `low` to `high`, all of them in thousandths and divisible by `step`."""
        if member not in self.members:
            return default
        value = self._decimal(member, low, high, step)
        return default if value is None else value

    def optional_decimal(self, member: str, low: int, high: int, *, step: int = 1) -> int | None:
        """The same; None where it is not given, or cannot be read."""
        if self.members.get(member) is None:
            return None
        return self._decimal(member, low, high, step)

    def _decimal(self, member: str, low: int, high: int, step: int) -> int | None:
        value = thousandths(self.members[member])
        if value is not None and low <= value <= high and not value % step:
            return value
        places = {1: 3, 10: 2, 1000: 0}[step]
        self.fault(member, "decimal_expected", low=number(low), high=number(high), places=places)
        return None

    def percentage(self, member: str) -> int | None:
        """0 to 100 with at most two decimals, in hundredths; None where it is not given."""
        value = self.optional_decimal(member, 0, 100_000, step=10)
        return None if value is None else value // 10

    def text(self, member: str, locales: Sequence[str], longest: int) -> Text:
        """Words in the checklist's languages, by locale; the first language is required.

        Where another one is missing, people are shown the first.
        """
        if self.missing(member):
            return {}
        if not isinstance(self.members[member], Mapping):
            self.fault(member, "words_by_language_expected")
            return {}
        node = self.node(member)
        # {en: Yes, of course} says that there is something named "of course".
        torn = [name for name, words in node.members.items() if words is None]
        for name in torn:
            if name not in locales and FULL_WIDTH_COLON not in name:
                node.fault(name, "words_torn", given=shown(name))
        node = node.only([*locales, *(name for name in torn if FULL_WIDTH_COLON not in name)])
        for locale in locales:
            words = node.members.get(locale)
            if words is None and locale != locales[0]:
                continue
            if not isinstance(words, str) or not 1 <= len(words.strip()) <= longest:
                node.fault(locale, "words_expected", longest=longest)
            else:
                node.undamaged(locale, words)
        return {
            locale: words.strip()
            for locale in locales
            if isinstance(words := node.members.get(locale), str)
        }

    def undamaged(self, member: str, words: str) -> None:
        """Note what the wrong encoding left in a text."""
        try:
            names.require_undamaged(words)
        except Refused as refused:
            self.fault(member, refused.code, **refused.values)

    def node(self, member: str) -> Node:
        """The object under a member; an empty one where it is missing or no object."""
        value = self.members.get(member, {})
        if not isinstance(value, Mapping):
            self.fault(member, "object_expected")
            value = {}
        return Node(value, self.at(member), self.faults)

    def items(self, member: str, fewest: int, most: int) -> Sequence[object]:
        """The list under a member; required where it may not be empty.

        If it is too long, only its beginning is read.
        """
        if member not in self.members:
            if fewest:
                self.missing(member)
            return []
        value = self.members[member]
        if not isinstance(value, list) or len(value) < fewest:
            self.fault(member, "list_expected", fewest=fewest, most=most)
        elif len(value) > most:
            self.fault(member, "list_too_long", count=len(value), most=most)
        return value[:most] if isinstance(value, list) else []

    def listed(self, member: str, fewest: int, most: int) -> Node:
        """The entries of the list under a member as members, so that each is read at its own
        pointer."""
        entries = enumerate(self.items(member, fewest, most))
        return Node({str(place): entry for place, entry in entries}, self.at(member), self.faults)

    def nodes(self, member: str, fewest: int, most: int) -> list[Node]:
        """The objects in the list under a member."""
        nodes = []
        for position, value in enumerate(self.items(member, fewest, most)):
            pointer = f"{self.at(member)}/{position}"
            if isinstance(value, Mapping):
                nodes.append(Node(value, pointer, self.faults))
            else:
                self.faults.append(Fault(pointer, "object_expected"))
        return nodes
