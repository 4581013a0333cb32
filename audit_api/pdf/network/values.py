"""What the paper about many sites says: frozen values that the caller has gathered and worded.

It is of a region with all below it, of the organisation, or of a campaign.  Every score, share and
difference is an integer in hundredths of a percent (8640 is 86.40 %); `None` is "nothing scored",
"no base" or "not to be told", never 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audit_api.drawing.colours import Colour
from audit_api.drawing.distribution import Distribution
from audit_api.drawing.figures import Figure
from audit_api.drawing.gauge import Scale
from audit_api.drawing.heat import Heat
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.league import League
from audit_api.drawing.metrics import Metric
from audit_api.drawing.movers import Movers
from audit_api.drawing.periods import Expected, Period
from audit_api.drawing.quadrant import Quadrants
from audit_api.pdf.answer import Finding
from audit_api.pdf.practices import Practice
from audit_api.pdf.repeats import Repeats
from audit_api.pdf.scorecard.values import Comment, Difference, FailingQuestion


@dataclass(frozen=True, slots=True)
class Part:
    """A touchpoint or a dimension of this paper's sites, against the whole organisation's."""

    title: Text
    figure: Figure
    organisation: int | None
    change: Difference


@dataclass(frozen=True, slots=True)
class Drivers:
    """What has most to do with the score: `told` in a sentence, the parts between importance and
    performance, a sentence for each in `parts`, and what is left out with its reason; `customers`
    tell what has most to do with what customers would say, where anything has."""

    told: Text
    quadrants: Quadrants | None
    parts: tuple[Text, ...]
    unweighed: tuple[Text, ...]
    customers: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the figures rest on: visits planned and done (None where the reader may not know of
    them yet), audits that count, those that answered enough, the share of visible scored questions
    that were answered, and `visited` of the `sites` that there are."""

    planned: int | None
    done: int | None
    audits: int
    valid: int
    answered: int | None
    sites: int
    visited: int


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """How the questions of a checklist were answered, as they are asked; `title` is None where the
    paper is of one checklist."""

    title: Text | None
    rows: tuple[Distribution, ...]


@dataclass(frozen=True, slots=True)
class NetworkReport:
    """Everything that the paper shows, of one period.

    `labels` holds the fixed words, `report.*`; `locale` is the document's first language.  `title`
    is what the paper is, `name` of what.  `until` is the period's last day, `as_of` when the
    figures were taken.  `findings` are the answer, the gravest first.  `target` is what the
    organisation wants to score, None where it has set none.  `last_year` is None where the period
    before is the same months a year ago, and of a campaign, of which `previous` is the wave before.
    `mixed` says that different rules scored the visits, `unfinished` that the period is not over;
    `checklist` is the one that the paper is of, where it is of one alone.  `forecast` tells what is
    expected, or why nothing can be said; `weekdays` what they have to do with the score.  `least`
    is how many visits it takes to be ranked.  `notes` say what was left out, and why.  Nobody who
    visited is named anywhere.
    """

    locale: str
    labels: Labels
    organisation: str
    title: Text
    name: str
    code: str | None
    period: Text
    until: date
    as_of: Text
    findings: tuple[Finding, ...]
    overall: Figure
    band: Text | None
    scale: Scale
    target: int | None
    pass_rate: int | None
    previous: Difference
    last_year: Difference | None
    coverage: Coverage
    trend: tuple[Period, ...]
    expected: tuple[Expected, ...]
    forecast: Text | None
    least: int
    touchpoints: tuple[Part, ...] = ()
    dimensions: tuple[Part, ...] = ()
    heat: Heat | None = None
    league: League | None = None
    movers: Movers | None = None
    failing: tuple[FailingQuestion, ...] = ()
    drivers: Drivers | None = None
    repeats: Repeats | None = None
    weekdays: Text | None = None
    metrics: tuple[Metric, ...] = ()
    practices: tuple[Practice, ...] = ()
    comments: tuple[Comment, ...] = ()
    questionnaires: tuple[Questionnaire, ...] = ()
    notes: tuple[Text, ...] = ()
    checklist: Text | None = None
    mixed: bool = False
    unfinished: bool = False
    logo: bytes | None = None
    colour: Colour | None = None
