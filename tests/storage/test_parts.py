"""Objects that are put together part by part: whole or not at all, and by nobody who came late."""

from __future__ import annotations

from uuid import uuid4

import pytest

from audit_api.errors import Kind, Problem
from audit_api.storage.store import LEAST_PART, Part, PhotoStore

FIRST, LAST = b"a" * LEAST_PART, b"the end"
TYPE = "application/zip"


def new_key() -> str:
    return f"org/7f/exports/{uuid4()}/rows.csv"


def test_parts_become_an_object_once_all_are_there(store: PhotoStore) -> None:
    key = new_key()
    attempt = store.begin(key, TYPE)
    tags = [store.put_part(key, attempt, Part(1, 0, FIRST))]
    assert store.stat(key) is None
    tags.append(store.put_part(key, attempt, Part(2, len(FIRST), LAST)))
    for _ in range(2):
        store.complete(key, attempt, tags)
        with store.open(key) as body:
            assert body.read() == FIRST + LAST


def test_whoever_goes_on_with_an_attempt_that_is_no_more_is_told(store: PhotoStore) -> None:
    key = new_key()
    attempt = store.begin(key, TYPE)
    tag = store.put_part(key, attempt, Part(1, 0, LAST))
    for _ in range(2):
        store.abandon(key, attempt)
    with pytest.raises(Problem) as put:
        store.put_part(key, attempt, Part(1, 0, LAST))
    with pytest.raises(Problem) as completed:
        store.complete(key, attempt, [tag])
    assert (put.value.kind, completed.value.kind) == (Kind.NOT_FOUND, Kind.NOT_FOUND)
    assert store.stat(key) is None


def test_another_attempt_takes_the_place_of_what_the_first_made(store: PhotoStore) -> None:
    key = new_key()
    for data in (FIRST, LAST):
        attempt = store.begin(key, TYPE)
        store.complete(key, attempt, [store.put_part(key, attempt, Part(1, 0, data))])
    with store.open(key) as body:
        assert body.read() == LAST
