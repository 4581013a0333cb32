"""Every regular expression of the house, how it is used, and a text that makes it take too long.

A backtracking engine can take a time that grows as the square of a text.  Each expression is tried
on texts made of its own pieces; a time that grows faster than the text is told.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, is_dataclass
from itertools import product
from re import _constants as signs  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

SEARCHES = ("search", "finditer", "findall", "sub", "subn", "split")
ANCHORED = ("match", "fullmatch")
TINY = (24, 150)
"""So few characters take no time, unless it doubles with each, or grows as their cube."""
SHORT, LONG = 1_000, 8_000
"""A long text takes 8 times as long as a short one, or 64 times."""
SUSPICIOUS = 0.0003
"""Seconds of a short text after which a long one is tried."""
MAX_GROWTH = 24
MAX_DEPTH = 4
"""Tables within tables in which expressions are looked for."""
SAMPLES: Mapping[Any, str] = {
    signs.CATEGORY_DIGIT: "7",
    signs.CATEGORY_SPACE: " \n",
    signs.CATEGORY_WORD: "w",
}
USUAL = ("a", "0", " ", ".", "-", "\n")
ENDS = ("", "\0", "!", '"')


@dataclass(frozen=True, slots=True)
class Use:
    """One expression and one manner of using it: search, match or fullmatch."""

    place: str
    pattern: re.Pattern[Any]
    manner: str


@dataclass
class Inventory:
    """The expressions by where they stand, and the manners in which they are used.

    A call names an expression, or it names the member that holds it (`dialect.pattern.match`), or
    it takes whatever its module has in a table.
    """

    patterns: dict[int, tuple[str, re.Pattern[Any]]] = field(default_factory=dict)
    members: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    named: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    loose: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def uses(self) -> Iterator[Use]:
        for key, (place, pattern) in self.patterns.items():
            held = set[str]().union(*(self.loose[member] for member in self.members[key]))
            manners = self.named[key] or held or self.loose[place.rpartition(".")[0]]
            for manner in sorted(manners or {"search", *ANCHORED}):
                yield Use(place, pattern, manner)

    def read(self, module: str, source: str) -> None:
        """Take in the expressions of one module and its calls."""
        namespace = vars(importlib.import_module(module))
        for name, value in namespace.items():
            self._take(value, f"{module}.{name}", name, MAX_DEPTH)
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                self._call(node, module, namespace)

    def _take(self, value: Any, place: str, member: str, depth: int) -> None:
        if isinstance(value, re.Pattern):
            self.patterns.setdefault(id(value), (place, value))
            self.members[id(value)].add(member)
            return
        for name, inner in inside(value) if depth else ():
            self._take(inner, place, name, depth - 1)

    def _call(self, node: ast.Call, module: str, namespace: Mapping[str, Any]) -> None:
        assert isinstance(node.func, ast.Attribute)
        manner = "search" if node.func.attr in SEARCHES else node.func.attr
        if manner not in ("search", *ANCHORED):
            return
        receiver = node.func.value
        if isinstance(receiver, ast.Name) and receiver.id == "re":
            if isinstance(node.args[0], ast.Constant):
                pattern = re.compile(node.args[0].value)
                self.patterns[id(pattern)] = (f"{module}:{node.lineno}", pattern)
                self.named[id(pattern)].add(manner)
            return
        value = resolved(receiver, namespace)
        if isinstance(value, re.Pattern):
            self.named[id(value)].add(manner)
        elif isinstance(receiver, ast.Attribute):
            self.loose[receiver.attr].add(manner)
        elif not isinstance(receiver, ast.Constant):
            self.loose[module].add(manner)


def inside(value: Any) -> Iterator[tuple[str, Any]]:
    """What a table of the house holds, with the name of each member."""
    if isinstance(value, Mapping):
        yield from (("", inner) for inner in value.values())
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes | range):
        yield from (("", inner) for inner in value)
    elif is_dataclass(value) and not isinstance(value, type):
        names = type(value).__dataclass_fields__
        yield from ((name, getattr(value, name)) for name in names if hasattr(value, name))
    elif type(value).__module__.startswith("audit_api"):
        yield from getattr(value, "__dict__", {}).items()


def resolved(expression: ast.expr, namespace: Mapping[str, Any]) -> Any:
    if isinstance(expression, ast.Name):
        return namespace.get(expression.id)
    if isinstance(expression, ast.Attribute) and isinstance(expression.value, ast.Name):
        return getattr(namespace.get(expression.value.id), expression.attr, None)
    return None


def hostile_text(pattern: re.Pattern[Any], manner: str) -> str | None:
    """A short form of a text on which the time grows faster than the text; None where none was
    found."""
    use = runner(pattern, manner)
    found, leads = pieces(pattern)
    pumps = dict.fromkeys([*found, *USUAL, *map("".join, product(found[:8], repeat=2))])
    for start, pump, end in product(["", *leads], pumps, ENDS):
        tiny, tinier, short, long = (
            made(pattern, start, pump, end, length) for length in (*TINY, SHORT, LONG)
        )
        if is_slow(use, tiny) or is_slow(use, tinier) or is_slow(use, short, long):
            return f"{start!r} + {pump!r} × n + {end!r}"
    return None


def is_slow(use: Callable[[Any], object], text: Any, longer: Any = None) -> bool:
    """Whether a text takes long, and whether a longer one takes longer than it is longer."""
    if seconds(use, text) < SUSPICIOUS:
        return False
    least = min(seconds(use, text) for _ in range(2 if longer is None else 5))
    if longer is None:
        return least > SUSPICIOUS
    # What is really slow is slow each time; what only was kept waiting is not.
    return all(seconds(use, longer) > MAX_GROWTH * least for _ in range(3))


def runner(pattern: re.Pattern[Any], manner: str) -> Callable[[Any], object]:
    if manner == "search":
        return lambda text: sum(1 for _ in pattern.finditer(text))
    use: Callable[[Any], object] = getattr(pattern, manner)
    return use


def made(pattern: re.Pattern[Any], start: str, pump: str, end: str, length: int) -> Any:
    text = start + pump * (length // len(pump)) + end
    return text.encode("latin-1", "ignore") if isinstance(pattern.pattern, bytes) else text


def seconds(use: Callable[[Any], object], text: Any) -> float:
    begun = time.thread_time()
    use(text)
    return time.thread_time() - begun


def pieces(pattern: re.Pattern[Any]) -> tuple[list[str], list[str]]:
    """Texts that parts of an expression match, and those that stand before what it repeats, the
    shortest first."""
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    found: set[str] = set()
    leads: set[str] = set()
    walk(parser.parse(pattern.pattern, flags), found, leads)
    shortest = (sorted(each - {""}, key=lambda text: (len(text), text)) for each in (found, leads))
    texts, before = shortest
    return texts[:24], before[:4]


def walk(tree: Any, found: set[str], leads: set[str]) -> str:
    """Add what the parts of a tree match; return one text that the whole of it matches."""
    text = ""
    for kind, what in tree:
        if kind in (signs.MAX_REPEAT, signs.MIN_REPEAT, signs.POSSESSIVE_REPEAT):
            leads.add(text)
            repeated = walk(what[2], found, leads)
            found.add(repeated)
            text += repeated * max(what[0], 1)
        elif kind is signs.BRANCH:
            branches = [walk(branch, found, leads) for branch in what[1]]
            found.update(branches[:12])
            text += branches[0]
        elif kind is signs.SUBPATTERN:
            text += walk(what[3], found, leads)
        elif kind is signs.ATOMIC_GROUP:
            text += walk(what, found, leads)
        elif kind in (signs.ASSERT, signs.ASSERT_NOT):
            walk(what[1], found, leads)
        else:
            single = characters(kind, what)
            found.update(single)
            text += single[:1]
    found.add(text)
    return text


def characters(kind: Any, what: Any) -> str:
    """Characters that one place of an expression matches."""
    if kind is signs.LITERAL:
        return chr(what)
    if kind is signs.RANGE:
        return chr(what[0])
    if kind is signs.CATEGORY:
        return SAMPLES.get(what, "!")
    if kind is signs.IN:
        return "".join(characters(*each) for each in what if each[0] is not signs.NEGATE)[:6]
    return "z" if kind in (signs.ANY, signs.NOT_LITERAL) else ""
