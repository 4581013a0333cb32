"""The entry points of other servers (`wsgi:app`), of Celery (`wsgi:celery`) and of `flask`."""

import os

from audit_api.app import check, create_app
from audit_api.config import InvalidSetting

try:
    app = create_app()
    # The operator's commands serve nobody, and mend what keeps others from serving.
    if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
        check(app)
except InvalidSetting as invalid:
    # A sentence for whoever starts it, and not the way that led to it.
    raise SystemExit(f"Cannot start: {invalid}") from None
celery = app.extensions.get("celery")
