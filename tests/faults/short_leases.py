"""The application of a Celery worker whose leases run out soon: `-A tests.faults.short_leases`."""

from __future__ import annotations

from datetime import timedelta

from audit_api.app import create_app
from audit_api.services.exports import drawing, packing
from audit_api.worker import Worker

LEASE = timedelta(seconds=0.3)
"""What a killed worker held is taken up so much later."""
PIECE, PART = 0.01, 30_000
"""Many pieces and parts: many places to be killed at."""


def hurry(*, on_s3: bool) -> None:
    """Do long work in small pieces; S3 has a least size of parts."""
    drawing.PIECE = packing.PIECE = PIECE
    if not on_s3:
        packing.PART = PART


def __getattr__(name: str) -> object:
    """Make `celery` when a worker asks for it."""
    if name != "celery":
        raise AttributeError(name)
    hurry(on_s3=False)
    app = create_app(commands=False)
    app.extensions["audit_worker"] = Worker(app, lease=LEASE)
    return app.extensions["celery"]
