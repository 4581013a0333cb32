"""The entry points of servers (`wsgi:app`) and of Celery's workers (`wsgi:celery`)."""

from audit_api.app import create_app

app = create_app()
celery = app.extensions.get("celery")
