"""A checklist's document, as its author wrote it, read into the values of a checklist.

`rules.checklist.document` writes the values as a document again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from audit_api.errors import Fault, invalid
from audit_api.rules.authoring.conditions import read_site_attributes
from audit_api.rules.authoring.node import KEY, Node, members
from audit_api.rules.authoring.options import MAX_TITLE_LENGTH, StatedOption, read_options
from audit_api.rules.authoring.questions import Surroundings
from audit_api.rules.authoring.sections import read_touchpoints, written_keys
from audit_api.rules.authoring.spelling import shown
from audit_api.rules.checklist.document import FORMAT, digest, document
from audit_api.rules.checklist.scoring_key import scoring_key
from audit_api.rules.checklist.sections import Checklist, Dimension, Method, ScoreBand, ScoringRules
from audit_api.rules.exact import thousandths
from audit_api.rules.figures.metrics import CES, CSAT, CSI, CesMethod, ItemScore, Metrics

__all__ = ["Checklist", "Reading", "digest", "document", "parse", "read", "scoring_key"]

LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
SHARE = re.compile(r"([0-9]{1,4})/([1-9][0-9]{0,3})")
FEW = 3
"""A checklist with fewer texts tells too little about its languages to correct them."""

TOP = (
    "format",
    "key",
    "locales",
    "title",
    "scoring",
    "metrics",
    "dimensions",
    "site_attributes",
    "response_sets",
    "touchpoints",
)
SCORING = (
    "method",
    "start",
    "bonus_over_100",
    "pass_mark",
    "every_section_must_pass",
    "validity",
    "unanswered",
    "bands",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reading made of a document.

    In the place of a fault the `checklist` has the likeliest value, or the usual one: use it only
    where there are no faults.  `nodes` are its sections and questions as written, by key.
    """

    checklist: Checklist
    document: Mapping[str, Any]
    faults: Sequence[Fault]
    nodes: Mapping[str, Node]


def parse(written: Mapping[str, Any]) -> Checklist:
    """The checklist that a document describes.

    Raises `errors.Problem` of kind INVALID with every fault, each at its JSON pointer.
    """
    reading = read(written)
    if reading.faults:
        raise invalid(*reading.faults)
    return reading.checklist


def read(written: Mapping[str, Any]) -> Reading:
    """Read as much of a document as makes sense, and note every fault."""
    faults: list[Fault] = []
    node = Node(written, "", faults).only(TOP)
    if node.members.get("format") != FORMAT:
        node.fault("format", "format_unknown", accepted=[FORMAT])
    locales = _locales(node)
    key, title = node.key(), node.text("title", locales, MAX_TITLE_LENGTH)
    scoring, metrics = _scoring(node.node("scoring"), locales), _metrics(node.node("metrics"))
    dimensions, attributes = _dimensions(node, locales), read_site_attributes(node, locales)
    bands = [band.key for band in scoring.bands]
    around = Surroundings(
        locales=locales,
        response_sets=_response_sets(node, locales, bands),
        dimensions=[dimension.key for dimension in dimensions],
        score_bands=bands,
        site_attributes={attribute.key: attribute for attribute in attributes},
        metrics=metrics,
        written=written_keys(node.members.get("touchpoints")),
    )
    checklist = Checklist(
        key=key,
        locales=locales,
        title=title,
        scoring=scoring,
        metrics=metrics,
        dimensions=dimensions,
        site_attributes=attributes,
        touchpoints=read_touchpoints(node, around),
    )
    return Reading(checklist, written, faults, around.nodes)


def _locales(node: Node) -> tuple[str, ...]:
    entries = node.items("locales", 1, 20)
    for position, locale in enumerate(entries):
        if not isinstance(locale, str) or not LOCALE.fullmatch(locale):
            node.fault("locales", "locale_malformed", given=shown(locale))
        elif locale in entries[:position]:
            node.fault("locales", "entry_repeated", given=locale)
    listed = tuple(dict.fromkeys(locale for locale in entries if isinstance(locale, str)))
    return _spoken(node, listed)


