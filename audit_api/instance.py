"""The instance folder: the installation's own folder, with its secret and its embedded database.

Folder and files are their owner's alone.  What is more open is closed; what cannot be closed, or
used, stops the start (`config.InvalidSetting`).
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from audit_api import files
from audit_api.config import InvalidSetting

MIN_SECRET_LENGTH = 32
MIN_SECRET_VARIETY = 8
"""Different characters that a secret has at least: a password of one key held down is none."""

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_SECRET, _DATABASE, _PHOTOS = "secret", "audit.db", "photos"


def database(folder: Path) -> Path:
    """Return the place of the embedded database."""
    return folder / _DATABASE


def photos(folder: Path) -> Path:
    """Return the place of the local photo store."""
    return folder / _PHOTOS


def open_folder(folder: Path) -> None:
    """Make the folder where it is missing, and close it to others."""
    with _told(folder):
        files.make_folder(folder)
        _close_folder(folder)


def open_file(path: Path) -> None:
    """Make an empty file, which SQLite takes for an empty database, or close the one there."""
    with _told(path):
        files.make_folder(path.parent)
        with suppress(FileExistsError):
            files.create(path, b"")
        _close(path)


def secret(folder: Path) -> str:
    """Return the installation's secret, made at the first start."""
    open_folder(folder)
    path = folder / _SECRET
    with _told(path):
        if not path.exists():
            # Of processes that start at once one is first, and all read what it wrote.
            with suppress(FileExistsError):
                files.create(path, secrets.token_urlsafe(48).encode())
        _close(path)
        text = path.read_text("ascii", errors="replace")
    try:
        return checked_secret(text, str(path))
    except InvalidSetting as short:
        raise InvalidSetting(
            f"{short}. Put the copy of a backup in its place, or remove the file to have another "
            "made: open uploads and old receipts are then signed by a key of the past"
        ) from None


def checked_secret(text: str, place: str) -> str:
    """Return a secret without the white space around it; raise `InvalidSetting` for one that
    could be guessed."""
    kept = text.strip()
    if len(kept) < MIN_SECRET_LENGTH or len(set(kept)) < MIN_SECRET_VARIETY:
        raise InvalidSetting(
            f"{place} is too short or too plain ({len(kept)} characters, {len(set(kept))} of them "
            f"different); accepted: {MIN_SECRET_LENGTH} characters or more, {MIN_SECRET_VARIETY} "
            "of them different, for example of `openssl rand -hex 24`"
        )
    return kept


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn a disk that is full, gone or somebody else's into a sentence."""
    try:
        yield
    except OSError as error:
        raise InvalidSetting(
            f"{path} cannot be used: {error.strerror}. Accepted for AUDIT_INSTANCE: a folder with "
            f"room, which user {os.geteuid()} may read and write"
        ) from error


def _close_folder(folder: Path) -> None:
    if not folder.stat().st_mode & _OTHERS:
        return
    if _holds_only_foreign_things(folder):
        raise InvalidSetting(
            f"AUDIT_INSTANCE is {folder}, which is open to other users and holds other things; "
            "accepted: a folder of its own, or one that is closed (chmod 700)"
        )
    with suppress(PermissionError):
        _take_rights_of_others(folder)
    # Somebody else's folder (a container's volume) may stay open to a group: its files are closed.
    if folder.stat().st_mode & stat.S_IWOTH:
        raise InvalidSetting(
            f"AUDIT_INSTANCE is {folder}, in which everybody may write, and that cannot be "
            "changed; accepted: a folder of its own, on a disk that keeps rights (chmod 700)"
        )


def _holds_only_foreign_things(folder: Path) -> bool:
    names = set(os.listdir(folder)) - {"lost+found"}
    return bool(names) and names.isdisjoint((_SECRET, _DATABASE, _PHOTOS))


def _close(path: Path) -> None:
    if not path.stat().st_mode & _OTHERS:
        return
    with suppress(PermissionError):
        _take_rights_of_others(path)
    if path.stat().st_mode & _OTHERS:
        raise InvalidSetting(
            f"{path} is open to other users, and that cannot be changed; "
            "accepted: a file that is its owner's alone (chmod 600)"
        )


def _take_rights_of_others(path: Path) -> None:
    path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)
