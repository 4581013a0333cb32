"""What the instance folder holds is its owner's alone, however it was left."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import flask_migrate
import pytest

from audit_api import instance
from audit_api.app import create_app
from audit_api.config import InvalidSetting
from tests.pairs import SECRET, running


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    """Run as a shell does that closes nothing by itself."""
    before = os.umask(0)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_that_a_start_makes_is_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    with running({"INSTANCE": str(folder)}) as app, app.app_context():
        flask_migrate.upgrade()
        app.extensions["audit_photo_store"].put("org/1/photo", b"photo", "image/jpeg")
        assert rights(folder) == 0o700
        found = {path: rights(path) for path in folder.rglob("*")}
    assert {"secret", "audit.db", "audit.db-wal"} <= {path.name for path in found}
    assert any(path.name.endswith("photo") for path in found)
    assert {path: mode for path, mode in found.items() if mode & 0o077} == {}


def test_what_was_left_open_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    create_app({"INSTANCE": str(folder)})
    folder.chmod(0o755)
    (folder / "secret").chmod(0o644)
    (folder / "audit.db").chmod(0o664)
    create_app({"INSTANCE": str(folder)})
    assert rights(folder) == 0o700
    assert rights(folder / "secret") == rights(folder / "audit.db") == 0o600


def test_a_database_elsewhere_is_closed_as_well(tmp_path: Path) -> None:
    place = tmp_path / "elsewhere.db"
    place.touch(0o644)
    create_app({"INSTANCE": str(tmp_path), "SECRET": SECRET, "DATABASE_URL": f"sqlite:///{place}"})
    assert rights(place) == 0o600


def test_an_empty_folder_that_is_open_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    instance.open_folder(tmp_path)
    assert rights(tmp_path) == 0o700


def test_a_folder_of_other_things_keeps_its_rights_and_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "somebody-elses").touch()
    with pytest.raises(InvalidSetting, match=r"holds other things; accepted: a folder of its own"):
        instance.secret(tmp_path)
    assert rights(tmp_path) == 0o755
    assert not (tmp_path / "secret").exists()


@pytest.fixture
def not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Change no rights, as where files are another user's."""

    def refuse(path: Path, mode: int) -> NoReturn:
        raise PermissionError(1, "Operation not permitted", str(path))

    monkeypatch.setattr(Path, "chmod", refuse)


@pytest.mark.usefixtures("not_ours")
def test_a_volume_of_another_user_may_be_open_to_a_group(tmp_path: Path) -> None:
    os.chmod(tmp_path, 0o2775)
    assert len(instance.secret(tmp_path)) == 64
    assert rights(tmp_path / "secret") == 0o600


@pytest.mark.usefixtures("not_ours")
def test_a_volume_in_which_everybody_may_write_is_refused(tmp_path: Path) -> None:
    os.chmod(tmp_path, 0o777)
    with pytest.raises(InvalidSetting, match="in which everybody may write"):
        instance.secret(tmp_path)


@pytest.mark.usefixtures("not_ours")
def test_a_secret_that_others_may_read_and_that_cannot_be_closed_is_refused(
    tmp_path: Path,
) -> None:
    (tmp_path / "secret").write_text(SECRET)
    os.chmod(tmp_path / "secret", 0o640)
    with pytest.raises(InvalidSetting, match="secret is open to other users"):
        instance.secret(tmp_path)


def test_a_place_where_no_folder_can_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(InvalidSetting, match=r"cannot be used: (File exists|Not a directory)"):
        create_app({"INSTANCE": str(tmp_path / "file")})
