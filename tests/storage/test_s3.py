"""What is S3's alone: whose credentials, by which host, and a store that cannot be believed."""

from __future__ import annotations

import hashlib
import json
import socket
import sys
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from audit_api.errors import Kind, Problem
from audit_api.storage.s3 import S3Settings, S3Store
from audit_api.storage.signature import Credentials
from audit_api.storage.store import HEAD_BYTES, StoredObject
from tests.servers.s3 import S3Server
from tests.storage.phone import send

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
DIGEST = hashlib.sha256(b"photo").hexdigest()
PHOTO = StoredObject(5, DIGEST)


def read(store: S3Store) -> bytes:
    with store.open("a/original") as body:
        return body.read()


CALLS: dict[str, Callable[[S3Store], object]] = {
    "stat": lambda store: store.stat("a/original"),
    "open": read,
    "put": lambda store: store.put("a/display", b"photo", "image/jpeg"),
    "delete": lambda store: store.delete("a/original"),
    "check": lambda store: store.check(),
}


def answer(status: str, body: bytes = b"", headers: str = "", length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Length: {size}\r\n{headers}\r\n".encode() + body


HTML = b"<html><body>Welcome to the hotel. Log in!</body></html>"
ERROR = b"<Error><Code>%s</Code><Message>no</Message></Error>"
BROKEN = {
    "refuses": answer("403 Forbidden", ERROR % b"AccessDenied"),
    "is overloaded": answer("503 Slow Down", ERROR % b"SlowDown"),
    "has failed": answer("500 Internal Server Error", ERROR % b"InternalError"),
    "is another's log-in page": answer("200 OK", HTML, "Content-Type: text/html\r\n"),
    "is garbled": answer("200 OK", b"<ListBucketResult><Name>phot"),
    "has moved": answer("307 Temporary Redirect", b"", "Location: http://127.0.0.1:9/\r\n"),
    "speaks no HTTP": b"\x00\x01garbage\r\n\r\n",
    "hangs up": b"",
}


@contextmanager
def answering(reply: bytes, *, hang: bool = False) -> Iterator[str]:
    """Yield the endpoint of a server that sends `reply` to everything."""
    over = threading.Event()

    def serve(listener: socket.socket) -> None:
        while not over.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                client.settimeout(2)
                _read_request(client)
                client.sendall(reply)
                if hang:
                    over.wait()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            over.set()
            listener.shutdown(socket.SHUT_RDWR)


def _read_request(client: socket.socket) -> None:
    head = b""
    while b"\r\n\r\n" not in head and (some := client.recv(65536)):
        head += some
    if b"100-continue" in head:
        client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        client.recv(65536)


def store_at(endpoint: str) -> S3Store:
    keys = Credentials("key", "secret")
    return S3Store(
        S3Settings("photos", endpoint=endpoint, credentials=keys, read_timeout=0.2, attempts=1)
    )


def assert_unavailable(store: S3Store) -> None:
    for name, call in CALLS.items():
        with pytest.raises(Problem) as caught:
            call(store)
        assert caught.value.kind is Kind.UNAVAILABLE, name
        assert caught.value.retry_after
        assert caught.value.values == {"what": "photo store"}


@pytest.mark.parametrize("reply", BROKEN.values(), ids=BROKEN)
def test_a_store_that_is_broken_is_unavailable(reply: bytes) -> None:
    with answering(reply) as endpoint:
        assert_unavailable(store_at(endpoint))


def test_a_store_that_hangs_is_unavailable() -> None:
    with answering(b"", hang=True) as endpoint:
        assert_unavailable(store_at(endpoint))


def test_a_store_that_is_away_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert_unavailable(store_at(f"http://127.0.0.1:{port}"))


@pytest.mark.parametrize("hang", [False, True], ids=["breaks off", "hangs"])
@pytest.mark.parametrize("call", ["stat", "open"])
def test_a_body_that_stops_half_way_never_counts(call: str, hang: bool) -> None:
    half = answer("200 OK", b"half of it", 'ETag: "1"\r\n', length=1000)
    with answering(half, hang=hang) as endpoint, pytest.raises(Problem) as caught:
        CALLS[call](store_at(endpoint))
    assert caught.value.kind is Kind.UNAVAILABLE


@pytest.mark.parametrize("call", ["stat", "open"])
def test_a_body_of_unknown_length_never_counts(call: str) -> None:
    checksum = b64encode(bytes.fromhex(DIGEST)).decode()
    head = f"HTTP/1.1 200 OK\r\nETag: 1\r\nx-amz-checksum-sha256: {checksum}\r\n\r\n"
    with answering(head.encode() + b"photo") as endpoint, pytest.raises(Problem) as caught:
        CALLS[call](store_at(endpoint))
    assert caught.value.kind is Kind.UNAVAILABLE


@pytest.mark.parametrize(
    "checksum",
    [
        "x-amz-checksum-sha256: AAAA-3\r\n",
        "x-amz-checksum-sha256: !\r\n",
        "x-amz-checksum-sha256: AAAA\r\n",
        f"x-amz-checksum-sha256: {'A' * 43}=\r\nx-amz-checksum-type: COMPOSITE\r\n",
    ],
)
def test_a_checksum_that_is_not_of_the_whole_body_is_not_believed(checksum: str) -> None:
    reply = answer("200 OK", b"photo", f'ETag: "1"\r\nConnection: close\r\n{checksum}')
    with answering(reply) as endpoint:
        assert store_at(endpoint).stat("a/original") == PHOTO


def test_a_body_that_the_store_did_not_check_is_read_and_hashed(server: S3Server) -> None:
    bucket = server.make_bucket()
    server.client().put_object(Bucket=bucket, Key="a/original", Body=b"photo")
    assert S3Store(server.settings(bucket)).stat("a/original") == PHOTO


def test_of_what_the_store_checked_only_the_head_is_read() -> None:
    checksum = f"x-amz-checksum-sha256: {b64encode(bytes.fromhex(DIGEST)).decode()}\r\n"
    head = bytes(HEAD_BYTES)
    reply = answer("200 OK", head, f'ETag: "1"\r\n{checksum}', length=20_000_000)
    with answering(reply, hang=True) as endpoint:
        seen = store_at(endpoint).stat("a/original")
    assert seen == StoredObject(20_000_000, DIGEST)
    assert seen.head == head


def test_an_object_is_seen_by_one_call(server: S3Server) -> None:
    bucket = server.make_bucket()
    server.client().put_object(Bucket=bucket, Key="unchecked", Body=b"photo")
    store = S3Store(server.settings(bucket))
    store.put("checked", b"photo", "image/jpeg")
    calls: list[str] = []
    store._connection().client.meta.events.register(
        "before-call.s3", lambda model, **_: calls.append(model.name)
    )
    for key in ("checked", "unchecked"):
        assert store.stat(key) == PHOTO
    assert calls == ["GetObject"] * 2


def test_a_missing_bucket_is_a_store_that_is_not_ready(server: S3Server) -> None:
    with pytest.raises(Problem) as caught:
        S3Store(server.settings("no-such-bucket")).check()
    assert caught.value.kind is Kind.UNAVAILABLE


def test_without_credentials_the_store_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/nonexistent",
        "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent",
    }.items():
        monkeypatch.setenv(name, value)
    store = S3Store(S3Settings("photos", endpoint="http://127.0.0.1:9"))
    for use in (lambda: store.link("a/b", now=NOW), store.check):
        with pytest.raises(Problem) as caught:
            use()
        assert caught.value.kind is Kind.UNAVAILABLE


