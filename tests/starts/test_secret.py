"""The secret of the instance: whole or not there, and never to be guessed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from audit_api import instance
from audit_api.app import create_app
from audit_api.config import InvalidSetting
from tests.starts.together import python, together

RACE = """
from pathlib import Path
from audit_api import instance
def run(folder):
    return instance.secret(Path(folder))
"""

FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
"""
LITTLE = f"""{FULL}
from pathlib import Path
from audit_api import instance
instance.secret(Path(sys.argv[2]))
"""
WHOLE = f"""{FULL}
import wsgi
"""


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_first_start_makes_a_secret_that_the_next_one_keeps(tmp_path: Path) -> None:
    folder = tmp_path / "above" / "instance"
    first, second = instance.secret(folder), instance.secret(folder)
    assert first == second
    assert len(first) == 64
    assert names(folder) == ["secret"]
    assert rights(folder) == 0o700
    assert rights(folder / "secret") == 0o600


@pytest.mark.parametrize("room", [0, 31, 63])
def test_a_disk_that_is_full_in_the_middle_of_the_secret_leaves_none(
    tmp_path: Path, room: int
) -> None:
    folder = tmp_path / "instance"
    start = python(LITTLE, str(room), str(folder), settings={})
    _, said = start.communicate(timeout=60)
    assert f"InvalidSetting: {folder}/secret cannot be used: File too large." in said
    assert names(folder) == []
    assert len(instance.secret(folder)) == 64


@pytest.mark.slow
def test_a_first_start_on_a_full_disk_ends_in_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    start = python(WHOLE, "10", settings={"AUDIT_INSTANCE": str(folder)})
    _, said = start.communicate(timeout=60)
    assert start.returncode == 1
    assert said.startswith(f"Cannot start: {folder}/secret cannot be used: File too large.")
    assert len(said.splitlines()) == 1
    assert names(folder) == []


@pytest.mark.slow
def test_processes_that_start_at_once_have_one_secret(tmp_path: Path) -> None:
    with together(RACE) as processes:
        for number in range(100):
            folder = tmp_path / str(number)
            found = processes.run(str(folder))
            assert set(found) == {(folder / "secret").read_text()}
            assert names(folder) == ["secret"]


@pytest.mark.parametrize(
    "text", ["", "x" * 10, "abcdefghijklmnopqrstuvwxyz01234", " " * 64, "a" * 64]
)
def test_a_secret_that_can_be_guessed_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "secret").write_text(text)
    with pytest.raises(InvalidSetting, match=r"too short or too plain .* remove the file"):
        create_app({"INSTANCE": str(tmp_path)})
    assert (tmp_path / "secret").read_text() == text
    if text:
        with pytest.raises(InvalidSetting, match="AUDIT_SECRET is too short or too plain"):
            create_app({"INSTANCE": str(tmp_path), "SECRET": text})


def test_a_refusal_never_tells_the_secret(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting) as refused:
        create_app({"INSTANCE": str(tmp_path), "SECRET": "hush-hush"})
    assert "hush" not in str(refused.value)


def test_white_space_around_a_secret_is_no_part_of_it(tmp_path: Path) -> None:
    first = instance.secret(tmp_path)
    (tmp_path / "secret").write_text(f"{first}\n")
    assert instance.secret(tmp_path) == first


def test_a_secret_that_is_no_text_is_read_and_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\xff\x00" * 40)
    with pytest.raises(InvalidSetting, match="too plain"):
        instance.secret(tmp_path)


def test_a_folder_in_place_of_the_secret_is_said(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir(0o700)
    with pytest.raises(InvalidSetting, match=r"secret cannot be used: Is a directory"):
        instance.secret(tmp_path)


def test_with_a_secret_of_its_own_and_everything_elsewhere_no_folder_is_made(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "instance"
    settings = {
        "INSTANCE": str(folder),
        "SECRET": instance.secret(tmp_path / "other"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/elsewhere.db",
        "PHOTO_FOLDER": str(tmp_path / "photos"),
    }
    create_app(settings)
    assert not folder.exists()
