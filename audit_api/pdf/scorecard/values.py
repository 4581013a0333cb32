"""What a site's scorecard says: frozen values that the caller has already gathered and worded.

Every score, share and difference is an integer in hundredths of a percent (8640 is 86.40 %);
`None` is "nothing scored" or "no base", never 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audit_api.drawing.comparison import Comparison
from audit_api.drawing.figures import Figure
from audit_api.drawing.gauge import Scale
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.metrics import Metric
from audit_api.drawing.trend import Period


@dataclass(frozen=True, slots=True)
class Rank:
    """Place `place` among `of` sites; ties share one."""

    place: int
    of: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference to another period: percentage points first, then relative to that period.

    `period` names it.  `comparable` is False where it was scored by other rules.
    """

    period: Text
    points: int | None
    relative: int | None
    comparable: bool = True


@dataclass(frozen=True, slots=True)
class FailingQuestion:
    """A question that failed in `failed` of the `asked` visits; `lost` are points as text."""

    number: str
    title: Text
    touchpoint: Text
    failed: int
    asked: int
    lost: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What a visitor wrote: praise where `good`, else a complaint."""

    text: str
    visited_on: date
    touchpoint: Text
    good: bool


@dataclass(frozen=True, slots=True)
class SiteScorecardReport:
    """Everything that a site's scorecard shows, of one period.

    `labels` holds the fixed words, `report.*`; `locale` is the document's first language.
    `own` is False of a competitor's site.  `until` is the period's last day, `as_of` when the
    figures were taken.  A `rank` of None is "too few visits to rank", `least` being how many it
    takes; a competitor's site has none.  `mixed` says that different rules scored the visits,
    `checklist` is the one that the scorecard is of, where it is of one alone.
    `planned` and `done` are None where the reader may not know of the visits yet.
    `trend` goes from the oldest period to this one.  Nobody who visited is named anywhere.
    """

    locale: str
    labels: Labels
    organisation: str
    site_name: str
    site_code: str
    region: str
    period: Text
    until: date
    as_of: Text
    overall: Figure
    band: Text | None
    scale: Scale
    pass_rate: int | None
    planned: int | None
    done: int | None
    least: int
    rank_in_region: Rank | None
    rank_in_organisation: Rank | None
    previous: Difference
    last_year: Difference
    trend: tuple[Period, ...]
    touchpoints: tuple[Comparison, ...] = ()
    dimensions: tuple[Comparison, ...] = ()
    metrics: tuple[Metric, ...] = ()
    failing: tuple[FailingQuestion, ...] = ()
    comments: tuple[Comment, ...] = ()
    logo: bytes | None = None
    own: bool = True
    mixed: bool = False
    checklist: Text | None = None

    @property
    def title(self) -> Text:
        """What the document is."""
        return self.labels.say("report.scorecard_title" if self.own else "report.competitor_title")
