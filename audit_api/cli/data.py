"""flask data: audits, observations, scorecards and leagues as files to work on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import click

from audit_api import files
from audit_api.cli.commands import CODE, Commands, language, operator, organisation_option
from audit_api.database import db, one_moment
from audit_api.errors import not_found
from audit_api.rules.figures import periods
from audit_api.rules.figures.periods import MAX_POINTS, Period
from audit_api.rules.lifecycle import AuditState
from audit_api.rules.signals.kinds import SignalKind
from audit_api.services import datasets
from audit_api.services.access import Who
from audit_api.services.audits.queue import Filter
from audit_api.services.datasets import DATASETS, Format, Request, Told, Written, silent
from audit_api.services.documents.editions import Edition
from audit_api.services.sites import regions, sites
from audit_api.words import say

commands = Commands("data", help="Audits, observations and figures as files to work on.")

DAY = click.DateTime(["%Y-%m-%d"])


class PeriodType(click.ParamType):
    """A period of whole months."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        period = periods.parse(str(value))
        if period is None:
            self.fail("Accepted: 2026-03, 2026-Q1, 2026, P6M/2026-03.", param, ctx)
        return period


@commands.command("export")
@click.argument("dataset", type=click.Choice(list(DATASETS)))
@organisation_option
@click.option(
    "--format", "form", required=True, type=click.Choice([*map(str, Format)]), help="What to write."
)
@click.option(
    "--to",
    "path",
    required=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="The file to write, for Parquet the folder.",
)
@click.option(
    "--edition",
    type=click.Choice([*map(str, Edition)]),
    default=Edition.ANONYMOUS.value,
    show_default=True,
    help="full: who made each visit, and when, too.",
)
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for Excel.")
@click.option("--force", is_flag=True, help="Replace the file where it is there.")
@click.option("--period", type=PeriodType(), help="2026-03, 2026-Q1, 2026 or P6M/2026-03.")
@click.option(
    "--points",
    type=click.IntRange(1, MAX_POINTS),
    default=1,
    show_default=True,
    help="Of scorecards: periods up to this one.",
)
@click.option(
    "--checklist",
    type=CODE,
    help="This checklist alone; audits have a column for each of its touchpoints then.",
)
@click.option("--region", type=CODE, metavar="CODE", help="Sites of a region and all below it.")
@click.option("--site", type=CODE, metavar="CODE", help="Of audits: this site alone.")
@click.option("--campaign", "campaign_id", type=click.UUID, metavar="ID")
@click.option("--auditor", "auditor_id", type=click.UUID, metavar="ID", help="Full edition alone.")
@click.option("--state", type=click.Choice([*map(str, AuditState)]))
@click.option("--passed/--not-passed", default=None)
@click.option("--valid/--not-valid", default=None)
@click.option("--signal", type=click.Choice([*map(str, SignalKind)]), help="Full edition alone.")
@click.option("--held/--not-held", default=None, help="Full edition alone.")
@click.option("--from", "business_date_from", type=DAY, help="First day of visits.")
@click.option("--until", "business_date_to", type=DAY, help="Last day of visits.")
def export(dataset: str, organisation_code: str, **options: Any) -> None:
    """Write DATASET as a file: audits, observations, scorecards, league or dictionary.

    Audits and observations are filtered as the list of audits is; scorecards and the league need a
    --period.  The anonymous edition, the default, has what a site may know: audits that count, and
    nothing that leads to their auditors.
    """
    by = operator(organisation_code)
    _Export(dataset, by, options).run()


@dataclass(frozen=True, slots=True)
class _Export:
    """An export that an operator asked for."""

    dataset: str
    by: Who
    options: dict[str, Any]

    def run(self) -> None:
        path: Path = self.options["path"].resolve()
        if path.exists() and not (self.options["force"] and path.is_file()):
            raise click.ClickException(say("data.there_already", language(), path=path))
        request = self._request()
        try:
            with one_moment(), self._bar(request) as told:
                written = self._write(request, path, told)
        except OSError as error:
            raise click.ClickException(f"{path}: {error.strerror}.") from None
        click.echo(say("data.written", language(), rows=f"{written.rows:,}", path=path))

    def _write(self, request: Request, path: Path, told: Told) -> Written:
        dataset, form = DATASETS[self.dataset], Format(self.options["form"])
        if form is Format.PARQUET:
            with _parts(path) as folder:
                return datasets.write_parts(dataset, request, folder, by=self.by, told=told)
        with _file(path, force=self.options["force"]) as file:
            return datasets.write(
                dataset,
                request,
                form,
                file,
                by=self.by,
                marked=self.options["bom"],
                told=told,
            )

    @contextmanager
    def _bar(self, request: Request) -> Iterator[Told]:
        """Show a terminal how far the writing is, where that can be told."""
        total = DATASETS[self.dataset].total(request, by=self.by)
        if total is None or not sys.stderr.isatty():
            yield silent
            return
        label = say("data.progress", language())
        with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
            yield lambda subjects: bar.update(subjects - bar.pos)

    def _request(self) -> Request:
        period: Period | None = self.options["period"]
        region_id = self._region_id()
        wanted = self._filter(region_id)
        return Request(
            locale=language(),
            now=datetime.now(UTC),
            edition=Edition(self.options["edition"]),
            audits=wanted if period is None else wanted.within(period.starts, period.last_day),
            period=period,
            points=self.options["points"],
            region_id=region_id,
            checklist=self.options["checklist"],
        )

    def _filter(self, region_id: UUID | None) -> Filter:
        given = self.options
        return Filter(
            site_id=self._site_id(),
            region_id=region_id,
            campaign_id=given["campaign_id"],
            auditor_id=given["auditor_id"],
            state=given["state"],
            passed=given["passed"],
            valid=given["valid"],
            signal=SignalKind(given["signal"]) if given["signal"] else None,
            held=given["held"],
            business_date_from=_day(given["business_date_from"]),
            business_date_to=_day(given["business_date_to"]),
        )

    def _region_id(self) -> UUID | None:
        code = self.options["region"]
        return regions.find_code(code, by=self.by).id if code else None

    def _site_id(self) -> UUID | None:
        code = self.options["site"]
        if not code:
            return None
        site = db.session.scalar(sites.listed(by=self.by, code=code))
        if site is None:
            raise not_found("site")
        return site.id


@contextmanager
def _file(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Open a file that gets its name once all is in it."""
    with files.draft(path.parent, mode=files.SHARED) as aside:
        yield aside.body
        (aside.replace if force else aside.create)(path)
    files.sync(path.parent)


@contextmanager
def _parts(path: Path) -> Iterator[datasets.Folder]:
    """Open a folder of parts that gets its name once all are in it."""
    with files.draft_folder(path) as aside:

        @contextmanager
        def opened(name: str) -> Iterator[IO[bytes]]:
            part = aside / name
            part.parent.mkdir(exist_ok=True)
            with part.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            files.sync(part.parent)

        yield opened


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
