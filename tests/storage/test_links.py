"""Links to copies that lead through the application: signed, short-lived, for nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audit_api.errors import Kind, Problem
from audit_api.storage.links import CopyLinks
from audit_api.storage.local import LocalStore

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
KEY = "org/audits/a/photos/p/display"
SECRET = b"a secret for the tests, long enough"
LINKS = CopyLinks("https://audit.example/", SECRET)


def token(link: str) -> str:
    return link.rsplit("/", 1)[1]


def refused(word: str, now: datetime = NOW) -> Kind:
    with pytest.raises(Problem) as caught:
        LINKS.key(word, now=now)
    return caught.value.kind


def test_a_link_leads_to_its_copy_for_five_minutes() -> None:
    link = LINKS.link(KEY, now=NOW)
    assert link.startswith("https://audit.example/storage/copies/")
    assert LINKS.key(token(link), now=NOW + timedelta(seconds=299)) == KEY
    assert refused(token(link), NOW + timedelta(minutes=5)) is Kind.LINK_INVALID


def test_a_word_that_was_signed_for_something_else_shows_no_copy(tmp_path: Path) -> None:
    store = LocalStore(tmp_path, base_url="https://audit.example", secret=SECRET)
    ticket = store.ticket(KEY, size=1, media_type="image/jpeg", sha256="0" * 64, now=NOW)
    for url in (ticket.url, store.link(KEY, now=NOW)):
        assert refused(token(url)) is Kind.LINK_INVALID
    other = CopyLinks("https://audit.example", b"another secret, as long as it has to be")
    assert refused(token(other.link(KEY, now=NOW))) is Kind.LINK_INVALID
    with pytest.raises(Problem):
        store.locate(token(LINKS.link(KEY, now=NOW)), NOW)


def test_a_key_that_the_server_cannot_have_made_is_not_linked() -> None:
    with pytest.raises(ValueError, match="unsafe key"):
        LINKS.link("../secret", now=NOW)
