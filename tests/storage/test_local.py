"""What is the folder's alone: power cuts, full disks, and words that nobody signed."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.errors import Kind, Problem
from audit_api.storage import tokens
from audit_api.storage.local import LocalStore
from audit_api.storage.store import StoredObject, Ticket

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
BODY = b"photo" * 1000
KEY = "org/1/photos/2/original"
SECRET = b"secret of the tests"


@pytest.fixture
def folder(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "photos", base_url="http://h/", secret=SECRET)


def ticket_for(store: LocalStore, body: bytes = BODY) -> Ticket:
    digest = hashlib.sha256(body).hexdigest()
    return store.ticket(KEY, size=len(body), media_type="image/png", sha256=digest, now=NOW)


def receive(store: LocalStore, body: io.IOBase | bytes, ticket: Ticket | None = None) -> None:
    ticket = ticket or ticket_for(store)
    token = ticket.url.removeprefix("http://h/storage/uploads/")
    stream = io.BytesIO(body) if isinstance(body, bytes) else body
    store.receive(token, stream, ticket.headers, NOW)  # type: ignore[arg-type]


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def refusal(store: LocalStore, body: io.IOBase | bytes, ticket: Ticket | None = None) -> Kind:
    with pytest.raises(Problem) as caught:
        receive(store, body, ticket)
    return caught.value.kind


def test_another_body_of_the_same_length_differs(folder: LocalStore, tmp_path: Path) -> None:
    assert refusal(folder, BODY[:-1] + b"!") is Kind.UPLOAD_DIFFERS
    assert files(tmp_path) == []


def test_a_body_that_ends_early_differs(folder: LocalStore, tmp_path: Path) -> None:
    assert refusal(folder, BODY[:-1]) is Kind.UPLOAD_DIFFERS
    assert files(tmp_path) == []


def test_a_connection_that_breaks_is_the_phones_failure_not_the_stores(
    folder: LocalStore, tmp_path: Path
) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    assert refusal(folder, Broken()) is Kind.UPLOAD_DIFFERS
    assert files(tmp_path) == []


def test_nothing_is_read_beyond_the_length_of_the_ticket(folder: LocalStore) -> None:
    stream = io.BytesIO(BODY + b"the next request")
    receive(folder, stream)
    assert stream.read() == b"the next request"


def test_a_second_body_is_refused_before_it_is_read(folder: LocalStore) -> None:
    receive(folder, BODY)
    stream = io.BytesIO(BODY)
    assert refusal(folder, stream) is Kind.UPLOAD_EXISTS
    assert stream.tell() == 0


def test_a_body_that_arrives_while_another_is_written_is_refused(folder: LocalStore) -> None:
    class Overtaken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() == 0:
                receive(folder, BODY)
            return super().read(size)

    assert refusal(folder, Overtaken(BODY)) is Kind.UPLOAD_EXISTS
    assert folder.stat(KEY) == StoredObject(len(BODY), hashlib.sha256(BODY).hexdigest())


def test_a_full_disk_is_unavailable_and_leaves_nothing(
    folder: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder.check()
    monkeypatch.setattr(os, "fsync", full)
    assert refusal(folder, BODY) is Kind.UNAVAILABLE
    with pytest.raises(Problem) as caught:
        folder.put(KEY, BODY, "image/jpeg")
    assert caught.value.kind is Kind.UNAVAILABLE
    assert files(tmp_path) == []


def test_a_folder_that_is_gone_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    store = LocalStore(tmp_path / "file", base_url="http://h", secret=SECRET)
    for use in (
        store.check,
        lambda: store.stat(KEY),
        lambda: store.put(KEY, BODY, "image/png"),
        lambda: store.open(KEY).__enter__(),
        lambda: store.delete(KEY),
    ):
        with pytest.raises(Problem) as caught:
            use()
        assert caught.value.kind is Kind.UNAVAILABLE
        assert caught.value.retry_after


WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from audit_api.storage.local import LocalStore
folder, token, now, *headers = sys.argv[1:]
class Announced:
    def read(self, size):
        print("reading", flush=True)
        return sys.stdin.buffer.read1(size)
store = LocalStore(Path(folder), base_url="http://h", secret=b"secret of the tests")
names = dict(header.split(": ", 1) for header in headers)
store.receive(token, Announced(), names, datetime.fromisoformat(now))
"""


def test_a_server_killed_in_mid_upload_stores_nothing(folder: LocalStore, tmp_path: Path) -> None:
    ticket = ticket_for(folder)
    arguments = [str(tmp_path / "photos"), ticket.url.rsplit("/", 1)[1], NOW.isoformat()]
    arguments += [f"{name}: {value}" for name, value in ticket.headers.items()]
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", WRITER, *arguments]
    environment = {"PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)}
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment) as writer:
        assert writer.stdin
        assert writer.stdout
        writer.stdout.readline()
        writer.stdin.write(BODY[:-1])
        writer.stdin.flush()
        writer.stdout.readline()
        writer.kill()
    assert folder.stat(KEY) is None
    assert len(files(tmp_path)) == 1
    folder.sweep(datetime.now(UTC))
    assert len(files(tmp_path)) == 1
    folder.sweep(datetime.now(UTC) + timedelta(days=1))
    assert files(tmp_path) == []
    receive(folder, BODY)


def test_an_upload_ticket_shows_nothing_and_a_link_uploads_nothing(folder: LocalStore) -> None:
    ticket = ticket_for(folder)
    receive(folder, BODY, ticket)
    with pytest.raises(Problem) as caught:
        folder.locate(ticket.url.rsplit("/", 1)[1], NOW)
    assert caught.value.kind is Kind.LINK_INVALID
    link = folder.link(KEY, now=NOW)
    with pytest.raises(Problem) as caught:
        folder.receive(link.rsplit("/", 1)[1], io.BytesIO(BODY), ticket.headers, NOW)
    assert caught.value.kind is Kind.LINK_INVALID


def test_a_link_finds_the_file_with_the_type_it_came_with(folder: LocalStore) -> None:
    receive(folder, BODY)
    path, media_type = folder.locate(folder.link(KEY, now=NOW).rsplit("/", 1)[1], NOW)
    assert path.read_bytes() == BODY
    assert media_type == "image/png"


def test_headers_are_known_by_any_case(folder: LocalStore) -> None:
    ticket = ticket_for(folder)
    headers = {name.upper(): value for name, value in ticket.headers.items()}
    folder.receive(ticket.url.rsplit("/", 1)[1], io.BytesIO(BODY), headers, NOW)
    assert folder.stat(KEY)


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_a_word_that_nobody_signed_is_forbidden(word: str) -> None:
    with pytest.raises(Problem) as caught:
        tokens.verify(word, SECRET, purpose="upload", now=NOW)
    assert caught.value.kind is Kind.LINK_INVALID


@given(st.data())
def test_no_other_spelling_of_a_token_holds(data: st.DataObject) -> None:
    token = tokens.sign({"purpose": "file", "until": NOW.timestamp() + 1}, SECRET)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda letter: letter != token[place]))
    with pytest.raises(Problem):
        tokens.verify(token[:place] + other + token[place + 1 :], SECRET, purpose="file", now=NOW)
    with pytest.raises(Problem):
        tokens.verify(token, b"another secret", purpose="file", now=NOW)
