"""The sites of a paper beside each other: heat map, league, movers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from audit_api.drawing import Figure
from audit_api.drawing.heat import Heat, HeatRow
from audit_api.drawing.languages import joined
from audit_api.drawing.league import League, LeagueRow
from audit_api.drawing.movers import Mover, Movers
from audit_api.rules.exact import percentage
from audit_api.rules.figures.comparison import CHANCE
from audit_api.rules.totals import Kind, Sums
from audit_api.services.documents.card_parts import figure as of_line
from audit_api.services.documents.languages import labels
from audit_api.services.documents.network.asked import Asked
from audit_api.services.documents.told import texts
from audit_api.services.scorecards import Scorecard, SiteLine, by_site, leagues, titles
from audit_api.services.scorecards.by_site import PlacedSite
from audit_api.services.scorecards.figures import NOTHING, Figures, total
from audit_api.services.scorecards.lines import LineChange, line_change

MAX_SITES = 400
"""Sites that a paper names: of more, as many of the best as of the worst."""
MAX_MOVERS = 8
"""Sites that moved, of either direction."""

_NOTHING = Figures()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A visited site with its line, the best first, and what it brought to each wave."""

    placed: PlacedSite
    line: SiteLine
    waves: Sequence[Figures]


@dataclass(frozen=True, slots=True)
class Beside:
    """The sites of a paper: all there are, and those visited in its wave, `ranked`; `wholes` is
    what all sites together brought to each wave, by scoring key; `moved` since the wave before, the
    furthest fall first."""

    asked: Asked
    wholes: Sequence[Mapping[str, Sums]]
    sites: Sequence[PlacedSite]
    ranked: Sequence[Ranked]
    moved: Sequence[leagues.Mover]

    @property
    def named(self) -> Sequence[Ranked]:
        """Those that the paper names."""
        if len(self.ranked) <= MAX_SITES:
            return self.ranked
        half = MAX_SITES // 2
        return [*self.ranked[:half], *self.ranked[-half:]]

    @property
    def left_out(self) -> int:
        """How many visited sites it does not name."""
        return len(self.ranked) - len(self.named)

    @property
    def everywhere(self) -> str:
        """What the line of all sites together is called."""
        return joined(labels(self.asked.lang).say("network.all_sites"))


def beside(asked: Asked) -> Beside:
    """Return the sites of a paper with what each brought to its waves."""
    sites = by_site.placed(asked.subject)
    brought = [
        by_site.read(wave.scope, wave.period, asked.scoring_keys, kinds)
        for wave, kinds in zip(asked.waves, _kinds(len(asked.waves)), strict=True)
    ]
    now, before = brought[-1], brought[-2] if len(brought) > 1 else {}
    by_id = {each.site.site_id: each for each in sites}
    rows = [
        (each.site, _whole(now, site_id), _whole(before, site_id))
        for site_id, each in by_id.items()
        if site_id in now
    ]
    lines = leagues.lines_with_sums(rows)
    ranked = [
        Ranked(
            by_id[line.site.site_id],
            line,
            [each.get(line.site.site_id, _NOTHING) for each in brought],
        )
        for line, _, _ in sorted(lines, key=lambda row: _place(row[0]))
    ]
    return Beside(asked, [*map(_together, brought)], sites, ranked, leagues.moved(lines))


def _together(brought: Mapping[UUID, Figures]) -> Mapping[str, Sums]:
    """What all sites together brought to a wave, those too that were not visited since."""
    sums: dict[str, Sums] = {}
    for each in brought.values():
        for key, share in each.by_key(Kind.WHOLE).items():
            sums[key] = sums.get(key, NOTHING).plus(share)
    return sums


def _kinds(waves: int) -> Iterator[tuple[Kind, ...]]:
    """What is read of each wave: of the last one, the touchpoints too."""
    yield from ((Kind.WHOLE,) for _ in range(waves - 1))
    yield Kind.WHOLE, Kind.TOUCHPOINT


def _whole(brought: Mapping[UUID, Figures], site_id: UUID) -> Mapping[str, Sums]:
    return brought.get(site_id, _NOTHING).by_key(Kind.WHOLE)


def _place(line: SiteLine) -> tuple[bool, bool, int, str]:
    """Sites with too few visits to be ranked stand behind all others, whatever they score."""
    return line.score is None, line.rank is None, -(line.score or 0), line.site.code


def of_sums(sums: Sums) -> Figure:
    """Return what a chart shows of the scores behind sums."""
    return Figure(*leagues.mean(sums))


def heat(sites: Beside, card: Scorecard) -> Heat | None:
    """Return the scores of sites by touchpoint; None where no site has any."""
    named = [each for each in sites.named if each.line.n]
    columns = {
        key: title
        for key, title in titles.touchpoints(card.versions).items()
        if any(each.waves[-1].total(Kind.TOUCHPOINT, key).scored for each in named)
    }
    if not columns:
        return None
    lines = {line.key: line for line in card.touchpoints}
    return Heat(
        tuple(texts(title, sites.asked.lang) for title in columns.values()),
        tuple(_heat_row(each, columns) for each in named),
        HeatRow(
            sites.everywhere,
            "",
            of_line(card.overall),
            tuple(of_line(lines[key]) for key in columns),
        ),
    )


def _heat_row(site: Ranked, columns: Iterable[str]) -> HeatRow:
    brought = site.waves[-1]
    return HeatRow(
        site.line.site.name,
        site.line.site.code,
        of_sums(brought.total(Kind.WHOLE)),
        tuple(of_sums(brought.total(Kind.TOUCHPOINT, key)) for key in columns),
    )


def league(sites: Beside, change: LineChange) -> League | None:
    """Return the sites by score, with a column for each wave; `change` is that of all together."""
    if not any(each.line.n for each in sites.ranked):
        return None
    surely = {mover.line.site.site_id for mover in sites.moved if mover.more_than_chance}
    last = total(sites.wholes[-1].values())
    return League(
        tuple(map(sites.asked.words_of, sites.asked.waves)),
        tuple(_league_row(each, each.line.site.site_id in surely) for each in sites.named),
        LeagueRow(
            sites.everywhere,
            "",
            "",
            None,
            percentage(last.passed, last.scored),
            tuple(of_sums(total(sums.values())) for sums in sites.wholes),
            change.comparable and change.p is not None and change.p < CHANCE,
        ),
    )


def _league_row(site: Ranked, beyond_chance: bool) -> LeagueRow:
    return LeagueRow(
        site.line.site.name,
        site.line.site.code,
        site.placed.region,
        site.line.rank,
        site.line.pass_rate,
        tuple(of_sums(brought.total(Kind.WHOLE)) for brought in site.waves),
        beyond_chance,
    )


def movers(sites: Beside) -> Movers | None:
    """Return the sites that moved furthest; None where none can be compared."""
    found = leagues.furthest(sites.moved, MAX_MOVERS)
    if not found.compared:
        return None
    return Movers(
        sites.asked.base_words,
        found.compared,
        tuple(map(_mover, found.improved)),
        tuple(map(_mover, found.worsened)),
    )


def _mover(found: leagues.Mover) -> Mover:
    line = found.line
    return Mover(
        line.site.name,
        line.site.code,
        Figure(*found.base),
        Figure(line.n, line.score, line.low, line.high),
        found.p,
        found.more_than_chance,
    )


def change(sites: Beside) -> LineChange:
    """Return how the score of all sites together changed from the wave before."""
    before = sites.wholes[-2] if len(sites.wholes) > 1 else {}
    return line_change(sites.wholes[-1], before)
