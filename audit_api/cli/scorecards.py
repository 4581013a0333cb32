"""flask scorecards: the totals that scorecards read, against a recomputation from the audits."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import click
from flask import current_app

from audit_api.cli.commands import Commands, operator, organisation_option
from audit_api.database import db, one_moment
from audit_api.services.totals import folding, of_sites, of_visits

commands = Commands("scorecards", help="The totals that scorecards read.")


@commands.command("verify")
@organisation_option
@click.pass_context
def verify(context: click.Context, organisation_code: str) -> None:
    """Recompute the totals from the audits, while work goes on; exit with 1 where they differ.

    Each total that differs is a line: its table, scope (a site, region, campaign or the
    organisation), month, scoring key, kind and part ("-": whole audits; of visits their campaign).
    """
    with one_moment():
        wrong = list(_wrong(operator(organisation_code).organisation_id))
    for line in wrong:
        click.echo("\t".join(line))
    click.echo(f"{len(wrong)} totals differ from a recomputation")
    context.exit(1 if wrong else 0)


@commands.command("rebuild")
@organisation_option
def rebuild(organisation_code: str) -> None:
    """Replace the totals by a recomputation; whatever would change them waits meanwhile."""
    organisation_id = operator(organisation_code).organisation_id
    mended = sum(table.rebuild(organisation_id) for table in (of_sites, folding, of_visits))
    db.session.commit()
    click.echo(f"{mended} totals mended")


@commands.command("fold")
@organisation_option
def fold(organisation_code: str) -> None:
    """Fold what is noted of audits that began or ceased to count; workers do it all the time."""
    organisation_id = operator(organisation_code).organisation_id
    folded = current_app.extensions["audit_worker"].fold(organisation_id)
    click.echo(f"{folded} changes folded")


def _wrong(organisation_id: UUID) -> Iterator[tuple[str, ...]]:
    for site_id, month, scoring_key in of_sites.differences(organisation_id):
        yield ("site_totals", str(site_id), f"{month:%Y-%m}", scoring_key, "whole", "-")
    for scope_id, kind, month, scoring_key, part, _ in folding.differences(organisation_id):
        yield ("folded_totals", str(scope_id), f"{month:%Y-%m}", scoring_key, kind, part or "-")
    for _, site_id, month, campaign_id, _ in of_visits.differences(organisation_id):
        yield ("visit_totals", str(site_id), f"{month:%Y-%m}", "-", "visits", str(campaign_id))
