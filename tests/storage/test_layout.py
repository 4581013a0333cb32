"""How photos lie in the folder: what outlasts a power cut at which cost, and under which names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.storage.local import LocalStore
from tests.storage.test_local import BODY, KEY, NOW, SECRET, receive

# Few letters, so that keys come near each other.
PARTS = st.text("ab.-", min_size=1, max_size=3).map(lambda text: "a" + text) | st.just("type")
KEYS = st.lists(PARTS, min_size=1, max_size=3).map("/".join)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "photos"


@pytest.fixture
def store(root: Path) -> LocalStore:
    return LocalStore(root, base_url="http://h/", secret=SECRET)


@contextmanager
def syncs() -> Iterator[list[str]]:
    """Count what is synced meanwhile: the first letters of a file's text, the name of a folder."""
    synced: list[str] = []
    sync = os.fsync

    def count(number: int) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{number}"))
        synced.append(path.name if path.is_dir() else path.read_text()[:5])
        sync(number)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", count)
        yield synced


def test_a_photo_costs_two_syncs_and_its_copies_three(store: LocalStore, root: Path) -> None:
    """Each body, then the folder that names them."""
    store.put(KEY.replace("original", "verified"), b"other", "image/png")
    (shard,) = (path.name for path in (root / "objects").iterdir())
    with syncs() as synced:
        receive(store, BODY)
    assert synced == ["photo", shard]
    copies = {KEY.replace("original", form): form.encode() for form in ("display", "thumbnail")}
    with syncs() as synced:
        store.put_all(copies, "image/jpeg")
    assert synced == ["displ", "thumb", shard]


def test_the_first_photo_of_a_folder_has_the_folders_names_synced(
    store: LocalStore, root: Path
) -> None:
    store.check()
    with syncs() as synced:
        receive(store, BODY)
    shard = synced[-1]
    assert synced == ["photos", "objects", "objects", "photo", shard]
    again = LocalStore(root, base_url="http://h/", secret=SECRET)
    with syncs() as synced:
        again.put(KEY, b"other", "image/png")
    assert synced == ["photos", "objects", "other", shard]


def test_photos_share_256_folders(store: LocalStore, root: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda number: None)
        for number in range(300):
            store.put(f"org/photos/{number}/original", b"", "image/png")
    shards = list((root / "objects").iterdir())
    assert 150 < len(shards) <= 256
    assert max(len(list(shard.iterdir())) for shard in shards) < 20


@given(keys=st.lists(KEYS, min_size=2, max_size=2, unique=True))
def test_no_two_keys_share_a_file(keys: list[str]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda number: None)
        store = LocalStore(Path(folder), base_url="http://h", secret=SECRET)
        for key in keys:
            store.put(key, key.encode(), f"image/{key[:1]}")
        for key in keys:
            path, media_type = store.locate(store.link(key, now=NOW).rsplit("/", 1)[1], NOW)
            assert (path.read_bytes(), media_type) == (key.encode(), f"image/{key[:1]}")
            assert path.parent.parent == Path(folder) / "objects"


def test_a_type_goes_with_its_body(store: LocalStore, root: Path) -> None:
    for media_type in ("image/png", "image/jpeg", "image/heic", "image/png", "image/jpeg"):
        store.put(KEY, BODY, media_type)
        assert store.locate(store.link(KEY, now=NOW).rsplit("/", 1)[1], NOW)[1] == media_type
    assert [path.name for path in root.glob("objects/*/*")] == [KEY.replace("/", "~")]
    store.put(KEY, BODY, "image/png")
    store.delete(KEY)
    assert list(root.glob("objects/*/*")) == list(root.glob("incoming/*")) == []


def test_a_name_that_no_file_system_takes_is_refused(store: LocalStore) -> None:
    longest = "a" * 200 + "/" + "b" * 39
    store.put(longest, BODY, "image/png")
    assert store.stat(longest)
    with pytest.raises(ValueError, match="unsafe key"):
        store.put(longest + "b", BODY, "image/png")
