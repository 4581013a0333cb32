"""A world served on both pairs, whose people can sign in, with audits that wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from flask import Flask

from audit_api.database import db
from audit_api.models import User
from audit_api.services.people import passwords
from tests.access.visited import wait_for_the_picture
from tests.console.desk import Console
from tests.pairs import PAIRS, fresh_pair, running
from tests.protocol.phone import OTHER_ANSWERS, settle, with_photos
from tests.servers import product
from tests.servers.ports import free_port
from tests.world import World, jpeg, make_world

PASSWORD = "a password of the tests, long enough"


@dataclass(frozen=True)
class Office:
    """A console, and a world on the same database."""

    console: Console
    world: World

    def email(self, person: str) -> str:
        with self.world.app.app_context():
            return db.session.get_one(User, self.world.users[person]).email

    def wait(self, count: int) -> list[UUID]:
        """Have so many audits wait, each with a photo; return their ids, the oldest first."""
        ids = []
        for number in range(count):
            audit_id, photo = uuid4(), jpeg(number, (640, 480))
            more = {"assignment_id": str(self.world.plan()), "answers": OTHER_ANSWERS}
            audit = with_photos(self.world, photo) | more
            settle(self.world, audit_id, audit, photo)
            wait_for_the_picture(self.world, audit_id)
            ids.append(audit_id)
        return ids

    def states(self, ids: list[UUID]) -> list[str]:
        told = [self.world.call("hq", "GET", f"/audits/{id_}").json for id_ in ids]
        return [each["state"] for each in told]


@dataclass(frozen=True)
class Served:
    app: Flask
    url: str


@pytest.fixture(scope="module", params=PAIRS)
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    with fresh_pair(request, tmp_path_factory.mktemp("served")) as found, running(found) as app:
        port = free_port()
        server = product.start({f"AUDIT_{name}": value for name, value in found.items()}, port)
        try:
            yield Served(app, f"http://127.0.0.1:{port}")
        finally:
            product.stop(server)


@pytest.fixture
def office(served: Served) -> Office:
    world = make_world(served.app)
    with served.app.app_context():
        password_hash = passwords.hash_password(PASSWORD)
        for user_id in world.users.values():
            db.session.get_one(User, user_id).password_hash = password_hash
        db.session.commit()
    return Office(Console(served.url, served.app, PASSWORD), world)
