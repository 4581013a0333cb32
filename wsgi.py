"""The entry points of WSGI servers (`wsgi:app`; ours is `python -m audit_api.server`) and of
Celery's workers (`wsgi:celery`)."""

from audit_api.app import create_app

app = create_app()
celery = app.extensions.get("celery")
