"""The application as it is served: a process of its own under the production server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audit_api.app import create_app
from audit_api.database import db
from audit_api.models import User
from audit_api.services.people import passwords
from tests.servers import product
from tests.servers.ports import free_port
from tests.world import World, make_world

SECRET = "a secret of the served application"
PASSWORD = "correct horse"


@dataclass(frozen=True)
class Served:
    """A server and the world in its database; everybody's password is PASSWORD."""

    url: str
    port: int
    world: World
    email: str


@contextmanager
def serving(folder: Path, template: Path) -> Iterator[Served]:
    """Serve a world of its own from a copy of a migrated database."""
    shutil.copy(template, folder / "audit.db")
    world = _world(folder)
    port = free_port()
    server = product.start({"AUDIT_INSTANCE": str(folder), "AUDIT_SECRET": SECRET}, port)
    try:
        with world.app.app_context():
            email = db.session.get_one(User, world.users["auditor"]).email
            db.session.remove()
        yield Served(f"http://127.0.0.1:{port}", port, world, email)
    finally:
        product.stop(server)
        with world.app.app_context():
            db.engine.dispose()


def _world(folder: Path) -> World:
    app = create_app({"INSTANCE": str(folder), "SECRET": SECRET})
    app.extensions["audit_worker"].close()
    world = make_world(app)
    with app.app_context():
        hashed = passwords.hash_password(PASSWORD)
        for user_id in world.users.values():
            db.session.get_one(User, user_id).password_hash = hashed
        db.session.commit()
    return world