def test_phones_are_sent_to_the_public_endpoint(server: S3Server) -> None:
    settings = server.settings(server.make_bucket())
    public = settings.endpoint.replace("127.0.0.1", "localhost")  # type: ignore[union-attr]
    store = S3Store(replace(settings, public_endpoint=public))
    store.put("a/display", b"photo", "image/jpeg")
    link = store.link("a/display", now=datetime.now(UTC))
    assert link.startswith(public)
    assert send("GET", link).body == b"photo"


def test_temporary_credentials_sign_with_their_token() -> None:
    keys = Credentials("key", "secret", "the/token")
    store = S3Store(S3Settings("photos", endpoint="http://127.0.0.1:9", credentials=keys))
    assert _question(store)["X-Amz-Security-Token"] == ["the/token"]


def test_credentials_that_are_renewed_sign_the_next_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = tmp_path / "issued.json"
    program = f"{sys.executable} -c \"print(open('{issued}').read())\""
    (tmp_path / "config").write_text(f"[default]\ncredential_process = {program}\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    store = S3Store(S3Settings("photos", endpoint="http://127.0.0.1:9"))
    for key in ("FIRST", "SECOND"):
        _issue(issued, key)
        question = _question(store)
        assert question["X-Amz-Credential"][0].startswith(f"{key}/")
        assert question["X-Amz-Security-Token"] == [f"token of {key}"]


def _issue(path: Path, key: str) -> None:
    # So near its end that it is renewed at every use, and not yet over.
    ends = datetime.fromtimestamp(datetime.now(UTC).timestamp() + 60, UTC).isoformat()
    issued = {"Version": 1, "AccessKeyId": key, "SecretAccessKey": "secret", "Expiration": ends}
    path.write_text(json.dumps({**issued, "SessionToken": f"token of {key}"}))


def _question(store: S3Store) -> dict[str, list[str]]:
    return parse_qs(urlsplit(store.link("a/b", now=NOW)).query)


def test_threads_share_one_connection_to_the_store(server: S3Server) -> None:
    store = S3Store(server.settings(server.make_bucket()))

    def work(number: int) -> StoredObject | None:
        store.put(f"a/{number}", b"photo", "image/jpeg")
        return store.stat(f"a/{number}")

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(work, range(16))) == [PHOTO] * 16
