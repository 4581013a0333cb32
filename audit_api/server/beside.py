"""`python -m audit_api.server.beside`: the process that a server starts for its long work."""

from __future__ import annotations

import os
import sys

from audit_api.app import create_app
from audit_api.config import InvalidSetting
from audit_api.worker.process import IDLE, Process

NICENESS = 5
"""A server that answers goes before it."""


def main() -> None:
    os.nice(NICENESS)
    try:
        app = create_app(commands=False)
    except InvalidSetting as error:
        sys.exit(str(error))
    process = Process(app.extensions["audit_worker"], idle=IDLE)
    process.end_on_signals()
    process.end_with_input()
    process.run(short=False)
    app.extensions["audit_worker"].close()


if __name__ == "__main__":
    main()
