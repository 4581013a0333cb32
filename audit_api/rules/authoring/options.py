"""The answers that a question accepts and what each is worth, read from a checklist document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from audit_api.rules.authoring.node import Node
from audit_api.rules.authoring.spelling import shown
from audit_api.rules.checklist.questions import Effect, EffectKind, Option, Question, ValueBand
from audit_api.rules.exact import MAX_NUMBER

MAX_POINTS = 1_000_000
"""Points and demerits reach to 1,000, in thousandths."""
MAX_EFFECTS = 10
"""One answer has no more critical effects than this."""
MAX_WEIGHT = 100_000
"""The largest weight: 100, in thousandths."""
MAX_TITLE_LENGTH = 500
"""The longest title, in characters."""

MAX_OPTIONS = 2_000
"""Lists of places and of products have a thousand entries and more."""
MAX_BANDS = 100

WORDS = (EffectKind.FAIL.value, EffectKind.ZERO_SECTION.value, EffectKind.ZERO_AUDIT.value)
"""The effects that are a word alone."""

StatedOption = tuple[Option, bool | None]
"""An option and what its author said about failing, None where nothing was said."""


def read_effects(node: Node, bands: Collection[str], member: str = "effect") -> tuple[Effect, ...]:
    """The critical effects under a member, one alone or a list, each once and in a fixed order.

    Each is a word, or `{cap: N}` with a score or a band's key.
    """
    written = node.members.get(member)
    if written is None:
        return ()
    if not isinstance(written, list):
        effect = _read_effect(node, bands, member)
        return () if effect is None else (effect,)
    effects: list[Effect] = []
    listed = node.listed(member, 0, MAX_EFFECTS)
    for place in listed.members:
        effect = _read_effect(listed, bands, place)
        if effect in effects:
            listed.fault(place, "entry_repeated", given=shown(written[int(place)]))
        elif effect is not None:
            effects.append(effect)
    return tuple(sorted(effects, key=_order))


def _order(effect: Effect) -> tuple[int, int, str]:
    return list(EffectKind).index(effect.kind), effect.cap or 0, effect.band or ""


def _read_effect(node: Node, bands: Collection[str], member: str) -> Effect | None:
    effect = node.members[member]
    if isinstance(effect, Mapping):
        return _read_cap(node.node(member), bands)
    if effect in WORDS:
        return Effect(EffectKind(effect))
    values = node.unlike(effect, WORDS)
    values["accepted"] = [*WORDS, "{cap: 0…100}", "{cap: band}"]
    node.fault(member, "effect_not_accepted", **values)
    return Effect(EffectKind(values["near"])) if "near" in values else None


def _read_cap(node: Node, bands: Collection[str]) -> Effect:
    node = node.only(("cap",))
    node.missing("cap")
    band = node.members.get("cap")
    if isinstance(band, str):
        if band not in bands:
            node.fault("cap", "score_band_unknown", **node.unlike(band, bands))
        return Effect(EffectKind.CAP_BAND, band=band)
    return Effect(EffectKind.CAP, cap=node.decimal("cap", 0, 0, 100_000, step=10) // 10)


def read_options(
    node: Node, member: str, locales: tuple[str, ...], score_bands: Collection[str]
) -> Sequence[StatedOption]:
    """The options of a choice or of a shared response set."""
    options: list[StatedOption] = []
    taken: dict[str, str] = {}
    for each in node.nodes(member, 1, MAX_OPTIONS):
        item = each.only(("key", "title", "points", "failed", "effect"))
        option = Option(
            key=item.fresh_key(taken),
            title=item.text("title", locales, MAX_TITLE_LENGTH),
            points=item.decimal("points", 0, -MAX_POINTS, MAX_POINTS),
            failed=False,
            effects=read_effects(item, score_bands),
        )
        options.append((option, _stated(item)))
    return options


def _stated(node: Node) -> bool | None:
    return node.flag("failed") if "failed" in node.members else None


def failing(question: Question, worths: Sequence[tuple[int, bool | None]]) -> list[bool]:
    """Which answers are findings: those flagged, or else those without points though some have."""
    if any(stated is not None for _, stated in worths):
        return [bool(stated) for _, stated in worths]
    best = max((points for points, _ in worths), default=0)
    counts = best > 0 and question.weight > 0 and not question.bonus
    return [counts and points <= 0 for points, _ in worths]


def read_bands(
    node: Node, question: Question, score_bands: Collection[str]
) -> tuple[ValueBand, ...]:
    """The bands of measured values, lowest first."""
    entries: list[tuple[ValueBand, bool | None]] = []
    for each in node.nodes("bands", 0, MAX_BANDS):
        item = each.only(("from", "points", "failed", "effect"))
        item.missing("from")
        band = ValueBand(
            start=item.decimal("from", 0, -MAX_NUMBER * 1000, MAX_NUMBER * 1000),
            points=item.decimal("points", 0, -MAX_POINTS, MAX_POINTS),
            failed=False,
            effects=read_effects(item, score_bands),
        )
        if any(band.start == earlier.start for earlier, _ in entries):
            item.fault("from", "band_repeated")
        entries.append((band, _stated(item)))
    flags = failing(question, [(band.points, stated) for band, stated in entries])
    bands = [replace(band, failed=flag) for (band, _), flag in zip(entries, flags, strict=True)]
    return tuple(sorted(bands, key=lambda band: band.start))
