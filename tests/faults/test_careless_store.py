"""A photo that was told as stored stays, whatever a store lets happen: wrong bodies, bodies over
bodies, and writes that are done again long after they were asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from audit_api.database import db
from audit_api.models import Photo
from audit_api.services.audits import photos
from audit_api.services.audits.parts import PART_BYTES
from tests.chance import seed, times
from tests.faults.races import caller
from tests.pairs import PAIRS, fresh_pair, running
from tests.servers.careless import CarelessStore, careless_store
from tests.world import World, declared, jpeg, make_world, upload

RIGHT = jpeg(1) + bytes(PART_BYTES)
WRONG = jpeg(2) + bytes(PART_BYTES)
PARTS = [RIGHT[:PART_BYTES], RIGHT[PART_BYTES:]]


@pytest.fixture(scope="module", params=PAIRS)
def settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """A database of its own: nobody who looks for jobs in another knows this store."""
    with fresh_pair(request, tmp_path_factory.mktemp("careless")) as settings:
        yield settings


@pytest.fixture(scope="module")
def store() -> Iterator[CarelessStore]:
    with careless_store() as store:
        yield store


@pytest.fixture(scope="module")
def world(settings: dict[str, Any], store: CarelessStore) -> Iterator[World]:
    """A world whose photos lie in the careless store; nobody makes copies of them."""
    careless = {
        "PHOTO_STORE": "s3",
        "S3_ENDPOINT": store.endpoint,
        "S3_BUCKET": "careless",
        "S3_ACCESS_KEY": "key",
        "S3_SECRET_KEY": "secret",
    }
    with running(settings | careless) as app:
        app.extensions["audit_worker"].close()
        yield make_world(app)


class Sending:
    """One audit of one photo: every ticket that was ever given out, and what was told of it."""

    def __init__(self, world: World, store: CarelessStore, *, in_parts: bool) -> None:
        self.world, self.store, self.id = world, store, uuid4()
        digests = [hashlib.sha256(part).hexdigest() for part in PARTS]
        line = declared(RIGHT, "clean", **({"parts": digests} if in_parts else {}))
        self.photo_id = UUID(line["id"])
        self.audit = world.another(photos=[line])
        self.wholes: list[dict[str, Any]] = []
        self.parts: list[dict[str, Any]] = []
        self.complete = False
        store.writes.clear()
        self.ask()

    def ask(self) -> None:
        """Put the audit, as either of two phones does, and keep the tickets."""
        answer = caller(self.world).put(self.audit, self.id)
        assert answer.status_code in (200, 201), answer.json
        for ticket in answer.json["uploads"]:
            self.wholes.append(ticket)
            self.parts += ticket["parts"]
        self.complete = self.complete or answer.json["receipt"]["complete"]
        self.check()

    def put(self, ticket: dict[str, Any], body: bytes) -> None:
        at = ticket.get("offset", 0)
        size = int(ticket["headers"]["Content-Length"])
        assert upload(self.world.client, ticket, body[at : at + size]) == 200

    def check(self) -> None:
        """What was told as stored is there, with its digest."""
        if self.complete:
            assert self.stored() == hashlib.sha256(RIGHT).hexdigest()

    def stored(self) -> str:
        with self.world.app.app_context():
            photo = db.session.get_one(Photo, (self.id, self.photo_id))
            place = photos.key(self.world.organisation_id, self.id, photo.id, photo.file)
        return hashlib.sha256(self.store.objects.get(f"/careless/{place}", b"")).hexdigest()

    def act(self, chance: Random) -> None:
        """Do one thing that phones, networks and stores do."""
        tickets = self.wholes + self.parts
        match chance.choice(("ask", "ask", "put", "put", "wrong", "late", "meanwhile")):
            case "ask":
                self.ask()
            case "put":
                self.put(chance.choice(tickets), RIGHT)
            case "wrong":
                self.put(chance.choice(tickets), WRONG)
            case "late" if self.store.writes:
                self.store.repeat(chance.choice(self.store.writes))
            case "meanwhile":
                self.ask_while(lambda: self.act(chance))
        self.check()

    def ask_while(self, act: Any) -> None:
        """Ask, and let something happen between one of the looks at the store and its answer."""

        def once() -> None:
            self.store.meanwhile = lambda: None
            act()

        self.store.meanwhile = once
        self.ask()
        self.store.meanwhile = lambda: None

    def finish(self) -> None:
        """Send what is asked for until the receipt is complete, as a phone does."""
        for _ in range(8):
            if self.complete:
                return
            self.ask()
            self.put(self.wholes[-1], RIGHT)
        self.ask()
        assert self.complete


def test_a_late_deletion_of_a_wrong_body_does_not_take_the_right_one(
    world: World, store: CarelessStore
) -> None:
    phone = Sending(world, store, in_parts=False)
    phone.put(phone.wholes[-1], WRONG)
    phone.ask()
    phone.put(phone.wholes[-1], RIGHT)
    phone.ask()
    assert phone.complete
    for write in [write for write in store.writes if write[1] is None]:
        store.repeat(write)
    phone.check()


def test_a_body_that_is_put_over_a_confirmed_one_does_not_take_its_place(
    world: World, store: CarelessStore
) -> None:
    phone = Sending(world, store, in_parts=False)
    phone.put(phone.wholes[-1], RIGHT)
    phone.ask()
    assert phone.complete
    for ticket in phone.wholes:
        phone.put(ticket, WRONG)
    phone.check()


def test_of_two_calls_the_one_that_saw_the_old_body_takes_nothing_from_the_other(
    world: World, store: CarelessStore
) -> None:
    phone = Sending(world, store, in_parts=False)
    phone.put(phone.wholes[-1], WRONG)

    def overtake() -> None:
        phone.put(phone.wholes[0], RIGHT)
        phone.ask()

    phone.ask_while(overtake)
    assert phone.complete
    phone.check()


def test_a_part_that_is_replaced_while_its_photo_is_made_makes_no_other_photo(
    world: World, store: CarelessStore
) -> None:
    phone = Sending(world, store, in_parts=True)
    for ticket in phone.parts:
        phone.put(ticket, RIGHT)
    phone.ask_while(lambda: phone.put(phone.parts[0], WRONG))
    phone.check()
    phone.finish()


@pytest.mark.chance
@pytest.mark.parametrize("in_parts", [False, True], ids=["whole", "parts"])
def test_what_was_told_as_stored_stays_whatever_happens(
    world: World, store: CarelessStore, in_parts: bool
) -> None:
    for number in range(times(6)):
        chance = Random(seed(7) * 1000 + number)
        phone = Sending(world, store, in_parts=in_parts)
        for _ in range(chance.randint(2, 10)):
            phone.act(chance)
        phone.finish()
        for write in chance.sample(store.writes, len(store.writes)):
            store.repeat(write)
            phone.check()


def test_a_photo_that_only_the_server_vouches_for_is_the_one_that_is_shown(
    settings: dict[str, Any], world: World, store: CarelessStore
) -> None:
    phone = Sending(world, store, in_parts=False)
    phone.put(phone.wholes[-1], RIGHT)
    phone.ask()
    phone.put(phone.wholes[-1], WRONG)
    with running(
        settings | {name: world.app.config[f"AUDIT_{name}"] for name in STORE_SETTINGS}
    ) as other:
        other.extensions["audit_worker"].work_off()
        assert world.photo_states(phone.id) == {"ready"}


STORE_SETTINGS = ("PHOTO_STORE", "S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY")
