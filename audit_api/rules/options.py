"""The answers that a question accepts and what each is worth, read from a checklist document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit_api.rules.exact import LARGEST
from audit_api.rules.questions import Effect, EffectKind, Option, Question, ValueBand
from audit_api.rules.reading import Node

POINTS = 1_000_000
"""Points and demerits reach to 1,000, in thousandths."""
TITLE = 500
"""The longest title, in characters."""

StatedOption = tuple[Option, bool | None]
"""An option and what its author said about failing, None where nothing was said."""


def read_effect(node: Node, member: str = "effect") -> Effect | None:
    """The critical effect under a member: a word, or `{cap: N}`."""
    written = node.members.get(member)
    if written is None:
        return None
    if isinstance(written, Mapping):
        cap = node.node(member)
        cap.only(("cap",))
        cap.missing("cap")
        return Effect(EffectKind.CAP, cap.decimal("cap", 0, 0, 100_000, step=10) // 10)
    words = [kind.value for kind in EffectKind if kind is not EffectKind.CAP]
    if written not in words:
        node.fault(member, "effect_not_accepted", accepted=[*words, "{cap: 0…100}"])
        return None
    return Effect(EffectKind(written))


def read_options(node: Node, member: str, locales: tuple[str, ...]) -> Sequence[StatedOption]:
    """The options of a choice or of a shared response set."""
    found: list[StatedOption] = []
    for item in node.nodes(member, 1, 100):
        item.only(("key", "title", "points", "failed", "effect"))
        option = Option(
            key=item.key(),
            title=item.text("title", locales, TITLE),
            points=item.decimal("points", 0, -POINTS, POINTS),
            failed=False,
            effect=read_effect(item),
        )
        if any(option.key == earlier.key for earlier, _ in found):
            item.fault("key", "key_repeated", given=option.key)
        found.append((option, _stated(item)))
    return found


def _stated(node: Node) -> bool | None:
    return node.flag("failed") if "failed" in node.members else None


def failing(question: Question, worths: Sequence[tuple[int, bool | None]]) -> list[bool]:
    """Which answers are findings: those flagged, or else those without points though some have."""
    if any(stated is not None for _, stated in worths):
        return [bool(stated) for _, stated in worths]
    best = max((points for points, _ in worths), default=0)
    counts = best > 0 and question.weight > 0 and not question.bonus
    return [counts and points <= 0 for points, _ in worths]


def read_bands(node: Node, question: Question) -> tuple[ValueBand, ...]:
    """The bands of measured values, lowest first."""
    read: list[tuple[ValueBand, bool | None]] = []
    for item in node.nodes("bands", 0, 100):
        item.only(("from", "points", "failed", "effect"))
        item.missing("from")
        band = ValueBand(
            start=item.decimal("from", 0, -LARGEST * 1000, LARGEST * 1000),
            points=item.decimal("points", 0, -POINTS, POINTS),
            failed=False,
            effect=read_effect(item),
        )
        if any(band.start == earlier.start for earlier, _ in read):
            item.fault("from", "band_repeated")
        read.append((band, _stated(item)))
    flags = failing(question, [(band.points, stated) for band, stated in read])
    bands = [replace(band, failed=flag) for (band, _), flag in zip(read, flags, strict=True)]
    return tuple(sorted(bands, key=lambda band: band.start))


def scale_points(node: Node, question: Question, marks: range) -> Sequence[int]:
    """The points of each mark, in thousandths: by default the mark, counted from the bad end."""
    if node.members.get("points") is None:
        return [mark * 1000 for mark in (marks[::-1] if question.reverse else marks)]
    written = node.items("points", len(marks), len(marks))
    listed = Node(
        {str(position): worth for position, worth in enumerate(written)},
        node.at("points"),
        node.faults,
    )
    points = [listed.decimal(member, 0, -POINTS, POINTS) for member in listed.members]
    if points != sorted(points, reverse=question.reverse):
        node.fault("points", "points_out_of_order")
    return points or [0] * len(marks)
