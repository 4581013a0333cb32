"""How a worker starts: the application by the environment, looked at before anybody is served."""

from __future__ import annotations

import gc
import sys

from uvicorn.config import STARTUP_FAILURE

from audit_api.app import check, create_app
from audit_api.config import InvalidSetting
from audit_api.server.front import Front
from audit_api.server.workers import end_with_parent


def create_front() -> Front:
    """Return the front of the application; end the worker, and with it the server, with the reason
    on standard error where there is none that may be served."""
    end_with_parent()
    try:
        app = create_app(commands=False)
        check(app)
    except InvalidSetting as error:
        print(error, file=sys.stderr)
        sys.exit(STARTUP_FAILURE)
    front = Front(app)
    # What stands now stays: to look through it for garbage would hold up requests.
    gc.freeze()
    return front
