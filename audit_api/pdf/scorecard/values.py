"""What a site's scorecard says: frozen values that the caller has already gathered and worded.

Every score, share and difference is an integer in hundredths of a percent (8640 is 86.40 %);
`None` is "nothing scored" or "no base", never 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audit_api.drawing.colours import Colour
from audit_api.drawing.comparison import Comparison
from audit_api.drawing.figures import Figure
from audit_api.drawing.gauge import Scale
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.metrics import Metric
from audit_api.drawing.periods import Expected, Period
from audit_api.pdf.practices import Practice
from audit_api.pdf.repeats import Repeats
from audit_api.rules.figures.comparison import CHANCE


@dataclass(frozen=True, slots=True)
class Rank:
    """Place `place` among `of` sites; ties share one."""

    place: int
    of: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference to another period: percentage points first, then relative to that period.

    `period` names it, `n` visits had a score in it.  `comparable` is False where it was scored by
    other rules.  `p` is the probability that chance alone makes so large a difference, None where
    the visits are too few to tell.
    """

    period: Text
    points: int | None
    relative: int | None
    comparable: bool = True
    n: int = 0
    p: float | None = None

    @property
    def beyond_chance(self) -> bool:
        return self.p is not None and self.p < CHANCE


@dataclass(frozen=True, slots=True)
class FailingQuestion:
    """A question that failed in `failed` of the `asked` visits; `impact` is what the score would
    gain, had it always earned all its points, None where the score is not made of points."""

    number: str
    title: Text
    touchpoint: Text
    failed: int
    asked: int
    impact: int | None


@dataclass(frozen=True, slots=True)
class Comment:
    """What a visitor wrote: praise where `good`, else a complaint.  `site` is told in papers about
    many sites."""

    text: str
    visited_on: date
    touchpoint: Text
    good: bool
    site: str | None = None


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit that the scorecard rests on: the day, the checklist with its version, the score,
    whether it passed, and how many findings."""

    day: date
    checklist: Text
    score: int | None
    passed: bool | None
    findings: int


@dataclass(frozen=True, slots=True)
class SiteScorecardReport:
    """Everything that a site's scorecard shows, of one period.

    `labels` holds the fixed words, `report.*`; `locale` is the document's first language.
    `own` is False of a competitor's site.  `until` is the period's last day, `as_of` when the
    figures were taken.  A `rank` of None is "too few visits to rank", `least` being how many it
    takes; a competitor's site has none.  `mixed` says that different rules scored the visits,
    `checklist` is the one that the scorecard is of, where it is of one alone.
    `planned` and `done` are None where the reader may not know of the visits yet.
    `last_year` is None where the period before is the same months a year ago.
    `trend` goes from the oldest period to this one; `unfinished` says that this one is not over.
    `expected` are the periods to come, which `forecast` tells of in a sentence; `target` is what
    the organisation wants to score, None where it has set none.  `practices` are examples with
    photos.  `colour` is the organisation's own.  Nobody who visited is named anywhere.
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
    last_year: Difference | None
    trend: tuple[Period, ...]
    touchpoints: tuple[Comparison, ...] = ()
    dimensions: tuple[Comparison, ...] = ()
    metrics: tuple[Metric, ...] = ()
    failing: tuple[FailingQuestion, ...] = ()
    comments: tuple[Comment, ...] = ()
    visits: tuple[VisitLine, ...] = ()
    logo: bytes | None = None
    colour: Colour | None = None
    own: bool = True
    mixed: bool = False
    unfinished: bool = False
    checklist: Text | None = None
    target: int | None = None
    expected: tuple[Expected, ...] = ()
    forecast: Text | None = None
    repeats: Repeats | None = None
    practices: tuple[Practice, ...] = ()

    @property
    def title(self) -> Text:
        """What the document is."""
        return self.labels.say("report.scorecard_title" if self.own else "report.competitor_title")
