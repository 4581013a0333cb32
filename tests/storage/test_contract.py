"""What every photo store promises, asked of each by a phone over real HTTP."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from audit_api.errors import Kind, Problem
from audit_api.storage.store import HEAD_BYTES, PhotoStore, StoredObject, Ticket
from tests.storage.phone import send

BODY = bytes(range(256)) * 300
OTHER = BODY[:-1] + b"\0"


def now() -> datetime:
    return datetime.now(UTC)


def new_key() -> str:
    return f"org/7f/audits/{uuid4()}/photos/{uuid4()}/original"


def stored(body: bytes) -> StoredObject:
    return StoredObject(len(body), hashlib.sha256(body).hexdigest())


def ticket_for(
    store: PhotoStore, key: str, body: bytes = BODY, *, at: datetime | None = None
) -> Ticket:
    what = stored(body)
    return store.ticket(
        key, size=what.size, media_type="image/jpeg", sha256=what.sha256, now=at or now()
    )


def upload(ticket: Ticket, body: bytes = BODY, changed: Mapping[str, str] | None = None) -> int:
    sent = {**ticket.headers, **(changed or {})}
    return send(ticket.method, ticket.url, headers=sent, body=body).status


def forged(url: str) -> str:
    return url[:-8] + ("0" if url[-8] != "0" else "1") + url[-7:]


def test_a_photo_arrives_with_its_ticket_and_is_confirmed(store: PhotoStore) -> None:
    key = new_key()
    ticket = ticket_for(store, key)
    assert store.stat(key) is None
    assert upload(ticket) == 200
    assert store.stat(key) == stored(BODY)
    with store.open(key) as body:
        assert body.read() == BODY


@pytest.mark.parametrize("body", [b"", b"x", BODY, BODY * 20], ids=["no", "one", "few", "many"])
def test_an_object_is_seen_with_its_first_bytes(store: PhotoStore, body: bytes) -> None:
    key = new_key()
    store.put(key, body, "image/jpeg")
    seen = store.stat(key)
    assert seen == stored(body)
    assert seen.head == body[:HEAD_BYTES]


def test_a_ticket_says_until_when_it_holds(store: PhotoStore) -> None:
    at = now()
    assert ticket_for(store, new_key(), at=at).expires_at == at + timedelta(minutes=15)


def test_a_wrong_body_is_refused_or_told_apart(store: PhotoStore) -> None:
    key = new_key()
    upload(ticket_for(store, key), OTHER)
    assert store.stat(key) in (None, stored(OTHER))


@pytest.mark.parametrize("body", [BODY + b"\0", BODY[:-1], b""], ids=["longer", "shorter", "empty"])
def test_a_body_of_another_length_is_refused(store: PhotoStore, body: bytes) -> None:
    key = new_key()
    ticket = ticket_for(store, key)
    assert upload(ticket, body, {"Content-Length": str(len(body))}) == 403
    assert store.stat(key) is None


def test_a_body_that_breaks_off_is_not_stored(store: PhotoStore) -> None:
    key = new_key()
    ticket = ticket_for(store, key)
    parts = urlsplit(ticket.url)
    head = [f"PUT {parts.path}?{parts.query} HTTP/1.1", f"Host: {parts.netloc}"]
    head += [f"{name}: {value}" for name, value in ticket.headers.items()]
    with socket.create_connection((parts.hostname, parts.port), 10) as phone:
        phone.sendall("\r\n".join([*head, "", ""]).encode() + BODY[:-1])
        phone.shutdown(socket.SHUT_WR)
        while phone.recv(65536):
            pass
    assert store.stat(key) is None


def test_a_second_body_is_refused_and_the_first_stays(store: PhotoStore) -> None:
    key = new_key()
    assert upload(ticket_for(store, key)) == 200
    assert upload(ticket_for(store, key)) == 412
    assert upload(ticket_for(store, key, OTHER), OTHER) == 412
    assert store.stat(key) == stored(BODY)


@pytest.mark.parametrize("name", ["Content-Type", "x-amz-checksum-sha256", "If-None-Match"])
def test_a_header_that_is_missing_is_refused(store: PhotoStore, name: str) -> None:
    key = new_key()
    ticket = ticket_for(store, key)
    del ticket.headers[name]
    assert upload(ticket) == 403
    assert store.stat(key) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Type", "text/html"),
        ("x-amz-checksum-sha256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        ("If-None-Match", '"another"'),
    ],
)
def test_a_header_of_another_value_is_refused(store: PhotoStore, name: str, value: str) -> None:
    key = new_key()
    assert upload(ticket_for(store, key), BODY, {name: value}) == 403
    assert store.stat(key) is None


def test_an_expired_ticket_is_refused(store: PhotoStore) -> None:
    key = new_key()
    assert upload(ticket_for(store, key, at=now() - timedelta(minutes=16))) == 403
    assert store.stat(key) is None


def test_a_forged_ticket_is_refused(store: PhotoStore) -> None:
    key = new_key()
    ticket = ticket_for(store, key)
    assert send("PUT", forged(ticket.url), headers=ticket.headers, body=BODY).status == 403
    assert store.stat(key) is None


def test_of_eight_racing_uploads_exactly_one_is_kept(store: PhotoStore) -> None:
    key = new_key()
    ticket = ticket_for(store, key)
    with ThreadPoolExecutor(8) as phones:
        statuses = list(phones.map(upload, [ticket] * 8))
    assert sorted(statuses) == [200] + [412] * 7
    assert store.stat(key) == stored(BODY)


def test_a_link_shows_the_object_with_its_type(store: PhotoStore) -> None:
    key = new_key()
    store.put(key, BODY, "image/webp")
    assert send("GET", store.link(key, now=now())) == (200, BODY, "image/webp")


def test_a_link_ends_after_five_minutes(store: PhotoStore) -> None:
    key = new_key()
    store.put(key, BODY, "image/jpeg")
    answer = send("GET", store.link(key, now=now() - timedelta(minutes=6)))
    assert answer.status == 403
    assert BODY not in answer.body


def test_a_forged_link_shows_nothing(store: PhotoStore) -> None:
    key = new_key()
    store.put(key, BODY, "image/jpeg")
    assert send("GET", forged(store.link(key, now=now()))).status == 403


def test_a_link_to_nothing_is_a_404(store: PhotoStore) -> None:
    assert send("GET", store.link(new_key(), now=now())).status == 404


def test_the_server_may_write_again_over_its_own_copies(store: PhotoStore) -> None:
    key = new_key()
    store.put(key, BODY, "image/jpeg")
    store.put(key, b"", "image/jpeg")
    store.put(key, OTHER, "image/jpeg")
    assert store.stat(key) == stored(OTHER)


def test_an_upload_never_replaces_what_the_server_wrote(store: PhotoStore) -> None:
    key = new_key()
    store.put(key, OTHER, "image/jpeg")
    assert upload(ticket_for(store, key)) == 412
    assert store.stat(key) == stored(OTHER)


def test_what_is_deleted_is_gone_and_may_be_deleted_again(store: PhotoStore) -> None:
    key = new_key()
    store.put(key, BODY, "image/jpeg")
    store.delete(key)
    store.delete(key)
    assert store.stat(key) is None
    with pytest.raises(Problem) as caught, store.open(key):
        pass
    assert caught.value.kind is Kind.NOT_FOUND


def test_a_ready_store_passes_its_check(store: PhotoStore) -> None:
    store.check()


@pytest.mark.parametrize(
    "key", ["", "/etc/passwd", "a//b", "a/", "../a", "a/../b", "a/.hidden", "a\0b", "a b", "a\n"]
)
def test_a_key_that_the_server_cannot_have_made_is_refused(store: PhotoStore, key: str) -> None:
    for use in (
        lambda: ticket_for(store, key),
        lambda: store.stat(key),
        lambda: store.put(key, BODY, "image/jpeg"),
        lambda: store.link(key, now=now()),
        lambda: store.delete(key),
        lambda: store.open(key).__enter__(),
    ):
        with pytest.raises(ValueError, match="unsafe key"):
            use()
