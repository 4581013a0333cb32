"""flask scorecards: the totals that scorecards read, against a recomputation from the audits."""

from __future__ import annotations

import click

from audit_api.cli.commands import Commands, operator, organisation_option
from audit_api.database import db, one_moment
from audit_api.services import totals

commands = Commands("scorecards", help="The totals that scorecards read.")


@commands.command("verify")
@organisation_option
@click.pass_context
def verify(context: click.Context, organisation_code: str) -> None:
    """Recompute the totals from the audits, while work goes on; exit with 1 where they differ.

    Each total that differs is a line: site, month, scoring key, touchpoint ("-": whole audits).
    """
    with one_moment():
        wrong = totals.differences(operator(organisation_code).organisation_id)
    for site_id, month, scoring_key, part in wrong:
        click.echo(f"{site_id}\t{month:%Y-%m}\t{scoring_key}\t{part or '-'}")
    click.echo(f"{len(wrong)} totals differ from a recomputation")
    context.exit(1 if wrong else 0)


@commands.command("rebuild")
@organisation_option
def rebuild(organisation_code: str) -> None:
    """Replace the totals by a recomputation; whatever would change them waits meanwhile."""
    mended = totals.rebuild(operator(organisation_code).organisation_id)
    db.session.commit()
    click.echo(f"{mended} totals mended")
