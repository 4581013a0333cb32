"""The operator's commands: `flask organisations|regions|sites|users …`."""

from __future__ import annotations

from flask import Flask

from audit_api.cli import organisations, regions, sites, users


def init_app(app: Flask) -> None:
    for noun in (organisations, regions, sites, users):
        app.cli.add_command(noun.commands)