def _spoken(node: Node, listed: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that the author meant: those listed, without one that has no text where
    another, which is not listed, has most of the texts."""
    title = node.members.get("title")
    # Looking through all texts takes as long as reading them; the title tells whether to look.
    if listed and not (isinstance(title, Mapping) and set(title) - set(listed)):
        return listed
    texts = [words for _, words in members(node.members, ("title", "hint"))]
    counts = Counter(language for words in texts for language in words)
    common = [
        language
        for language, count in counts.items()
        if language not in listed and LOCALE.fullmatch(str(language)) and 2 * count > len(texts)
    ]
    if not listed:
        return tuple(common)
    if len(texts) < FEW or not common:
        return listed
    values = {"given": common, "count": counts[common[0]], "accepted": listed}
    node.fault("locales", "locale_unlisted", **values)
    return (*(locale for locale in listed if counts[locale]), *common)


def _dimensions(node: Node, locales: tuple[str, ...]) -> tuple[Dimension, ...]:
    dimensions: list[Dimension] = []
    taken: dict[str, str] = {}
    for each in node.nodes("dimensions", 0, 50):
        item = each.only(("key", "title"))
        dimensions.append(
            Dimension(item.fresh_key(taken), item.text("title", locales, MAX_TITLE_LENGTH))
        )
    return tuple(dimensions)


def _response_sets(
    node: Node, locales: tuple[str, ...], score_bands: Sequence[str]
) -> Mapping[str, Sequence[StatedOption]]:
    shared = node.node("response_sets")
    for name in shared.members:
        if not KEY.fullmatch(name):
            shared.fault(name, "key_malformed")
    return {name: read_options(shared, name, locales, score_bands) for name in shared.members}


def _metrics(written: Node) -> Metrics:
    node = written.only((CSAT, CES, CSI))
    top = node.node(CSAT).only(("top",))
    effort = node.node(CES).only(("method",))
    index = node.node(CSI).only(("item_score",))
    return Metrics(
        csat_top=top.decimal("top", 2000, 1000, 2000, step=1000) // 1000,
        ces_method=CesMethod(effort.word("method", list(CesMethod), CesMethod.MEAN)),
        csi_item_score=ItemScore(index.word("item_score", list(ItemScore), ItemScore.OF_RANGE)),
    )


def _scoring(written: Node, locales: tuple[str, ...]) -> ScoringRules:
    node = written.only(SCORING)
    method = node.word("method", [method.value for method in Method], Method.WEIGHTED.value)
    return ScoringRules(
        method=Method(method),
        start=node.decimal("start", 100_000, 1, 100_000),
        bonus_over_100=node.flag("bonus_over_100"),
        pass_mark=node.percentage("pass_mark"),
        every_section_must_pass=node.flag("every_section_must_pass"),
        validity=_validity(node),
        unanswered_is_zero=node.word("unanswered", ("ignore", "zero"), "ignore") == "zero",
        bands=_score_bands(node, locales),
    )


def _validity(node: Node) -> tuple[int, int]:
    """A share written as `2/3` or as a decimal from 0 to 1, in lowest terms."""
    value = node.members.get("validity", "2/3")
    shape = SHARE.fullmatch(value) if isinstance(value, str) else None
    part, of = (int(shape[1]), int(shape[2])) if shape else (thousandths(value), 1000)
    if part is None or not 0 <= part <= of:
        node.fault("validity", "share_expected")
        return 2, 3
    share = Fraction(part, of)
    return share.numerator, share.denominator


def _score_bands(node: Node, locales: tuple[str, ...]) -> tuple[ScoreBand, ...]:
    bands: list[ScoreBand] = []
    taken: dict[str, str] = {}
    for each in node.nodes("bands", 0, 20):
        item = each.only(("key", "title", "from"))
        item.missing("from")
        band = ScoreBand(
            item.fresh_key(taken),
            item.text("title", locales, MAX_TITLE_LENGTH),
            item.decimal("from", 0, 0, 100_000, step=10) // 10,
        )
        if any(band.start == other.start for other in bands):
            item.fault("from", "band_repeated")
        bands.append(band)
    return tuple(sorted(bands, key=lambda band: band.start))
