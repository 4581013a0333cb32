"""The application as it is served: a process of its own under the production server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from audit_api.app import create_app
from audit_api.database import db
from audit_api.models import User
from audit_api.services import passwords
from tests.world import World, make_world

ROOT = Path(__file__).parent.parent.parent
SECRET = "a secret of the served application"
PASSWORD = "correct horse"
PATIENCE = 30.0


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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {
        "PATH": os.environ["PATH"],
        "AUDIT_INSTANCE": str(folder),
        "AUDIT_SECRET": SECRET,
        "AUDIT_BASE_URL": url,
    }
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--no-ws",
        "wsgi:app",
    ]
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(server, url)
        with world.app.app_context():
            email = db.session.get_one(User, world.users["auditor"]).email
            db.session.remove()
        yield Served(url, port, world, email)
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)
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


def _wait(server: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the server did not answer")
