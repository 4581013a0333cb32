"""What the comparison with competitors says: frozen values, gathered and worded by the caller.

Own sites are those of a region with all below it, or of the organisation; the competitors' are
those in the same place.  Scores are integers in hundredths of a percent, `None` where nothing is
scored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audit_api.drawing.colours import Colour
from audit_api.drawing.figures import Figure
from audit_api.drawing.gauge import Scale
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.rival_sites import Rival
from audit_api.drawing.rivals import RivalPart
from audit_api.pdf.network.values import Finding
from audit_api.pdf.scorecard.values import Comment


@dataclass(frozen=True, slots=True)
class CompetitorsReport:
    """Everything that the comparison shows, of one period and one checklist.

    `own` and `competitors` are the means over all visits to either; `p` is the probability that
    chance alone makes so large a difference, None where the visits are too few to tell.  `parts`
    are touchpoints, then `dimensions`, each with its own `p`, adjusted for their number; `metrics`
    have scales of their own, and intervals in the place of a `p`.  `sites` are the competitors'
    sites that were visited, the best first.  `comments` are about the competitors.  `notes` say
    what keeps the figures from being compared.
    """

    locale: str
    labels: Labels
    organisation: str
    title: Text
    name: str
    period: Text
    until: date
    as_of: Text
    findings: tuple[Finding, ...]
    own: Figure
    competitors: Figure
    p: float | None
    scale: Scale
    parts: tuple[RivalPart, ...]
    dimensions: tuple[RivalPart, ...]
    metrics: tuple[RivalPart, ...]
    sites: tuple[Rival, ...]
    comments: tuple[Comment, ...]
    notes: tuple[Text, ...]
    checklist: Text | None
    unfinished: bool
    logo: bytes | None
    colour: Colour | None

    @property
    def compares(self) -> bool:
        """Whether any visit to a competitor's site has a score."""
        return self.competitors.n > 0
