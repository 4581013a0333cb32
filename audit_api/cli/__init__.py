"""The operator's commands: `flask demo`, `flask organisations|regions|sites|users …` and more."""

from __future__ import annotations

from flask import Flask

from audit_api.cli import (
    checklists,
    data,
    demo,
    exports,
    jobs,
    organisations,
    regions,
    scorecards,
    sites,
    users,
    visits,
)

NOUNS = (
    *(organisations, regions, sites, users, visits, checklists),
    *(scorecards, data, exports, jobs),
)


def init_app(app: Flask) -> None:
    for noun in NOUNS:
        app.cli.add_command(noun.commands)
    app.cli.add_command(demo.command)
    app.cli.add_command(jobs.worker)
