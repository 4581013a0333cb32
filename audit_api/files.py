"""Files that exist whole or not at all, whatever ends the process or fills the disk.

What is written is written aside, synced, and only then given its name; the folder that holds the
name is synced after it, once for all the names that it was given.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

OWN = 0o600
"""The mode of a file that is its owner's alone."""
SHARED = 0o666
"""The mode of a file that is as open as the umask lets it be."""

_OWN_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that is being written aside, at `path`."""

    path: Path
    body: BinaryIO

    def create(self, path: Path) -> None:
        """Give what was written its name; raise `FileExistsError` where something has it.  The name
        lasts once its folder is synced."""
        self._publish(path, os.link)

    def replace(self, path: Path) -> None:
        """Give what was written its name, over whatever has it.  The name lasts once its folder is
        synced."""
        self._publish(path, os.replace)

    def _publish(self, path: Path, move: Callable[[Path, Path], None]) -> None:
        self.body.flush()
        os.fsync(self.body.fileno())
        move(self.path, path)


@contextmanager
def draft(folder: Path, *, mode: int = OWN) -> Iterator[Draft]:
    """Open a new file in `folder`, on the disk of the file that it shall be; what was not given
    a name is gone afterwards."""
    path = _aside(folder)
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as body:
        try:
            yield Draft(path, body)
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def draft_folder(path: Path) -> Iterator[Path]:
    """Make a new folder aside, which gets its name at the end; raise `OSError` where something has
    the name.  Nothing of it is left where the end is not reached."""
    aside = _aside(path.parent)
    aside.mkdir()
    try:
        yield aside
        sync(aside)
        os.rename(aside, path)
        sync(path.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def create(path: Path, data: bytes, *, mode: int = OWN) -> None:
    """Write a new file; raise `FileExistsError`, and change nothing, where there is one."""
    with draft(path.parent, mode=mode) as aside:
        aside.body.write(data)
        aside.create(path)
    sync(path.parent)


def replace(path: Path, data: bytes, *, mode: int = OWN) -> None:
    """Write a file, over the one that is there."""
    with draft(path.parent, mode=mode) as aside:
        aside.body.write(data)
        aside.replace(path)
    sync(path.parent)


def note(path: Path, text: str, *, aside: Path) -> None:
    """Keep a word or two at `path`, over what is there; `os.readlink` reads it again.

    It is the text of a symbolic link, which a file system writes with the link's name: it is there
    whole once the folder is synced, and needs no sync of its own.
    """
    link = _aside(aside)
    os.symlink(text, link)
    try:
        os.replace(link, path)
    except OSError:
        link.unlink(missing_ok=True)
        raise


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, for their owner alone, unless they are there."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(_OWN_FOLDER, exist_ok=True)
    sync(folder.parent)


def sync(folder: Path) -> None:
    """Return once the names in `folder` are on the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _aside(folder: Path) -> Path:
    return folder / f".{secrets.token_hex(12)}.draft"
