"""The entry points of servers (`wsgi:app`) and of Celery's workers (`wsgi:celery`)."""

from audit_api.app import create_app
from audit_api.config import InvalidSetting

try:
    app = create_app()
except InvalidSetting as invalid:
    # A sentence for whoever starts it, and not the way that led to it.
    raise SystemExit(f"Cannot start: {invalid}") from None
celery = app.extensions.get("celery")
