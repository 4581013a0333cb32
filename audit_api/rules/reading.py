"""An untrusted document read member by member: faults are noted, none stops the reading."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from audit_api.errors import Fault
from audit_api.rules.exact import number, thousandths

KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")

Text = Mapping[str, str]
"""Words in each of a checklist's languages, by locale."""


def escaped(token: str) -> str:
    """One token of a JSON pointer (RFC 6901)."""
    return token.replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True, slots=True)
class Node:
    """One object of the document, where it stands, and the list that all its faults go to.

    The reading methods answer a usable value even where they note a fault, so that the
    rest is read as well; whoever started the reading looks at `faults` at the end.
    """

    members: Mapping[str, object]
    pointer: str
    faults: list[Fault]

    def at(self, member: str) -> str:
        """The pointer to a member of this object."""
        return f"{self.pointer}/{escaped(member)}"

    def fault(self, member: str, code: str, **values: object) -> None:
        """Note a fault at one member."""
        self.faults.append(Fault(self.at(member), code, values))

    def only(self, accepted: Collection[str]) -> None:
        """Note every member that nothing would read."""
        for member in self.members:
            if member not in accepted:
                self.fault(str(member), "member_unknown", accepted=sorted(accepted))

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
        if not isinstance(value, str) or value not in accepted:
            self.fault(member, "word_not_accepted", accepted=list(accepted))
            return default
        return value

    def key(self, member: str = "key") -> str:
        """A name for machines: a small letter, then small letters, digits and underscores."""
        if self.missing(member):
            return ""
        value = self.members[member]
        if not isinstance(value, str) or not KEY.fullmatch(value):
            self.fault(member, "key_malformed")
            return ""
        return value

    def decimal(self, member: str, default: int, low: int, high: int, *, step: int = 1) -> int:
        """A decimal from `low` to `high`, all of them in thousandths and divisible by `step`."""
        if member not in self.members:
            return default
        value = thousandths(self.members[member])
        if value is None or not low <= value <= high or value % step:
            places = {1: 3, 10: 2, 1000: 0}[step]
            self.fault(
                member, "decimal_expected", low=number(low), high=number(high), places=places
            )
            return default
        return value

    def percentage(self, member: str) -> int | None:
        """0 to 100 with at most two decimals, in hundredths; None where it is not given."""
        if self.members.get(member) is None:
            return None
        return self.decimal(member, 0, 0, 100_000, step=10) // 10

    def text(self, member: str, locales: Collection[str], longest: int) -> Text:
        """Words in every one of the checklist's languages; required."""
        if self.missing(member):
            return {}
        node = self.node(member)
        node.only(locales)
        for locale in locales:
            words = node.members.get(locale)
            if not isinstance(words, str) or not 1 <= len(words.strip()) <= longest:
                node.fault(locale, "words_expected", longest=longest)
        return {
            locale: words.strip()
            for locale in locales
            if isinstance(words := node.members.get(locale), str)
        }

    def node(self, member: str) -> Node:
        """The object under a member; an empty one where it is missing or no object."""
        value = self.members.get(member, {})
        if not isinstance(value, Mapping):
            self.fault(member, "object_expected")
            value = {}
        return Node(value, self.at(member), self.faults)

    def items(self, member: str, fewest: int, most: int) -> Sequence[object]:
        """The list under a member; required where it may not be empty."""
        if member not in self.members:
            if fewest:
                self.missing(member)
            return []
        value = self.members[member]
        if not isinstance(value, list) or not fewest <= len(value) <= most:
            self.fault(member, "list_expected", fewest=fewest, most=most)
            return []
        return value

    def nodes(self, member: str, fewest: int, most: int) -> list[Node]:
        """The objects in the list under a member."""
        found = []
        for position, value in enumerate(self.items(member, fewest, most)):
            if isinstance(value, Mapping):
                found.append(Node(value, f"{self.at(member)}/{position}", self.faults))
            else:
                pointer = f"{self.at(member)}/{position}"
                self.faults.append(Fault(pointer, "object_expected"))
        return found
