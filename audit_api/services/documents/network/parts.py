"""Touchpoints and dimensions of a paper's sites, against the wave before and the organisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from audit_api.pdf import Part
from audit_api.rules.figures.comparison import CHANCE, adjusted, welch
from audit_api.rules.totals import Kind, Sums
from audit_api.services.documents.card_parts import difference
from audit_api.services.documents.card_parts import figure as of_line
from audit_api.services.documents.network.asked import Asked
from audit_api.services.documents.told import texts
from audit_api.services.scorecards import figures
from audit_api.services.scorecards.figures import Figures
from audit_api.services.scorecards.lines import Line, average, line_change, sample
from audit_api.services.scorecards.subjects import SubjectKind

_COMPARED = (Kind.WHOLE, Kind.TOUCHPOINT, Kind.DIMENSION)


class Others(NamedTuple):
    """The other sites of an organisation: the mean of `n` scores, and the probability that chance
    alone makes it differ so from a paper's own, None where that cannot be told."""

    n: int
    score: int | None
    p: float | None

    @property
    def differ(self) -> bool:
        return self.p is not None and self.p < CHANCE


class Around:
    """What a paper's figures are held against: those of the wave before, and, of a region, those of
    the whole organisation."""

    def __init__(self, asked: Asked) -> None:
        keys, wave, base = asked.scoring_keys, asked.wave, asked.base
        self._asked = asked
        self.now = figures.read(wave.scope, wave.period, keys, _COMPARED)
        self.before = figures.read(base.scope, base.period, keys, _COMPARED) if base else Figures()
        self.organisation = (
            figures.read(asked.network, wave.period, keys, _COMPARED)
            if asked.subject.kind is SubjectKind.REGION
            else None
        )

    def parts(self, lines: Sequence[Line], kind: Kind) -> tuple[Part, ...]:
        """Return the parts of a kind that have a score."""
        return tuple(self._parts([line for line in lines if line.score is not None], kind))

    def _parts(self, lines: Sequence[Line], kind: Kind) -> Iterator[Part]:
        changes = [
            line_change(self.now.by_key(kind, line.key), self.before.by_key(kind, line.key))
            for line in lines
        ]
        # Several are looked at at once: so many that one would be called sure by chance.
        chances = adjusted([change.p for change in changes])
        for line, change, p in zip(lines, changes, chances, strict=True):
            told = difference(change, self._asked.base_words)
            organisation = None
            if self.organisation is not None:
                organisation = average(self.organisation.total(kind, line.key))
            yield Part(
                texts(line.title, self._asked.lang), of_line(line), organisation, replace(told, p=p)
            )

    def others(self) -> Others | None:
        """Return the other own sites of the organisation; None where there are none, or where
        other rules scored their visits."""
        if self.organisation is None:
            return None
        mine = self.now.by_key(Kind.WHOLE)
        by_key = _less(self.organisation.by_key(Kind.WHOLE), mine)
        if {key for key, sums in by_key.items() if sums.audits} != set(self.now.audits):
            return None
        theirs = figures.total(by_key.values())
        p = welch(sample(figures.total(mine.values())), sample(theirs))
        return Others(theirs.scored, average(theirs), p)


def _less(all_sums: Mapping[str, Sums], some: Mapping[str, Sums]) -> dict[str, Sums]:
    """What is left of sums by scoring key when others are taken away."""
    return {
        key: sums.plus(some[key].negative) if key in some else sums
        for key, sums in all_sums.items()
    }
